"""What do the other sheets of a consolidated workbook say: who has not handed in, what goes back, how was it earlier?"""

from __future__ import annotations

from collections.abc import Iterator

from pyxl.catalogue.model import Catalogue, Column
from pyxl.core.background import Background, Earlier, EarlierUnit
from pyxl.core.matrix import activities_of
from pyxl.core.period import Period, period_of_title
from pyxl.core.place import CellRef
from pyxl.core.units import identity_of
from pyxl.excel.cells import clean, shown
from pyxl.excel.grid import RawBook, RawSheet
from pyxl.excel.headers import Header, find_header
from pyxl.excel.tabs import find_sheet
from pyxl.text import phrase

__all__ = ["read_background"]


def read_background(book: RawBook, catalogue: Catalogue) -> Background:
    """What stands there; a sheet that is gone, or that somebody has made into something else, says nothing."""
    found = {key: dict.fromkeys(_with_status(book, key)) for key in ("missing", "rejected")}
    missing = dict.fromkeys(name for _, name in found["missing"])
    return Background(tuple(missing), tuple(found["rejected"]), _earlier(book, catalogue))


def _with_status(book: RawBook, wanted: str) -> Iterator[tuple[str, str]]:
    """Identity and name of the units with such a line."""
    sheet = find_sheet(book, phrase("collecting", "sheets", "standing"))
    header = _header(sheet, "standing", ("status", "code", "unit", "reason"))
    if sheet is None or header is None or not {"status", "unit"} <= header.places.keys():
        return
    for row in range(header.row + 1, len(sheet.rows) + 1):
        status, code, unit = (_text(sheet, row, header.places.get(key, 0)) for key in ("status", "code", "unit"))
        if unit and status == phrase("collecting", "statuses", wanted):
            yield identity_of(code, unit), unit


def _header(sheet: RawSheet | None, table: str, keys: tuple[str, ...]) -> Header | None:
    columns = [Column(key, phrase("collecting", table, key)) for key in keys]
    return find_header(sheet, columns) if sheet else None


def _earlier(book: RawBook, catalogue: Catalogue) -> Earlier | None:
    sheet = find_sheet(book, phrase("collecting", "sheets", "earlier"))
    if sheet is None:
        return None
    own = [Column(key, phrase("collecting", "earlier", key)) for key in ("period", "code", "unit")]
    header = find_header(sheet, [*own, *(Column(each.key, each.label) for each in activities_of(catalogue))])
    if header is None or not {"period", "unit"} <= header.places.keys():
        return None
    rows = range(header.row + 1, len(sheet.rows) + 1)
    found = [(_period(sheet, row, header), _unit(sheet, row, header, catalogue)) for row in rows]
    periods = {period for period, unit in found if period and unit}
    units = tuple(unit for period, unit in found if period and unit)
    return Earlier(periods.pop(), units) if len(periods) == 1 else None


def _period(sheet: RawSheet, row: int, header: Header) -> Period | None:
    return period_of_title(_text(sheet, row, header.places["period"]))


def _unit(sheet: RawSheet, row: int, header: Header, catalogue: Catalogue) -> EarlierUnit | None:
    code, name = (_text(sheet, row, header.places.get(key, 0)) for key in ("code", "unit"))
    if not (code or name):
        return None
    counts = {
        each.key: _number(sheet, row, header.places[each.key])
        for each in activities_of(catalogue)
        if each.key in header.places
    }
    return EarlierUnit(identity_of(code, name), name, counts, CellRef(sheet.name, row).address)


def _text(sheet: RawSheet, row: int, place: int) -> str:
    return clean(shown(sheet.cell(row, place))) if place else ""


def _number(sheet: RawSheet, row: int, place: int) -> int:
    value = sheet.cell(row, place)
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0
