"""A workbook becomes a ledger: every row is accounted for, whatever the workbook holds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyxl.core.narrative import narrate
from pyxl.core.period import Period
from pyxl.core.totals import compute
from pyxl.core.validation import choose_period, validate
from pyxl.errors import WorkbookError
from pyxl.excel.cells import is_blank
from pyxl.excel.grid import CellError, RawBook, RawSheet, RawValue, Uncached
from pyxl.excel.parse import parse
from tests.books import FIRST_ROW, raw_book
from tests.sheets import (
    CATALOGUE,
    COVER,
    KEYS,
    MEETING,
    ROWS,
    THEME,
    TODAY,
    book,
    cell,
    changed,
    told,
    values,
    with_cell,
    with_sheet,
)

# ---- the ledger as it should be ----------------------------------------------------------------------------------


def test_the_sample_reads_back_without_a_remark() -> None:
    ledger = parse(raw_book(CATALOGUE, COVER, ROWS), CATALOGUE)
    assert ledger.issues == ()
    assert ledger.missing == frozenset()
    assert ledger.period == Period(2023, "H1")
    assert ledger.cover == {field.key: COVER.get(field.key) for field in CATALOGUE.cover}
    for activity in CATALOGUE.activities:
        rows = ledger.rows(activity.key)
        assert [row.row for row in rows] == [FIRST_ROW + number for number in range(len(ROWS[activity.key]))]
        for row, typed in zip(rows, ROWS[activity.key], strict=True):
            assert {key: value for key, value in row.values.items() if value is not None} == typed


def test_every_value_knows_its_cell() -> None:
    (row,) = parse(book(MEETING), CATALOGUE).rows("theme_day")
    assert row.at("present").address == f"主题党日!{cell('present')}"
    assert row.ref == f"主题党日!{FIRST_ROW}"
    assert row.typed["date"] == "2023-03-17"


def test_an_empty_ledger_reads_as_empty() -> None:
    ledger = parse(raw_book(CATALOGUE, COVER, {}), CATALOGUE)
    assert list(ledger.all_rows()) == []
    assert ledger.issues == ()


# ---- rows --------------------------------------------------------------------------------------------------------------


def test_blank_rows_between_entries_do_not_end_the_table() -> None:
    blank = [None, "", "  ", "\u200b\u3000", "\xa0"]
    ledger = parse(
        changed(book(MEETING, {**MEETING, "topic": "乙"}), lambda g: [*g[:4], *[[b] * 9 for b in blank] * 20, g[4]]),
        CATALOGUE,
    )
    assert [row.row for row in ledger.rows("theme_day")] == [FIRST_ROW, FIRST_ROW + 101]
    assert ledger.issues == ()


@pytest.mark.parametrize(
    ("first", "code"),
    [("合计", "total_row"), ("合 计", "total_row"), ("总计：", "total_row"), ("小计", "total_row"), ("【合计】", "total_row"), ("合计：6次", "total_row"),
     ("注：以上为上半年", "note_row"), ("备注:某", "note_row"), ("填表说明：某", "note_row"), ("说明", "note_row"),
     ("例：", "example_row"), ("示例", "example_row"), ("（示例）", "example_row"), ("例：2023-3-5", "example_row")],
)  # fmt: skip
def test_rows_that_are_no_entries_are_set_aside_and_listed(first: str, code: str) -> None:
    rest: dict[str, Any] = {"present": 99, "due": 99, "topic": "某"}
    ledger = parse(book(MEETING, {"date": first, **rest}, {**MEETING, "topic": "乙"}), CATALOGUE)
    assert [row.row for row in ledger.rows("theme_day")] == [4, 6]
    assert [(row.ref, row.reason) for row in ledger.skipped] == [("主题党日!5", code)]
    assert told(ledger) == [(code, "5")]


@pytest.mark.parametrize("text", ["合计学习三次", "注重学习", "例会", "说明会纪要", "累计工时"])
def test_an_entry_that_only_begins_like_a_mark_stays_an_entry(text: str) -> None:
    ledger = parse(
        book({"project": text, "started": date(2023, 2, 6), "progress": "推进"}, activity="integration"), CATALOGUE
    )
    assert values(ledger, "project", "integration") == [text]
    assert ledger.skipped == ()


def test_hidden_rows_and_sheets_are_read_and_told() -> None:
    rows = [{**MEETING, "topic": f"第{number}次"} for number in range(4)]
    original = book(*rows)
    ledger = parse(changed(original, lambda grid: grid, hidden_rows=frozenset({2, 5, 6, 99})), CATALOGUE)
    assert len(ledger.rows("theme_day")) == 4
    assert [(f.code, f.params) for f in ledger.issues] == [("hidden_rows", {"count": 2, "rows": "5, 6"})]
    for state in ("hidden", "veryHidden"):
        ledger = parse(changed(original, lambda grid: grid, state=state), CATALOGUE)
        assert [(f.code, f.params) for f in ledger.issues] == [("hidden_sheet", {"count": 4})]
    assert parse(changed(book(), lambda grid: grid, state="hidden"), CATALOGUE).issues == ()


def test_a_merged_date_counts_for_all_its_rows() -> None:
    original = book(MEETING, {**MEETING, "date": None, "topic": "乙"}, {**MEETING, "date": None, "topic": "丙"})
    ledger = parse(changed(original, lambda grid: grid, merges=((4, 1, 6, 1),)), CATALOGUE)
    assert values(ledger, "date") == [MEETING["date"]] * 3
    assert told(ledger) == [("merged_filled", "A5"), ("merged_filled", "A6")]


def test_merged_counts_are_refused_in_every_row() -> None:
    place = KEYS.index("present") + 1
    original = book(MEETING, {**MEETING, "present": None, "topic": "乙"})
    ledger = parse(changed(original, lambda grid: grid, merges=((4, place, 5, place),)), CATALOGUE)
    assert [issue for issue in told(ledger) if issue[0] == "merged_cells"] == [
        ("merged_cells", cell("present", 4)),
        ("merged_cells", cell("present", 5)),
    ]
    verdict = validate(ledger, CATALOGUE, Period(2023, "H1"), TODAY)
    assert verdict.erroneous == ("主题党日!4", "主题党日!5")


def test_cells_merged_across_columns_are_refused_and_titles_are_not() -> None:
    first, second = KEYS.index("place") + 1, KEYS.index("topic") + 1
    ledger = parse(changed(book(MEETING), lambda grid: grid, merges=((1, 1, 1, 20), (4, first, 4, second))), CATALOGUE)
    assert told(ledger) == [("merged_cells", cell("place")), ("merged_cells", cell("topic"))]


def test_far_cells_are_told_by_address() -> None:
    ledger = parse(changed(book(MEETING), lambda grid: grid, far=((1_048_576, 16_384), (9, 900))), CATALOGUE)
    assert told(ledger) == [("far_cell", "XFD1048576"), ("far_cell", "AHP9")]


def test_what_stands_beside_the_table_is_told_once_for_each_column() -> None:
    def change(grid: list[list[RawValue]]) -> list[list[RawValue]]:
        return [
            *grid[:3],
            [*grid[3], None, None, "旁注"],
            [*[None] * (len(KEYS) + 2), "再注"],
            ["合计", *[None] * len(KEYS), 9],
        ]

    ledger = parse(changed(book(MEETING), change), CATALOGUE)
    assert [issue for issue in told(ledger) if issue[0] != "total_row"] == [("cells_outside_table", "Z4")]
    assert len(ledger.rows("theme_day")) == 1


# ---- cells -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "code"),
    [(CellError("#REF!"), "error_cell"), (Uncached(""), "formula_uncached"), (Uncached("B4"), "formula_uncached")],
)
@pytest.mark.parametrize("key", ["date", "present", "topic", "observers", "discussed", "studied", "link"])
def test_errors_and_uncalculated_formulas_are_errors_at_their_cell(raw: RawValue, code: str, key: str) -> None:
    ledger = parse(with_cell(book(MEETING), FIRST_ROW, key, raw), CATALOGUE)
    assert told(ledger) == [(code, cell(key))]
    verdict = validate(ledger, CATALOGUE, Period(2023, "H1"), TODAY)
    assert verdict.erroneous == ("主题党日!4",)
    assert [(f.code, f.where.cell) for f in verdict.issues if f.blocks] == [(code, cell(key))]


def test_a_row_of_uncalculated_formulas_is_not_blank() -> None:
    ledger = parse(changed(book(), lambda grid: [*grid, [Uncached("")]]), CATALOGUE)
    assert [row.row for row in ledger.rows("theme_day")] == [FIRST_ROW]
    assert ("formula_uncached", "A4") in told(ledger)


def test_what_cannot_be_read_in_one_row_is_no_matter_of_the_others() -> None:
    bad, good = parse(book({**MEETING, "date": CellError("#REF!")}, MEETING), CATALOGUE).rows("theme_day")
    assert bad.unreadable == {"date"}
    assert good.unreadable == frozenset()


def test_a_day_without_a_year_takes_the_ledgers() -> None:
    ledger = parse(book({**MEETING, "date": "3月17日"}), CATALOGUE)
    assert values(ledger, "date") == [date(2023, 3, 17)]
    assert told(ledger) == [("text_date", "A4")]
    unknown = parse(book({**MEETING, "date": "3月17日"}, cover={**COVER, "year": None}), CATALOGUE)
    assert told(unknown) == [("bad_date", "A4")]


# ---- every row is accounted for, whatever the workbook holds -----------------------------------------------------------

VALUES: st.SearchStrategy[RawValue] = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "合计",
            "注：某",
            "例：",
            "草稿",
            "作废",
            "是",
            "2023.3.5",
            "3月5日",
            "15",
            "{{ 党课.次数 }}",
            "日期",
            "主题",
            "上半年",
            "2023年",
        ]
    ),
    st.integers(-5, 60_000),
    st.floats(),
    st.booleans(),
    st.dates(date(2022, 12, 1), date(2024, 2, 1)),
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),
    st.times(),
    st.timedeltas(timedelta(-3), timedelta(3)),
    st.sampled_from([CellError("#REF!"), Uncached(), Uncached("A1"), time(9, 0)]),
)


@st.composite
def entry_sheets(draw: st.DrawFn) -> tuple[RawSheet, int]:
    """A sheet with a right header and random rows below; and how many rows there are to be accounted for."""
    body = draw(st.lists(st.lists(VALUES, max_size=len(KEYS)), max_size=12))
    head: list[tuple[RawValue, ...]] = [("主题党日",), (), tuple(column.label for column in THEME.columns)]
    seen = sum(not all(map(is_blank, row)) for row in body)
    corner = st.tuples(st.integers(1, 20), st.integers(1, 30), st.integers(1, 20), st.integers(1, 30))
    sheet = RawSheet(
        "主题党日",
        (*head, *map(tuple, body)),
        draw(st.sampled_from(["visible", "hidden", "veryHidden"])),
        hidden_rows=draw(st.frozensets(st.integers(1, 20), max_size=4)),
        merges=tuple(draw(st.lists(corner, max_size=3))),
        far=tuple(draw(st.lists(st.tuples(st.integers(1, 2**20), st.integers(1, 2**14)), max_size=2))),
    )
    return sheet, seen


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(drawn=entry_sheets(), part=st.sampled_from(["H1", "H2", "FY", "Q1", "Q4"]))
def test_counted_excluded_and_erroneous_rows_are_all_rows_read(drawn: tuple[RawSheet, int], part: str) -> None:
    sheet, seen = drawn
    ledger = parse(with_sheet(book(MEETING), sheet), CATALOGUE)
    verdict = validate(ledger, CATALOGUE, Period(2023, part), TODAY)
    counted = [row.ref for rows in verdict.counted.values() for row in rows]
    excluded = [row.ref for row in verdict.excluded]
    everything = [*counted, *excluded, *verdict.erroneous]
    assert len(everything) == len(set(everything)) == verdict.rows_read
    assert set(everything) == {row.ref for row in (*ledger.all_rows(), *ledger.skipped)}
    assert verdict.rows_read == seen
    assert not {f"{f.where.sheet}!{f.where.row}" for f in verdict.issues if f.blocks} & set(counted)


@st.composite
def any_books(draw: st.DrawFn) -> RawBook:
    """Anything that a reader may hand over: known and unknown sheets, junk anywhere, names that point anywhere."""
    labels = [
        "主题党日",
        "党课",
        "党员名册",
        "发展党员",
        "问题整改",
        "下步打算",
        "基本信息",
        "总结文字",
        "附件",
        "主题党日 (2)",
    ]
    names = draw(st.lists(st.sampled_from(labels), min_size=1, max_size=6, unique=True))
    sheets = []
    for name in names:
        activity = CATALOGUE.by_label.get(name)
        columns = activity.columns if activity else CATALOGUE.wording
        rows: list[tuple[RawValue, ...]] = [
            tuple(row) for row in draw(st.lists(st.lists(VALUES, max_size=12), max_size=6))
        ]
        if draw(st.booleans()):
            labels_of = [column.label for column in columns]
            rows.insert(draw(st.integers(0, len(rows))), tuple(draw(st.permutations(labels_of))))
        sheets.append(RawSheet(name, tuple(rows)))
    place = st.tuples(st.sampled_from([*labels, "没有"]), st.integers(1, 9), st.integers(1, 9))
    fields = st.sampled_from([field.label for field in CATALOGUE.cover])
    return RawBook("台账.xlsx", tuple(sheets), draw(st.dictionaries(fields, place, max_size=6)))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(book=any_books())
def test_no_workbook_raises_anything_but_that_it_is_none_of_ours(book: RawBook) -> None:
    known = {name for activity in CATALOGUE.activities for name in (activity.label, f"{activity.label} (2)")}
    if not {sheet.name for sheet in book.sheets} & known:
        with pytest.raises(WorkbookError):
            parse(book, CATALOGUE)
        return
    ledger = parse(book, CATALOGUE)
    verdict = validate(ledger, CATALOGUE, choose_period(ledger, TODAY), TODAY)
    totals = compute(verdict, CATALOGUE)
    narrative = narrate(ledger, CATALOGUE, verdict, totals)
    assert verdict.rows_read == len(list(ledger.all_rows())) + len(ledger.skipped)
    for found in (*verdict.issues, *narrative.issues):
        assert found.where.sheet
        assert found.message
        assert found.hint
