"""Which row and column does a cell's address name?"""

from __future__ import annotations

from pyxl.core.place import column_number

__all__ = ["row_and_column"]


def row_and_column(address: str) -> tuple[int, int]:
    """B7 → (7, 2). ValueError when it is no address."""
    letters = address.rstrip("0123456789")
    row, column = int(address[len(letters) :]), column_number(letters)
    if not row or not column:
        raise ValueError(address)
    return row, column
