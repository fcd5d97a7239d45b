"""Would what is written into the consolidated workbook be read from it as just what it is?

Values that were read once mostly are. Whoever is told so of every value need not read the workbook to know
what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple, Self

from pyxl.catalogue.model import ActivityType, Catalogue, Column
from pyxl.core.ledger import Value
from pyxl.excel.building.layout import HEADER_ROW
from pyxl.excel.cells import read_cell
from pyxl.excel.closed.facts import MAX_ROW
from pyxl.excel.cover import read_cover
from pyxl.excel.glances import Glance, glance
from pyxl.excel.grid import RawBook, RawSheet, RawValue
from pyxl.excel.parse import row_mark
from pyxl.text import phrase

__all__ = ["Rereading", "cover_reads_back", "has_room"]

_FIRST_SURE_YEAR = 1901  # spreadsheets and Python count the days of 1900 differently
_EXACT = 10**15  # a cell keeps so many digits


class Rereading(NamedTuple):
    """By what the rows of one sheet are read."""

    columns: tuple[tuple[Column, Glance], ...]

    @classmethod
    def of(cls, activity: ActivityType) -> Self:
        """Of the activity's sheet."""
        return cls(tuple((column, glance(column.type)) for column in activity.columns))

    def gives(self, row: Mapping[str, Value]) -> bool:
        """Whether a row of such values would be read as one, and each value as itself."""
        begun = False
        for column, look in self.columns:
            value = row.get(column.key)
            if value is None:
                continue
            raw = value if value.__class__ is str else _raw(value)
            if not begun and row_mark((raw,)):
                return False
            begun = True
            if value.__class__ is str and (found := look(raw, column)) and found[0] is value:  # most values
                continue
            if not _is_itself(raw, value, column, look):
                return False
        return True


def _raw(value: Value) -> RawValue:
    """What stands in a cell into which the value was written; see pyxl.excel.consolidating.fragment."""
    if isinstance(value, bool):
        return phrase("words", "yesno", "yes" if value else "no")
    return phrase("words", "grammar", "semicolon").join(value) if isinstance(value, tuple) else value


def _is_itself(raw: RawValue, value: Value, column: Column, look: Glance) -> bool:
    if isinstance(raw, datetime) or (isinstance(raw, date) and raw.year < _FIRST_SURE_YEAR):
        return False
    if isinstance(raw, int | float) and abs(raw) >= _EXACT:
        return False
    if found := look(raw, column):
        return _are_same(found[0], value)
    reading = read_cell(raw, column, None)
    return not reading.unreadable and _are_same(reading.value, value)


def _are_same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def cover_reads_back(cover: Mapping[str, Value], catalogue: Catalogue) -> bool:
    """The same of a cover."""
    lines = tuple((field.label, _raw(cover.get(field.key))) for field in catalogue.cover)
    book = RawBook("", (RawSheet(phrase("words", "sheets", "cover"), lines),))
    found = read_cover(book, catalogue)[0]
    return all(_are_same(found[field.key], cover.get(field.key)) for field in catalogue.cover)


def has_room(rows: Iterable[int]) -> bool:
    """Whether so many rows on each sheet would all be read."""
    return max(rows, default=0) <= MAX_ROW - HEADER_ROW
