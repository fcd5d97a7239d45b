"""A plug-in for pytest: xlwings' tests find our engine active, and what came of each is written down."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

OUTCOMES = "PYXL_PEER_OUTCOMES"  # the file that they are written to

_outcomes: dict[str, list[str]] = {}  # test → outcome, reason


def pytest_configure(config: pytest.Config) -> None:
    """Before anything is collected: modules make their applications as they are imported."""
    from pyxl.hosts.libreoffice.engine import register

    register()


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.failed:
        _outcomes[_bare(report.nodeid)] = ["failed", _said(report.longrepr)]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """The call counts; what goes before and after it counts when it does not pass."""
    name = _bare(report.nodeid)
    if report.when != "call" and report.passed:
        return
    if _outcomes.get(name, ["passed"])[0] == "passed":
        reason = "" if report.passed else _said(report.longrepr)
        _outcomes[name] = ["not implemented" if "NotImplementedError" in reason else report.outcome, reason]


def pytest_sessionfinish() -> None:
    Path(os.environ[OUTCOMES]).write_text(json.dumps(_outcomes), encoding="utf-8")


def _bare(name: str) -> str:
    """Without the folder, and without what is made up anew in each run."""
    return name.removeprefix("tests/")


def _said(trouble: object) -> str:
    """The exception, which pytest puts behind an E; or why the test was skipped."""
    if isinstance(trouble, tuple):
        return str(trouble[-1])
    lines = str(trouble).splitlines()
    return next((line.removeprefix("E").strip() for line in lines if line.startswith("E ")), lines[-1])
