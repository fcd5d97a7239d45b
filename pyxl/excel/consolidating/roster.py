"""Which units are expected? A workbook with a list of them: code and name, or the name alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyxl.catalogue.model import Column
from pyxl.core.consolidation import Expected
from pyxl.errors import WorkbookError
from pyxl.excel.cells import clean, shown
from pyxl.excel.closed.reading import read_book
from pyxl.excel.grid import RawSheet
from pyxl.excel.headers import find_header
from pyxl.text import phrase

__all__ = ["read_roster"]


def read_roster(path: Path) -> tuple[Expected, ...]:
    """The units of the first sheet that lists any, in its order, each once. Raises WorkbookError."""
    columns = _columns()
    book = read_book(path)
    for sheet in book.sheets:
        found = dict.fromkeys(_units(sheet, columns))
        if found:
            return tuple(found)
    raise WorkbookError("no_roster", file=path.name)


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
        if code or name:
            yield Expected(code, name)
