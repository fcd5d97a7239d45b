"""Which spreadsheet program runs, and what does it know that xlwings does not ask, or not quickly?

One package for each program answers in its own terms: excel/ by COM, libreoffice/ by UNO.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from pyxl.errors import HostError
from pyxl.excel.live.halving import Area

if TYPE_CHECKING:
    from xlwings import Book

__all__ = ["BookView", "Names", "SheetView", "host_of"]

Names: TypeAlias = dict[str, tuple[str, int, int]]  # defined name → sheet, row and column of its first cell


class SheetView(Protocol):
    """What one sheet is like besides its values. Rows and columns count from 1."""

    @property
    def state(self) -> str:
        """Visible, hidden, or veryHidden."""

    def extent(self, reach: Area) -> Area | None:
        """From A1 to the last cell within `reach` that may hold something; None when there is none."""

    def far(self, reach: Area, most: int) -> list[tuple[int, int]]:
        """Filled cells outside `reach`, the first `most` of them."""

    def hidden(self, reach: Area) -> tuple[frozenset[int], frozenset[int]]:
        """Hidden rows and hidden columns."""

    def merges(self, reach: Area) -> list[Area]:
        """The merged ranges."""

    def formats(self, column: int, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Stretches of rows of one column and their number formats, as codes."""


class BookView(Protocol):
    """What one workbook is like besides its sheets."""

    @property
    def numbers_may_be_times(self) -> bool:
        """Whether times of day and spans come as plain numbers."""

    @property
    def date1904(self) -> bool:
        """Whether the workbook counts days from 1904."""

    def file(self) -> Path | None:
        """Where it is saved; None when it never was. Raises HostError when that is no folder of this machine."""

    def names(self) -> Names:
        """Defined names that lead to a cell: the book's, and those of sheets looked at, which give way to them."""

    def notes(self) -> list[str]:
        """What is worth a word about the workbook: keys of words.toml [notes]."""

    def sheet(self, sheet: Any) -> SheetView:
        """One sheet, given as xlwings' own."""


def host_of(book: Book) -> BookView:
    """The workbook as its program sees it. Raises HostError for a program that nobody has taught us."""
    engine = book.app.engine.name
    if engine == "libreoffice":
        from pyxl.excel.live.libreoffice.asking import LibreOfficeBook

        return LibreOfficeBook(book)
    if engine == "excel":
        from pyxl.excel.live.excel.asking import ExcelBook

        return ExcelBook(book)
    raise HostError("host_unknown", host=engine)
