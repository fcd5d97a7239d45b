"""What can be done to a sheet of ours besides putting values into it?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pyxl.core.place import CellRef
from pyxl.errors import HostError
from pyxl.excel.live.halving import Area
from pyxl.excel.live.looks import Look
from pyxl.excel.pages.line import Cell

if TYPE_CHECKING:
    from xlwings import Book, Sheet

__all__ = ["BookHand", "Link", "SheetHand", "hand_of"]


class Link(NamedTuple):
    """Words in a cell that lead to another cell, or to a file."""

    row: int
    column: int
    words: str
    target: CellRef | Path


class SheetHand(Protocol):
    """One sheet of ours. Rows and columns count from 1; looks are told in XlsxWriter's words."""

    @property
    def protected(self) -> bool:
        """Whether the sheet may not be written."""

    def put(self, area: Area, rows: Sequence[Sequence[Cell]]) -> None:
        """Write values; a text begins with an apostrophe, which is not part of it."""

    def show_all(self) -> None:
        """Lift every filter, so that no row is passed over."""

    def clear(self, area: Area) -> None:
        """Empty the cells, links included; what they look like stays."""

    def link(self, links: Sequence[Link]) -> None:
        """Make words that stand in cells already lead somewhere; links of one column, from top to bottom."""

    def dress(self, area: Area, look: Look) -> None:
        """Change what cells look like, in what the look names."""

    def emphasise(self, row: int, column: int, spans: Sequence[tuple[int, int]], look: Look) -> None:
        """Let parts of a cell's text stand out: start and length, where a sign beyond the first plane counts twice."""

    def light(self, area: Area, formula: str, look: Look) -> None:
        """Let cells look so while the formula, which speaks for the first of them, holds."""

    def width(self, column: int, digits: float) -> None:
        """How wide a column is, in digits; 0 hides it."""

    def height(self, first: int, last: int, points: float) -> None:
        """How high rows are."""

    def merge_across(self, areas: Sequence[Area]) -> None:
        """Make one cell of each row of each area."""

    def freeze(self, row: int) -> None:
        """Keep the rows down to this one in view."""

    def reveal(self, row: int, column: int) -> None:
        """Scroll so that this cell is seen first, and select it."""

    def set_up_page(self, header: int) -> None:
        """A4 across, one page wide, the header on every page."""

    def calculate(self) -> None:
        """Bring the sheet's own formulas up to date where the user has switched calculating off."""


class BookHand(Protocol):
    """The workbook our sheets are in."""

    @property
    def structure_protected(self) -> bool:
        """Whether no sheet may be added."""

    def begin_step(self) -> None:
        """From here on no change adds a step to the list of what can be undone, where the program lets us choose."""

    def end_step(self) -> None:
        """From here on each change is a step of its own again."""

    def add(self, name: str, after: str) -> Sheet:
        """A new sheet behind another one, in front and without grid lines."""

    def define(self, name: str, sheet: str, area: Area) -> None:
        """Let a name mean an area, whatever it meant before."""

    def sheet(self, sheet: Any) -> SheetHand:
        """One sheet, given as xlwings' own."""


def hand_of(book: Book) -> BookHand:
    """The workbook as its program lets it be changed. Raises HostError for a program nobody has taught us."""
    engine = book.app.engine.name
    if engine == "libreoffice":
        from pyxl.excel.live.libreoffice.changing import LibreOfficeBookHand

        return LibreOfficeBookHand(book)
    if engine == "excel":
        from pyxl.excel.live.excel.changing import ExcelBookHand

        return ExcelBookHand(book)
    raise HostError("host_unknown", host=engine)
