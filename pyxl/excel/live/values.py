"""What does a value that a running spreadsheet hands over mean, the same as in a closed file?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from pyxl.excel.closed.serials import DATE, format_kind, moment
from pyxl.excel.closed.wire import packed_number
from pyxl.excel.grid import CellError, RawValue

__all__ = ["Doubt", "doubts", "plain_rows", "settled", "trimmed"]

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the calendar of spreadsheets knows no time zone
# Before it are times of day, spans of up to thirty years, and the 29 February 1900 that never was.
_FIRST_SURE_DAY = datetime(1930, 1, 1)  # noqa: DTZ001

_DAYS_TO_1904 = 1462

# Errors as Excel hands them over: 0x800A0000, as a signed number, plus the code of the error.
_ERRORS_FROM = -2146828288
_ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}


class Doubt(NamedTuple):
    """A number of which only the cell's format tells whether it is a count, a time, a span or a day."""

    serial: float
    is_moment: bool  # the program says that it is no plain number


def plain_rows(data: Any, *, numbers_may_be_times: bool) -> list[list[Any]]:
    """The rows of one bulk read, each cell a RawValue or a Doubt; `data` is a single value for a single cell."""
    rows: Sequence[Sequence[Any]] = data if isinstance(data, tuple | list) else [[data]]
    return [[_plain(cell, numbers_may_be_times) for cell in row] for row in rows]


def _plain(cell: Any, numbers_may_be_times: bool) -> Any:  # noqa: FBT001 - called for every cell
    if cell.__class__ is str:
        return cell or None
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return Doubt(cell, is_moment=False) if numbers_may_be_times else packed_number(cell)
    if isinstance(cell, str):  # of a class of its own: our LibreOffice engine marks errors so
        return CellError(str(cell))
    if isinstance(cell, int):  # Excel's numbers are floats; whole ones are errors
        code = _ERRORS.get(cell - _ERRORS_FROM)
        return CellError(code) if code else cell
    return _other(cell)


def _other(cell: Any) -> Any:
    if isinstance(cell, Decimal):  # a cell with a currency format
        return packed_number(float(cell))
    if isinstance(cell, datetime):
        return _instant(cell.replace(tzinfo=None))
    if isinstance(cell, date | time | timedelta):
        return cell
    return CellError(_ERRORS[2015])  # a picture or a data type of Excel's: nothing a ledger could hold


def _instant(found: datetime) -> Any:
    """To the millisecond, but never over midnight: 23:59:59.9996 stays on its day."""
    if found < _FIRST_SURE_DAY:
        return Doubt((found - _EPOCH) / timedelta(days=1), is_moment=True)
    milliseconds = (found.microsecond + 500) // 1000
    rounded = found.replace(microsecond=0) + timedelta(milliseconds=milliseconds)
    if rounded.date() != found.date():
        rounded = found.replace(microsecond=999_000)
    return rounded if rounded.time() != time.min else rounded.date()


def doubts(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, int, int]]:
    """Column, first and last row (all from 1) in which a format has to be asked for."""
    reach: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            if cell.__class__ is Doubt:
                reach[place] = (reach.get(place, (number, number))[0], number)
    return ((place, first, last) for place, (first, last) in sorted(reach.items()))


def settled(rows: list[list[Any]], column: int, formats: Iterable[tuple[int, int, str]], *, date1904: bool) -> None:
    """Replaces the doubts of one column by what they mean; `formats` are stretches of rows and their format codes."""
    for first, last, code in formats:
        kind = format_kind(0, code)
        for row in rows[first - 1 : last]:
            if row[column - 1].__class__ is Doubt:
                row[column - 1] = _meant(row[column - 1], kind, date1904=date1904)


def _meant(doubt: Doubt, kind: str, *, date1904: bool) -> RawValue:
    told = kind or (DATE if doubt.is_moment else "")
    # A number comes as it stands in the workbook, a moment counted from 1899, and so do times of day.
    shifted = doubt.is_moment and date1904 and doubt.serial >= _DAYS_TO_1904
    serial = doubt.serial - _DAYS_TO_1904 if shifted else doubt.serial
    found = moment(serial, told, date1904=date1904) if told else None
    return packed_number(serial) if found is None else found


def trimmed(rows: Iterable[Sequence[RawValue]]) -> tuple[tuple[RawValue, ...], ...]:
    """Rows without the blanks at their ends, and without the blank rows at the end."""
    made: list[tuple[RawValue, ...]] = []
    for row in rows:
        end = len(row)
        while end and row[end - 1] is None:
            end -= 1
        made.append(tuple(row[:end]))
    while made and not made[-1]:
        made.pop()
    return tuple(made)
