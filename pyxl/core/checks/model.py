"""What is a kind of check, and what does it get to look at?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from pyxl.catalogue.model import ActivityType, Catalogue, CheckSpec, PeriodRule
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.period import Period
from pyxl.core.place import CellRef
from pyxl.record import record

__all__ = ["ROSTER", "CheckKind", "Context", "Param", "RowCheck", "Shape", "Sheet", "SheetCheck", "Words"]

ROSTER = "roster"


@record
class Context:
    """Everything a check may look at besides its own rows; nothing of it changes during a run."""

    catalogue: Catalogue
    ledger: Ledger
    period: Period
    as_of: date
    active: Mapping[str, tuple[Entry, ...]]  # activity key → rows to be checked: in the period, no drafts
    year: Mapping[str, tuple[Entry, ...]]  # activity key → every row of the year but drafts, for cross-references

    @cached_property
    def members(self) -> Mapping[str, Entry]:
        """Name without spaces → row of the roster (the first, where a name stands twice)."""
        found: dict[str, Entry] = {}
        for entry in self.year.get(ROSTER, ()):
            found.setdefault("".join(entry.text("name").split()), entry)
        found.pop("", None)
        return found

    @cached_property
    def _by_day(self) -> dict[str, Mapping[date, list[Entry]]]:
        """Activity key → day → rows, of the activities that have been asked for."""
        return {}

    def day_of(self, entry: Entry) -> date | None:
        """The date of a row, from the column that dates its activity.

        None where there is none, and where it lies in another year though it should not: that is told
        already, and what follows from it would mislead.
        """
        activity = self.catalogue.activity(entry.activity)
        day = entry.day(activity.date) if activity.date else None
        if day is not None and activity.period_rule is PeriodRule.WITHIN and day.year != self.period.year:
            return None
        return day

    def on_day(self, activity: str, day: date) -> Sequence[Entry]:
        """The rows of one activity on one day of the year, in sheet order."""
        if activity not in self._by_day:
            self._by_day[activity] = self._days(activity)
        return self._by_day[activity].get(day, ())

    def _days(self, activity: str) -> Mapping[date, list[Entry]]:
        days: dict[date, list[Entry]] = {}
        for entry in self.year.get(activity, ()):
            day = self.day_of(entry)
            if day is not None:
                days.setdefault(day, []).append(entry)
        return days

    def sheet_name(self, activity: ActivityType) -> str:
        """What the sheet of an activity is called in this workbook; its label when it has no rows."""
        rows = self.ledger.rows(activity.key)
        return rows[0].sheet if rows else activity.label


@record
class Sheet:
    """The rows of one activity that a sheet check runs over; there may be none."""

    activity: ActivityType
    entries: tuple[Entry, ...]
    place: CellRef  # the sheet itself, for what has no row


RowCheck: TypeAlias = Callable[[Entry, CheckSpec, Context], Iterator[Issue]]
SheetCheck: TypeAlias = Callable[[Sheet, CheckSpec, Context], Iterator[Issue]]
Words: TypeAlias = Mapping[str, str]  # severity, message and hint of a code, as in issues.toml

Shape: TypeAlias = Literal["number", "flag", "texts", "value", "activity", "field", "column", "where", "cover"]


class Param(NamedTuple):
    """What a rule may say besides its columns, and in which shape: `where` and `cover` are conditions."""

    shape: Shape
    needed: bool = False
    options: tuple[str, ...] = ()  # the only values there are; none = any


@record
class CheckKind:
    """One kind of check: its function, and what a rule in TOML must give it.

    `run` is a RowCheck or a SheetCheck, as `per` says. Its issues carry the code of the rule if
    that has one, else one of `codes`.
    """

    run: Callable[[Any, CheckSpec, Context], Iterator[Issue]]
    per: Literal["row", "sheet"]
    columns: tuple[int, int | None]  # least and greatest number of columns; None = no limit
    codes: tuple[str, ...]
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    gives: frozenset[str] = frozenset()  # what its sentences may quote, besides cell, sheet, row and found
    any_of: tuple[str, ...] = ()  # at least one of these parameters has to be given
    texts: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))  # words for codes of a plug-in
