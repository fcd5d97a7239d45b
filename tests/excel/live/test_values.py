"""What Excel's COM and our LibreOffice engine hand over, and what it means."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from pyxl.excel.grid import CellError
from pyxl.excel.live.values import Doubt, doubts, plain_rows, settled, trimmed
from pyxl.hosts.libreoffice.values import CellError as OfficeError


def one(value, *, times=False):
    return plain_rows(value, numbers_may_be_times=times)[0][0]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (None, None),
        ("", None),
        (" ", " "),
        ("18", "18"),
        (True, True),
        (18.0, 18),
        (-0.0, 0),
        (16.5, 16.5),
        (1e15, 1e15),
        (Decimal("1234.5"), 1234.5),
        (Decimal(12), 12),
        (datetime(2023, 5, 10, tzinfo=UTC), date(2023, 5, 10)),  # as pywintypes hands it over: with a time zone
        (datetime(2023, 5, 10, 14, 30, tzinfo=UTC), datetime(2023, 5, 10, 14, 30)),
        (datetime(2023, 5, 10, 14, 29, 59, 999_700), datetime(2023, 5, 10, 14, 30)),
        (datetime(2023, 5, 10, 14, 29, 59, 999_400), datetime(2023, 5, 10, 14, 29, 59, 999_000)),
        (datetime(2023, 5, 10, 23, 59, 59, 999_900), datetime(2023, 5, 10, 23, 59, 59, 999_000)),
        (date(2023, 5, 10), date(2023, 5, 10)),
        (timedelta(hours=25), timedelta(hours=25)),
        (object(), CellError("#VALUE!")),
    ],
)
def test_a_value_is_what_the_closed_reader_would_give(given, meant):
    found = one(given)
    assert (type(found), found) == (type(meant), meant)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (-2146826288, "#NULL!"),
        (-2146826281, "#DIV/0!"),
        (-2146826273, "#VALUE!"),
        (-2146826265, "#REF!"),
        (-2146826259, "#NAME?"),
        (-2146826252, "#NUM!"),
        (-2146826246, "#N/A"),
        (-2146826243, "#SPILL!"),
        (-2146826238, "#CALC!"),
    ],
)
def test_excels_numbers_for_errors_are_errors(number, code):
    assert one(number) == CellError(code)


def test_a_whole_number_that_is_no_error_stays_one():
    assert one(7) == 7


def test_an_error_of_our_office_is_one_and_the_same_text_typed_is_a_text():
    assert one(OfficeError("#N/A")) == CellError("#N/A")
    assert one("#N/A") == "#N/A"


def test_a_single_cell_comes_without_rows_around_it():
    assert plain_rows(5.0, numbers_may_be_times=False) == [[5]]
    assert plain_rows(((1.0, "a"), (None, "")), numbers_may_be_times=False) == [[1, "a"], [None, None]]


def test_where_times_come_as_numbers_every_number_is_in_doubt():
    assert one(0.625, times=True) == Doubt(0.625, is_moment=False)
    assert one(18.0, times=True) == Doubt(18.0, is_moment=False)
    assert one(datetime(1899, 12, 30, 15), times=True) == Doubt(0.625, is_moment=True)


def test_doubts_are_told_by_columns_from_the_first_to_the_last():
    rows = plain_rows([["a", 1.0], [2.0, "b"], ["c", 3.0]], numbers_may_be_times=True)
    assert list(doubts(rows)) == [(1, 2, 2), (2, 1, 3)]
    assert list(doubts([["a", 1]])) == []


@pytest.mark.parametrize(
    ("serial", "code", "meant"),
    [
        (0.625, "hh:mm", time(15)),
        (0.625, "h:mm AM/PM", time(15)),
        (0.625, "General", 0.625),
        (0.875, "0.0%", 0.875),
        (17.0, "0", 17),
        (1.0625, "[h]:mm", timedelta(hours=25, minutes=30)),
        (1.0625, "[HH]:MM", timedelta(hours=25, minutes=30)),
        (1.0, "yyyy-mm-dd", date(1900, 1, 1)),
        (60.0, "yyyy-mm-dd", 60),
        (45000.75, "yyyy-mm-dd", datetime(2023, 3, 15, 18)),
    ],
)
def test_a_plain_number_means_what_its_format_says(serial, code, meant):
    rows = plain_rows([[serial]], numbers_may_be_times=True)
    settled(rows, 1, [(1, 1, code)], date1904=False)
    assert (type(rows[0][0]), rows[0][0]) == (type(meant), meant)


@pytest.mark.parametrize(
    ("instant", "code", "date1904", "meant"),
    [
        (datetime(1899, 12, 30, 15), "HH:MM", False, time(15)),
        (datetime(1899, 12, 31, 1, 30), "[HH]:MM", False, timedelta(hours=25, minutes=30)),
        (datetime(1899, 12, 31), "yyyy-mm-dd", False, date(1900, 1, 1)),  # Excel's days are one behind then
        (datetime(1929, 5, 6), "yyyy-mm-dd", False, date(1929, 5, 6)),
        (datetime(1929, 5, 6), "", False, date(1929, 5, 6)),  # no format that we know, but a moment all the same
        (datetime(1899, 12, 29), "yyyy-mm-dd", False, -1),
        (datetime(1904, 1, 1, 15), "HH:MM", True, time(15)),
        (datetime(1899, 12, 30, 15), "HH:MM", True, time(15)),
        (datetime(1904, 1, 2, 1, 30), "[HH]:MM", True, timedelta(hours=25, minutes=30)),
        (datetime(1905, 1, 2), "yyyy-mm-dd", True, date(1905, 1, 2)),
    ],
)
def test_a_moment_of_long_ago_means_what_its_format_says(instant, code, date1904, meant):
    rows = plain_rows([[instant]], numbers_may_be_times=False)
    settled(rows, 1, [(1, 1, code)], date1904=date1904)
    assert (type(rows[0][0]), rows[0][0]) == (type(meant), meant)


def test_only_doubts_are_settled():
    rows = plain_rows([["x", 1.0], [0.5, 2.0]], numbers_may_be_times=True)
    settled(rows, 1, [(1, 2, "hh:mm")], date1904=False)
    assert rows[0] == ["x", Doubt(1.0, is_moment=False)]
    assert rows[1][0] == time(12)


def test_blank_ends_are_trimmed():
    assert trimmed([["a", None, None], [None, None], [None, "b"], [None], []]) == (("a",), (), (None, "b"))
    assert trimmed([[None]]) == ()
