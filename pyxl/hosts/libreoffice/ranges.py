"""Which cells lie beside, around and inside a range, and what is attached to it?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from pyxl.hosts.libreoffice import links
from pyxl.hosts.libreoffice.addresses import COLUMNS, ROWS, Block
from pyxl.hosts.libreoffice.characters import Characters
from pyxl.hosts.libreoffice.contents import VALUES, Contents
from pyxl.hosts.libreoffice.formats import Formats
from pyxl.hosts.libreoffice.layout import Layout
from pyxl.hosts.libreoffice.names import Name, name_of, set_name
from pyxl.hosts.libreoffice.notes import Note
from pyxl.hosts.libreoffice.tables import Table, table_at

__all__ = ["Range", "jump"]

_Span = tuple[int, int]


class Range(Contents, Formats, Layout):
    """A block of cells of a sheet."""

    def __call__(self, row_or_number: int, column: int | None = None) -> Self:
        """A cell, by its number or its row and column, which count from 1 and may lie outside."""
        if column is None:
            row, place = divmod(row_or_number - 1, self.block.columns)
        else:
            row, place = row_or_number - 1, column - 1
        return type(self)(self.sheet, Block(self.row + row, self.column + place, 1, 1))

    @property
    def rows(self) -> Self:
        """Itself: xlwings makes rows of it."""
        return self

    @property
    def columns(self) -> Self:
        """Itself: xlwings makes columns of it."""
        return self

    def select(self) -> None:
        """Select it, in front of everybody's eyes."""
        self.sheet.activate()
        controller = self.sheet.book.controller
        if controller is not None:
            controller.select(self.cells)

    def end(self, direction: str) -> Any:
        """Where Ctrl and an arrow key lead from the first cell."""
        way = direction[0].lower()  # down, up, right, left; toleft and toright are Excel's words for the latter
        way = direction[2].lower() if direction.lower().startswith("to") else way
        forward = way in "dr"
        if way in "du":
            line = Block(1, self.column, ROWS, 1)
            row = jump(self._filled(line, "Row"), self.row, ROWS, forward=forward)
            return self.sheet.block(Block(row, self.column, 1, 1))
        line = Block(self.row, 1, 1, COLUMNS)
        column = jump(self._filled(line, "Column"), self.column, COLUMNS, forward=forward)
        return self.sheet.block(Block(self.row, column, 1, 1))

    def _filled(self, line: Block, axis: str) -> list[_Span]:
        """First and last number of each run of cells in a line that are not empty."""
        found = self.sheet.block(line).cells.queryContentCells(VALUES).getRangeAddresses()
        return [(getattr(each, f"Start{axis}") + 1, getattr(each, f"End{axis}") + 1) for each in found]

    @property
    def current_region(self) -> Any:
        """The block around it that ends at empty rows and columns."""
        cursor = self.sheet.api.createCursorByRange(self.cells)
        cursor.collapseToCurrentRegion()
        return self.sheet.range_at(cursor.getRangeAddress())

    @property
    def merge_area(self) -> Any:
        """The merged cell that its first cell is part of."""
        return self.sheet.block(self.merged_block)

    @property
    def name(self) -> Name | None:
        """The name that stands for exactly this range."""
        return name_of(self)

    @name.setter
    def name(self, value: str) -> None:
        set_name(self, value)

    @property
    def table(self) -> Table | None:
        """The table that its first cell is part of."""
        return table_at(self.sheet, self.row, self.column)

    @property
    def note(self) -> Note | None:
        """The note at its first cell."""
        note = Note(self.sheet, self.row, self.column)
        return note if note.exists() else None

    def add_note(self, text: str) -> Note:
        """Put a note at its first cell."""
        self.sheet.api.getAnnotations().insertNew(self.start, text)
        return Note(self.sheet, self.row, self.column)

    @property
    def hyperlink(self) -> str:
        """Where the link in its first cell leads, as Excel writes it."""
        return links.target(self.first_cell)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Make its first cell a link to a file, the web, or a place in the book (#Sheet1!A1)."""
        links.add(self.document.model, self.first_cell, address, text_to_display or address)

    @property
    def characters(self) -> Characters:
        """The text in its first cell, letter by letter."""
        return Characters(self.link, self.first_cell)


def jump(filled: Iterable[_Span], start: int, limit: int, *, forward: bool) -> int:
    """Where one lands in a line of cells whose `filled` runs are known.

    From inside a run, at its end; from its end, or from an empty cell, at the next run; else at the edge.
    """
    if not forward:  # the same, seen in a mirror
        mirrored = [(limit + 1 - last, limit + 1 - first) for first, last in filled]
        return limit + 1 - jump(mirrored, limit + 1 - start, limit, forward=True)
    for first, last in _merged(sorted(filled)):
        if first <= start < last:
            return last
        if first > start:
            return first
    return limit


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    """Runs that touch, as one: numbers and texts come apart."""
    merged: list[_Span] = []
    for first, last in spans:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
