"""What does calamine say is in a sheet, and may it be believed?

Only for sheets that pyxl.excel.closed.facts lets pass. What can be judged by the value alone is judged here.
"""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from math import isfinite
from typing import Any

from pyxl.excel.closed.sheetxml import SheetContent
from pyxl.excel.closed.wire import Wire, packed_moment, packed_number

__all__ = ["Calamine", "DoubtError"]

_FIRST_SURE_DAY = date(1900, 3, 1)  # spreadsheets have a 29 February 1900; calamine moves it


class DoubtError(Exception):
    """A value that calamine is known to get wrong at times; pyxl.excel.closed.sheetxml must be asked."""


class Calamine:
    """A workbook opened by calamine from the bytes that were inspected, not from the file again.

    ImportError where calamine is not there or cannot be loaded: it is machine code, which some machines block.
    """

    def __init__(self, data: bytes) -> None:
        from python_calamine import CalamineWorkbook

        self._book = CalamineWorkbook.from_filelike(BytesIO(data))

    def sheet(self, name: str) -> SheetContent:
        """One sheet. Raises DoubtError, or whatever calamine raises, panics included."""
        sheet = self._book.get_sheet_by_name(name)
        rows = [_row(row) for row in sheet.to_python(skip_empty_area=False)]
        while rows and not rows[-1]:
            rows.pop()
        ranges = sheet.merged_cell_ranges or ()
        merges = [(top + 1, left + 1, low + 1, right + 1) for (top, left), (low, right) in ranges]
        return SheetContent(rows, [], [], merges, [])


def _row(cells: list[Any]) -> list[Wire]:
    if cells.count("") == len(cells):  # most of a table is blank
        return []
    row: list[Wire] = [(cell or None) if cell.__class__ is str else _packed(cell) for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return row


def _packed(cell: Any) -> Wire:
    if isinstance(cell, float):
        if not isfinite(cell):
            raise DoubtError
        return packed_number(cell)
    if isinstance(cell, bool | int):
        return cell
    if _doubtful(cell):
        raise DoubtError
    return packed_moment(cell)


def _doubtful(cell: Any) -> bool:
    """Midnights come from rounding up 23:59:59.9995, and the first days of 1900 are off by one."""
    if isinstance(cell, datetime):
        return cell.date() < _FIRST_SURE_DAY or cell.time() == time.min
    if isinstance(cell, date):
        return cell < _FIRST_SURE_DAY
    return isinstance(cell, time) and cell == time.min
