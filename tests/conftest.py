"""What every test may rely on: LibreOffice where a test is marked live, and folders of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def _state_of_its_own(tmp_path_factory):
    """Nothing a test provokes is recorded, and no key is kept, in the home folder of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        _at_home(patch, tmp_path_factory)
        patch.delenv("PYXL_CATALOGUE", raising=False)
        patch.delenv("PYXL_DEBUG", raising=False)
        yield


@pytest.fixture(scope="module")
def home_of_module(tmp_path_factory) -> Iterator[Path]:
    """Keys, and what was looked at once, are the module's own: what one test leaves, the next one finds."""
    with pytest.MonkeyPatch.context() as patch:
        yield _at_home(patch, tmp_path_factory)


@pytest.fixture
def own_home(tmp_path_factory, monkeypatch) -> Path:
    """Keys, and what was looked at once, are this test's own: it begins without any."""
    return _at_home(monkeypatch, tmp_path_factory)


def _at_home(patch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    patch.setenv("XDG_DATA_HOME", str(home / "data"))
    patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    return home


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs LibreOffice fails without it: left out, it would pass for green."""
    if item.get_closest_marker("live") and not shutil.which("soffice"):
        pytest.fail("LibreOffice (soffice) is not installed; tests/run installs it")
    if item.get_closest_marker("wine") and not shutil.which("wine"):
        pytest.fail("wine is not installed; tests/run installs it, or sets PYXL_NO_WINE where it cannot")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where wine cannot be had, what needs it is deselected, and pytest's last line says how many."""
    if not os.environ.get("PYXL_NO_WINE"):
        return
    left_out = [item for item in items if item.get_closest_marker("wine")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where the pictures are that a test has left to be looked at."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "artefact":
                terminalreporter.write_line(f"picture  {value}")
