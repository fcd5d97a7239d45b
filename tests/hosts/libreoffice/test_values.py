"""Values on their way into cells and out of them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pyxl.hosts.libreoffice.values import CellError, cleaned, moment, prepared, rows_of, serial


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (dt.datetime(2026, 5, 1), 46143.0),
        (dt.datetime(2026, 5, 1, 18, 30), 46143.770833333336),
        (dt.datetime(2026, 5, 1, tzinfo=dt.UTC), 46143.0),
        (dt.date(1900, 3, 1), 61.0),
        (dt.time(6), 0.25),
        (dt.timedelta(hours=36), 1.5),
    ],
)
def test_a_time_is_a_number_of_days(value, number):
    assert serial(value) == number


def test_another_first_day_moves_dates_but_not_times():
    first = dt.datetime(1904, 1, 1)
    assert (serial(dt.date(1904, 1, 2), first), serial(dt.time(12), first)) == (1.0, 0.5)


@pytest.mark.parametrize("value", [dt.datetime(2026, 5, 1, 18, 30, 15), dt.datetime(1899, 12, 30, 23, 59, 59)])
def test_a_number_of_days_is_that_time_again(value):
    assert moment(serial(value)) == value


@pytest.mark.parametrize("number", [1e9, -1e9, 1e300])
def test_a_number_beyond_the_calendar_stays_a_number(number):
    assert moment(number) == number


@pytest.mark.parametrize("value", [None, float("nan"), np.float64("nan"), pd.NaT, pd.NA, np.datetime64("NaT")])
def test_what_is_missing_is_an_empty_cell(value):
    assert prepared(value, {}) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("文字", "文字"),
        (True, True),
        (3, 3.0),
        (np.int64(3), 3.0),
        (np.bool_(True), True),
        (np.datetime64("2026-05-01"), dt.datetime(2026, 5, 1)),
        (pd.Timestamp("2026-05-01 08:00"), dt.datetime(2026, 5, 1, 8)),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 1)),
        (dt.time(8), dt.time(8)),
    ],
)
def test_values_of_other_libraries_become_plain(value, expected):
    result = prepared(value, {})
    assert (result, type(result)) == (expected, type(expected))


@pytest.mark.parametrize(("number", "text"), [(532, "#DIV/0!"), (32767, "#N/A"), (524, "#REF!"), (508, "#VALUE!")])
def test_an_error_bears_excels_name(number, text):
    assert CellError.of(number) == text
    assert isinstance(CellError.of(number), str)


def test_values_are_read_in_the_types_that_were_asked_for():
    data = [[None, "", CellError("#N/A"), 2.0, dt.datetime(2026, 5, 1)]]
    assert cleaned(data, dt.datetime, None, None, False) == [[None, None, None, 2.0, dt.datetime(2026, 5, 1)]]

    def only_date(year, month, day, **_):
        return dt.date(year, month, day)

    assert cleaned(data, only_date, "-", int, True) == [["-", "-", "#N/A", 2, dt.date(2026, 5, 1)]]


def test_one_value_fills_all_cells_and_a_flat_list_is_a_row():
    assert rows_of(1, 2, 2) == [[1, 1], [1, 1]]
    assert rows_of([1, 2], 1, 2) == [[1, 2]]
    assert rows_of(((1,), (2,)), 2, 1) == [[1], [2]]


@pytest.mark.parametrize("data", [[[1, 2], [3]], [[1, 2]], [1, 2, 3], []])
def test_data_of_another_size_is_refused(data):
    with pytest.raises(ValueError, match="2 rows of 2 values"):
        rows_of(data, 2, 2)
