"""What is one row of our own sheets, before it is written anywhere?"""

from __future__ import annotations

from typing import TypeAlias

from pyxl.core.place import CellRef
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["Cell", "Line", "first_row", "led", "shortened", "units"]

_MOST = 32_767  # characters that a cell takes, as spreadsheets count them; a longer text is refused or cut in silence
_ELLIPSIS = "\u2026"

Cell: TypeAlias = None | str | int | float


@record
class Line:
    """One row: what its cells hold, in the order of the page's columns, and what they are shown as.

    The layout of the page says which of them leads to `link`. Texts are texts, whatever sign they begin with: a writer sees to it that none becomes a formula.
    """

    cells: tuple[Cell, ...]
    link: CellRef | None = None  # where the page's link cell leads to; that cell is blank where this is None
    number_format: str = ""  # of the cell that holds a number, where the general one will not do
    kind: str = ""  # what a line of 总结预览 is: title, heading1, heading2, body, unit, date
    emphasis: tuple[tuple[int, int], ...] = ()  # start and length of what stands out in the first cell


def first_row(refs: tuple[str, ...]) -> CellRef | None:
    """The row that the words of `rows_in_words` name first; None without any."""
    if not refs:
        return None
    sheet = refs[0].rpartition("!")[0]
    rows = (ref.rpartition("!") for ref in refs)
    return CellRef(sheet, min(int(row) for name, _, row in rows if name == sheet), 1)


def shortened(text: str, most: int = _MOST) -> str:
    """The text, or as much of it as `most` characters hold, with a sign that there was more.

    A sign beyond the first plane counts twice.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - len(_ELLIPSIS))].decode("utf-16-le", "ignore") + _ELLIPSIS


def units(text: str) -> int:
    """How long spreadsheets take a text for: a sign beyond the first plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def led(link: CellRef | None) -> str | None:
    """What the cell says that leads there: a short word, because LibreOffice wraps no text that is a link."""
    return phrase("sheets", "links", "jump") if link else None
