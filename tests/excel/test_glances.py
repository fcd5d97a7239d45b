"""A cell that is taken at a glance is taken as it would be read."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.catalogue.model import ColumnType
from pyxl.excel.cells import Reading, clean, read_cell, shown
from pyxl.excel.glances import glance
from tests.excel.test_cells import CHOICES, COLUMNS, NAMES, RAW

PLAIN = st.one_of(
    RAW,
    st.sampled_from(
        [*CHOICES, *NAMES, "是", " 两边 ", "行一\n行二", "中\u00a0国", "张三、李四", "１２", "x\x0by", "", " "]
    ),
    st.integers(0, 2_000_000),
    st.dates(date(1890, 1, 1), date(2110, 1, 1)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


@given(PLAIN, st.sampled_from(list(COLUMNS)), st.sampled_from([None, 2023]))
def test_a_plain_cell_is_taken_as_it_would_be_read(raw: Any, kind: ColumnType, year: int | None) -> None:
    found = glance(kind)(raw, COLUMNS[kind])
    if found is not None:
        assert Reading(found[0]) == read_cell(raw, COLUMNS[kind], year)
        assert found[0].__class__ is read_cell(raw, COLUMNS[kind], year).value.__class__
        assert found[1] == clean(shown(raw))


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("主题党日，第一次", ColumnType.TEXT),
        ("集中学习", ColumnType.CHOICE),
        ("欧阳修", ColumnType.PERSON),
        (12, ColumnType.INTEGER),
        (date(2023, 3, 5), ColumnType.DATE),
        (time(9, 30), ColumnType.TIME),
    ],
)
def test_what_most_cells_hold_is_plain(raw: Any, kind: ColumnType) -> None:
    assert glance(kind)(raw, COLUMNS[kind]) == (raw, shown(raw))


@pytest.mark.parametrize(("raw", "value"), [("是", True), ("否", False)])
def test_a_yes_or_no_is_plain(raw: str, value: bool) -> None:
    assert glance(ColumnType.YESNO)(raw, COLUMNS[ColumnType.YESNO]) == (value, raw)
