"""How does an application come out of a click as it went in?

Nothing flickers and no macro of the workbook runs while we write; whatever happens, all of it is put
back. In LibreOffice the list of what can be undone is left alone: it holds what the user has typed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from xlwings import App, Book, Sheet

__all__ = ["Kept", "shows_no_sheet"]

_STATES = ("enable_events", "display_alerts", "status_bar", "screen_updating")  # in the order of putting them back
_READABLE = 0.15  # seconds
_STALE = 5  # locks that killed clicks may have left; more are not looked for


class Kept:
    """The state of the application and of the book in front, put back on leaving."""

    def __init__(self, app: App, book: Book) -> None:
        self._app, self._book = app, book
        self._before: dict[str, Any] = {}
        self._front: Sheet | None = None
        self._undo: Any = None
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
        """From here on nothing is drawn, no macro runs, and nothing joins the list of what can be undone."""
        self._app.enable_events = self._app.display_alerts = self._app.screen_updating = False
        undo = _undo_manager(self._book)
        if undo is not None and self._undo is None:
            _lift_stale_locks(undo)
            undo.lock()
            self._undo = undo

    def show(self, sheet: Sheet) -> None:
        """This sheet is in front in the end, unless something fails before that."""
        self._front = sheet

    def progress(self, text: str, *, passing: bool = False) -> None:
        """What the status bar says; what is `passing` is left out when the last word is not old yet."""
        moment = time.monotonic()
        if not passing or moment - self._said > _READABLE:
            self._app.status_bar = text
            self._said = moment

    def _restorers(self) -> Iterator[Callable[[], None]]:
        if self._undo is not None:
            yield self._undo.unlock
        if self._front is not None:
            yield lambda: _bring_to_front(self._front)
        for name in _STATES:
            yield lambda name=name: setattr(self._app, name, self._before[name])  # type: ignore[misc]


def shows_no_sheet(book: Book) -> bool:
    """Whether LibreOffice shows the book's pages before printing: there no sheet can be brought to the front."""
    if not _is_libreoffice(book):  # of Excel's windows only those with sheets have our buttons
        return False
    return book.api.CurrentController is not None and book.impl.controller is None


def _undo_manager(book: Book) -> Any:
    """LibreOffice's; None in Excel, where every change from outside empties the list of what can be undone."""
    return book.api.UndoManager if _is_libreoffice(book) else None


def _is_libreoffice(book: Book) -> bool:
    return bool(book.app.engine.name == "libreoffice")


def _lift_stale_locks(undo: Any) -> None:
    """A click that was killed has left its lock, under which nothing that is typed could be undone."""
    for _ in range(_STALE):
        if undo.isLocked():
            undo.unlock()


def _bring_to_front(sheet: Sheet | None) -> None:
    """A sheet that was hidden comes back: what was asked for is on it."""
    if sheet is not None:
        if not sheet.visible:
            sheet.visible = True
        sheet.activate()
