"""Which rows of a table may go on on the next page? Those so high that they would leave half a page empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Any

from pyxl.word.namespaces import WML

__all__ = ["split_tall_rows", "with_tall_rows_split"]

_MOST_LINES = 12  # of a row that stays whole: a third of a page
_CHARACTER = 210  # twips of a character of 10.5 pt
_MARGINS = 170  # twips of a cell that no text stands in
_ROW = re.compile("<w:tr><w:trPr><w:cantSplit/></w:trPr>(.*?)</w:tr>", re.DOTALL)
_CELL = re.compile(r'<w:tcW w:w="([0-9]+)"(.*?)</w:tc>', re.DOTALL)
_LINE = re.compile("<w:br/>|</w:p>")
_TEXT = re.compile("<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ENTITY = re.compile("&[a-z]+;")


def with_tall_rows_split(text: str) -> str:
    """The XML of a part of our own template, in which high rows may be split."""
    return _ROW.sub(lambda row: f"<w:tr>{row[1]}</w:tr>" if _is_tall_text(row[1]) else row[0], text)


def _is_tall_text(row: str) -> bool:
    for width, cell in _CELL.findall(row):
        lines = [_ENTITY.sub("&", "".join(_TEXT.findall(line))) for line in _LINE.split(cell)[:-1]]
        if _is_tall(lines, int(width)):
            return True
    return False


def split_tall_rows(document: Any, styles: Sequence[str]) -> None:
    """The same in any document, of rows in our look: those with a paragraph of one of these styles."""
    for row in document.element.body.xpath(".//w:tr[w:trPr/w:cantSplit and not(w:trPr/w:tblHeader)]"):
        ours = {style for mark in row.iter(f"{WML}pStyle") if (style := mark.get(f"{WML}val")) in styles}
        if ours and any(_is_tall(_lines(cell), _width(cell)) for cell in row.iter(f"{WML}tc")):
            properties = row.find(f"{WML}trPr")
            properties.remove(properties.find(f"{WML}cantSplit"))
            if len(properties) == 0:
                row.remove(properties)


def _lines(cell: Any) -> list[str]:
    """What stands in a cell, line by line as it was written."""
    found = []
    for paragraph in cell.iter(f"{WML}p"):
        found.append("")
        for part in paragraph.iter(f"{WML}t", f"{WML}br"):
            if part.tag == f"{WML}br":
                found.append("")
            else:
                found[-1] += part.text or ""
    return found


def _width(cell: Any) -> int:
    widths = cell.xpath("./w:tcPr/w:tcW[@w:type='dxa']/@w:w")
    return int(widths[0]) if widths and widths[0].isdigit() else 0


def _is_tall(lines: Sequence[str], width: int) -> bool:
    """Whether a cell of this width in twips needs too many lines; nobody knows it of one without a width."""
    room = (width - _MARGINS) // _CHARACTER
    return room > 0 and sum(max(1, ceil(len(line) / room)) for line in lines) > _MOST_LINES
