"""What every test may rely on: LibreOffice where a test is marked live, and a state folder of its own."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture(autouse=True, scope="session")
def _state_of_its_own(tmp_path_factory):
    """Nothing a test provokes is recorded in the home folder of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        patch.delenv("PYXL_CATALOGUE", raising=False)
        patch.delenv("PYXL_DEBUG", raising=False)
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs LibreOffice fails without it: left out, it would pass for green."""
    if item.get_closest_marker("live") and not shutil.which("soffice"):
        pytest.fail("LibreOffice (soffice) is not installed; tests/run installs it")
