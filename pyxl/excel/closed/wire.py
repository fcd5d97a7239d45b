"""How does a cell's value travel from the child process to us, as JSON?

Texts, numbers, yes or no, and nothing travel as themselves; everything else as a list whose first
item says what it is. Made here in the child; pyxl.excel.closed.reading turns it back.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyxl.excel.closed.serials import Moment

__all__ = ["DAY", "ERROR", "INSTANT", "SPAN", "TIME", "UNCACHED", "Wire", "packed_moment", "packed_number"]

Wire = None | bool | int | float | str | list[str | int]

DAY, INSTANT, TIME, SPAN, ERROR, UNCACHED = "day", "instant", "time", "span", "error", "formula"

_EXACT = 10**15  # spreadsheets keep fifteen digits; a larger whole number is a measure, not a count


def packed_number(number: float) -> int | float:
    """A whole number as int."""
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def packed_moment(moment: Moment) -> Wire:
    """A day, an instant, a time of day or a length of time."""
    if isinstance(moment, datetime):
        return [INSTANT, moment.isoformat()]
    if isinstance(moment, date):
        return [DAY, moment.isoformat()]
    if isinstance(moment, time):
        return [TIME, moment.isoformat()]
    return [SPAN, moment // timedelta(milliseconds=1)]
