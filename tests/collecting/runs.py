"""`pyxl collect` as a process of its own, with folders of its own; and by call."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pyxl import actions
from tests.submissions import TODAY

__all__ = ["MANY", "ROOT", "collected", "command", "environment", "words"]

ROOT = Path(__file__).resolve().parents[2]
MANY = 24


def environment(home: Path, **more: str) -> Mapping[str, str]:
    own = {"XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home / "data"), "TERM": "xterm"}
    return {**os.environ, **own, "PYTHONPATH": str(ROOT), **more}


def words(folder: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "pyxl", "collect", str(folder), "-o", str(out), *more]


def command(folder: Path, out: Path, *more: str, home: Path, **how) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words(folder, out, *more), env=environment(home), capture_output=True, encoding="utf-8", timeout=120,
        check=False, **how,
    )  # fmt: skip


def collected(folder: Path, out: Path, hands: actions.Hands) -> bytes:
    outcome = actions.collect(actions.Collecting(folder, out=out), today=TODAY, hands=hands)
    return outcome.written.read_bytes()
