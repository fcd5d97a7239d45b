"""How does xlwings drive a running LibreOffice as it drives Excel?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.hosts.libreoffice.values import CellError

if TYPE_CHECKING:
    import xlwings

    from pyxl.hosts.libreoffice.gone import HostGone

__all__ = ["CellError", "attach", "document", "lost", "start"]

# Everything that needs LibreOffice's own module `uno` is imported when one of these is called.


def attach(connection: str, pid: int = 0) -> xlwings.App:
    """The office that listens at `connection`, e.g. "pipe,name=…"; xlwings works with it from now on."""
    import xlwings

    from pyxl.hosts.libreoffice.engine import register

    return xlwings.App(impl=register().apps.attach(connection, pid))


def start(*, visible: bool = False, profile: Path | None = None) -> xlwings.App:
    """An office of our own; its `quit` and `kill` end it and take away the profile that was made for it."""
    import xlwings

    from pyxl.hosts.libreoffice.engine import register

    return xlwings.App(impl=register().apps.start(visible=visible, profile=profile))


def document(app: xlwings.App, uid: str) -> xlwings.Book:
    """The open book with this RuntimeUID; KeyError when there is none."""
    import xlwings

    return xlwings.Book(impl=app.impl.book_of(uid))


def lost(what: xlwings.App | xlwings.Book) -> HostGone | None:
    """What to raise when the office or the book is no longer there; None while it is.

    Work on LibreOffice's own objects, through `api`, gives whatever exception comes first then.
    """
    return what.impl.link.lost()  # type: ignore[no-any-return]
