"""How does a part of the text in a cell look?"""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from pyxl.hosts.libreoffice.fonts import Font
from pyxl.hosts.libreoffice.guard import Guarded, Link

__all__ = ["Characters"]

_FARTHEST = 32767  # how far a text cursor goes at once


class Characters(Guarded, base_classes.Characters):
    """Letters of the text in a cell, from one position up to another."""

    def __init__(self, link: Link | None, cell: Any, start: int = 0, stop: int | None = None) -> None:
        self.link = link
        self._cell = cell
        self._start = start
        self._stop = stop

    @property
    def api(self) -> Any:
        """LibreOffice's cursor over these letters."""
        cursor = self._cell.createTextCursor()
        cursor.gotoStart(False)
        stop = len(self._cell.getString()) if self._stop is None else self._stop
        _go_right(cursor, self._start, selecting=False)
        _go_right(cursor, stop - self._start, selecting=True)
        return cursor

    @property
    def text(self) -> str:
        """The letters themselves."""
        return str(self.api.getString())

    @property
    def font(self) -> Font:
        """Their font."""
        return Font(self.link, lambda: self.api)

    def __getitem__(self, item: int | slice) -> Characters:
        length = len(self._cell.getString())
        if isinstance(item, slice):
            start, stop, _ = item.indices(length)
        else:
            start = item + length if item < 0 else item
            stop = start + 1
        return Characters(self.link, self._cell, start, stop)


def _go_right(cursor: Any, steps: int, *, selecting: bool) -> None:
    while steps > 0:
        cursor.goRight(min(steps, _FARTHEST), selecting)
        steps -= _FARTHEST
