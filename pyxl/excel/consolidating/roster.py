"""Which units are expected? A workbook with a list of them: code and name, or the name alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyxl.catalogue.model import Column
from pyxl.core.matching import alike
from pyxl.core.standing import Expected
from pyxl.errors import WorkbookError
from pyxl.excel.cells import clean, half_width, is_blank, shown
from pyxl.excel.closed.reading import read_book
from pyxl.excel.grid import RawSheet
from pyxl.excel.headers import find_header
from pyxl.text import phrase, phrases

__all__ = ["read_roster"]


def read_roster(path: Path) -> tuple[Expected, ...]:
    """The units of the first sheet that lists any, in its order, each once. Raises WorkbookError."""
    columns = _columns()
    book = read_book(path)
    for sheet in book.sheets:
        found = _each_once(_units(sheet, columns))
        if found:
            return found
    raise WorkbookError("no_roster", file=path.name)


def _each_once(units: Iterable[Expected]) -> tuple[Expected, ...]:
    """By code, or by name where there is none; a name alone that stands there with a code, too, is that unit."""
    listed = list(units)
    coded = {alike(each.name) for each in listed if each.code}
    found: dict[str, Expected] = {}
    for each in listed:
        if each.code or alike(each.name) not in coded:
            found.setdefault(alike(each.identity), each)
    return tuple(found.values())


def _columns() -> tuple[Column, ...]:
    return tuple(
        Column(key, names[0], aliases=tuple(names[1:]))
        for key in ("code", "unit")
        if (names := phrase("collecting", "roster", key).split("|"))
    )


def _units(sheet: RawSheet, columns: tuple[Column, ...]) -> Iterator[Expected]:
    header = find_header(sheet, columns) or find_header(sheet, columns[1:])
    if header is None or "unit" not in header.places:
        return
    for row in range(header.row + 1, len(sheet.rows) + 1):
        code, name = (clean(shown(sheet.cell(row, header.places.get(key, 0)))) for key in ("code", "unit"))
        if (code or name) and not _says_something_else(sheet, row):
            yield Expected(code, name)


def _says_something_else(sheet: RawSheet, row: int) -> bool:
    """Whether it is a row below the list, which sums it up or explains it."""
    first = half_width(next((shown(cell) for cell in sheet.rows[row - 1] if not is_blank(cell)), ""))
    marks = (mark for several in phrases("words", "row_marks").values() for mark in several.split("|"))
    return any(first.rstrip(":") == mark or first.startswith(f"{mark}:") for mark in marks)
