from __future__ import annotations

import pytest

from tests.excel.building.built import blank_bytes, filled_bytes, opened


@pytest.fixture(scope="module")
def blank():
    return opened(blank_bytes())


@pytest.fixture(scope="module")
def filled():
    return opened(filled_bytes())
