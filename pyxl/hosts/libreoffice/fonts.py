"""Which font do cells, or a part of a cell's text, have?

LibreOffice keeps a font for Western, one for Asian and one for complex scripts: all three are set, or
Chinese text would stay as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlwings import base_classes

from pyxl.hosts.libreoffice.bridge import enumerated, uniform
from pyxl.hosts.libreoffice.colours import from_office, to_office
from pyxl.hosts.libreoffice.guard import Guarded, Link

__all__ = ["Font"]

_SCRIPTS = ("", "Asian", "Complex")
NORMAL, BOLD = 100.0, 150.0
_BLACK = (0, 0, 0)


class Font(Guarded, base_classes.Font):
    """The font of whatever `text` gives: a range, or a part of the text in a cell."""

    def __init__(self, link: Link | None, text: Callable[[], Any]) -> None:
        self.link = link
        self._text = text

    @property
    def api(self) -> Any:
        """What has LibreOffice's properties of characters."""
        return self._text()

    def _set(self, name: str, value: Any) -> None:
        target = self._text()
        for script in _SCRIPTS:
            target.setPropertyValue(f"{name}{script}", value)

    @property
    def bold(self) -> bool | None:
        """Whether it is bold."""
        weight = uniform(self._text(), "CharWeight")
        return None if weight is None else weight > NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", BOLD if value else NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether it is slanted."""
        posture = uniform(self._text(), "CharPosture")
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", enumerated("awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """Its size in points."""
        return uniform(self._text(), "CharHeight")  # type: ignore[no-any-return]

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """The name of its family."""
        return uniform(self._text(), "CharFontName")  # type: ignore[no-any-return]

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Its colour; what has none of its own is black."""
        number = uniform(self._text(), "CharColor")
        return None if number is None else from_office(number) or _BLACK

    @color.setter
    def color(self, value: Any) -> None:
        self._text().CharColor = to_office(value)
