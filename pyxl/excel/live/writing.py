"""The only place from which anything is written into an open workbook, and only into sheets of ours.

What a secretary has typed is read and nothing else: `OwnSheet` refuses every other sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from pyxl.errors import HostError
from pyxl.excel.live.halving import Area
from pyxl.excel.live.hand import BookHand, Link, SheetHand, hand_of
from pyxl.excel.live.looks import Look
from pyxl.excel.live.own import is_own
from pyxl.excel.pages.line import Cell, shortened, units

if TYPE_CHECKING:
    from xlwings import Book, Sheet

__all__ = ["OwnSheet", "add_sheet", "begin_step", "end_step", "own_sheet"]

_Rows: TypeAlias = Sequence[Sequence[Cell]]
_LONGEST = 8_001  # characters; of a block with longer ones some versions of Excel take nothing at all


class OwnSheet:
    """A sheet made for results. Raises ValueError for any other, and HostError for a protected one."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        if not is_own(sheet.name):
            raise ValueError(sheet.name)
        self.sheet = sheet
        self.book: BookHand = hand_of(book)
        self.hand: SheetHand = self.book.sheet(sheet)
        if self.hand.protected:
            raise HostError("own_sheet_protected", sheet=sheet.name)

    def put(self, row: int, column: int, rows: _Rows) -> None:
        """Writes a block of values at once; texts stay texts, whatever sign they begin with."""
        width = len(rows[0]) if rows else 0
        if not width:
            return
        area = Area(row, column, row + len(rows) - 1, column + width - 1)
        self.hand.put(area, [[_shielded(cell) for cell in line] for line in rows])

    def put_columns(self, row: int, columns: Sequence[int], rows: _Rows) -> None:
        """Writes each of the values' columns into the sheet's column given for it; neighbours in one block."""
        start = 0
        while start < len(columns):
            end = start + 1
            while end < len(columns) and columns[end] == columns[end - 1] + 1:
                end += 1
            self.put(row, columns[start], [line[start:end] for line in rows])
            start = end

    def clear(self, area: Area) -> None:
        """Empties cells, links included."""
        if area.top <= area.bottom:
            self.hand.clear(area)

    def link(self, links: Iterable[Link]) -> None:
        """Makes words that were put down lead somewhere; all of one column."""
        self.hand.link(tuple(links))

    def emphasise(self, row: int, column: int, text: str, spans: Iterable[tuple[int, int]], look: Look) -> None:
        """Lets parts of a text that was put down stand out, as far as it was not cut."""
        counted = [(units(text[:start]), units(text[start : start + length])) for start, length in spans]
        kept = [(start, length) for start, length in counted if start + length < _LONGEST]
        self.hand.emphasise(row, column, kept, look)

    def heights(self, first: int, points: Iterable[float]) -> None:
        """Sets the heights of rows from `first` on, equal neighbours at once."""
        row = first
        for height, run in groupby(points):
            count = sum(1 for _ in run)
            self.hand.height(row, row + count - 1, height)
            row += count

    def reveal(self, row: int, column: int) -> None:
        """Lets a cell be what is seen first of the sheet."""
        self.hand.reveal(row, column)

    def has_formula(self, row: int, column: int) -> bool:
        """Whether a formula stands in the cell."""
        return str(self.sheet.range((row, column)).formula or "").startswith("=")


def _shielded(cell: Cell) -> Cell:
    """A text behind an apostrophe, which says that it is one, and is not shown."""
    if not isinstance(cell, str):
        return cell
    return f"'{shortened(cell, _LONGEST)}" if cell else None


def own_sheet(book: Book, name: str) -> OwnSheet:
    """The sheet of ours that was there when the book was read. Raises HostError when it was deleted since."""
    try:
        return OwnSheet(book.sheets[name], book)
    except KeyError:
        raise HostError("sheet_gone", book=book.name) from None


def add_sheet(book: Book, name: str, before: Sequence[str]) -> Sheet:
    """A new sheet of ours, behind the last of the sheets `before` that is there.

    Raises ValueError for a name that is not ours, and HostError when no sheet may be added.
    """
    if not is_own(name):
        raise ValueError(name)
    hand = hand_of(book)
    if hand.structure_protected:
        raise HostError("book_structure_protected", sheet=name)
    names = book.sheet_names
    neighbours = [each for each in before if each in names] or names
    return hand.add(name, neighbours[-1])


def begin_step(book: Book) -> None:
    """From here on no change adds a step to the list of what can be undone, where the program lets us choose."""
    hand_of(book).begin_step()


def end_step(book: Book) -> None:
    """From here on each change is a step of its own again."""
    hand_of(book).end_step()
