"""Which tables does a sheet have? LibreOffice calls them database ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from pyxl.hosts.libreoffice.addresses import Block
from pyxl.hosts.libreoffice.guard import Guarded

if TYPE_CHECKING:
    from pyxl.hosts.libreoffice.books import Book
    from pyxl.hosts.libreoffice.cells import Cells
    from pyxl.hosts.libreoffice.sheets import Sheet

__all__ = ["Table", "Tables", "range_named", "table_at"]

_PART = re.compile(r"([^\[\]]+)(?:\[(#All|#Data|#Headers|#Totals)?\])?")


class Tables(Guarded, base_classes.Collection, base_classes.Tables):
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.link = sheet.link

    @property
    def api(self) -> Any:
        """LibreOffice's collection, for the whole book."""
        return self._sheet.book.document.model.DatabaseRanges

    @property
    def parent(self) -> Sheet:
        """The sheet."""
        return self._sheet

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: Any = None,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """A new table over a range, with a header row and buttons to filter by; LibreOffice gives it no style."""
        if link_source is not None or destination is not None or has_headers is False:
            raise NotImplementedError("A table is made of a range of the same book, with its headers")
        cells: Cells = getattr(source, "impl", source)
        name = name or self._free_name()
        self.api.addNewByName(name, cells.range_address)
        table = Table(self._sheet, self.api.getByName(name))
        table.show_headers = table.show_autofilter = True
        return table

    def _free_name(self) -> str:
        taken = {name.lower() for name in self.api.getElementNames()}
        number = 1
        while f"table{number}" in taken:
            number += 1
        return f"Table{number}"

    def __call__(self, name_or_index: str | int) -> Table:
        """A table by its name, or by its number, which counts from 1."""
        tables = list(self)
        if isinstance(name_or_index, int):
            return tables[name_or_index - 1]
        for table in tables:
            if table.name.lower() == name_or_index.lower():
                return table
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(table.name.lower() == name.lower() for table in self)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __iter__(self) -> Iterator[Table]:
        position, ranges = self._sheet.position, self.api
        found = (ranges.getByIndex(index) for index in range(ranges.getCount()))
        tables = [Table(self._sheet, each) for each in found if each.getDataArea().Sheet == position]
        return iter(sorted(tables, key=lambda table: table.block))  # LibreOffice does not keep the order of making


class Table(Guarded, base_classes.Table):
    """One table."""

    def __init__(self, sheet: Sheet, database: Any) -> None:
        self._sheet = sheet
        self._database = database
        self.link = sheet.link

    @property
    def api(self) -> Any:
        """LibreOffice's database range."""
        return self._database

    @property
    def parent(self) -> Sheet:
        """The sheet."""
        return self._sheet

    @property
    def name(self) -> str:
        """What formulas call it."""
        return str(self._database.getName())

    @name.setter
    def name(self, value: str) -> None:
        self._database.setName(value)

    @property
    def display_name(self) -> str:
        """The same as its name."""
        return self.name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def block(self) -> Block:
        """All of its cells."""
        block: Block = self.range.block
        return block

    @property
    def range(self) -> Any:
        """All of its cells."""
        return self._sheet.range_at(self._database.getDataArea())

    @property
    def header_row_range(self) -> Any:
        """Its first row; None without headers."""
        return self._rows(0, 1) if self.show_headers else None

    @property
    def data_body_range(self) -> Any:
        """Its rows without header and totals; None when there are none."""
        above, below = int(self.show_headers), int(self.show_totals)
        return self._rows(above, self.block.rows - above - below)

    @property
    def totals_row_range(self) -> Any:
        """Its last row; None without totals."""
        return self._rows(self.block.rows - 1, 1) if self.show_totals else None

    @property
    def insert_row_range(self) -> Any:
        """The row below the header of a table that has no other; None for one with rows."""
        return self._rows(self.block.rows, 1) if self.data_body_range is None else None

    def _rows(self, offset: int, count: int) -> Any:
        block = self.block
        return None if count < 1 else self._sheet.block(block._replace(row=block.row + offset, rows=count))

    @property
    def show_headers(self) -> bool:
        """Whether its first row is a header."""
        return bool(self._database.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self._database.ContainsHeader = bool(value)

    @property
    def show_autofilter(self) -> bool:
        """Whether its header has buttons to filter by."""
        return bool(self._database.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self._database.AutoFilter = bool(value)

    @property
    def show_totals(self) -> bool:
        """Whether its last row holds totals."""
        return bool(self._database.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        change = int(value) - int(self.show_totals)
        block = self.block._replace(rows=self.block.rows + change)
        below = self._sheet.block(block._replace(row=block.last_row, rows=1))
        if change > 0 and below.filled():
            raise NotImplementedError("There must be room below a table for its totals")
        self._database.setDataArea(self._sheet.block(block).range_address)
        self._database.TotalsRow = bool(value)

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' signature
        """Let it cover another range."""
        self._database.setDataArea(getattr(range, "impl", range).range_address)


def table_at(sheet: Sheet, row: int, column: int) -> Table | None:
    """The table that a cell is part of."""
    return next((table for table in sheet.tables if table.block.holds(row, column)), None)


def range_named(book: Book, text: str) -> Any:
    """The range that a table's name stands for, alone or with the part: Table1[#All]; None for anything else."""
    match = _PART.fullmatch(text)
    tables = [table for sheet in book.sheets for table in sheet.tables] if match else []
    for table in tables:
        if match is not None and table.name.lower() == match[1].lower():
            parts = {"#All": "range", "#Headers": "header_row_range", "#Totals": "totals_row_range"}
            return getattr(table, parts.get(match[2] or "", "data_body_range"))
    return None
