"""Which cells does a range stand for, here and in LibreOffice?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from pyxl.hosts.libreoffice import bridge
from pyxl.hosts.libreoffice.addresses import Block, quoted
from pyxl.hosts.libreoffice.connection import Document
from pyxl.hosts.libreoffice.guard import Guarded

if TYPE_CHECKING:
    from pyxl.hosts.libreoffice.sheets import Sheet

__all__ = ["Cells"]


class Cells(Guarded, base_classes.Range):
    """A block of cells of a sheet; what can be done with it is added by the classes that build on this one."""

    arg1_input: Any = ""

    def __init__(self, sheet: Sheet, block: Block) -> None:
        self._sheet = sheet
        self.block = block
        self.link = sheet.link
        self._cells: Any = None

    @property
    def sheet(self) -> Sheet:
        """The sheet that it is part of."""
        return self._sheet

    @property
    def document(self) -> Document:
        """The document that it is part of."""
        return self._sheet.book.document

    @property
    def cells(self) -> Any:
        """LibreOffice's range."""
        if self._cells is None:
            block = self.block
            self._cells = self._sheet.api.getCellRangeByPosition(
                block.column - 1, block.row - 1, block.last_column - 1, block.last_row - 1
            )
        return self._cells

    @property
    def first_cell(self) -> Any:
        """LibreOffice's cell in the upper left corner."""
        return self.cells.getCellByPosition(0, 0)

    @property
    def range_address(self) -> Any:
        """LibreOffice's address of it."""
        return bridge.area(self._sheet.position, *self.block)

    @property
    def start(self) -> Any:
        """LibreOffice's address of the upper left corner."""
        return bridge.cell_address(self._sheet.position, self.block.row, self.block.column)

    @property
    def api(self) -> Any:
        """LibreOffice's range; None for a block without cells."""
        return self.cells if len(self) else None

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet, first row and column, and size."""
        return (self._sheet.name, *self.block)

    @property
    def row(self) -> int:
        """The number of its first row."""
        return self.block.row

    @property
    def column(self) -> int:
        """The number of its first column."""
        return self.block.column

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of its rows and columns."""
        return (self.block.rows, self.block.columns)

    @property
    def address(self) -> str:
        """Its address as Excel writes it; a block without cells has only its corner and its size."""
        if not len(self):
            return f"{Block(self.row, self.column, 1, 1).address()}{{{self.block.rows}x{self.block.columns}}}"
        return self.block.address()

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """Its address, with or without dollar signs and the names of the book and the sheet before it."""
        address = self.block.address(fixed_rows=row_absolute, fixed_columns=col_absolute)
        if not external:
            return address
        book, sheet = self._sheet.book.name, self._sheet.name
        place = f"[{book}]{sheet}"
        plain = all(quoted(part) == part for part in (*book.split("."), sheet))
        return f"{place}!{address}" if plain else f"{quoted(place)}!{address}"

    def __len__(self) -> int:
        return self.block.rows * self.block.columns
