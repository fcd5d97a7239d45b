"""What does the sheet 基本信息 say: unit, year, reporting period, and the other cover fields?"""

from __future__ import annotations

import re
from datetime import date

from pyxl.catalogue.model import Catalogue, Column, CoverField
from pyxl.core.issue import Issue, issue
from pyxl.core.ledger import Value
from pyxl.core.period import Period, period_of_name
from pyxl.core.place import CellRef
from pyxl.excel.cells import clean, half_width, is_blank, read_cell, shown
from pyxl.excel.grid import RawBook, RawSheet, RawValue
from pyxl.excel.headers import plain
from pyxl.excel.tabs import find_sheet
from pyxl.text import phrase

__all__ = ["read_cover", "reporting_period"]


def read_cover(book: RawBook, catalogue: Catalogue) -> tuple[dict[str, Value], dict[str, CellRef], list[Issue]]:
    """Field key → value, field key → its cell, and what is wrong with them.

    A field is the cell with its defined name; where names were lost, the cell right of its label.
    """
    name = phrase("words", "sheets", "cover")
    sheet = find_sheet(book, name)
    places = {field.key: where for field in catalogue.cover if (where := _place(book, sheet, field))}
    values: dict[str, Value] = {}
    issues: list[Issue] = []
    # the year first: it completes days that were typed without one
    for field in sorted(catalogue.cover, key=lambda field: field.key != "year"):
        where = places.get(field.key)
        year = values.get("year")
        known = year if isinstance(year, int) else None
        values[field.key], found = _read(field, _raw(book, where), where or CellRef(name), known)
        issues += found
    return values, places, issues


def reporting_period(cover: dict[str, Value]) -> Period | None:
    """The period chosen on the cover; the first half-year when none is chosen; None without a year."""
    year, name = cover.get("year"), cover.get("period")
    if not isinstance(year, int):
        return None
    return period_of_name(year, name) if isinstance(name, str) else Period(year, "H1")


def _place(book: RawBook, sheet: RawSheet | None, field: CoverField) -> CellRef | None:
    for name in (field.label, *field.aliases):
        if name in book.names and book.sheet(book.names[name][0]):
            return CellRef(*book.names[name])
    if sheet is None:
        return None
    # the label itself before another name for it
    for name in map(plain, (field.label, *field.aliases)):
        for number, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row, 1):
                if isinstance(cell, str) and plain(cell) == name:
                    return CellRef(sheet.name, number, _last_column(sheet, number, column) + 1)
    return None


def _last_column(sheet: RawSheet, row: int, column: int) -> int:
    """Where a cell ends to the right: further on when it is merged with others."""
    return next((last for top, left, low, last in sheet.merges if top <= row <= low and left <= column <= last), column)


def _raw(book: RawBook, where: CellRef | None) -> RawValue:
    sheet = book.sheet(where.sheet) if where else None
    return sheet.cell(where.row or 0, where.column or 0) if sheet and where else None


def _read(field: CoverField, raw: RawValue, where: CellRef, year: int | None) -> tuple[Value, list[Issue]]:
    if is_blank(raw):
        code = "cover_missing" if field.required else "cover_advised" if field.advised else ""
        return None, [issue(code, where, label=field.label, hint=field.hint)] if code else []
    if field.key == "year":
        return _read_year(field, raw, where)
    typed = clean(shown(raw))
    reading = read_cell(raw, Column(field.key, field.label, field.type, choices=field.choices), year)
    if any(found.code in ("error_cell", "formula_uncached") for found in reading.findings) or not reading.unreadable:
        return reading.value, [issue(f.code, where, found=typed, **f.params) for f in reading.findings]
    listing = phrase("words", "grammar", "separator").join(field.choices)
    code = "cover_bad_choice" if field.choices else "cover_bad_value"
    return None, [issue(code, where, found=typed, label=field.label, choices=listing)]


def _read_year(field: CoverField, raw: RawValue, where: CellRef) -> tuple[Value, list[Issue]]:
    """2023, "2023", "２０２３年": any of them means the year; a date means its year."""
    if isinstance(raw, date):
        return raw.year, []
    match = re.fullmatch(phrase("words", "cells", "year"), half_width(shown(raw)))
    if match:
        return int(match[1]), []
    return None, [issue("cover_bad_year", where, found=clean(shown(raw)), label=field.label)]
