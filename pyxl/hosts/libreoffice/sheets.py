"""Which sheets does a book have, and what can be asked of one as a whole?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import xlwings
from xlwings import base_classes

from pyxl.hosts.libreoffice import addresses
from pyxl.hosts.libreoffice.addresses import Block
from pyxl.hosts.libreoffice.bridge import UnoException
from pyxl.hosts.libreoffice.gone import SheetGone
from pyxl.hosts.libreoffice.guard import Guarded
from pyxl.hosts.libreoffice.names import Names, known
from pyxl.hosts.libreoffice.notes import Note, notes_of
from pyxl.hosts.libreoffice.panes import FreezePanes
from pyxl.hosts.libreoffice.ranges import Range
from pyxl.hosts.libreoffice.tables import Tables, range_named

if TYPE_CHECKING:
    from pyxl.hosts.libreoffice.books import Book

__all__ = ["Sheet", "Sheets"]


class Sheets(Guarded, base_classes.Sheets):
    """The sheets of a book, in their order."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.link = book.document
        self._sheets = book.document.model.getSheets()

    @property
    def api(self) -> Any:
        """LibreOffice's collection."""
        return self._sheets

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        controller = self.book.controller
        return Sheet(self.book, self._sheets.getByIndex(0) if controller is None else controller.getActiveSheet())

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, by default before the one in front."""
        self.book.finish_entry()
        name = name or self._free_name("Sheet")
        position = after.index if after is not None else (before or self.active).index - 1
        self._sheets.insertNewByName(name, position)
        sheet = Sheet(self.book, self._sheets.getByName(name))
        sheet.activate()
        return sheet

    def copied(self, source: Sheet, position: int) -> None:
        """Put a copy of a sheet of this book at a position that counts from 0.

        Not of another book: of a hundred calls of `importSheet`, one ends LibreOffice 7.4 and all that is unsaved.
        """
        if source.book.document.model.RuntimeUID != self.book.document.model.RuntimeUID:
            raise NotImplementedError("Sheets are not copied from one book to another")
        self.book.finish_entry()
        self._sheets.copyByName(source.name, self._copy_name(source.name), position)
        Sheet(self.book, self._sheets.getByIndex(position)).activate()

    def _free_name(self, stem: str) -> str:
        taken = {name.lower() for name in self._names()}
        number = len(taken) + 1
        while f"{stem}{number}".lower() in taken:
            number += 1
        return f"{stem}{number}"

    def _copy_name(self, name: str) -> str:
        taken = {each.lower() for each in self._names()}
        number = 2
        while f"{name} ({number})".lower() in taken:
            number += 1
        return f"{name} ({number})"

    def _names(self) -> tuple[str, ...]:
        return self._sheets.getElementNames()  # type: ignore[no-any-return]

    def __call__(self, name_or_index: str | int) -> Sheet:
        """A sheet by its name, or by its number, which counts from 1."""
        if isinstance(name_or_index, int):
            return Sheet(self.book, self._sheets.getByIndex(name_or_index - 1))
        for name in self._names():
            if name.lower() == name_or_index.lower():
                return Sheet(self.book, self._sheets.getByName(name))
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(each.lower() == name.lower() for each in self._names())

    def __len__(self) -> int:
        count = int(self._sheets.getCount())
        if not count:  # a closed book says so; an open one has a sheet
            raise KeyError("The book has no sheets")
        return count

    def __iter__(self) -> Iterator[Sheet]:
        count = len(self)
        try:
            return iter([Sheet(self.book, self._sheets.getByIndex(index)) for index in range(count)])
        except UnoException:
            gone = self.book.document.lost()
        raise gone or SheetGone("A sheet was deleted while they were counted")


class Sheet(Guarded, base_classes.Sheet):
    """One sheet.

    When a sheet is deleted, LibreOffice lets what was an object of it stand for the sheet before: we would
    go on writing there. The code name tells the two apart; it survives renaming and moving. Sheets of a file
    without macros have none: there one that has another name, while sheets have become fewer, is another.
    """

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book = book
        self.link = book.document
        self._sheet = sheet
        self._code = sheet.CodeName
        self._known = ("", 0) if self._code else self._name_and_count()

    @property
    def book(self) -> Book:
        """The book that it is part of."""
        return self._book

    @property
    def api(self) -> Any:
        """LibreOffice's sheet; SheetGone when it was deleted."""
        if self._is_another():
            raise SheetGone("The sheet was deleted")
        return self._sheet

    def _is_another(self) -> bool:
        if self._code:
            return bool(self._sheet.CodeName != self._code)
        name, count = self._known
        if self._sheet.Name == name:
            return False
        now = self._name_and_count()
        if now[1] < count:
            return True
        self._known = now  # it was renamed
        return False

    def _name_and_count(self) -> tuple[str, int]:
        return self._sheet.Name, self._book.document.model.Sheets.Count

    @property
    def name(self) -> str:
        """What its tab says."""
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        if value.lower() != self.name.lower() and value in self._book.sheets:
            message = f"Sheet named '{value}' already present in workbook"
            raise ValueError(message)
        self.api.setName(value)
        if self.name != value:  # LibreOffice leaves a bad name aside without a word
            message = f"LibreOffice does not take '{value}' as the name of a sheet"
            raise ValueError(message)

    @property
    def position(self) -> int:
        """Its place among the sheets, counted from 0."""
        return int(self.api.getRangeAddress().Sheet)

    @property
    def index(self) -> int:
        """Its place among the sheets, counted from 1."""
        return self.position + 1

    @property
    def names(self) -> Names:
        """The names that are known on this sheet only."""
        return Names(self._book, self)

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def pivot_tables(self) -> Any:
        """Not of this engine; xlwings asks for them all the same."""
        raise NotImplementedError

    @property
    def notes(self) -> list[Note]:
        """Its notes."""
        return notes_of(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        """The rows and columns that stay in sight."""
        return FreezePanes(self)

    @property
    def visible(self) -> bool:
        """Whether its tab is shown."""
        return bool(self.api.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.IsVisible = bool(value)

    @property
    def cells(self) -> Range:
        """All of its cells."""
        return self.block(Block(1, 1, addresses.ROWS, addresses.COLUMNS))

    @property
    def used_range(self) -> Range:
        """The block that holds all contents and formats."""
        cursor = self.api.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return self.range_at(cursor.getRangeAddress())

    def block(self, block: Block) -> Range:
        """The range of a block."""
        return Range(self, block)

    def range_at(self, address: Any) -> Range:
        """The range at one of LibreOffice's addresses."""
        rows, columns = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
        return self.block(Block(address.StartRow + 1, address.StartColumn + 1, rows, columns))

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """The range that an address, a name, a pair of numbers or two corners say."""
        if isinstance(arg1, int) and isinstance(arg2, int):
            return self._cornered((arg1, arg2))
        first = self._cornered(arg1)
        found = first if arg2 is None else self.block(first.block.joined(self._cornered(arg2).block))
        found.arg1_input = arg1
        return found

    def _cornered(self, corner: Any) -> Range:
        if isinstance(corner, xlwings.Range):
            corner = corner.impl
        if isinstance(corner, Range):
            if corner.sheet.name != self.name:
                raise ValueError("Ranges are not on the same sheet")
            return corner
        if isinstance(corner, tuple):
            if 0 in corner[:2]:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            row, column, *size = corner
            return self.block(Block(row, column, *(size or (1, 1))))
        return self._named(corner)

    def _named(self, text: str) -> Range:
        block = addresses.block_named(text)
        if block is not None:
            return self.block(block)
        sheet, mark, rest = text.rpartition("!")
        if mark:
            return self._book.sheets(addresses.unquoted(sheet)).range(rest)
        name = known(self._book, self, text)
        if name is not None:
            return name.refers_to_range  # type: ignore[no-any-return]
        found = range_named(self._book, text)
        if found is None:
            message = f"'{text}' is neither an address nor a name"
            raise xlwings.XlwingsError(message)
        return found  # type: ignore[no-any-return]

    def activate(self) -> None:
        """Bring it to the front."""
        self._book.finish_entry()
        if self._book.controller is not None:
            self._book.controller.setActiveSheet(self.api)

    def select(self) -> None:
        """Bring it to the front."""
        self.activate()

    def clear_contents(self) -> None:
        """Take away all values and formulas."""
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        """Take away all formats."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Take away everything."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Make rows, columns or both as large as their contents."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Take it out of the book."""
        self._book.sheets.api.removeByName(self.name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Put a copy before or after another sheet of the same book."""
        beside, position = _beside(before, after)
        beside.book.sheets.copied(self, position)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Put it before or after another sheet of the book."""
        self._book.sheets.api.moveByName(self.name, _beside(before, after)[1])


def _beside(before: Sheet | None, after: Sheet | None) -> tuple[Sheet, int]:
    """The other sheet, and the position beside it that counts from 0."""
    if before is not None:
        return before, before.position
    assert after is not None
    return after, after.position + 1
