"""Which rows count: states, periods, the last day, this year and today; and three sums that add up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.ledger import Ledger
from pyxl.core.period import PARTS, Period
from pyxl.core.validation import Validation, choose_period, validate
from pyxl.excel.grid import CellError
from pyxl.excel.parse import parse
from pyxl.sample import sample
from tests.books import raw_book

CATALOGUE = load_catalogue()
COVER, ROWS = sample()
TODAY = date(2024, 1, 10)
H1 = Period(2023, "H1")

TALK = {"date": date(2023, 3, 6), "talker": "周明远", "talkees": ("陆建平",), "place": "书记办公室"}
PROBLEM = {"raised": date(2023, 3, 6), "source": "自查", "problem": "学风不浓", "progress": "未启动"}
PLAN = {"plan": "推进学习", "measure": "每月一次。"}


def ledger(cover: Mapping[str, Any] = COVER, **rows: list[Mapping[str, Any]]) -> Ledger:
    return parse(raw_book(CATALOGUE, cover, {"roster": ROWS["roster"], **rows}), CATALOGUE)


def verdict(
    *, period: Period = H1, today: date = TODAY, cover: Mapping[str, Any] = COVER, **rows: list[Mapping[str, Any]]
) -> Validation:
    return validate(ledger(cover, **rows), CATALOGUE, period, today)


def fate(found: Validation, activity: str = "heart_to_heart_talk") -> str:
    """What became of the only row of an activity: counted, error, or the reason it is excluded for."""
    label = CATALOGUE.activity(activity).label
    fates = ["counted"] * len(found.counted[activity])
    fates += ["error" for ref in found.erroneous if ref.startswith(f"{label}!")]
    fates += [row.reason for row in found.excluded if row.ref.startswith(f"{label}!")]
    (only,) = fates
    return only


def told(found: Validation, activity: str = "heart_to_heart_talk") -> list[tuple[str, str]]:
    label = CATALOGUE.activity(activity).label
    return [(f.code, f.where.cell) for f in found.issues if f.where.sheet == label and f.where.row]


# ---- states --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "expected"),
    [(None, "counted"), ("已核", "counted"), ("草稿", "draft"), ("作废", "void"), (" 草 稿 ", "draft")],
)
def test_an_empty_state_counts_and_drafts_and_void_rows_do_not(state: str | None, expected: str) -> None:
    assert fate(verdict(heart_to_heart_talk=[{**TALK, "state": state}])) == expected


def test_a_state_that_means_nothing_is_an_error_and_not_a_guess() -> None:
    found = verdict(heart_to_heart_talk=[{**TALK, "state": "作费"}])
    assert fate(found) == "error"
    assert [code for code, _ in told(found)] == ["not_a_choice"]


@pytest.mark.parametrize("state", ["草稿", "作废"])
def test_nothing_is_said_about_a_row_that_is_set_aside(state: str) -> None:
    """However wrong it is: that is what drafts are for."""
    row = {"date": "某日", "talker": CellError("#REF!"), "state": state}
    assert told(verdict(heart_to_heart_talk=[row])) == []


def test_a_register_knows_states_too() -> None:
    for activity, row in (("rectification", PROBLEM), ("next_steps", PLAN)):
        assert fate(verdict(**{activity: [{**row, "state": "作废"}]}), activity) == "void"


# ---- periods ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "part", "expected"),
    [
        (date(2023, 1, 1), "H1", "counted"), (date(2023, 6, 30), "H1", "counted"), (date(2023, 7, 1), "H1", "outside_period"),
        (date(2023, 6, 30), "H2", "outside_period"), (date(2023, 7, 1), "H2", "counted"), (date(2023, 12, 31), "H2", "counted"),
        (date(2023, 3, 31), "Q1", "counted"), (date(2023, 4, 1), "Q1", "outside_period"), (date(2023, 12, 31), "FY", "counted"),
        (date(2022, 12, 31), "H1", "error"), (date(2024, 1, 1), "H2", "error"), (date(2024, 1, 1), "FY", "error"),
    ],
)  # fmt: skip
def test_a_row_of_the_year_but_not_of_the_period_is_excluded_and_one_of_another_year_is_wrong(
    day: date, part: str, expected: str
) -> None:
    found = verdict(period=Period(2023, part), heart_to_heart_talk=[{**TALK, "date": day}])
    assert fate(found) == expected
    assert told(found) == ([("date_outside_year", "A4")] if expected == "error" else [])


def test_after_the_last_day_that_counts_a_row_waits_and_is_told() -> None:
    cover = {**COVER, "as_of": date(2023, 5, 31)}
    found = verdict(cover=cover, heart_to_heart_talk=[{**TALK, "date": date(2023, 6, 1)}])
    assert (fate(found), told(found)) == ("after_as_of", [("date_after_as_of", "A4")])
    assert [f.severity for f in found.issues if f.code == "date_after_as_of"] == ["warning"]
    assert fate(verdict(cover=cover, heart_to_heart_talk=[{**TALK, "date": date(2023, 5, 31)}])) == "counted"


def test_what_has_not_happened_yet_is_an_error_on_any_sheet_with_dates() -> None:
    today = date(2023, 4, 1)
    ahead = today + timedelta(days=1)
    for activity, row, key in (("heart_to_heart_talk", TALK, "date"), ("rectification", PROBLEM, "raised")):
        found = verdict(today=today, **{activity: [{**row, key: ahead}]})
        assert (fate(found, activity), told(found, activity)) == ("error", [("date_in_future", "A4")])
        assert fate(verdict(today=today, **{activity: [{**row, key: today}]}), activity) == "counted"


def test_a_far_year_typed_by_mistake_is_not_excluded_in_silence() -> None:
    found = verdict(rectification=[{**PROBLEM, "raised": date(2032, 6, 15)}])
    assert (fate(found, "rectification"), told(found, "rectification")) == ("error", [("date_in_future", "A4")])


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2021, 5, 1), "counted"), (date(2023, 6, 30), "counted"), (date(2023, 7, 1), "outside_period")],
)
def test_a_problem_once_raised_stays_until_the_period_ends(day: date, expected: str) -> None:
    assert fate(verdict(rectification=[{**PROBLEM, "raised": day}]), "rectification") == expected


def test_a_problem_raised_after_the_last_day_waits() -> None:
    cover = {**COVER, "as_of": date(2023, 5, 31)}
    found = verdict(cover=cover, rectification=[{**PROBLEM, "raised": date(2023, 6, 1)}])
    assert (fate(found, "rectification"), told(found, "rectification")) == ("after_as_of", [])


@pytest.mark.parametrize(
    ("named", "part", "expected"),
    [(None, "H1", "counted"), ("上半年", "H1", "counted"), ("下半年", "H1", "other_period"), ("下半年", "H2", "counted"),
     ("第一季度", "Q1", "counted"), ("全年", "H1", "other_period")],
)  # fmt: skip
def test_a_plan_belongs_to_the_period_that_it_names_or_to_the_present_one(
    named: str | None, part: str, expected: str
) -> None:
    assert (
        fate(verdict(period=Period(2023, part), next_steps=[{**PLAN, "for_period": named}]), "next_steps") == expected
    )


@pytest.mark.parametrize("part", PARTS)
def test_members_count_in_every_period(part: str) -> None:
    found = verdict(period=Period(2023, part))
    assert len(found.counted["roster"]) == len(ROWS["roster"])


# ---- what cannot be read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [({"date": None}, "required_missing", "A4"), ({"date": "三月"}, "bad_date", "A4"), ({"place": None}, "required_missing", None),
     ({"talker": CellError("#N/A")}, "error_cell", "B4"), ({"talkees": "；"}, "required_missing", None)],
)  # fmt: skip
def test_a_row_with_an_error_counts_in_nothing(change: Mapping[str, Any], code: str, cell: str | None) -> None:
    found = verdict(heart_to_heart_talk=[{**TALK, **change}])
    assert fate(found) == "error"
    errors = [(f.code, f.where.cell) for f in found.issues if f.blocks]
    assert len(errors) == 1, "one cause, one issue"
    assert errors[0][0] == code
    assert cell in (None, errors[0][1])
    assert found.blocked


def test_hints_and_warnings_do_not_keep_a_row_from_counting() -> None:
    found = verdict(heart_to_heart_talk=[{**TALK, "date": "2023.3.6"}])
    assert fate(found) == "counted"
    assert ("text_date", "A4") in told(found)
    assert not found.blocked


def test_an_error_elsewhere_on_the_sheet_leaves_a_row_alone() -> None:
    found = verdict(heart_to_heart_talk=[TALK, {**TALK, "date": None}, {**TALK, "talkees": ("陶文斌",)}])
    assert [row.ref for row in found.counted["heart_to_heart_talk"]] == ["谈心谈话!4", "谈心谈话!6"]
    assert found.erroneous == ("谈心谈话!5",)


# ---- the last day that counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "part", "expected", "remarks"),
    [
        (date(2023, 5, 31), "H1", date(2023, 5, 31), []),
        (None, "H1", date(2023, 6, 30), []),
        (date(2023, 7, 1), "H1", date(2023, 6, 30), ["as_of_outside_period"]),
        (date(2022, 6, 30), "H1", date(2023, 6, 30), ["as_of_outside_period"]),
        (date(2023, 6, 30), "Q1", date(2023, 3, 31), []),
        (date(2023, 5, 31), "Q2", date(2023, 5, 31), []),
        (date(2023, 6, 30), "FY", date(2023, 12, 31), []),
        (date(2023, 6, 30), "Q3", date(2023, 9, 30), []),
    ],
)
def test_the_last_day_is_the_covers_within_the_period(
    as_of: date | None, part: str, expected: date, remarks: list[str]
) -> None:
    """For another period than the ledger's own the cover's day is no mistake, and does not cut it short."""
    found = verdict(period=Period(2023, part), cover={**COVER, "as_of": as_of})
    assert found.as_of == expected
    assert [f.code for f in found.issues if f.code == "as_of_outside_period"] == remarks


def test_the_period_is_the_ledgers_else_that_of_most_dates_else_of_today() -> None:
    assert choose_period(ledger({**COVER, "period": "第三季度"}), TODAY) == Period(2023, "Q3")
    blank = {**COVER, "year": None}
    talks: list[Mapping[str, Any]] = [{**TALK, "date": date(year, 3, 1)} for year in (2021, 2022, 2022)]
    assert choose_period(ledger(blank, heart_to_heart_talk=talks), TODAY) == Period(2022, "H1")
    assert choose_period(ledger(blank), TODAY) == Period(2024, "H1")
    assert choose_period(ledger({**COVER, "period": "前半年"}), TODAY) == Period(2023, "H1")


# ---- sums --------------------------------------------------------------------------------------------------------------

DAYS = st.one_of(
    st.none(), st.dates(date(2022, 11, 1), date(2024, 2, 28)), st.sampled_from(["2023.3.5", "某日", "5月1日"])
)
STATES = st.sampled_from([None, None, None, "已核", "草稿", "作废", "存疑"])
TALKS = st.lists(
    st.fixed_dictionaries({"date": DAYS, "state": STATES, "place": st.sampled_from([None, "办公室"])}), max_size=15
)


@settings(deadline=None)
@given(talks=TALKS, part=st.sampled_from(list(PARTS)), as_of=st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_every_row_ends_in_exactly_one_way(talks: list[Mapping[str, Any]], part: str, as_of: date) -> None:
    rows = [{**TALK, **talk} for talk in talks]
    found = verdict(period=Period(2023, part), cover={**COVER, "as_of": as_of}, heart_to_heart_talk=rows)
    counted = {row.ref for each in found.counted.values() for row in each}
    excluded = {row.ref for row in found.excluded}
    wrong = set(found.erroneous)
    assert counted.isdisjoint(excluded)
    assert counted.isdisjoint(wrong)
    assert excluded.isdisjoint(wrong)
    assert len(counted) + len(excluded) + len(wrong) == found.rows_read == len(rows) + len(ROWS["roster"])
    assert {row.text for row in found.excluded} <= {"状态为草稿", "状态为作废", "日期不在报告期内", "日期晚于截至日"}
    for row in found.counted["heart_to_heart_talk"]:
        day = row.day("date")
        assert day in Period(2023, part)
        assert day <= found.as_of
        assert row.get("state") in (None, "已核")
    blamed = {f"{f.where.sheet}!{f.where.row}" for f in found.issues if f.blocks}
    assert wrong <= blamed
    assert not blamed & (counted | excluded)


def test_the_order_of_issues_is_that_of_the_workbook() -> None:
    found = verdict(
        cover={**COVER, "unit": None},
        rectification=[{**PROBLEM, "source": None}],
        heart_to_heart_talk=[{**TALK, "place": None}, {**TALK, "date": None}],
    )
    places = [f.where.address for f in found.issues if f.blocks]
    assert places[0].startswith("基本信息!")
    assert [place.partition("!")[0] for place in places[1:]] == ["谈心谈话", "谈心谈话", "问题整改"]
    rows = [f.where.row for f in found.issues if f.where.sheet == "谈心谈话" and f.blocks]
    assert rows == [4, 5]


@pytest.mark.parametrize(
    ("today", "as_of", "codes"),
    [
        (date(2023, 7, 15), date(2023, 7, 15), ["as_of_ahead"]),
        (date(2023, 12, 31), date(2023, 12, 31), []),
        (date(2024, 3, 1), date(2023, 12, 31), []),
        (date(2022, 12, 1), date(2023, 12, 31), []),
    ],
)
def test_no_day_still_to_come_is_taken_for_past(today, as_of, codes):
    """A year's report in July covers the year up to today, and says so."""
    found = validate(Ledger({}, {}, {}), CATALOGUE, Period(2023, "FY"), today)
    assert found.as_of == as_of
    assert [issue.code for issue in found.issues if issue.code == "as_of_ahead"] == codes


def test_without_an_activity_that_counts_the_summary_is_said_to_be_empty() -> None:
    """A roster, problems and plans alone make no report; nor do rows that are all wrong."""
    registers = {"rectification": [PROBLEM], "next_steps": [PLAN]}
    for talks, empty in (
        ([], True),
        ([{**TALK, "place": None}], True),
        ([{**TALK, "state": "草稿"}], True),
        ([TALK], False),
    ):
        found = [f for f in verdict(heart_to_heart_talk=talks, **registers).issues if f.code == "nothing_counted"]
        assert [(f.severity, f.where.address) for f in found] == [("warning", "基本信息")] * empty


@pytest.mark.parametrize("typed", ["无", "暂无", "/", "／", "-", "—", "——", "N/A", "n/a", "NA"])
def test_a_sign_for_nothing_does_not_fill_a_required_cell(typed: str) -> None:
    found = verdict(heart_to_heart_talk=[{**TALK, "place": typed}])
    assert fate(found) == "error"
    (missing,) = [f for f in found.issues if f.code == "required_missing"]
    assert missing.found == typed


def test_nothing_is_a_value_where_it_may_be_chosen_or_need_not_be_filled() -> None:
    found = verdict(heart_to_heart_talk=[{**TALK, "place": "无锡路2号", "remarks": "无"}])
    assert [f.code for f in found.issues if f.code == "required_missing"] == []
    members = [{**row, "post": "无"} for row in ROWS["roster"]]
    assert CATALOGUE.activity("roster").column("post").choices
    assert not [f for f in verdict(roster=members).issues if f.code == "required_missing"]
