"""Which row and column does a cell's address name?"""

from __future__ import annotations

from functools import cache

__all__ = ["column_number", "row_and_column"]


@cache
def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27; 0 when it is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def row_and_column(address: str) -> tuple[int, int]:
    """B7 → (7, 2). ValueError when it is no address."""
    letters = address.rstrip("0123456789")
    row, column = int(address[len(letters) :]), column_number(letters)
    if not row or not column:
        raise ValueError(address)
    return row, column
