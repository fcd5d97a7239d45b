"""活动明细表: everything that counts, by day and hour, told by columns that may travel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from pyxl.catalogue.model import Kind
from pyxl.core.chronology import chronicle, details
from pyxl.core.document import DetailLine
from tests.reports import CATALOGUE, COVER, ROWS, Written, written

SAMPLE = written()
ACTIVITIES = [each for each in CATALOGUE.activities if each.kind is Kind.ACTIVITY]


def lines(found: Written = SAMPLE) -> tuple[DetailLine, ...]:
    return details(found.verdict, CATALOGUE)


def test_every_row_that_counts_is_a_line_and_nothing_else():
    counted = sum(len(SAMPLE.verdict.counted[each.key]) for each in ACTIVITIES)
    assert len(lines()) == counted > 70
    assert [line.number for line in lines()] == list(range(1, counted + 1))
    assert {line.activity for line in lines()} <= {each.label for each in ACTIVITIES}
    excluded = {exclusion.ref for exclusion in SAMPLE.verdict.excluded}
    assert not excluded & {entry.ref for _, entry in chronicle(SAMPLE.verdict, CATALOGUE)}


def test_they_stand_by_day_then_by_hour_then_as_the_sheets_do():
    first, second = ROWS["committee_meeting"][:2]
    rows = {
        "roster": ROWS["roster"],
        "committee_meeting": [
            {**second, "start_time": None, "end_time": None},
            {**first, "start_time": time(15, 0), "end_time": None},
        ],
        "theme_day": [{**ROWS["theme_day"][0], "date": first["date"], "start_time": time(9, 0)}],
        "team_building": [{**ROWS["team_building"][0], "date": first["date"]}],
    }
    found = [(line.day, line.activity) for line in lines(written(rows))]
    day, later = (f"{row['date'].month}月{row['date'].day}日" for row in (first, second))
    assert found == [(day, "主题党日"), (day, "支委会"), (day, "队伍建设"), (later, "支委会")]


def test_a_line_says_what_the_row_says():
    row = ROWS["theme_day"][0]
    line = next(line for line in lines() if line.activity == "主题党日")
    assert line == replace(
        line, day=f"{row['date'].month}月{row['date'].day}日", about=row["topic"], due=str(row["due"]),
        present=str(row["present"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("activity", "about"),
    [("党课", "牢记初心使命，勇于担当作为"), ("谈心谈话", "日常谈话"), ("发展党员", "确定发展对象")],
)
def test_an_activity_without_a_topic_is_told_by_what_the_catalogue_names(activity, about):
    first = next(line for line in lines() if line.activity == activity)
    assert first.about == about
    assert (first.due == "") == (activity != "党课")


def test_a_lecture_without_a_title_is_told_by_its_topic():
    row = {**ROWS["party_lecture"][0], "title": None, "topic": "讲\n一讲"}
    found = lines(written({"roster": ROWS["roster"], "party_lecture": [row]}))
    assert [line.about for line in found] == ["讲，一讲"]


def test_nothing_private_is_in_it():
    names = {row["name"] for row in ROWS["roster"]}
    assert not [name for name in names for line in lines() if name in line.about]
    for activity in ACTIVITIES:
        told = [activity.column(key) for key in activity.told_by]
        assert not [column.key for column in told if column.private]


def test_a_row_in_error_is_not_in_it():
    rows = {"roster": ROWS["roster"], "theme_day": [{**ROWS["theme_day"][0], "place": None}, ROWS["theme_day"][1]]}
    assert [line.about for line in lines(written(rows))] == [ROWS["theme_day"][1]["topic"]]


def test_it_is_of_the_period():
    found = lines(written(ROWS, cover={**COVER, "period": "第一季度", "as_of": None}))
    assert {int(line.day.partition("月")[0]) for line in found} == {1, 2, 3}
    assert max(entry.day("date") for _, entry in chronicle(SAMPLE.verdict, CATALOGUE)) <= date(2023, 6, 30)
