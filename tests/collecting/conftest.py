"""A submission and how it is received; a folder of them, and what an undisturbed run makes of it."""

from __future__ import annotations

import pytest

from pyxl.collecting.receiver import Receiver
from pyxl.collecting.receiving import receive
from tests.collecting.receivers import SLOW
from tests.collecting.runs import MANY, command
from tests.submissions import sealed, submission


@pytest.fixture(scope="module")
def good() -> bytes:
    """A sound submission."""
    return sealed(1).content


@pytest.fixture
def look(tmp_path):
    """What is received of a file with this content, and its pieces; by default with the rows read."""

    def looked(content: bytes, receiver: Receiver | None = None, name: str = "a.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return receive(str(path), name, receiver or SLOW)

    return looked


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("收集") / "上半年"
    folder.mkdir()
    for number in range(1, MANY + 1):
        submission(folder, number)
    (folder / "坏的.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    return folder


@pytest.fixture(scope="module")
def expected(folder, tmp_path_factory):
    """The bytes of an undisturbed run."""
    place = tmp_path_factory.mktemp("undisturbed")
    run = command(folder, place / "汇总.xlsx", home=place)
    assert run.returncode == 1, run.stderr  # one file goes back
    return (place / "汇总.xlsx").read_bytes()
