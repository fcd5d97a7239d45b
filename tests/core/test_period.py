"""Reporting periods: the days they cover, and how they are written and called."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core.period import PARTS, Period, parse_period, period_of_name

YEARS = st.integers(2000, 2099)


@pytest.mark.parametrize(
    ("part", "first", "last", "name", "next_name", "title"),
    [
        ("H1", date(2024, 1, 1), date(2024, 6, 30), "上半年", "下半年", "2024年上半年"),
        ("H2", date(2024, 7, 1), date(2024, 12, 31), "下半年", "明年上半年", "2024年下半年"),
        ("FY", date(2024, 1, 1), date(2024, 12, 31), "全年", "明年", "2024年"),
        ("Q1", date(2024, 1, 1), date(2024, 3, 31), "第一季度", "第二季度", "2024年第一季度"),
        ("Q2", date(2024, 4, 1), date(2024, 6, 30), "第二季度", "第三季度", "2024年第二季度"),
        ("Q3", date(2024, 7, 1), date(2024, 9, 30), "第三季度", "第四季度", "2024年第三季度"),
        ("Q4", date(2024, 10, 1), date(2024, 12, 31), "第四季度", "明年第一季度", "2024年第四季度"),
    ],
)
def test_days_and_names(part: str, first: date, last: date, name: str, next_name: str, title: str) -> None:
    period = Period(2024, part)
    assert (period.start, period.end, period.name, period.next_name, period.title) == (
        first,
        last,
        name,
        next_name,
        title,
    )
    assert first in period
    assert last in period
    assert first - timedelta(1) not in period
    assert last + timedelta(1) not in period
    assert list(period.months) == list(range(first.month, last.month + 1))


@given(year=YEARS, part=st.sampled_from(list(PARTS)))
def test_a_period_reads_back_as_it_is_written(year: int, part: str) -> None:
    period = Period(year, part)
    assert period.code == f"{year}{part}"
    for written in (period.code, period.code.lower(), f" {period.code} "):
        assert parse_period(written) == period
    assert period_of_name(year, period.name) == period


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_one_half_and_one_quarter_of_its_year(day: date) -> None:
    for parts in (("H1", "H2"), ("Q1", "Q2", "Q3", "Q4"), ("FY",)):
        assert sum(day in Period(day.year, part) for part in parts) == 1


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2023",
        "H1",
        "2023H3",
        "2023Q5",
        "2023Q0",
        "23H1",
        "2023-H1",
        "2023 H1",
        "0000H1",
        "9999H1",
        "上半年",
        "2023H1x",
    ],
)
def test_anything_else_is_no_period(written: str) -> None:
    assert parse_period(written) is None


def test_a_name_that_is_none() -> None:
    assert period_of_name(2023, "前半年") is None
    assert period_of_name(2023, "") is None
