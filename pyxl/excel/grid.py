"""Raw cells, the same whether they come from a closed file or from a running spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from pyxl.record import record

__all__ = ["CellError", "RawBook", "RawSheet", "RawValue", "Uncached"]


@record
class CellError:
    """An error value: `#REF!`, `#DIV/0!` …"""

    code: str


@record
class Uncached:
    """A formula that was never calculated: the file holds no value for it."""

    formula: str = ""


# An empty cell is None, never "". Whole numbers are int. A day without a time of day is date.
RawValue: TypeAlias = None | str | int | float | bool | date | datetime | time | timedelta | CellError | Uncached


@record
class RawSheet:
    """One sheet: `rows[i][j]` is the cell in row i+1, column j+1; rows may differ in length."""

    name: str
    rows: tuple[tuple[RawValue, ...], ...]
    state: str = "visible"  # visible | hidden | veryHidden
    hidden_rows: frozenset[int] = frozenset()  # 1-based
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column; 1-based
    far: tuple[tuple[int, int], ...] = ()  # cells outside the readable rectangle (row, column), 1-based

    def cell(self, row: int, column: int) -> RawValue:
        """The cell at 1-based row and column; None outside."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


@record
class RawBook:
    """One workbook: its sheets in order and its defined names (name → sheet, row, column)."""

    name: str  # file name, for messages
    sheets: tuple[RawSheet, ...]
    names: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # keys of words.toml [notes]: has_macros, external_links …

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet with exactly this name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
