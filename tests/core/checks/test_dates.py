"""Days and times of a row, at the edges of months and years."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core.checks.dates import after
from pyxl.core.period import Period

DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))
TIMES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@given(end=DAYS, start=DAYS, or_equal=st.booleans())
def test_later_than_compares_days(new_lab, end, start, or_equal):
    found = new_lab().add(deadline=end, date=start).found("later_than", "deadline", "date", or_equal=or_equal)
    assert bool(found) is not (end > start or (or_equal and end == start))


@given(end=TIMES, start=TIMES, or_equal=st.booleans())
def test_later_than_compares_times(new_lab, end, start, or_equal):
    found = new_lab().add(end=end, start=start).found("later_than", "end", "start", or_equal=or_equal)
    assert bool(found) is not (end > start or (or_equal and end == start))


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        (date(2023, 1, 31), {"months": 1}, date(2023, 2, 28)),
        (date(2024, 1, 31), {"months": 1}, date(2024, 2, 29)),
        (date(2024, 2, 29), {"years": 1}, date(2025, 2, 28)),
        (date(2023, 11, 30), {"months": 3}, date(2024, 2, 29)),
        (date(2023, 12, 31), {"days": 1}, date(2024, 1, 1)),
        (date(2023, 5, 10), {"years": 1, "months": 8, "days": 2}, date(2025, 1, 12)),
        (date(2023, 5, 10), {}, date(2023, 5, 10)),
        (date(9998, 5, 1), {"years": 1}, date(9999, 5, 1)),
        (date(9999, 1, 1), {"years": 1}, date.max),
        (date(9999, 12, 31), {"days": 1}, date.max),
    ],
)
def test_a_span_of_calendar_time(day, span, expected):
    assert after(day, span) == expected


@given(DAYS, st.integers(0, 600), st.integers(0, 40))
def test_a_longer_span_never_ends_earlier(day, months, days):
    end = after(day, {"months": months, "days": days})
    assert end >= after(day, {"months": months}) >= day
    assert after(day, {"months": months + 1}) > after(day, {"months": months})


@given(DAYS, st.integers(0, 5000))
def test_at_least_and_at_most_meet_at_the_exact_day(new_lab, day, days):
    def codes(gap):
        lab = new_lab().add(date=day, deadline=day + timedelta(days=gap))
        return [
            bool(lab.found(check, "deadline", "date", days=days)) for check in ("interval_at_least", "interval_at_most")
        ]

    assert codes(days) == [False, False]
    assert codes(days + 1) == [False, True]
    assert codes(days - 1) == [True, False]


def test_a_birth_month_is_quoted_without_its_day(lab):
    lab.add(deadline=date(2020, 2, 1), born=date(2005, 3, 1))
    (issue,) = lab.issues("interval_at_least", ("deadline", "born"), years=18)
    assert issue.message == "“时限”2020-02-01 距“出生年月”2005-03 不足 18 年。"
    assert "18 年以上" in issue.hint


@pytest.mark.parametrize(
    ("end", "broken"), [(time(17, 0), False), (time(17, 1), True), (time(9, 0), False), (time(8, 0), False)]
)
def test_a_meeting_of_eight_hours_is_not_long(lab, end, broken):
    lab.add(start=time(9), end=end)
    assert bool(lab.found("lasts_at_most", "end", "start", hours=8)) is broken


def test_half_hours_count(lab):
    lab.add(start=time(9), end=time(10, 31))
    assert lab.found("lasts_at_most", "end", "start", hours=1.5) == [("lasts_long", "error", "会议!C4")]


def test_what_has_elapsed_is_counted_to_the_closing_date_not_to_the_end_of_the_period(lab):
    lab.as_of = date(2023, 5, 31)
    lab.add(deadline=date(2022, 5, 31)).add(deadline=date(2022, 5, 30))
    assert lab.found("elapsed_at_most", "deadline", years=1) == [("elapsed_long", "error", "会议!S5")]
    lab.rows.clear()
    lab.add(deadline=date(2023, 5, 31)).add(deadline=date(2023, 5, 30))
    assert lab.found("overdue", "deadline") == [("overdue", "error", "会议!S5")]


def test_a_plan_lies_after_the_end_of_the_period_whatever_the_closing_date(lab):
    lab.period, lab.as_of = Period(2023, "Q1"), date(2023, 2, 1)
    lab.add(deadline=date(2023, 4, 1)).add(deadline=date(2023, 3, 31))
    assert lab.found("deadline_ahead", "deadline") == [("deadline_not_ahead", "error", "会议!S5")]
