"""A user of Windows, on a system whose paths begin at no drive."""

from __future__ import annotations

import pytest

from pyxl.installing import windows
from pyxl.installing.windows import install
from tests.installing.unpacked import a_bundle, a_user


@pytest.fixture
def _on_a_drive(monkeypatch):
    """A shortcut needs a path as Windows has them: the one that is written is given its drive."""
    original = windows.shortcut

    def written(target: str, *words: str) -> bytes:
        return original("C:" + target.replace("/", "\\"), *words)

    monkeypatch.setattr(windows, "shortcut", written)


@pytest.fixture
def installed_places(tmp_path, _on_a_drive):
    """A user for whom the program is installed."""
    places = a_user(tmp_path / "users")
    install(a_bundle(tmp_path / "bundle"), places)
    return places
