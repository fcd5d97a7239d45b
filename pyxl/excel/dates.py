"""Which day, month or time of day does a cell mean? Fixed rules; what they do not cover is refused."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from pyxl.excel.grid import RawValue
from pyxl.text import phrases

__all__ = ["as_text_date", "read_date", "read_month", "read_time"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SERIAL_EPOCH = date(1899, 12, 30)  # of the 1900 date system, right from March 1900 on
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: a date that lost its number format
_DAY = timedelta(days=1)
_LONGEST = 60  # characters of a day or a time written out; more is something else
# A year of two digits is of this century, unless that would be so many years after the ledger's own:
# then the last century may be meant, and nobody can tell.
_YEARS_AHEAD = 10
_LAST_SHORT_YEAR = 2050  # where the ledger's year is not known
# part of the day (a key of words.toml [cells]) → the hours that it may be
_HOURS = {
    "morning": range(4, 13),
    "noon": range(10, 15),
    "afternoon": range(12, 20),
    "evening": range(16, 24),
    "night": range(6),
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """One of the accepted spellings, compiled when it is first asked for."""
    return re.compile(_spellings()[name])


@cache
def _spellings() -> dict[str, str]:
    """The accepted spellings; `2023.3.5` and the like, always year before month before day."""
    words = phrases("words", "cells")
    year, month, days = words["year_mark"], words["month_mark"], words["day_marks"]
    sign = rf"[.\-/{words['date_dots']}]"
    # a time of day, with its zone or with the time it ended
    clock = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*Z|\s*[+\-~]\s*\d{1,2}:?\d{2})?"
    part = "|".join(words[key] for key in ("morning", "noon", "afternoon", "evening", "night"))
    return {
        "full": rf"(\d{{4}})\s*(?:{sign}|{year})\s*(\d{{1,2}})\s*(?:{sign}|{month})\s*(\d{{1,2}})\s*[{days}]?",
        # no enumeration comma here: 10、11、12 are three days of some month
        "brief": rf"(\d{{2}})\s*(?:[.\-/]|{year})\s*(\d{{1,2}})\s*(?:[.\-/]|{month})\s*(\d{{1,2}})\s*[{days}]?",
        "short": rf"(\d{{1,2}})\s*{month}\s*(\d{{1,2}})\s*[{days}]",
        "solid": r"(\d{4})(\d{2})(\d{2})",
        "month": rf"(\d{{4}})\s*(?:{sign}|{year})\s*(\d{{1,2}})\s*{month}?",
        "solid_month": r"(\d{4})(\d{2})",
        # what may follow a day without changing it; a time of day only where the day has clearly ended
        "noise": (
            rf"(?:\s*(?:{words['weekday']}))?(?:\s*(?:{part})(?:\s*{clock})?|(?:(?<=[{days}])|\s+|T){clock})?\s*$"
        ),
        "clock": (
            rf"({part})?\s*(\d{{1,2}})\s*(?::\s*(\d{{2}})(?::\d{{2}})?"
            rf"|[{words['hour_marks']}]\s*(?:(\d{{1,2}})\s*{words['minute_mark']}?|({words['half']}))?)"
        ),
    }


def as_text_date(day: date) -> str:
    """A day as entry cells show it: 2023-03-05."""
    return day.isoformat()


def read_date(raw: RawValue, year: int | None) -> date | None:
    """The day a cell means, or None. `year` completes a month and day typed alone; text is half-width."""
    day: date | None = None
    if isinstance(raw, datetime):
        day = raw.date()
    elif isinstance(raw, date):
        day = raw
    elif isinstance(raw, str):
        day = _from_text(raw, year)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        day = _SERIAL_EPOCH + raw * _DAY if raw in _SERIALS else _from_text(str(raw), None)
    return day if day and _FIRST_YEAR < day.year <= _LAST_YEAR else None


def _from_text(text: str, year: int | None) -> date | None:
    if len(text) > _LONGEST:
        return None
    text = _pattern("noise").sub("", text, count=1)
    for name in ("full", "solid"):
        if match := _pattern(name).fullmatch(text):
            return _day(*(int(part) for part in match.groups()))
    if match := _pattern("brief").fullmatch(text):
        return _brief(year, *(int(part) for part in match.groups()))
    match = _pattern("short").fullmatch(text)
    return _day(year, int(match[1]), int(match[2])) if match and year else None


def _brief(ledger: int | None, year: int, month: int, day: int) -> date | None:
    """23-3-5; None where the last century, or a year written behind (03/05/23), may be meant."""
    latest = _LAST_SHORT_YEAR if ledger is None else ledger + _YEARS_AHEAD
    written_behind = ledger is not None and 2000 + day == ledger != 2000 + year
    return None if 2000 + year > latest or written_behind else _day(2000 + year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    """The calendar's day; None for the 30th of February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_month(raw: RawValue) -> date | None:
    """The first day of the month a cell means: 1985.03, 1985年3月, 198503, or any day of it.

    A number 1985.1 may be January, or October as Excel keeps it: nobody can tell, so it is refused.
    """
    text = str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw
    if isinstance(raw, float) and str(raw).endswith(".1"):
        return None
    if isinstance(text, str):
        for name in ("month", "solid_month"):
            if len(text) <= _LONGEST and (match := _pattern(name).fullmatch(text)):
                found = _day(int(match[1]), int(match[2]), 1)
                return found if found and _FIRST_YEAR < found.year <= _LAST_YEAR else None
    day = read_date(raw, None)
    return day.replace(day=1) if day else None


def read_time(raw: RawValue) -> time | None:
    """The time of day a cell means, to the minute, or None."""
    if isinstance(raw, datetime):
        return raw.time().replace(second=0, microsecond=0)
    if isinstance(raw, time):
        return raw.replace(second=0, microsecond=0)
    if isinstance(raw, timedelta):
        return _clock(int(raw.total_seconds()) // 60) if timedelta(0) <= raw < _DAY else None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        # the last half minute of a day does not round up to the next
        return _clock(min(round(raw * 24 * 60), 24 * 60 - 1)) if 0 <= raw < 1 else None
    return _time_of_text(raw) if isinstance(raw, str) else None


def _time_of_text(text: str) -> time | None:
    match = _pattern("clock").fullmatch(text) if len(text) <= _LONGEST else None
    if not match:
        return None
    half = 30 if match[5] else 0
    hour, minute = _on_the_dial(match[1] or "", int(match[2])), int(match[3] or match[4] or half)
    return time(hour, minute) if hour is not None and hour < 24 and minute < 60 else None


def _on_the_dial(part: str, hour: int) -> int | None:
    """The hour of 24 that an hour of 12 means in a part of the day; None where that cannot be told."""
    words = phrases("words", "cells")
    named = next((key for key in _HOURS if part and part in words[key].split("|")), "")
    if not named or hour > 12:
        return hour
    return next((full for full in (hour, hour + 12) if full in _HOURS[named]), None)


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
