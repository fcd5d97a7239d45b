"""Which spreadsheets are open, and what can be asked of one as a whole?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from pyxl.hosts.libreoffice.bridge import file_path, file_url, properties
from pyxl.hosts.libreoffice.connection import Document
from pyxl.hosts.libreoffice.entry import finish_entry
from pyxl.hosts.libreoffice.guard import Guarded
from pyxl.hosts.libreoffice.names import Names
from pyxl.hosts.libreoffice.sheets import Sheet, Sheets

if TYPE_CHECKING:
    from pyxl.hosts.libreoffice.apps import App

__all__ = ["Book", "Books"]

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_FILTERS = {
    ".csv": "Text - txt - csv (StarCalc)",
    ".ods": "calc8",
    ".xls": "MS Excel 97",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
}
_WITH_ALL_IN_IT = 1  # com.sun.star.awt.InvalidateStyle.CHILDREN
_NEVER_RUN_MACROS = 0
_NEVER_UPDATE_LINKS = 0


class Books(Guarded, base_classes.Books):
    """The open spreadsheets of an office, in the order in which they were opened."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.link = app.connection

    @property
    def api(self) -> Any:
        """LibreOffice's components, texts and drawings among them."""
        return self.app.connection.desktop.getComponents()

    def current(self) -> Book | None:
        """The book in front, or the one opened last; None when no book is open."""
        model = self.app.connection.desktop.getCurrentComponent()
        if model is not None and model.supportsService(_SPREADSHEET):
            return self._book(model)
        opened = list(self)
        return opened[-1] if opened else None

    @property
    def active(self) -> Book:
        """The book in front."""
        book = self.current()
        if book is None:
            raise KeyError("No book is open")
        return book

    def add(self) -> Book:
        """A new, empty book."""
        return self._loaded("private:factory/scalc")

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: bool | None = None,
        format: Any = None,  # noqa: A002 - xlwings' signature
        password: str | None = None,
        *others: Any,
    ) -> Book:
        """A book from a file; its macros are not run and its links not followed."""
        if format is not None or any(other is not None for other in others):
            raise NotImplementedError("A book is opened with read_only and password only")
        options: dict[str, Any] = {"MacroExecutionMode": _NEVER_RUN_MACROS, "UpdateDocMode": _NEVER_UPDATE_LINKS}
        if read_only:
            options["ReadOnly"] = True
        if password:
            options["Password"] = password
        return self._loaded(file_url(str(Path(fullname).resolve())), **options)

    def _loaded(self, url: str, **options: Any) -> Book:
        model = self.app.connection.desktop.loadComponentFromURL(url, "_blank", 0, properties(**options))
        if model is None:
            message = f"LibreOffice could not open {url}"
            raise OSError(message)
        book = self._book(model)
        book.activate()
        return book

    def _book(self, model: Any) -> Book:
        return Book(self.app, Document(self.app.connection, model))

    def __call__(self, name_or_index: str | int) -> Book:
        """A book by its name, or by its number, which counts from 1."""
        books = list(self)
        if isinstance(name_or_index, int):
            return books[name_or_index - 1]
        for book in books:
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(book.name.lower() == name.lower() for book in self)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __iter__(self) -> Iterator[Book]:
        models, components = [], self.api.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if component.supportsService(_SPREADSHEET):
                models.append(component)
        return iter([self._book(model) for model in sorted(models, key=lambda model: int(model.RuntimeUID))])


class Book(Guarded, base_classes.Book):
    """One open spreadsheet."""

    def __init__(self, app: App, document: Document) -> None:
        self._app = app
        self.document = self.link = document

    @property
    def app(self) -> App:
        """The office that it is open in."""
        return self._app

    @property
    def api(self) -> Any:
        """LibreOffice's model."""
        return self.document.model

    @property
    def controller(self) -> Any:
        """Its view of the sheets; None when it was opened without one, or shows its pages before printing."""
        controller = self.document.model.getCurrentController()
        return controller if hasattr(controller, "ActiveSheet") else None

    def finish_entry(self) -> None:
        """Put what somebody is typing into its cell, before another sheet comes to the front."""
        if (controller := self.controller) is not None:
            finish_entry(controller)

    def repaint(self) -> None:
        """Draw its window anew, whatever LibreOffice holds for drawn."""
        if (controller := self.controller) is not None:
            controller.getFrame().getComponentWindow().invalidate(_WITH_ALL_IN_IT)

    @property
    def name(self) -> str:
        """The file's name, or the title of a book that has no file yet."""
        url = self.document.model.getURL()
        return os.path.basename(file_path(url)) if url else str(self.document.model.getTitle())  # noqa: PTH119

    @property
    def fullname(self) -> str:
        """The file's path, or the title of a book that has no file yet."""
        url = self.document.model.getURL()
        return file_path(url) if url else self.name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its names, those of its sheets included."""
        return Names(self)

    @property
    def selection(self) -> Any:
        """What is selected in it, of several ranges the first; None for a picture and the like."""
        selected = None if self.controller is None else self.controller.getSelection()
        if selected is None or not selected.supportsService("com.sun.star.sheet.SheetCellRanges"):
            return None if selected is None or not hasattr(selected, "getRangeAddress") else self.range_of(selected)
        return self.range_of(selected.getByIndex(0))

    def range_of(self, cells: Any) -> Any:
        """Our range for LibreOffice's."""
        return Sheet(self, cells.getSpreadsheet()).range_at(cells.getRangeAddress())

    def activate(self) -> None:
        """Bring it to the front."""
        if self.controller is not None:
            frame = self.controller.getFrame()
            frame.activate()
            frame.getContainerWindow().toFront()
        self._app.activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it where it is, or under another name; a new book without one goes to the current folder."""
        if path is None and password is None and self.document.model.getURL():
            self.document.model.store()
            return
        target = Path(path or self.fullname).expanduser().resolve()
        if not target.suffix:
            target = target.with_name(f"{target.name}.xlsx")
        if target.suffix.lower() not in _FILTERS:
            message = f"No format is known for {target.suffix}"
            raise NotImplementedError(message)
        options = {"FilterName": _FILTERS[target.suffix.lower()], "Overwrite": True}
        if password is not None:
            options["Password"] = password
        self.document.model.storeAsURL(file_url(str(target)), properties(**options))

    def close(self) -> None:
        """Close it; what was not saved is lost."""
        self.document.model.setModified(False)
        self.document.model.close(True)
