"""Rows of one sheet against those of another."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core.period import Period


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("谈话", None),
        ("谈 话", None),
        ("谈话!4", None),
        ("谈话！4", None),
        ("谈话；谈话!5", None),
        ("谈话!6", "谈话!6"),
        ("谈话；学习会", "学习会"),
        ("党员名册", "党员名册"),  # no row on that date, and no date at all
        ("会议", "会议"),  # only this very row
        ("会议!4", "会议!4"),
        ("见记录本", "见记录本"),
    ],
)
def test_a_link_leads_to_another_row(lab, link, broken):
    lab.add("talk").add("talk", date=date(2023, 5, 11)).member("甲").add(link=link)
    issues = lab.issues("linked", ("link",))
    assert [issue.params["names"] for issue in issues] == ([broken] if broken else [])


def test_a_link_by_name_needs_a_row_on_the_same_date(lab):
    lab.add("talk").add(link="谈话", date=date(2023, 5, 11)).add(link="例会", date=date(2023, 5, 11))
    assert lab.found("linked", "link") == [("link_broken", "error", "会议!U4")]


@pytest.mark.parametrize(
    ("scope", "day", "related"),
    [
        ({"within": "day"}, date(2023, 5, 10), True),
        ({"within": "day"}, date(2023, 5, 11), False),
        ({"within": "day"}, date(2023, 5, 9), False),
        ({"within": "month"}, date(2023, 5, 31), True),
        ({"within": "month"}, date(2023, 5, 1), True),
        ({"within": "month"}, date(2023, 6, 1), False),
        ({"within": "month"}, date(2023, 4, 30), False),
        ({"within": "period"}, date(2023, 1, 1), True),
        ({"within": "period"}, date(2023, 6, 30), True),
        ({"within": "period"}, date(2022, 12, 31), False),
        ({"days_before": 30}, date(2023, 5, 10), True),
        ({"days_before": 30}, date(2023, 4, 10), True),
        ({"days_before": 30}, date(2023, 4, 9), False),
        ({"days_before": 30}, date(2023, 5, 11), False),
    ],
)
def test_a_related_row_lies_within_reach(lab, scope, day, related):
    lab.add("talk", date=day, tags=("会前",)).add(topic="甲")
    found = lab.found("related", "topic", other="talk", where={"tags": ["会前"]}, **scope)
    assert found == ([] if related else [("related_missing", "error", "会议!D4")])


def test_a_related_row_has_to_fit(lab):
    lab.add("talk", tags=("日常",)).add(topic="甲")
    (issue,) = lab.issues("related", ("topic",), other="talk", where={"tags": ["会前"]}, within="month")
    assert (issue.params["other"], issue.params["first"], issue.params["last"]) == ("谈话", "2023-05-01", "2023-05-31")


def test_december_ends_on_its_last_day(lab):
    lab.period, lab.as_of = Period(2023, "H2"), date(2023, 12, 31)
    lab.add("talk", date=date(2023, 12, 31)).add(topic="甲", date=date(2023, 12, 1))
    assert lab.found("related", "topic", other="talk", within="month") == []


def test_a_sheet_that_is_not_there_is_told_elsewhere(lab):
    lab.missing = frozenset({"talk"})
    lab.add(topic="甲", amount=2)
    assert lab.found("related", "topic", other="talk", within="day") == []
    assert lab.found("matches_rows", "amount", other="talk") == []


def test_a_row_is_not_related_to_itself(lab):
    lab.add(topic="甲")
    assert len(lab.found("related", "topic", other="meeting", within="day")) == 1
    lab.add(topic="乙")
    assert lab.found("related", "topic", other="meeting", within="day") == []


def test_an_undated_sheet_is_related_within_the_period(lab):
    lab.member("甲").add(topic="甲")
    assert lab.found("related", "topic", other="roster", within="period") == []
    assert len(lab.found("related", "topic", other="roster", within="day")) == 1


@given(st.integers(0, 4), st.integers(0, 4))
def test_a_number_matches_the_rows_that_fit(new_lab, rows, number):
    lab = new_lab().add(amount=number).add("talk", tags=("日常",))
    for _ in range(rows):
        lab.add("talk", tags=("会前",))
    issues = lab.issues("matches_rows", ("amount",), other="talk", where={"tags": ["会前"]})
    assert [issue.params["count"] for issue in issues] == ([rows] if rows != number else [])


@given(st.integers(0, 4), st.integers(0, 4))
def test_there_are_as_many_answers_as_questions(new_lab, questions, answers):
    lab = new_lab()
    for _ in range(questions):
        lab.add("talk", tags=("会前",))
    for _ in range(answers):
        lab.add()
    found = lab.found("answers", other="talk", where={"tags": ["会前"]})
    assert found == ([("problem_without_plan", "error", "会议")] if answers < questions else [])


MINUTES = st.integers(0, 23 * 60)


@given(MINUTES, st.integers(1, 59), MINUTES, st.integers(1, 59))
def test_times_overlap_when_they_share_a_minute(new_lab, first, length, second, other_length):
    def at(minutes):
        return time(minutes // 60, minutes % 60)

    lab = new_lab().add("talk", start=at(first), end=at(first + length))
    lab.add(start=at(second), end=at(second + other_length))
    shared = set(range(first, first + length)) & set(range(second, second + other_length))
    assert lab.found("no_overlap", "date", "start", "end") == ([("overlap", "error", "会议!A4")] if shared else [])


def test_an_overlap_is_told_on_the_sheet_that_comes_later(lab):
    times = {"start": time(9), "end": time(10)}
    lab.add("talk", **times).add(**times).add(**times)
    assert lab.found("no_overlap", "date", "start", "end", on="talk") == []
    issues = lab.issues("no_overlap", ("date", "start", "end"))
    assert [issue.where.address for issue in issues] == ["会议!A4", "会议!A5"]
    assert issues[0].message == "与 谈话!A4 的活动时间重叠。"


@pytest.mark.parametrize(("start", "end"), [(time(8), time(9)), (time(10), time(11)), (time(9, 30), time(9, 30))])
def test_one_after_the_other_is_no_overlap(lab, start, end):
    lab.add("talk", start=time(9), end=time(10)).add(start=start, end=end)
    assert lab.found("no_overlap", "date", "start", "end") == []


def test_a_link_on_either_row_explains_an_overlap(lab):
    times = {"start": time(9), "end": time(10)}
    lab.add("talk", link="会议", **times).add(**times)
    assert lab.found("no_overlap", "date", "start", "end") == []


def test_a_row_of_another_year_is_compared_with_nothing(lab):
    """Its date is told already; what followed from it would mislead."""
    lab.member("甲", joined=date(2023, 1, 1)).add(topic="甲", date=date(2022, 5, 10), due=1, link="谈话")
    assert lab.found("at_most_members", "due", scope="members") == []
    assert lab.found("related", "topic", other="talk", within="day") == []
    assert lab.found("linked", "link") == []
    lab.add("talk", date=date(2022, 5, 10)).add(topic="乙", date=date(2023, 5, 10))
    assert lab.found("related", "topic", other="talk", within="day") == [("related_missing", "error", "会议!D5")]
