"""Where something stands in a workbook."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

__all__ = ["CellRef", "column_letters", "column_number"]


def column_letters(column: int) -> str:
    """The letters of a 1-based column: 1 → A, 28 → AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27; 0 when it is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number


class CellRef(NamedTuple):
    """A cell, a row (no column), or a whole sheet (neither); row and column are 1-based."""

    sheet: str
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str:
        """Within the sheet: D7, or 7 for a row, or nothing for the sheet."""
        if self.row is None:
            return ""
        return f"{column_letters(self.column)}{self.row}" if self.column else str(self.row)

    @property
    def address(self) -> str:
        """With the sheet: 主题党日!D7."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def sort_key(self) -> tuple[str, int, int]:
        """Sheet, row, column; what has no row comes first."""
        return (self.sheet, self.row or 0, self.column or 0)
