from __future__ import annotations

from datetime import date

import pytest

from pyxl.actions import demo
from tests.offices import office, opened

__all__ = ["office", "opened", "sample"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return demo(tmp_path_factory.mktemp("demo"), today=date(2023, 7, 31)).ledger
