"""Where does everything stand in the workbook that we build?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyxl.catalogue.model import ActivityType, Catalogue, CheckSpec, Severity
from pyxl.catalogue.naming import is_like_a_cell
from pyxl.core.place import CellRef, column_letters
from pyxl.text import phrase, phrases

__all__ = [
    "FIRST_ROW",
    "HEADER_ROW",
    "LAST_ROW",
    "MONTHS",
    "SummaryLayout",
    "absolute",
    "absolute_range",
    "capacity",
    "cover_cells",
    "entry_range",
    "legal_name",
    "monthly_rule",
    "quoted",
    "sheet_name",
    "sheet_names",
    "summary_cells",
]

# Rows of every sheet with a table, 1-based: title band, marks, header, entries.
HEADER_ROW = 3
FIRST_ROW = 4
LAST_ROW = 2003  # formulas, drop-downs and highlighting reach this far, table or not

MONTHS = range(1, 13)

_BLANK_ROWS = 200
_BLANK_MEMBERS = 120
_SPARE_ROWS = 50  # left free below what is filled in already
_ROSTER = "roster"

_LEGAL = re.compile(r"[^\W\d][\w.]*")


def sheet_name(key: str) -> str:
    """The name of one of our own sheets: guide, cover, wording, summary, preview or results."""
    return phrase("words", "sheets", key)


def sheet_names(catalogue: Catalogue) -> tuple[str, ...]:
    """All sheets that are seen, in the order of the work."""
    own = phrases("words", "sheets")
    activities = [activity.label for activity in catalogue.activities]
    return (own["guide"], own["cover"], *activities, own["wording"], own["summary"], own["preview"], own["results"])


def legal_name(name: str) -> bool:
    """Whether Excel accepts `name` for a table and a sheet (of the name of a cell it would not)."""
    return bool(_LEGAL.fullmatch(name)) and len(name) <= 31 and not is_like_a_cell(name)


def capacity(activity: ActivityType, filled: int) -> int:
    """How many rows the activity's table has: blank ones enough for a year."""
    return max(_BLANK_MEMBERS if activity.key == _ROSTER else _BLANK_ROWS, filled + _SPARE_ROWS)


def quoted(sheet: str) -> str:
    """A sheet's name as formulas want it."""
    return "'" + sheet.replace("'", "''") + "'"


def absolute(cell: CellRef) -> str:
    """A cell as formulas and defined names want it: '半年汇总'!$B$7."""
    assert cell.row is not None
    assert cell.column is not None
    return f"{quoted(cell.sheet)}!${column_letters(cell.column)}${cell.row}"


def absolute_range(sheet: str, column: int, first: int = FIRST_ROW, last: int = LAST_ROW) -> str:
    """The cells of one column from row `first` to row `last`."""
    letters = column_letters(column)
    return f"{quoted(sheet)}!${letters}${first}:${letters}${last}"


def entry_range(activity: ActivityType, key: str) -> str:
    """All cells that an entry's column can ever stand in, below the table too."""
    keys = [column.key for column in activity.columns]
    return absolute_range(activity.label, keys.index(key) + 1)


def cover_cells(catalogue: Catalogue) -> Mapping[str, CellRef]:
    """Key of a cover field → the cell to fill in."""
    sheet = sheet_name("cover")
    return {field.key: CellRef(sheet, FIRST_ROW + number, 2) for number, field in enumerate(catalogue.cover)}


def monthly_rule(activity: ActivityType) -> CheckSpec | None:
    """The rule that asks for a meeting every month, if there is one and it is switched on."""
    for spec in activity.checks:
        if spec.check == "held_every" and spec.params.get("every") == "month" and spec.severity is not Severity.OFF:
            return spec
    return None


@dataclass(frozen=True)
class SummaryLayout:
    """The sheet 半年汇总: cards on top, a line for each activity, a total, the registers, the chart."""

    catalogue: Catalogue

    header = 6
    first = 7
    label = 1
    count = 2
    due = 15
    present = 16
    rate = 17
    missing = 18
    irregular = 19
    columns = 19
    widths = (20.0, 10.0, *(5.2,) * 12, 10.0, 10.0, 9.0, 18.0, 10.0)
    chart_rows = 13  # of the default height

    @property
    def name(self) -> str:
        """Of the sheet."""
        return sheet_name("summary")

    def month(self, number: int) -> int:
        """The column of a month (1 to 12)."""
        return self.count + number

    @cached_property
    def matrix(self) -> Sequence[ActivityType]:
        """The activities with a line in the matrix."""
        return [activity for activity in self.catalogue.activities if activity.in_matrix]

    @cached_property
    def registers(self) -> Sequence[ActivityType]:
        """The sheets that are counted only: members, problems, plans."""
        return [activity for activity in self.catalogue.activities if not activity.in_matrix]

    @property
    def last(self) -> int:
        """The row of the last activity of the matrix."""
        return self.first + len(self.matrix) - 1

    @property
    def total(self) -> int:
        """The row that adds the activities up."""
        return self.last + 1

    @property
    def registers_title(self) -> int:
        """The row above the registers."""
        return self.total + 1

    @property
    def end(self) -> int:
        """The last row above the chart."""
        return self.registers_title + len(self.registers)

    @property
    def chart_end(self) -> int:
        """The last row that the chart covers."""
        return self.end + self.chart_rows

    def row(self, activity: ActivityType) -> int:
        """The line of an activity."""
        if activity.in_matrix:
            return self.first + self.matrix.index(activity)
        return self.registers_title + 1 + self.registers.index(activity)

    def cell(self, activity: ActivityType, column: int) -> CellRef:
        """One cell of an activity's line."""
        return CellRef(self.name, self.row(activity), column)


def summary_cells(catalogue: Catalogue) -> Mapping[tuple[str, str | int], CellRef]:
    """(activity key, figure) → its cell on 半年汇总.

    Figures: "count" for the period; for activities of the matrix also the months 1 to 12 (of the
    year, whatever the period), "irregular" (rows whose date is none); "due", "present" and "rate"
    where attendance is recorded; "missing" (months as text) where a rule asks for one a month.
    """
    layout = SummaryLayout(catalogue)
    found: dict[tuple[str, str | int], CellRef] = {}
    for activity in catalogue.activities:
        figures: dict[str | int, int] = {"count": layout.count}
        if activity.in_matrix:
            figures |= {month: layout.month(month) for month in MONTHS}
            figures["irregular"] = layout.irregular
        if activity.in_matrix and activity.has("due") and activity.has("present"):
            figures |= {"due": layout.due, "present": layout.present, "rate": layout.rate}
        if activity.in_matrix and monthly_rule(activity):
            figures["missing"] = layout.missing
        found |= {(activity.key, figure): layout.cell(activity, column) for figure, column in figures.items()}
    return found
