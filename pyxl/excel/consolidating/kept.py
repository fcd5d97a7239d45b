"""What has somebody typed on a consolidated workbook that is about to be made anew: its cover, its wording?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from pyxl.catalogue.model import Catalogue
from pyxl.core.ledger import Value, WordingRow
from pyxl.excel.building.layout import HEADER_ROW
from pyxl.excel.cells import shown
from pyxl.excel.cover import read_cover
from pyxl.excel.grid import RawBook, RawSheet
from pyxl.excel.headers import find_header
from pyxl.excel.tabs import find_sheet
from pyxl.excel.wording import read_wording
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["Kept", "kept_of", "recalled", "remembered", "wording_of"]

_Lines: TypeAlias = tuple[Mapping[str, str], ...]


@record
class Kept:
    """Cover field → value; the lines of 总结文字, column → text, None when there is no such sheet."""

    cover: Mapping[str, Value]
    wording: _Lines | None = None


def kept_of(book: RawBook, catalogue: Catalogue) -> Kept:
    """What of an earlier workbook goes into the next one, as it was typed."""
    return Kept(read_cover(book, catalogue)[0], _wording(book, catalogue))


def _wording(book: RawBook, catalogue: Catalogue) -> _Lines | None:
    sheet = find_sheet(book, phrase("words", "sheets", "wording"))
    header = find_header(sheet, catalogue.wording) if sheet else None
    if sheet is None or header is None:
        return None
    lines: Sequence[Mapping[str, str]] = [
        {key: text for key, place in header.places.items() if (text := shown(sheet.cell(row, place)))}
        for row in range(header.row + 1, len(sheet.rows) + 1)
    ]
    return tuple(line for line in lines if line)


def wording_of(kept: Kept, catalogue: Catalogue) -> tuple[WordingRow, ...]:
    """The wording as it will be read from the workbook that it goes into; none for the catalogue's own."""
    if kept.wording is None:
        return ()
    labels = tuple(column.label for column in catalogue.wording)
    lines = (tuple(line.get(column.key) or None for column in catalogue.wording) for line in kept.wording)
    sheet = RawSheet(phrase("words", "sheets", "wording"), (*((),) * (HEADER_ROW - 1), labels, *lines))
    return read_wording(RawBook("", (sheet,)), catalogue)[0]


def remembered(kept: Kept) -> str:
    """As JSON, to be told apart by `recalled`."""
    cover = {
        key: {"date": value.isoformat()} if isinstance(value, date) else value for key, value in kept.cover.items()
    }
    return json.dumps({"cover": cover, "wording": kept.wording}, ensure_ascii=False, default=list)


def recalled(text: str) -> Kept:
    """What was remembered."""
    content = json.loads(text)
    wording = content["wording"]
    cover = {key: _value(value) for key, value in content["cover"].items()}
    return Kept(cover, None if wording is None else tuple(wording))


def _value(value: Any) -> Value:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return tuple(value) if isinstance(value, list) else value
