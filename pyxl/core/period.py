"""Which days a report covers, and what that stretch of the year is called."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import cached_property

from pyxl.record import record
from pyxl.text import phrase, phrases

__all__ = ["PARTS", "Period", "parse_period", "period_of_name", "period_of_title"]

# part of the year → first and last month
PARTS: dict[str, tuple[int, int]] = {
    "H1": (1, 6),
    "H2": (7, 12),
    "FY": (1, 12),
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
}

_WRITTEN = re.compile(r"(20[0-9]{2})(H1|H2|FY|Q[1-4])", re.IGNORECASE)


@record
class Period:
    """A reporting period (报告期): a calendar year's half, quarter, or all of it."""

    year: int
    part: str  # a key of PARTS

    @property
    def code(self) -> str:
        """As written on the command line: 2023H1."""
        return f"{self.year}{self.part}"

    @cached_property  # it is asked for every row
    def start(self) -> date:
        """The first day."""
        return date(self.year, PARTS[self.part][0], 1)

    @cached_property
    def end(self) -> date:
        """The last day."""
        month = PARTS[self.part][1]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def months(self) -> range:
        """The months covered, 1 to 12."""
        first, last = PARTS[self.part]
        return range(first, last + 1)

    @property
    def name(self) -> str:
        """What the document calls it, e.g. the first half-year's Chinese name."""
        return phrase("words", "periods", self.part)

    @property
    def next_name(self) -> str:
        """What the document calls the period that follows."""
        return phrase("words", "next_periods", self.part)

    @property
    def title(self) -> str:
        """Year and name together."""
        return phrase("words", "period_title", self.part, year=self.year)

    def __contains__(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.start <= day <= self.end


def parse_period(written: str) -> Period | None:
    """`2023H1`, `2023H2`, `2023FY`, `2023Q1` … `2023Q4` → Period; None for anything else."""
    match = _WRITTEN.fullmatch(written.strip())
    return Period(int(match[1]), match[2].upper()) if match else None


def period_of_title(title: str) -> Period | None:
    """2023年上半年 → Period; None when it is no such title."""
    found = re.match(r"20[0-9]{2}", title)
    periods = (Period(int(found[0]), part) for part in PARTS) if found else ()
    return next((period for period in periods if period.title == title), None)


def period_of_name(year: int, name: str) -> Period | None:
    """The period of `year` that the cover sheet calls `name`; None when it is no such name."""
    for part, label in phrases("words", "periods").items():
        if label == name:
            return Period(year, part)
    return None
