"""Columns are found by their headers, wherever these stand and however they are spelt."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.catalogue.model import Column, ColumnType
from pyxl.core.period import Period
from pyxl.core.validation import validate
from pyxl.excel import headers
from pyxl.excel.grid import RawSheet, RawValue
from pyxl.excel.headers import find_header
from pyxl.excel.parse import parse
from tests.books import FIRST_ROW, HEADER_ROW
from tests.sheets import CATALOGUE, KEYS, MEETING, TODAY, book, cell, changed, told, values, with_cell


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(len(KEYS))))
def test_columns_may_stand_in_any_order(order: list[int]) -> None:
    ledger = parse(changed(book(MEETING), lambda grid: [[row[place] for place in order] for row in grid]), CATALOGUE)
    (row,) = ledger.rows("theme_day")
    assert {key: row.get(key) for key in MEETING} == MEETING
    assert row.places["date"] == order.index(0) + 1
    assert ledger.issues == ()


def test_an_inserted_column_is_named_and_passed_over() -> None:
    def change(grid: list[list[RawValue]]) -> list[list[RawValue]]:
        return [[row[0], extra, *row[1:]] for row, extra in zip(grid, [None, None, "序号", 1], strict=True)]

    ledger = parse(changed(book(MEETING), change), CATALOGUE)
    assert told(ledger) == [("header_unknown", f"B{HEADER_ROW}")]
    assert values(ledger, "topic") == ["学雷锋"]


def test_an_inserted_column_without_values_is_nobodys_business() -> None:
    ledger = parse(
        changed(book(MEETING), lambda g: [[*row, "评分" if n == 3 else None] for n, row in enumerate(g, 1)]), CATALOGUE
    )
    assert told(ledger) == []


@pytest.mark.parametrize(
    ("key", "header"),
    [("date", "活动日期"), ("present", "实到人数"), ("topic", "会议主题"), ("present", " 实　到 "), ("present", "实\n到"),
     ("present", "实到*"), ("present", "实到（必填）"), ("present", "实到："), ("steps", "活动环节")],
)  # fmt: skip
def test_a_renamed_header_is_known_by_its_other_names(key: str, header: str) -> None:
    ledger = parse(with_cell(book(MEETING), HEADER_ROW, key, header), CATALOGUE)
    assert ledger.issues == ()
    assert values(ledger, "date") == [MEETING["date"]]
    assert key in ledger.columns["theme_day"]


def test_a_header_cut_off_from_a_filled_optional_column_is_told() -> None:
    """Else what stands below would be passed over without a word."""
    ledger = parse(with_cell(book({**MEETING, "studied": ("党章",)}), HEADER_ROW, "studied", None), CATALOGUE)
    assert told(ledger) == [("cells_outside_table", cell("studied"))]


def test_a_missing_required_column_makes_every_row_unsure() -> None:
    ledger = parse(with_cell(book(MEETING, {**MEETING, "topic": "乙"}), HEADER_ROW, "place", None), CATALOGUE)
    assert told(ledger) == [("column_missing", str(HEADER_ROW))]
    verdict = validate(ledger, CATALOGUE, Period(2023, "H1"), TODAY)
    assert (verdict.rows_counted, verdict.erroneous) == (0, ("主题党日!4", "主题党日!5"))
    assert not [found for found in verdict.issues if found.code == "required_missing"], "one cause, one issue"


def test_a_missing_optional_column_is_told_where_a_figure_rests_on_it() -> None:
    assert told(parse(with_cell(book(MEETING), HEADER_ROW, "observers", None), CATALOGUE)) == [
        ("columns_missed", str(HEADER_ROW))
    ]
    assert parse(with_cell(book(MEETING), HEADER_ROW, "remarks", None), CATALOGUE).issues == ()


def test_a_missing_state_column_is_a_warning() -> None:
    """Rows that were void are counted then, and somebody has to be told."""
    ledger = parse(with_cell(book(MEETING), HEADER_ROW, "state", None), CATALOGUE)
    assert [(found.code, found.severity) for found in ledger.issues] == [("state_missed", "warning")]


def test_a_header_that_stands_twice_is_refused_at_the_second() -> None:
    ledger = parse(with_cell(book({**MEETING, "remarks": "某"}), HEADER_ROW, "remarks", "主题"), CATALOGUE)
    assert told(ledger) == [("header_duplicate", cell("remarks", HEADER_ROW))]
    assert values(ledger, "topic") == ["学雷锋"], "the first is read"


@pytest.mark.parametrize("above", [0, 1, 7, 26])
def test_the_header_may_stand_anywhere_near_the_top(above: int) -> None:
    ledger = parse(
        changed(book(MEETING), lambda grid: [["某单位台账"], *[[None]] * above, *grid[HEADER_ROW - 1 :]]), CATALOGUE
    )
    assert [row.row for row in ledger.rows("theme_day")] == [above + 3]
    assert ledger.issues == ()


def test_a_title_that_looks_like_one_header_is_not_the_header() -> None:
    ledger = parse(changed(book(MEETING), lambda grid: [["主题"], ["日期", "2023年"], *grid[2:]]), CATALOGUE)
    assert ledger.issues == ()
    assert [row.row for row in ledger.rows("theme_day")] == [FIRST_ROW]


@pytest.mark.parametrize(
    "below", [["due", "present"], ["due", "present", "leave", "absent", "observers"], KEYS[4:], KEYS[1:]]
)
def test_a_header_over_two_rows_is_read_as_one(below: list[str]) -> None:
    """Group titles above some columns; the others' headers stand in the upper row, merged down or not."""

    def change(grid: list[list[RawValue]]) -> list[list[RawValue]]:
        upper: list[RawValue] = [
            "出席情况" if key == below[0] else None if key in below else c for key, c in zip(KEYS, grid[2], strict=True)
        ]
        lower: list[RawValue] = [c if key in below else None for key, c in zip(KEYS, grid[2], strict=True)]
        return [*grid[:2], upper, lower, *grid[3:]]

    ledger = parse(changed(book(MEETING), change), CATALOGUE)
    (row,) = ledger.rows("theme_day")
    assert row.row == FIRST_ROW + 1
    assert {key: row.get(key) for key in MEETING} == MEETING
    assert ledger.issues == ()


def test_a_sheet_without_a_header_is_told_and_an_empty_one_is_not() -> None:
    assert told(parse(changed(book(MEETING), lambda grid: grid[HEADER_ROW:]), CATALOGUE)) == [("header_missing", "")]
    for rows in ([], [[None]], [["", "\u200b"]]):
        assert told(parse(changed(book(), lambda _, rows=rows: rows), CATALOGUE)) == []


def test_another_name_beside_a_columns_own_name_is_a_column_of_its_own():
    """日期 and 时间 on one sheet: the second is no second date, and nothing is blocked."""
    columns = (Column("date", "日期", ColumnType.DATE, aliases=("时间",)), Column("place", "地点"))
    sheet = RawSheet("主题党日", (("日期", "时间", "地点"), (date(2023, 5, 10), "下午", "会议室")))
    header = find_header(sheet, columns)
    assert header is not None
    assert header.places == {"date": 1, "place": 3}
    assert [(found.code, found.where.cell) for found in header.issues] == [("header_unknown", "B1")]


LABELS = ("日期", "主题", "地点")
NAMED = tuple(Column(label, label, aliases=("时间",) if label == "日期" else ()) for label in LABELS)
LINES = st.lists(
    st.one_of(st.just(LABELS), st.lists(st.sampled_from([*LABELS, "时间", "题目", None, 3]), max_size=5).map(tuple)),
    max_size=5,
)


@settings(deadline=None)
@given(LINES)
def test_a_header_as_delivered_is_the_one_that_comparing_every_row_finds(lines: list[tuple[RawValue, ...]]) -> None:
    sheet = RawSheet("表", tuple(lines))
    at_once = headers._as_delivered(sheet, NAMED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headers, "_as_delivered", lambda *_: None)
        assert at_once in (None, find_header(sheet, NAMED))


def test_the_header_that_we_deliver_is_found_at_once() -> None:
    sheet = RawSheet("表", (("题目",), (), LABELS, (date(2023, 3, 5), "学习")))
    assert headers._as_delivered(sheet, NAMED) == find_header(sheet, NAMED)
    assert find_header(sheet, NAMED) == headers.Header(3, {"日期": 1, "主题": 2, "地点": 3}, (), frozenset({1, 2, 3}))
