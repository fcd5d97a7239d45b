"""How does an application come out of a click as it went in?

Nothing flickers and no macro of the workbook runs while we write; whatever happens, all of it is put
back. In LibreOffice the list of what can be undone holds what the user has typed: what we write is undone
along with the last of that, and adds no step.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pyxl.errors import HostError
from pyxl.excel.live.writing import begin_step, end_step

if TYPE_CHECKING:
    from xlwings import App, Book, Sheet

__all__ = ["Kept", "shows_no_sheet"]

_STATES = ("enable_events", "display_alerts", "status_bar", "screen_updating")  # in the order of putting them back
_READABLE = 0.15  # seconds
_XL_SHEET_VISIBLE = -1


class Kept:
    """The state of the application and of the book in front, put back on leaving."""

    def __init__(self, app: App, book: Book) -> None:
        self._app, self._book = app, book
        self._before: dict[str, Any] = {}
        self._front: Sheet | None = None
        self._writing = False
        self._said = 0.0

    def __enter__(self) -> Self:
        """What is being typed counts, and in LibreOffice we can say so; Excel lets nobody in meanwhile."""
        if _is_libreoffice(self._book):
            self._book.impl.finish_entry()
        self._before = {name: getattr(self._app, name) for name in _STATES}
        self._front = self._book.sheets.active
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for restore in self._restorers():
            # What cannot be put back, because book or application has gone, keeps nothing else from it.
            with suppress(Exception):
                restore()

    def begin_writing(self) -> None:
        """From here on nothing is drawn, no macro runs, and the list of what can be undone does not grow."""
        self._app.enable_events = self._app.display_alerts = self._app.screen_updating = False
        if not self._writing:
            begin_step(self._book)
            self._writing = True

    def show(self, sheet: Sheet) -> None:
        """This sheet is in front in the end, unless something fails before that; a hidden one comes back for it.

        Raises HostError when it cannot come back.
        """
        if not _shown(sheet):
            raise HostError("sheet_hidden", sheet=sheet.name)
        self._front = sheet

    def progress(self, text: str, *, passing: bool = False) -> None:
        """What the status bar says; what is `passing` is left out when the last word is not old yet."""
        moment = time.monotonic()
        if not passing or moment - self._said > _READABLE:
            self._app.status_bar = text
            self._said = moment

    def _restorers(self) -> Iterator[Callable[[], None]]:
        if self._front is not None:
            yield self._front.activate
        if self._writing:
            yield lambda: end_step(self._book)
        for name in _STATES:
            yield lambda name=name: setattr(self._app, name, self._before[name])  # type: ignore[misc]


def shows_no_sheet(book: Book) -> bool:
    """Whether LibreOffice shows the book's pages before printing: there no sheet can be brought to the front."""
    if not _is_libreoffice(book):  # of Excel's windows only those with sheets have our buttons
        return False
    return book.api.CurrentController is not None and book.impl.controller is None


def _is_libreoffice(book: Book) -> bool:
    return bool(book.app.engine.name == "libreoffice")


def _shown(sheet: Sheet) -> bool:
    """Whether its tab is there, now at the latest: what was asked for is on it."""
    if not _visible(sheet):
        with suppress(Exception):  # the structure of the book is protected
            sheet.visible = True
    return _visible(sheet)


def _visible(sheet: Sheet) -> bool:
    """Excel says -1 for yes, and 2 for a sheet that is hidden even from its list of hidden ones."""
    return sheet.visible in (True, _XL_SHEET_VISIBLE)
