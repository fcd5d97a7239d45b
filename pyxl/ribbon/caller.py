"""Which running application and which of its books does a click come from?

xlwings speaks to both: to Excel by the handle of its window, to LibreOffice by the engine of
pyxl.hosts. It imports whatever is installed of pandas and its like, which takes six times as long as
all the rest of it, so these are hidden from it.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from pyxl.errors import HostError
from pyxl.record import record
from pyxl.ribbon.failures import is_rejected

if TYPE_CHECKING:
    from xlwings import App, Book

    from pyxl.ribbon.request import Request

__all__ = ["HEAVY", "Caller", "find_caller", "hide_heavy_modules"]

HEAVY = ("matplotlib", "numpy", "pandas", "PIL", "polars")

_ATTEMPTS = 300  # calls that Excel turns down, before xlwings gives up; by default it never does
_PATIENCE, _PAUSE = 3.0, 0.1  # seconds: as long Excel may be busy when we arrive


@record
class Caller:
    """The application, and the book that the click was made in; either may be missing."""

    app: App | None
    book: Book | None


def hide_heavy_modules() -> None:
    """Lets xlwings find none of them; what is imported already stays."""
    hidden: dict[str, Any] = sys.modules
    for name in HEAVY:
        hidden.setdefault(name, None)


def find_caller(request: Request) -> Caller:
    """Where the click comes from; without a book when none was open, or LibreOffice's was closed since.

    Raises HostError when Excel cannot be asked, or does not know the book any more.
    """
    hide_heavy_modules()
    if request.office:
        return _in_libreoffice(request)
    if sys.platform == "win32" and request.window:
        return _in_excel(request)
    return Caller(None, None)


def _in_libreoffice(request: Request) -> Caller:
    from pyxl.hosts import libreoffice

    app = libreoffice.attach(request.office, request.office_process)
    try:
        book = libreoffice.document(app, request.document) if request.document else None
    except KeyError:  # closed since
        book = None
    return Caller(app, book)


def _in_excel(request: Request) -> Caller:
    """Written after xlwings' own Book.caller and Microsoft's description; no machine here has Excel."""
    import importlib

    excel: Any = importlib.import_module("xlwings._xlwindows")
    excel.N_COM_ATTEMPTS = _ATTEMPTS
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return _by_window(excel, request)
        except Exception as error:
            failure = error.__context__ if isinstance(error, KeyError) else error  # xlwings' for a book not found
            if isinstance(failure, OSError) or type(failure).__name__ == "error":  # no window of Excel's any more
                raise HostError("host_gone") from error
            if failure is None or not is_rejected(failure):
                raise HostError("book_closed", book=request.book) if isinstance(error, KeyError) else error from None
            if time.monotonic() > until:
                raise HostError("host_busy") from error
        time.sleep(_PAUSE)


def _by_window(excel: Any, request: Request) -> Caller:
    import xlwings

    app = xlwings.App(impl=excel.App(xl=request.window))
    return Caller(app, app.books[request.book] if request.book else None)
