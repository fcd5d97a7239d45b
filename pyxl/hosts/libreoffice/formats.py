"""How do the cells of a range look?"""

from __future__ import annotations

import re
from typing import Any

from pyxl.hosts.libreoffice.bridge import enumerated, uniform
from pyxl.hosts.libreoffice.cells import Cells
from pyxl.hosts.libreoffice.colours import from_office, to_office
from pyxl.hosts.libreoffice.fonts import Font
from pyxl.hosts.libreoffice.writing import number_format

__all__ = ["Formats"]

_GENERAL = {"General", "Standard"}
_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
_VERTICAL = {"bottom": 3, "top": 1, "center": 2, "justify": 4}  # com.sun.star.table.CellVertJustify2
_BY_DEFAULT = 0  # which is at the bottom
_KEPT = re.compile(r'("[^"]*"|\[(?!H+\]|M+\]|S+\])[^\]]*\])')  # in a number format: texts and conditions
_CODES = re.compile(r"[YMDHS]")


class Formats(Cells):
    """Number format, colour, font, alignment; None is read where the cells differ."""

    @property
    def number_format(self) -> str | None:
        """The code of the number format, in English."""
        key = uniform(self.cells, "NumberFormat")
        if key is None:
            return None
        code = self.document.model.getNumberFormats().getByKey(key).FormatString
        return "General" if code in _GENERAL else _as_in_excel(code)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.cells.NumberFormat = number_format(self.document, value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The background."""
        return from_office(uniform(self.cells, "CellBackColor"))

    @color.setter
    def color(self, value: Any) -> None:
        self.cells.CellBackColor = to_office(value)

    @property
    def font(self) -> Font:
        """The font of all its text."""
        return Font(self.link, lambda: self.cells)

    @property
    def wrap_text(self) -> bool | None:
        """Whether long text goes on in a next line of the cell."""
        return uniform(self.cells, "IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.cells.IsTextWrapped = bool(value)

    @property
    def horizontal_alignment(self) -> str | None:
        """Left, right …, in xlwings' words."""
        value = uniform(self.cells, "HoriJustify")
        return None if value is None else {office: word for word, office in _HORIZONTAL.items()}[value.value]

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in _HORIZONTAL:
            raise NotImplementedError(f"LibreOffice does not align cells {value}")
        self.cells.HoriJustify = enumerated("table.CellHoriJustify", _HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        """Top, center …, in xlwings' words."""
        value = uniform(self.cells, "VertJustify")
        words = {office: word for word, office in _VERTICAL.items()} | {_BY_DEFAULT: "bottom"}
        return None if value is None else words[value]

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        if value not in _VERTICAL:
            raise NotImplementedError(f"LibreOffice does not align cells {value}")
        self.cells.VertJustify = _VERTICAL[value]


def _as_in_excel(code: str) -> str:
    """LibreOffice writes YYYY-MM-DD, Excel yyyy-mm-dd."""
    parts = _KEPT.split(code)
    return "".join(
        part if number % 2 else _CODES.sub(lambda match: match[0].lower(), part).replace("Am/Pm", "AM/PM")
        for number, part in enumerate(parts)
    )
