"""How often something was held, and what stands there twice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core.period import Period


def numbers(issues):
    return [issue.params["number"] for issue in issues]


@given(
    months=st.sets(st.integers(1, 12)), part=st.sampled_from(["H1", "H2", "FY", "Q1", "Q4"]), last=st.integers(1, 12)
)
def test_exactly_the_months_of_the_period_without_a_row_are_named(new_lab, months, part, last):
    period = Period(2023, part)
    lab = new_lab(period=period, as_of=date(2023, last, 1))
    for month in sorted(months):
        lab.add(date=date(2023, month, 15))
    expected = [month for month in period.months if month not in months and month <= last]
    assert numbers(lab.issues("held_every", every="month")) == expected


def test_months_and_quarters_read_well(lab):
    lab.as_of = date(2023, 4, 1)
    lab.add(date=date(2023, 2, 1)).add(date=date(2023, 3, 1))
    messages = [issue.message for issue in lab.issues("held_every", every="month")]
    assert messages == ["1 月没有“会议”的记录。", "4 月没有“会议”的记录。"]
    (issue,) = lab.issues("held_every", every="quarter")
    assert (issue.code, issue.message) == ("quarter_without_meeting", "第 2 季度没有“会议”的记录。")


def test_a_quarter_needs_one_row_somewhere_in_it(lab):
    lab.add(date=date(2023, 3, 31)).add(date=date(2023, 6, 1))
    assert lab.found("held_every", every="quarter") == []


def test_every_group_meets_by_itself(lab):
    lab.member("甲", group="一组").member("乙", group="二组").member("丙", group="二组")
    lab.period, lab.as_of = Period(2023, "Q1"), date(2023, 2, 28)
    lab.add(date=date(2023, 1, 5), group_name="一组").add(date=date(2023, 2, 5), group_name="二组")
    messages = [issue.message for issue in lab.issues("held_every", every="month", per="group_name")]
    assert messages == ["2 月没有一组“会议”的记录。", "1 月没有二组“会议”的记录。"]


def test_without_groups_on_the_roster_any_row_will_do(lab):
    lab.member("甲")
    lab.period = Period(2023, "Q1")
    lab.add(date=date(2023, 1, 5), group_name="一组")
    assert numbers(lab.issues("held_every", every="month", per="group_name")) == [2, 3]


def test_an_empty_sheet_lacks_every_month_but_a_missing_one_none(lab):
    assert numbers(lab.issues("held_every", every="month")) == [1, 2, 3, 4, 5, 6]
    lab.missing = frozenset({"meeting"})
    assert lab.found("held_every", every="month") == []


@pytest.mark.parametrize(("part", "rows", "found"), [("FY", 0, 1), ("FY", 1, 0), ("H1", 0, 0), ("H2", 0, 0)])
def test_what_is_held_yearly_is_asked_for_at_the_end_of_a_year_only(lab, part, rows, found):
    lab.period, lab.as_of = Period(2023, part), date(2023, 12, 31)
    for _ in range(rows):
        lab.add()
    assert lab.found("held_yearly") == [("not_held_this_year", "error", "会议")] * found


def test_a_condition_narrows_what_counts_as_held(lab):
    lab.period = Period(2023, "Q1")
    lab.add(date=date(2023, 1, 5), form="座谈").add(date=date(2023, 2, 5), form="讲授").add(date=date(2023, 3, 5))
    assert numbers(lab.issues("held_every", every="month", when={"form": ["讲授"]})) == [1, 3]


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["甲", "乙", "甲 "])), max_size=8))
def test_every_repetition_is_found_at_the_later_row(new_lab, rows):
    lab = new_lab()
    for day, topic in rows:
        lab.add(date=date(2023, 5, day), topic=topic)
    keys = [(day, topic.strip()) for day, topic in rows]
    expected = [f"会议!A{4 + n}" for n, key in enumerate(keys) if key in keys[:n]]
    assert [address for _, _, address in lab.found("no_duplicates", "date", "topic")] == expected


def test_a_repetition_names_the_first_row(lab):
    lab.add(topic="甲").add(topic="甲").add(topic="甲")
    issues = lab.issues("no_duplicates", ("date", "topic"))
    assert [(issue.where.address, issue.params["earlier_cell"]) for issue in issues] == [
        ("会议!A5", "A4"),
        ("会议!A6", "A4"),
    ]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"topic": None}, 0),  # a required column: required_missing says so
        ({"topic": "甲", "group_name": None}, 1),
        ({"topic": "甲", "unreadable": ("date",)}, 0),
        ({"topic": "甲", "date": None}, 0),
    ],
)
def test_blank_cells_are_no_sign_of_repetition_unless_they_may_be_blank(lab, values, found):
    lab.add(**values).add(**values)
    assert len(lab.found("no_duplicates", "date", "topic", "group_name")) == found


def test_rows_with_nothing_but_a_date_are_not_compared(lab):
    lab.add("talk").add("talk")
    assert lab.found("no_duplicates", "date", "topic", on="talk") == []


def test_rows_without_the_first_column_are_not_compared(lab):
    lab.add("talk", tags=("日常",)).add("talk", tags=("日常",))
    assert lab.found("no_duplicates", "topic", "tags", on="talk") == []
    assert lab.found("no_duplicates", "tags", "topic", on="talk") == []
    assert lab.found("no_duplicates", "tags", on="talk") == [("duplicate_entry", "error", "谈话!E5")]


def test_the_same_people_in_another_order_repeat_a_talk(lab):
    lab.add(topic="甲", people=("张三", "李四")).add(topic="甲", people=("李四", "张 三"))
    assert lab.found("no_duplicates", "date", "topic", "people") == [("duplicate_entry", "error", "会议!A5")]


def test_other_topics_on_the_same_day_are_told_once_for_each_row(lab):
    lab.add(topic="甲").add(topic="乙").add(topic="丙").add(topic="乙").add(topic=None)
    issues = lab.issues("same_day", ("date", "topic"))
    assert [(issue.where.address, issue.params["earlier_cell"]) for issue in issues] == [
        ("会议!A5", "A4"),
        ("会议!A6", "A4"),
    ]


def test_names_that_differ_in_spaces_are_the_same(lab):
    lab.member("张三").member("张　三")
    assert lab.found("unique", "name", on="roster") == [("not_unique", "error", "党员名册!A5")]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (("甲", ("乙",)), ("乙", ("甲",)), True),
        (("甲", ("乙", "丙")), ("丙", ("甲", "乙")), True),
        (("甲", ("乙", "丙")), ("乙", ("甲",)), False),
        (("甲", ("乙",)), ("甲", ("乙",)), False),  # duplicate_entry says so
        (("甲", ("乙",)), ("乙", ("丙",)), False),
        (("甲", ("乙",)), (None, ("甲",)), False),
        (("甲", ("乙",)), ("乙", ()), False),
    ],
)
def test_a_talk_is_the_same_from_either_side(lab, first, second, found):
    for host, people in (first, second):
        lab.add(host=host, people=people)
    there = lab.found("no_mirrored", "date", "host", "people", severity="hint")
    assert there == ([("mirrored_entry", "hint", "会议!E5")] if found else [])


def test_talks_of_two_days_are_two_talks(lab):
    lab.add(host="甲", people=("乙",)).add(host="乙", people=("甲",), date=date(2023, 5, 11))
    assert lab.found("no_mirrored", "date", "host", "people") == []


def test_a_yearly_rule_about_one_kind_counts_and_names_that_kind(lab):
    lab.period = Period(2023, "FY")
    lab.add(form="座谈").add(form="讲授")
    assert lab.found("held_yearly", when={"form": ["座谈"]}) == []
    (issue,) = lab.issues("held_yearly", at_least=2, when={"form": ["参观", "座谈"]})
    assert (issue.params["held"], issue.params["what"]) == (1, "参观、座谈")
    (plain,) = lab.issues("held_yearly", at_least=3)
    assert plain.params["what"] == "会议"
