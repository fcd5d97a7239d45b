"""Somebody whose LibreOffice has our buttons, and the sample ledger among their files."""

from __future__ import annotations

import pytest

from pyxl.actions import load_catalogue
from pyxl.excel.building.ledger import build_ledger
from pyxl.sample import sample
from tests.live.click.interpreters import LIBRARIES, install, with_pyxl
from tests.live.click.person import somebody


@pytest.fixture(scope="module")
def person():
    with somebody() as found:
        python = with_pyxl(found, *LIBRARIES)
        install(found, python, python)
        yield found


@pytest.fixture
def ledger(person):
    """The sample, under a name of which every sign has broken something once."""
    cover, rows = sample()
    path = person.home / "示例 a=b & 100%.xlsx"
    build_ledger(load_catalogue(None), path, year=cover["year"], unit=cover["unit"], cover=cover, rows=rows)
    return person.owns(path)
