"""What a branch recorded: one Entry for each row, one Ledger for each unit and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, time
from functools import cached_property
from typing import TypeAlias

from pyxl.core.issue import Issue
from pyxl.core.period import Period
from pyxl.core.place import CellRef
from pyxl.record import record

__all__ = ["Entry", "Ledger", "SkippedRow", "Value", "WordingRow"]

# What a cell holds once read. Whole numbers are int; CHOICES, PEOPLE and ITEMS are tuples;
# YESNO is bool; an empty or unreadable cell is None.
Value: TypeAlias = None | str | int | float | bool | date | time | tuple[str, ...]


@record
class Entry:
    """一条记录: one row of one sheet, with every cell's place of origin."""

    activity: str  # key of its activity type
    sheet: str  # name of the sheet as it is in the workbook
    row: int  # 1-based, as the spreadsheet shows it
    values: Mapping[str, Value]  # column key → value
    places: Mapping[str, int]  # column key → 1-based column, for the columns that are there
    typed: Mapping[str, str] = field(default_factory=dict)  # column key → what stands in the cell
    unreadable: frozenset[str] = frozenset()  # keys whose cell could not be understood

    def get(self, key: str) -> Value:
        """The value of a column; None when the cell is empty, unreadable, or not there."""
        return self.values.get(key)

    def number(self, key: str) -> int | float | None:
        """The value when it is a number, else None."""
        value = self.values.get(key)  # not self.get, here and below: rules ask a thousand times for each ledger
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def day(self, key: str) -> date | None:
        """The value when it is a date, else None."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def text(self, key: str) -> str:
        """The value when it is text, else an empty string."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def items(self, key: str) -> tuple[str, ...]:
        """The value as a tuple of texts: of many, of one, or of none."""
        value = self.get(key)
        if isinstance(value, tuple):
            return value
        return (value,) if isinstance(value, str) and value else ()

    def at(self, key: str = "") -> CellRef:
        """The place of a cell, or of the whole row when the column is not named or not there."""
        return CellRef(self.sheet, self.row, self.places.get(key))

    @property
    def ref(self) -> str:
        """Sheet and row, as reports name it: 主题党日!7."""
        return f"{self.sheet}!{self.row}"


@record
class SkippedRow:
    """A row that was read but is no entry (a total row, a note), and why (a key of words.toml)."""

    sheet: str
    row: int
    reason: str

    @property
    def ref(self) -> str:
        """Sheet and row: 主题党日!7."""
        return f"{self.sheet}!{self.row}"


@record
class WordingRow:
    """One row of the sheet 总结文字, as the secretary left it."""

    place: CellRef
    key: str
    section: str
    form: str
    when: str
    text: str
    used: bool | None  # None: the cell is blank
    places: Mapping[str, CellRef]  # column key → its cell
    documents: str = ""  # which documents it is for, as written


@record
class Ledger:
    """台账: everything one unit recorded in one year."""

    cover: Mapping[str, Value]  # key of a cover field → value
    cover_places: Mapping[str, CellRef]
    entries: Mapping[str, tuple[Entry, ...]]  # activity key → rows in sheet order
    wording: tuple[WordingRow, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    issues: tuple[Issue, ...] = ()  # found while reading
    period: Period | None = None  # as chosen on the cover; None when it cannot be told
    missing: frozenset[str] = frozenset()  # keys of activities whose sheet is not there
    columns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # activity key → column key → column

    def rows(self, activity: str) -> tuple[Entry, ...]:
        """The entries of one activity, in sheet order; empty when it has none."""
        return self.entries.get(activity, ())

    def all_rows(self) -> Iterator[Entry]:
        """Every entry, sheet after sheet."""
        for rows in self.entries.values():
            yield from rows

    def text(self, key: str) -> str:
        """A cover field as text; empty when it is blank."""
        value = self.cover.get(key)
        return value if isinstance(value, str) else "" if value is None else str(value)

    @property
    def unit(self) -> str:
        """The unit's full name; empty when it is not filled in."""
        return self.text("unit")

    @cached_property
    def members(self) -> Mapping[str, Entry]:
        """Name → row of the roster (the first, where a name stands twice)."""
        found: dict[str, Entry] = {}
        for entry in self.rows("roster"):
            found.setdefault(entry.text("name"), entry)
        found.pop("", None)
        return found
