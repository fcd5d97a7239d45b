"""What the counted rows add up to, kind by kind; and which rows each figure rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.catalogue.loader import load_catalogue
from pyxl.catalogue.model import ActivityType, Catalogue, Column, ColumnType, PeriodRule, TotalKind, TotalSpec
from pyxl.core.ledger import Entry, Value
from pyxl.core.period import Period
from pyxl.core.summary import printed
from pyxl.core.totals import Figure, Totals, compute
from pyxl.core.validation import Validation, validate
from pyxl.excel.parse import parse
from pyxl.sample import sample
from tests.books import raw_book
from tests.reports import written

CATALOGUE = load_catalogue()
COVER, ROWS = sample()
TODAY = date(2024, 1, 10)
H1 = Period(2023, "H1")

COLUMNS = (
    Column("date", "日期", ColumnType.DATE),
    Column("title", "题目"),
    Column("topic", "主题"),
    Column("due", "应到", ColumnType.INTEGER),
    Column("present", "实到", ColumnType.INTEGER),
    Column("hours", "学时", ColumnType.DECIMAL),
    Column("people", "对象", ColumnType.PEOPLE),
    Column("number", "序号", ColumnType.INTEGER),
    Column("held", "举行", ColumnType.YESNO),
    Column("kind", "类型", ColumnType.CHOICE, choices=("专题", "普通")),
)


def figure(
    kind: TotalKind,
    rows: Sequence[Mapping[str, Value]],
    *columns: str,
    where: Mapping[str, tuple[str, ...]] | None = None,
    as_of: date = H1.end,
    unit: str = "",
) -> Figure:
    """One figure over rows of an activity made for the purpose; rows are numbered from 4."""
    spec = TotalSpec("x", "某数", kind, columns, where or {}, unit)
    activity = ActivityType("lecture", "讲座", "work", 1, "", COLUMNS, measure="场", totals=(spec,))
    places = {column.key: place for place, column in enumerate(COLUMNS, 1)}
    entries = tuple(Entry("lecture", "讲座", number, row, places) for number, row in enumerate(rows, 4))
    verdict = Validation(H1, as_of, (), {"lecture": entries}, (), ())
    return compute(verdict, Catalogue("1", (), (activity,), (), ())).get("讲座", "某数")


def day(month: int, number: int = 1) -> date:
    return date(2023, month, number)


# ---- kinds ---------------------------------------------------------------------------------------------------------


def test_count() -> None:
    found = figure(TotalKind.COUNT, [{"date": day(1)}, {"date": day(2)}])
    assert (found.value, found.rows, found.unit) == (2, ("讲座!4", "讲座!5"), "场")
    assert figure(TotalKind.COUNT, []).value == 0


def test_count_where_a_column_holds_one_of_some_values() -> None:
    rows: list[Mapping[str, Value]] = [
        {"kind": "专题", "held": True},
        {"kind": "普通", "held": False},
        {"kind": None, "held": None},
        {"kind": "专题"},
    ]
    assert figure(TotalKind.COUNT, rows, where={"kind": ("专题",)}).rows == ("讲座!4", "讲座!7")
    assert figure(TotalKind.COUNT, rows, where={"kind": ("专题", "普通")}).value == 3
    assert figure(TotalKind.COUNT, rows, where={"kind": ("*",)}).value == 3
    assert figure(TotalKind.COUNT, rows, where={"held": ("是",)}).rows == ("讲座!4",)
    assert figure(TotalKind.COUNT, rows, where={"held": ("否",)}).rows == ("讲座!5",)
    assert figure(TotalKind.COUNT, rows, where={"kind": ("专题",), "held": ("是",)}).value == 1


def test_sum_of_numbers_is_whole_where_it_is_whole() -> None:
    found = figure(
        TotalKind.SUM, [{"hours": 0.1}, {"hours": 0.2}, {"hours": None}, {"hours": 1.7}], "hours", unit="学时"
    )
    assert (found.value, found.rows, found.unit) == (2, ("讲座!4", "讲座!5", "讲座!7"), "学时")
    assert isinstance(found.value, int)
    assert figure(TotalKind.SUM, [{"hours": 0.1}, {"hours": 0.2}], "hours").value == 0.3
    assert figure(TotalKind.SUM, [], "hours").value == 0


def test_sum_of_names_is_how_many_they_are() -> None:
    assert figure(TotalKind.SUM, [{"people": ("甲某", "乙某")}, {"people": ("甲某",)}, {}], "people").value == 3


def test_ratio_is_of_the_sums_of_rows_that_have_both() -> None:
    rows: list[Mapping[str, Value]] = [
        {"present": 9, "due": 10},
        {"present": 15, "due": 20},
        {"present": 5},
        {"due": 10},
    ]
    found = figure(TotalKind.RATIO, rows, "present", "due")
    assert (found.value, found.rows) == (0.8, ("讲座!4", "讲座!5"))
    assert figure(TotalKind.RATIO, [{"present": 0, "due": 0}], "present", "due").value is None
    assert figure(TotalKind.RATIO, [], "present", "due").value is None
    assert figure(TotalKind.RATIO, [{"present": 2, "due": 3}], "present", "due").value == 0.6667


def test_list_holds_each_value_once_in_order_of_date() -> None:
    rows: list[Mapping[str, Value]] = [
        {"date": day(5), "topic": "丙"},
        {"date": day(1), "topic": "甲"},
        {"date": day(3), "topic": "丙"},
        {"date": day(2)},
    ]
    found = figure(TotalKind.LIST, rows, "topic")
    assert (found.value, found.rows) == (("甲", "丙"), ("讲座!4", "讲座!5", "讲座!6"))
    assert figure(TotalKind.DISTINCT, rows, "topic").value == 2


def test_list_takes_each_rows_first_column_that_is_filled() -> None:
    rows: list[Mapping[str, Value]] = [
        {"date": day(1), "title": "甲", "topic": "乙"},
        {"date": day(2), "topic": "丙"},
        {"date": day(3)},
    ]
    found = figure(TotalKind.LIST, rows, "title", "topic")
    assert (found.value, found.rows) == (("甲", "丙"), ("讲座!4", "讲座!5"))


def test_lists_of_several_values_a_cell_and_of_numbers() -> None:
    people: list[Mapping[str, Value]] = [
        {"date": day(1), "people": ("甲某", "乙某")},
        {"date": day(2), "people": ("乙某", "丙某")},
    ]
    assert figure(TotalKind.LIST, people, "people").value == ("甲某", "乙某", "丙某")
    assert figure(TotalKind.DISTINCT, people, "people").value == 3
    numbers: list[Mapping[str, Value]] = [
        {"date": day(1), "number": 3},
        {"date": day(2), "number": 10},
        {"date": day(3), "number": 2},
    ]
    assert figure(TotalKind.LIST, numbers, "number").value == (2, 3, 10), "numbers stand in their own order"
    assert figure(TotalKind.LIST, [], "number").value == ()


def test_lists_read_as_people_write() -> None:
    assert figure(TotalKind.LIST, [{"date": day(1), "held": True}, {"date": day(2), "held": False}], "held").value == (
        "是",
        "否",
    )
    assert figure(TotalKind.LIST, [{"date": day(1), "hours": 1.5}, {"date": day(2), "hours": 2}], "hours").value == (
        "1.5",
        "2",
    )


def test_months_without_are_those_elapsed_in_which_nothing_took_place() -> None:
    rows: list[Mapping[str, Value]] = [{"date": day(2)}, {"date": day(2, 9)}, {"date": day(5)}]
    found = figure(TotalKind.MONTHS_WITHOUT, rows)
    assert (found.value, found.rows) == ((1, 3, 4, 6), ("讲座!4", "讲座!5", "讲座!6"))
    assert figure(TotalKind.MONTHS_WITHOUT, rows, as_of=day(4, 15)).value == (1, 3, 4)
    assert figure(TotalKind.MONTHS_WITHOUT, []).value == (1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [(TotalKind.COUNT, 3, "3场"), (TotalKind.RATIO, 0.9583, "95.83%"), (TotalKind.RATIO, None, "无法计算"), (TotalKind.LIST, (), "无"),
     (TotalKind.LIST, ("甲", "乙"), "甲；乙"), (TotalKind.MONTHS_WITHOUT, (1, 3), "1月、3月"), (TotalKind.MONTHS_WITHOUT, (), "无")],
)  # fmt: skip
def test_figures_are_printed_as_people_write(kind: TotalKind, value: Any, text: str) -> None:
    assert printed(Figure("讲座", "某数", value, (), "场" if kind is TotalKind.COUNT else "", kind)) == text


# ---- of the whole catalogue ------------------------------------------------------------------------------------------


def judged(rows: Mapping[str, Sequence[Mapping[str, Any]]], part: str = "H1") -> Validation:
    cover = {**COVER, "period": None, "as_of": None}
    return validate(parse(raw_book(CATALOGUE, cover, rows), CATALOGUE), CATALOGUE, Period(2023, part), TODAY)


def totals(rows: Mapping[str, Sequence[Mapping[str, Any]]], part: str = "H1") -> Totals:
    return compute(judged(rows, part), CATALOGUE)


def test_every_activity_has_its_count_even_in_an_empty_ledger() -> None:
    found = totals({})
    for activity in CATALOGUE.activities:
        assert found.get(activity.label, "次数").value == 0
    assert {figure.value for figure in found} <= {0, None, (), (1, 2, 3, 4, 5, 6)}
    assert all(figure.rows == () for figure in found)


def test_every_figure_of_the_sample_rests_on_counted_rows_of_its_own_sheet() -> None:
    verdict = judged(ROWS)
    for found in compute(verdict, CATALOGUE):
        counted = [row.ref for row in verdict.counted[CATALOGUE.by_label[found.activity].key]]
        assert [ref for ref in counted if ref in found.rows] == list(found.rows), "in the order of the sheet, each once"


def test_a_figure_keeps_exactly_the_rows_that_it_changes_with() -> None:
    """Take one row away: what rested on it has one row less, and nothing else changes."""
    verdict = judged(ROWS)
    before = compute(verdict, CATALOGUE).by_name
    for key, rows in verdict.counted.items():
        for row in rows:
            kept = tuple(other for other in rows if other is not row)
            after = compute(replace(verdict, counted={**verdict.counted, key: kept}), CATALOGUE).by_name
            for name, found in before.items():
                if row.ref in found.rows:
                    assert after[name].rows == tuple(ref for ref in found.rows if ref != row.ref)
                else:
                    assert after[name] == found


DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
MEETINGS = st.lists(
    st.builds(
        lambda day, due, away, topic: {
            "date": day, "due": due, "present": due - min(away, due), "topic": topic, "place": "会议室",
            "host": "周明远", "recorder": "顾晓岚", "content": "学习文件。",
        },
        DAYS, st.integers(0, 17), st.integers(0, 3), st.text("甲乙丙丁戊", min_size=1, max_size=4),
    ),
    max_size=8,
)  # fmt: skip


def random_totals(meetings: Sequence[Mapping[str, Any]], part: str) -> Totals:
    """Figures over the rows of the part, whatever the rules say of them."""
    verdict = judged({"theme_day": meetings}, part)
    rows = parse(raw_book(CATALOGUE, COVER, {"theme_day": meetings}), CATALOGUE).rows("theme_day")
    counted = tuple(row for row in rows if (held := row.day("date")) and held in verdict.period)
    return compute(replace(verdict, counted={"theme_day": counted}), CATALOGUE)


@settings(max_examples=40, deadline=None)
@given(
    meetings=MEETINGS,
    parts=st.sampled_from(
        [("H1", ("Q1", "Q2")), ("H2", ("Q3", "Q4")), ("FY", ("H1", "H2")), ("FY", ("Q1", "Q2", "Q3", "Q4"))]
    ),
)
def test_counts_sums_and_rows_add_up_over_the_parts_of_a_period(
    meetings: list[Mapping[str, Any]], parts: tuple[str, tuple[str, ...]]
) -> None:
    """Distinct topics and months do not: they are always computed anew."""
    whole, halves = random_totals(meetings, parts[0]), [random_totals(meetings, part) for part in parts[1]]
    for found in whole:
        if CATALOGUE.by_label[found.activity].period_rule is not PeriodRule.WITHIN:
            continue
        pieces = [half.get(found.activity, found.name) for half in halves]
        assert sorted(found.rows) == sorted(ref for piece in pieces for ref in piece.rows)
        if found.kind in (TotalKind.COUNT, TotalKind.SUM):
            assert found.value == sum(piece.value for piece in pieces)  # type: ignore[misc]
        if found.kind is TotalKind.MONTHS_WITHOUT:
            assert found.value == tuple(month for piece in pieces for month in piece.value)  # type: ignore[union-attr]


@settings(max_examples=40, deadline=None)
@given(meetings=MEETINGS, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_value(meetings: list[Mapping[str, Any]], random: Any) -> None:
    days = {meeting["date"]: meeting for meeting in meetings}  # of one day, lists keep the order of the sheet
    rows = list(days.values())
    mixed = random.sample(rows, len(rows))
    before, after = random_totals(rows, "FY"), random_totals(mixed, "FY")
    assert {name: found.value for name, found in before.by_name.items()} == {
        name: f.value for name, f in after.by_name.items()
    }


@pytest.mark.parametrize("part", ["H1", "H2", "FY", "Q1", "Q2", "Q3", "Q4"])
def test_counts_of_the_sample_are_what_a_person_would_count(part: str) -> None:
    found = totals(ROWS, part)
    for key in (
        "group_study",
        "member_assembly",
        "committee_meeting",
        "party_lecture",
        "theme_day",
        "heart_to_heart_talk",
    ):
        held = [
            row for row in ROWS[key] if row.get("state") not in ("草稿", "作废") and row["date"] in Period(2023, part)
        ]  # type: ignore[operator]
        assert found.get(CATALOGUE.activity(key).label, "次数").value == len(held)


def test_the_sample_has_the_figures_of_a_careful_secretary() -> None:
    found = totals(ROWS)
    rows = [row for row in ROWS["theme_day"] if row.get("state") not in ("草稿", "作废") and row["date"] in H1]  # type: ignore[operator]
    due, present = sum(row["due"] for row in rows), sum(row["present"] for row in rows)  # type: ignore[misc]
    assert found.get("主题党日", "应到人次").value == due
    assert found.get("主题党日", "实到人次").value == present
    assert found.get("主题党日", "出勤率").value == round(present / due, 4)  # type: ignore[operator]
    assert found.get("主题党日", "交流研讨次数").value == sum(row.get("discussed") is True for row in rows)
    members = ROWS["roster"]
    assert found.get("党员名册", "党员人数").value == len(members)
    assert found.get("党员名册", "预备党员人数").value == sum(row["category"] == "预备党员" for row in members)
    talks = [
        row for row in ROWS["heart_to_heart_talk"] if row.get("state") not in ("草稿", "作废") and row["date"] in H1
    ]  # type: ignore[operator]
    people = [name for row in talks for name in row["talkees"]]  # type: ignore[union-attr]
    assert found.get("谈心谈话", "谈话人次").value == len(people)
    assert found.get("谈心谈话", "谈话对象数").value == len(set(people)) < len(people)


@pytest.mark.parametrize(("field", "label"), [("has_committee", "支委会"), ("has_groups", "党小组会")])
def test_months_without_say_nothing_where_the_cover_says_it_is_not_asked_for(field: str, label: str) -> None:
    """A unit without a committee misses no meetings of it; a blank field does not ask for them either."""
    asked, not_asked, blank = (
        written({}, **{field: value}).totals.get(label, "缺会月份").value for value in (True, False, None)
    )
    assert (asked, not_asked, blank) == ((1, 2, 3, 4, 5, 6), None, None)


def test_months_without_are_counted_only_where_a_monthly_rule_asks() -> None:
    monthly = {
        activity.label
        for activity, spec in CATALOGUE.rules()
        if spec.check == "held_every" and spec.params["every"] == "month"
    }
    counted = {a.label for a in CATALOGUE.activities if any(t.kind is TotalKind.MONTHS_WITHOUT for t in a.totals)}
    assert counted == monthly == {"支委会", "党小组会", "主题党日"}


@pytest.mark.parametrize(
    ("moved", "members"),
    [
        ({}, 19),
        ({"moved_out": date(2022, 12, 1)}, 18),
        ({"moved_in": date(2023, 8, 1)}, 18),
        ({"moved_out": date(2023, 8, 1)}, 19),
    ],
)
def test_members_are_those_on_the_roster_on_the_last_day_that_counts(moved: dict[str, date], members: int) -> None:
    person = {"name": "新来", "sex": "男", "born": date(1990, 1, 1), "category": "正式党员", "post": "无"}
    person |= {"joined": date(2015, 7, 1), "confirmed": date(2016, 7, 1), **moved}
    ledger = parse(raw_book(CATALOGUE, COVER, ROWS | {"roster": [*ROWS["roster"], person]}), CATALOGUE)
    totals = compute(validate(ledger, CATALOGUE, H1, TODAY), CATALOGUE)
    assert totals.get("党员名册", "党员人数").value == members
    assert totals.get("党员名册", "次数").value == 19


def test_a_figure_whose_column_is_gone_is_unknown_and_not_zero() -> None:
    book = raw_book(CATALOGUE, COVER, ROWS)
    sheets = [
        replace(
            sheet,
            rows=(
                *sheet.rows[:2],
                tuple(None if cell == "议题数" else cell for cell in sheet.rows[2]),
                *sheet.rows[3:],
            ),
        )
        if sheet.name == "支委会"
        else sheet
        for sheet in book.sheets
    ]
    ledger = parse(replace(book, sheets=tuple(sheets)), CATALOGUE)
    totals = compute(validate(ledger, CATALOGUE, H1, TODAY), CATALOGUE)
    assert totals.get("支委会", "议题数").value is None
    assert totals.get("支委会", "次数").value == 7
