"""Which cells does a text such as B2:C9, A:C or 1:3 name, and how is a block of cells called?"""

from __future__ import annotations

import re
from typing import NamedTuple

from pyxl.core.place import column_letters, column_number

__all__ = ["COLUMNS", "ROWS", "Block", "block_named", "quoted", "unquoted"]

ROWS = 1048576
COLUMNS = 16384

_CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]*)(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]*))?")
_WHOLE_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_WHOLE_ROWS = re.compile(r"\$?([1-9][0-9]*):\$?([1-9][0-9]*)")
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


class Block(NamedTuple):
    """A block of cells of one sheet: its first row and column, counted from 1, and its size."""

    row: int
    column: int
    rows: int
    columns: int

    @property
    def last_row(self) -> int:
        """The number of its last row."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """The number of its last column."""
        return self.column + self.columns - 1

    def joined(self, other: Block) -> Block:
        """The smallest block that holds both."""
        row, column = min(self.row, other.row), min(self.column, other.column)
        last_row, last_column = max(self.last_row, other.last_row), max(self.last_column, other.last_column)
        return Block(row, column, last_row - row + 1, last_column - column + 1)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is part of it."""
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column

    def address(self, *, fixed_rows: bool = True, fixed_columns: bool = True) -> str:
        """Its name as Excel writes it: $A$1:$B$2, $A:$C, $1:$3."""
        row, column = "$" if fixed_rows else "", "$" if fixed_columns else ""
        first, last = column_letters(self.column), column_letters(self.last_column)
        if self.columns == COLUMNS:
            return f"{row}{self.row}:{row}{self.last_row}"
        if self.rows == ROWS:
            return f"{column}{first}:{column}{last}"
        start = f"{column}{first}{row}{self.row}"
        return start if self.rows == self.columns == 1 else f"{start}:{column}{last}{row}{self.last_row}"


def block_named(text: str) -> Block | None:
    """The block that an address without a sheet names; None when the text is no address."""
    if match := _CELLS.fullmatch(text):
        first = Block(int(match[2]), column_number(match[1]), 1, 1)
        last = Block(int(match[4]), column_number(match[3]), 1, 1) if match[3] else first
    elif match := _WHOLE_COLUMNS.fullmatch(text):
        first, last = (Block(1, column_number(letters), ROWS, 1) for letters in match.groups())
    elif match := _WHOLE_ROWS.fullmatch(text):
        first, last = (Block(int(number), 1, 1, COLUMNS) for number in match.groups())
    else:
        return None
    block = first.joined(last)
    return block if block.last_row <= ROWS and block.last_column <= COLUMNS else None


def quoted(sheet: str) -> str:
    """A sheet's name as it stands before the exclamation mark of an address."""
    plain = _PLAIN_SHEET.fullmatch(sheet) and block_named(sheet) is None
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


def unquoted(name: str) -> str:
    """The name of the sheet that an address begins with."""
    return name[1:-1].replace("''", "'") if name.startswith("'") and name.endswith("'") else name
