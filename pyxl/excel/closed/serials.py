"""Which day or time does a number mean, under which number format?"""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, datetime, time, timedelta

__all__ = ["DATE", "SPAN", "Moment", "calamine_misreads", "format_kind", "moment"]

Moment = date | datetime | time | timedelta

DATE, SPAN = "date", "span"  # a point in time; a length of time such as [h]:mm

# Formats that a file may name by number alone (ECMA-376 part 1, 18.8.30). The two ranges of
# _LOCAL_DATES are the Chinese ones (2023年3月5日 is 31, 3月5日 is 58): calamine does not know them.
_DATES = frozenset({*range(14, 23), 45, 47})
_SPANS = frozenset({46})
_LOCAL_DATES = frozenset({*range(27, 37), *range(50, 59)})

_LITERAL = re.compile(r'"[^"]*"?|[\\_*].', re.DOTALL)
# What tells is the first of: [h] and its like; any other bracket, which tells nothing; a code of a date.
_CODE = re.compile(r"\[(h+|m+|s+)\]|\[[^\]]*\]?|([ymdhs]|a/p|aaa)", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_NESTED = re.compile(r"\[[^\]]*(?:\[|$)")
_LONELY_A = re.compile(r"a(?!m/pm|/p)", re.IGNORECASE)  # of a weekday; calamine takes it for half of AM/PM
_ESCAPE_IN_QUOTES = re.compile(r'"[^"]*[\\_*]')

_DAY = 86_400_000  # milliseconds
_NOISE = 1e-10  # of a day, 9 µs: what adding up decimals leaves behind
_EPOCH = date(1899, 12, 30).toordinal()
_DAYS_TO_1904 = 1462
_LAST = date(MAXYEAR, 12, 31).toordinal() - _EPOCH


def format_kind(identifier: int, code: str | None) -> str:
    """DATE, SPAN, or "" for any other number format; `code` is None for one named by number alone."""
    if code is None:
        return SPAN if identifier in _SPANS else DATE if identifier in _DATES | _LOCAL_DATES else ""
    first = _LITERAL.sub("", code).split(";")[0]
    for code_found in _CODE.finditer(first):
        if code_found[1]:
            return SPAN
        if code_found[2]:
            return DATE
    return ""


def calamine_misreads(identifier: int, code: str | None) -> bool:
    """Whether calamine may see another kind in this format than format_kind does."""
    if code is None:
        return identifier in _LOCAL_DATES
    bare = _LITERAL.sub("", code)
    if _ESCAPE_IN_QUOTES.search(code) or _NESTED.search(bare):
        return True
    bare = _BRACKETS.sub("", bare)
    return bare.lower() != "general" and _LONELY_A.search(bare) is not None


def moment(serial: float, kind: str, *, date1904: bool) -> Moment | None:
    """What the number means under a DATE or SPAN format; None when it lies outside the calendar.

    Below 1 it is a time of day. A whole number is a date. Milliseconds are rounded, but never over
    midnight: 23:59:59.9995 stays on its day. 29 February 1900, which only spreadsheets know, is None.
    """
    if kind == SPAN:
        return _span(serial)
    if serial < 0 or serial > _LAST + 1 or (60 <= serial < 61 and not date1904):
        return None
    days, milliseconds = _rounded(serial, date1904=date1904)
    clock = _clock(milliseconds)
    if serial < 1:
        return clock
    if days > _LAST:
        return None
    day = date.fromordinal(_EPOCH + days)
    return datetime.combine(day, clock) if milliseconds else day


def _span(serial: float) -> timedelta | None:
    try:
        return timedelta(milliseconds=int(serial * _DAY + (0.5 if serial >= 0 else -0.5)))
    except OverflowError:
        return None


def _rounded(serial: float, *, date1904: bool) -> tuple[int, int]:
    """Days since 30 December 1899, and milliseconds of the day."""
    # Before the 29 February 1900 that never was, numbers are one day behind.
    shifted = serial + _DAYS_TO_1904 if date1904 else serial + 1 if serial < 60 else serial
    days, milliseconds = divmod(int(shifted * _DAY + 0.5), _DAY)
    if not milliseconds and days - shifted > _NOISE:
        return days - 1, _DAY - 1
    return days, milliseconds


def _clock(milliseconds: int) -> time:
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return time(*divmod(minutes, 60), seconds, milliseconds * 1000)
