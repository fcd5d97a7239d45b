"""A folder of submissions, and what an undisturbed run makes of it."""

from __future__ import annotations

import pytest

from tests.collecting.runs import MANY, command
from tests.submissions import submission


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("收集") / "上半年"
    folder.mkdir()
    for number in range(1, MANY + 1):
        submission(folder, number)
    (folder / "坏的.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    return folder


@pytest.fixture
def cold(tmp_path, monkeypatch):
    """Nothing is known: neither what was looked at before, nor anybody's key."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def expected(folder, tmp_path_factory):
    """The bytes of an undisturbed run."""
    place = tmp_path_factory.mktemp("undisturbed")
    run = command(folder, place / "汇总.xlsx", home=place)
    assert run.returncode == 1, run.stderr  # one file goes back
    return (place / "汇总.xlsx").read_bytes()
