"""What does the sheet 总结文字 say: which wording did the secretary keep, change, add or drop?"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from pyxl.catalogue.model import Catalogue, Column, ColumnType
from pyxl.core.issue import Issue, issue
from pyxl.core.ledger import Value, WordingRow
from pyxl.core.place import CellRef
from pyxl.excel.cells import clean, is_blank, read_cell, shown
from pyxl.excel.grid import RawBook, RawValue
from pyxl.excel.headers import find_header
from pyxl.excel.tabs import find_sheet
from pyxl.text import phrase

__all__ = ["read_wording"]


_READ = frozenset({"key", "section", "form", "when", "text", "used"})  # the other columns are the secretary's own
_NEEDED = ("key", "text")  # without them nobody could tell what was changed, or what is to be written


def read_wording(book: RawBook, catalogue: Catalogue) -> tuple[tuple[WordingRow, ...], list[Issue]]:
    """The rows of the wording sheet in order, and what could not be read; none when the sheet is not there."""
    sheet = find_sheet(book, phrase("words", "sheets", "wording"))
    if sheet is None or all(map(is_blank, chain.from_iterable(sheet.rows))):
        return (), []
    columns = {column.key: column for column in catalogue.wording}
    header = find_header(sheet, catalogue.wording)
    if header is None:
        return (), [issue("header_missing", CellRef(sheet.name), label=catalogue.wording[0].label)]
    issues = list(header.issues)
    if missing := [columns[key].label for key in _NEEDED if key not in header.places]:
        where = CellRef(sheet.name, header.row)
        return (), issues + [issue("column_missing", where, label=label) for label in missing]
    rows: list[WordingRow] = []
    for number in range(header.row + 1, len(sheet.rows) + 1):
        cells = {columns[key]: sheet.cell(number, place) for key, place in header.places.items() if key in _READ}
        if not all(map(is_blank, cells.values())):
            places = {key: CellRef(sheet.name, number, place) for key, place in header.places.items()}
            rows.append(_row(CellRef(sheet.name, number), cells, places, issues))
    return tuple(rows), issues


def _row(
    where: CellRef, cells: dict[Column, RawValue], places: dict[str, CellRef], issues: list[Issue]
) -> WordingRow:
    texts: dict[str, str] = {}
    used: Value = None
    for column, raw in cells.items():
        if column.key == "used":
            reading = read_cell(raw, column, None)
            used = reading.value
        else:
            # as plain text: which sections and forms there are is not for the reader to say
            reading = read_cell(raw, replace(column, type=ColumnType.LONGTEXT), None)
            texts[column.key] = str(reading.value or "")
        found = clean(shown(raw))
        issues += [issue(f.code, places[column.key], found=found, **f.params) for f in reading.findings]
    return WordingRow(
        place=where,
        key=texts.get("key", ""),
        section=texts.get("section", ""),
        form=texts.get("form", ""),
        when=texts.get("when", ""),
        text=texts.get("text", ""),
        used=used if isinstance(used, bool) else None,
        places=places,
    )
