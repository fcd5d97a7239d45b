"""Which sheets are ours to write, and where on them does a page stand?

A page is found by the words of its header, so that a secretary may insert rows or columns. A sheet
that bears the name of one of ours but holds something else is somebody's work, and is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyxl.errors import HostError
from pyxl.excel.building.layout import sheet_name
from pyxl.excel.grid import RawBook, RawSheet
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["OWN", "Spot", "find_page", "is_own", "unread_sheets"]

OWN = ("summary", "preview", "results")  # keys of words.toml [sheets]
_DEPTH = 400  # rows in which a header may stand; the table of 半年汇总 stands below a chart


@record
class Spot:
    """Where a page stands: its header's row, the column of each of its columns, and its last filled row."""

    sheet: str
    header: int
    columns: tuple[int, ...]
    last: int

    @property
    def first(self) -> int:
        """The first line's row."""
        return self.header + 1


def is_own(sheet: str) -> bool:
    """Whether a sheet of that name may be written."""
    return sheet in {sheet_name(key) for key in OWN}


def unread_sheets() -> frozenset[str]:
    """Sheets of ours that nobody types into: only their values are looked at."""
    return frozenset({sheet_name("guide"), phrase("sheets", "names", "lists"), *(sheet_name(key) for key in OWN)})


def find_page(book: RawBook, key: str, labels: Sequence[str]) -> Spot | None:
    """The page with these column headers on our sheet `key`; None where there is none yet.

    Raises HostError when the sheet holds something else.
    """
    sheet = book.sheet(sheet_name(key))
    if sheet is None or not any(sheet.rows):
        return None
    for number, row in enumerate(sheet.rows[:_DEPTH], 1):
        columns = _places(row, labels)
        if columns:
            return Spot(sheet.name, number, columns, _last(sheet, number, columns))
    if not _bears_title(sheet):
        raise HostError("own_sheet_foreign", sheet=sheet.name)
    return None


def _places(row: Sequence[object], labels: Sequence[str]) -> tuple[int, ...]:
    """The column of each label, in their order; empty when one is missing."""
    if any(label not in row for label in labels):
        return ()
    return tuple(row.index(label) + 1 for label in labels)


def _last(sheet: RawSheet, header: int, columns: Sequence[int]) -> int:
    """The last row in which one of the columns holds something; the header's when there is none."""
    for row in range(len(sheet.rows), header, -1):
        if any(sheet.cell(row, column) is not None for column in columns):
            return row
    return header


def _bears_title(sheet: RawSheet) -> bool:
    """Whether the sheet begins with its own name, as all of ours do."""
    title = sheet.cell(1, 1)
    return isinstance(title, str) and title.startswith(sheet.name)
