"""What will the live formulas show once calculated?

A spreadsheet calculates them when it opens the file; these values are for whatever shows a file
without calculating (previews, phones, our own reader). A test compares the two.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from pyxl.catalogue.model import ActivityType, Catalogue, PeriodRule
from pyxl.core.ledger import Value
from pyxl.core.period import Period, period_of_name
from pyxl.excel.building.layout import MONTHS, monthly_rule
from pyxl.text import phrase, phrases

__all__ = ["LiveValues", "serial"]

_EPOCH = date(1899, 12, 30)
_YEAR = re.compile(r"20\d\d")

_Row = Mapping[str, Value]


def serial(day: date) -> int:
    """A day as spreadsheets count it."""
    return (day - _EPOCH).days


@dataclass(frozen=True)
class LiveValues:
    """The results of the live formulas for a cover and rows; None is an empty text."""

    catalogue: Catalogue
    cover: Mapping[str, Value]
    rows: Mapping[str, Sequence[_Row]]

    @cached_property
    def year(self) -> int | None:
        """The year of the ledger, 2000 to 2099."""
        match = _YEAR.match(str(self.cover.get("year") or "").strip())
        return int(match[0]) if match else None

    @cached_property
    def period(self) -> Period | None:
        """The reporting period; the first half-year where none is chosen."""
        if self.year is None:
            return None
        named = str(self.cover.get("period") or "").strip()
        return period_of_name(self.year, named) if named else Period(self.year, "H1")

    @property
    def as_of_fits(self) -> bool:
        """Whether the cover names a last day that lies in the period."""
        day = _day(self.cover.get("as_of"))
        return bool(self.period and day and day in self.period)

    @cached_property
    def limit(self) -> date | None:
        """The last day that counts."""
        if self.period is None:
            return None
        return _day(self.cover.get("as_of")) if self.as_of_fits else self.period.end

    def setting(self, key: str) -> int | str | None:
        """A cell of the hidden sheet, by its key in sheets.toml [names]."""
        if key == "year":
            return self.year
        if self.period is None or self.limit is None:
            return None
        settings: dict[str, int | str] = {
            "first_month": self.period.months[0],
            "last_month": self.period.months[-1],
            "start": serial(self.period.start),
            "limit": serial(self.limit),
            "period_name": self.period.name,
        }
        return settings[key]

    def month(self, activity: ActivityType, number: int) -> int | None:
        """Rows of a month of the year."""
        if self.year is None:
            return None
        return len(self._dated(activity, lambda day: (day.year, day.month) == (self.year, number)))

    def count(self, activity: ActivityType) -> int | None:
        """Rows of the period."""
        if activity.period_rule is PeriodRule.ALWAYS or (not activity.date and not activity.has("for_period")):
            return len(self._present(activity))
        if self.period is None or self.limit is None:
            return None
        if activity.period_rule is PeriodRule.NAMED and activity.has("for_period"):
            named = (None, "", self.period.name)
            return len([row for row in self._present(activity) if row.get("for_period") in named])
        return len(self._in_period(activity))

    def sum(self, activity: ActivityType, key: str) -> int | float | None:
        """A column's sum over the rows of the period."""
        if self.limit is None:
            return None
        return sum(_number(row.get(key)) or 0 for row in self._in_period(activity))

    def rate(self, activity: ActivityType, above: str, below: str) -> float | None:
        """A column's sum over another's, of the rows that have both."""
        pairs = [(_number(row.get(above)), _number(row.get(below))) for row in self._in_period(activity)]
        over = sum(a for a, b in pairs if a is not None and b is not None)
        under = sum(b for a, b in pairs if a is not None and b is not None)
        return over / under if under else None

    def irregular(self, activity: ActivityType) -> int:
        """Rows that no date places."""
        others = [column.key for column in activity.columns if column.required and column.key != activity.date][:3]
        return sum(
            _day(row.get(activity.date)) is None
            and any(row.get(key) is not None for key in (activity.date, *others))
            and not _set_aside(row)
            for row in self.rows.get(activity.key, ())
        )

    def held_when_due(self, activity: ActivityType, month: int) -> int | None:
        """Rows of a month that the activity's monthly rule asks for, up to the last day that counts."""
        if self.period is None or self.limit is None or not self.applies(activity):
            return None
        if month not in self.period.months or date(self.period.year, month, 1) > self.limit:
            return None
        last = calendar.monthrange(self.period.year, month)[1]
        until = min(date(self.period.year, month, last), self.limit)
        return len(self._dated(activity, lambda day: date(until.year, month, 1) <= day <= until))

    def missing(self, activity: ActivityType) -> tuple[int, ...]:
        """Months that are due and lack the activity."""
        return tuple(month for month in MONTHS if self.held_when_due(activity, month) == 0)

    def applies(self, activity: ActivityType) -> bool:
        """Whether the cover says what the activity's monthly rule presupposes."""
        spec = monthly_rule(activity)
        wanted = spec.params.get("applies_if", {}) if spec else {}
        return spec is not None and all(_said(self.cover.get(key)) == str(value) for key, value in wanted.items())

    def _rows(self, activity: ActivityType) -> list[_Row]:
        return [row for row in self.rows.get(activity.key, ()) if not _set_aside(row)]

    def _present(self, activity: ActivityType) -> list[_Row]:
        headline = next((c.key for c in activity.columns if c.required), activity.columns[0].key)
        return [row for row in self._rows(activity) if row.get(headline) not in (None, "")]

    def _dated(self, activity: ActivityType, fits: Callable[[date], bool]) -> list[_Row]:
        return [row for row in self._rows(activity) if (day := _day(row.get(activity.date))) and fits(day)]

    def _in_period(self, activity: ActivityType) -> list[_Row]:
        if self.period is None or self.limit is None:
            return []
        start = date.min if activity.period_rule is PeriodRule.UNTIL else self.period.start
        limit, begun = self.limit, self.period.start
        return [
            row
            for row in self._dated(activity, lambda day: start <= day <= limit)
            if not _settled_before(row, activity, begun)
        ]


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _settled_before(row: _Row, activity: ActivityType, start: date) -> bool:
    end = activity.settlement
    day = _day(row.get(end.date)) if end and row.get(end.column) in end.values else None
    return day is not None and day < start


def _number(value: Value) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _set_aside(row: _Row) -> bool:
    return row.get("state") in phrases("words", "states").values()


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return phrase("words", "yesno", "yes" if value else "no")
    return str(value or "").strip()
