"""How do the rows of one unit become a piece of a sheet, made once and put together with others by copying?

A piece is deflated XML that ends on a byte boundary (RFC 1951, an empty stored block), so pieces can
stand one behind the other in one part. Rows and cells bear no addresses (ECMA-376 part 1, 18.3.1.73 and
18.3.1.4: `r` is optional), so a piece is the same wherever it comes to stand. A row says how high it is,
because LibreOffice does not see to that when it opens a file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from functools import cache
from typing import NamedTuple

from pyxl.catalogue.model import ActivityType, Column, ColumnType
from pyxl.core.ledger import Value
from pyxl.excel.building.band import column_width
from pyxl.excel.building.fitting import lines_about, room_in, row_height
from pyxl.text import phrase
from pyxl.xmltext import ENTITIES, NEVER

__all__ = ["FORM", "LEVEL", "Piece", "piece", "row_xml"]

FORM = 2  # of pieces: those of different forms do not belong on one sheet
LEVEL = 1  # of deflating: pieces are made by the thousand
_MEMORY = 6  # likewise: a piece is small, and zlib's usual 256 KB would take longer to clear than it to deflate
_EPOCH = date(1899, 12, 30).toordinal()
_MINUTES = 24 * 60
_SPECIAL = re.compile(f"[&<>{NEVER}]|_x[0-9A-Fa-f]{{4}}_")


class Piece(NamedTuple):
    """Rows of one sheet, of one unit."""

    rows: int
    size: int  # bytes before deflating
    crc: int  # of those bytes
    data: bytes  # deflated


def piece(rows: Iterable[Mapping[str, Value]], activity: ActivityType, styles: Mapping[str, int]) -> Piece:
    """The rows as a piece of the activity's sheet; `styles`: column type → number of its cell format."""
    columns = [(column.key, _style(styles[column.type])) for column in activity.columns]
    rooms = [(column.key, _room(column.label, column.width, column.type)) for column in activity.columns
             if column.type in _LONG]  # fmt: skip
    lines = [row_xml(row, columns, rooms) for row in rows]
    text = "".join(lines).encode("utf-8")
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)
    data = packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)
    return Piece(len(lines), len(text), zlib.crc32(text), data)


class _Style:
    """How a cell of one format begins, by what is in it."""

    def __init__(self, number: int) -> None:
        self.blank = f'<c s="{number}"/>'
        self.value = f'<c s="{number}"><v>'
        self.text = f'<c s="{number}" t="inlineStr"><is><t xml:space="preserve">'


@cache
def _style(number: int) -> _Style:
    return _Style(number)


def row_xml(
    row: Mapping[str, Value], columns: Sequence[tuple[str, _Style]], rooms: Sequence[tuple[str, float]] = ()
) -> str:
    """One row: a cell for each (column, format), as high as the texts in the columns with so much room need."""
    get = row.get
    cells = [
        style.blank
        if (value := get(key)) is None
        else _text(value, style)
        if isinstance(value, str)  # most values
        else _cell(value, style)
        for key, style in columns
    ]
    lines = 1
    for key, room in rooms:
        text = get(key)
        if isinstance(text, tuple):
            text = " ".join(text)
        if isinstance(text, str) and (len(text) > room or "\n" in text):
            lines = max(lines, lines_about(text, room))
    return f"{_ROWS[min(lines, _MOST)]}{''.join(cells)}</row>"


_LONG = frozenset({ColumnType.TEXT, ColumnType.LONGTEXT, ColumnType.ITEMS, ColumnType.PEOPLE, ColumnType.CHOICES})
_MOST = 24  # lines; Excel allows no higher row
_ROWS = tuple(f'<row ht="{row_height(lines):g}">' for lines in range(_MOST + 1))


@cache
def _room(label: str, width: float, kind: ColumnType) -> float:
    return room_in(column_width(Column("", label, kind, width=width)))


def _cell(value: float | date | time | tuple[str, ...], style: _Style) -> str:
    if isinstance(value, bool):
        return _text(phrase("words", "yesno", "yes" if value else "no"), style)
    if isinstance(value, int | float):
        return f"{style.value}{value}</v></c>"
    if isinstance(value, date):
        return f"{style.value}{value.toordinal() - _EPOCH}</v></c>"
    if isinstance(value, time):
        return f"{style.value}{(value.hour * 60 + value.minute + value.second / 60) / _MINUTES!r}</v></c>"
    return _text(phrase("words", "grammar", "semicolon").join(value), style)  # the only sign that separates items


def _text(text: str, style: _Style) -> str:
    """A text that stays one, whatever it begins with."""
    if not text.isalnum() and _SPECIAL.search(text):  # names and numbers need not be searched
        text = _SPECIAL.sub(lambda found: ENTITIES.get(found[0]) or _spelt(found[0]), text)
    return f"{style.text}{text}</t></is></c>"


def _spelt(found: str) -> str:
    """What XML cannot hold, and what would be taken for such a spelling (ECMA-376 part 1, 22.9.2.19)."""
    return f"_x005F{found}" if len(found) > 1 else f"_x{ord(found):04X}_"
