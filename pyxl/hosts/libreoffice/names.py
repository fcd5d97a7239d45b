"""Which names do a book and its sheets give to cells?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from pyxl.hosts.libreoffice.addresses import quoted, unquoted
from pyxl.hosts.libreoffice.bridge import cell_address
from pyxl.hosts.libreoffice.formulas import from_office, to_office
from pyxl.hosts.libreoffice.guard import Guarded

if TYPE_CHECKING:
    from pyxl.hosts.libreoffice.books import Book
    from pyxl.hosts.libreoffice.cells import Cells
    from pyxl.hosts.libreoffice.sheets import Sheet

__all__ = ["Name", "Names", "known", "name_of", "set_name"]


class Names(Guarded, base_classes.Names):
    """The names of a sheet, or of a book and all its sheets."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self._book = book
        self._sheet = sheet
        self.link = book.document

    @property
    def api(self) -> Any:
        """LibreOffice's collection."""
        owner = self._book.document.model if self._sheet is None else self._sheet.api
        return owner.NamedRanges

    def own(self) -> list[Name]:
        """The names of the sheet, or of the book without its sheets."""
        return [Name(self._book, self._sheet, name) for name in self.api.getElementNames()]

    def every(self) -> list[Name]:
        """Its names, in their order."""
        names = self.own()
        if self._sheet is None:
            names += [name for sheet in self._book.sheets for name in sheet.names.own()]
        return sorted(names, key=lambda name: name.bare.lower())

    def __call__(self, name_or_index: str | int) -> Name:
        """A name as the book writes it, with or without its sheet, or by its number."""
        names = self.every()
        if isinstance(name_or_index, int):
            return names[name_or_index - 1]
        wanted = name_or_index.lower()
        for name in sorted(names, key=lambda name: name.sheet is not None):  # the book's own come first
            if wanted in {name.bare.lower(), name.name.lower()}:
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is such a name."""
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def __len__(self) -> int:
        return len(self.every())

    def add(self, name: str, refers_to: str) -> Name:
        """A new name for what an Excel formula says; Sheet1!Name is known on that sheet only."""
        owner, sheet = self.api, self._sheet
        place, mark, bare = name.rpartition("!")
        if mark:
            sheet = self._book.sheets(unquoted(place))
            owner = sheet.api.NamedRanges
        position = cell_address(0 if sheet is None else sheet.position, 1, 1)
        owner.addNewByName(bare, to_office(refers_to.removeprefix("=")), position, 0)
        return Name(self._book, sheet, bare)


class Name(Guarded, base_classes.Name):
    """One name."""

    def __init__(self, book: Book, sheet: Sheet | None, bare: str) -> None:
        self._book = book
        self.sheet = sheet
        self.bare = bare
        self.link = book.document

    @property
    def api(self) -> Any:
        """LibreOffice's named range."""
        return self._owner.getByName(self.bare)

    @property
    def _owner(self) -> Any:
        return (self._book.document.model if self.sheet is None else self.sheet.api).NamedRanges

    @property
    def name(self) -> str:
        """The name; one that only a sheet knows has the sheet before it."""
        return self.bare if self.sheet is None else f"{quoted(self.sheet.name)}!{self.bare}"

    @name.setter
    def name(self, value: str) -> None:
        bare = value.rpartition("!")[2]
        self.api.setName(bare)
        self.bare = bare

    @property
    def refers_to(self) -> str:
        """What it stands for, as an Excel formula."""
        return f"={from_office(self.api.getContent())}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(to_office(value.removeprefix("=")))

    @property
    def cells(self) -> Any:
        """LibreOffice's range that it stands for; None when it stands for something else."""
        return self.api.getReferredCells()

    @property
    def refers_to_range(self) -> Any:
        """The range that it stands for."""
        cells = self.cells
        if cells is None:
            message = f"The name {self.name} does not stand for cells"
            raise XlwingsError(message)
        return self._book.range_of(cells)

    def delete(self) -> None:
        """Take it away."""
        self._owner.removeByName(self.bare)


def known(book: Book, sheet: Sheet, text: str) -> Name | None:
    """What a name means on a sheet: its own name comes before the book's, other sheets' do not count."""
    for owner in (sheet, None):
        for name in Names(book, owner).own():
            if name.bare.lower() == text.lower():
                return name
    return None


def name_of(cells: Cells) -> Name | None:
    """The name that stands for exactly these cells."""
    position = cells.sheet.position
    for name in cells.sheet.book.names.every():
        referred = name.cells
        if referred is not None and referred.getRangeAddress().Sheet == position:
            found: Cells = cells.sheet.range_at(referred.getRangeAddress())
            if found.block == cells.block:
                return name
    return None


def set_name(cells: Cells, value: str) -> None:
    """Let a name stand for these cells, whatever it stood for before."""
    names = cells.sheet.book.names
    refers_to = f"={quoted(cells.sheet.name)}!{cells.address}"
    for name in names.every():
        if name.name.lower() == value.lower():
            name.refers_to = refers_to
            return
    names.add(value, refers_to)
