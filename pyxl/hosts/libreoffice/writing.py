"""How do values get into the cells of a block, all at once and in their types?

A text that begins with "=" is a formula, one that begins with "'" is the text after it, and every other
text stays text: Excel would make a number of "1" and a date of "2024-1-2".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from pyxl.hosts.libreoffice.bridge import area, structure
from pyxl.hosts.libreoffice.connection import Document
from pyxl.hosts.libreoffice.formulas import to_office
from pyxl.hosts.libreoffice.reading import ANY_DATE, LOGICAL, epoch, format_groups, places_of_notes, positions
from pyxl.hosts.libreoffice.values import serial

__all__ = ["number_format", "write"]

_DATE = "yyyy-mm-dd"
_DATE_AND_TIME = "yyyy-mm-dd hh:mm:ss"
_TIME = "hh:mm:ss"
_TRUTH = "BOOLEAN"

_Rows = list[list[Any]]
_Position = tuple[int, int]


def write(document: Document, cells: Any, rows: _Rows) -> None:
    """Write one value into each cell of a block."""
    _forget_truth(document, cells)
    plain = _numbers_for_times(document, rows)
    noted = {row for row, _ in places_of_notes(cells)}
    if not noted:
        _put(cells, plain)
    else:  # to write many cells at once takes away their notes
        for number, row in enumerate(plain):
            line = cells.getCellRangeByPosition(0, number, len(row) - 1, number)
            (_put_each if number in noted else _put)(line, [row])
    _format(document, cells, rows)


def number_format(document: Document, code: str) -> int:
    """The document's key for a number format in Excel's words."""
    formats, english = document.model.getNumberFormats(), structure("lang.Locale", Language="en", Country="US")
    key = formats.queryKey(code, english, False)
    return int(formats.addNew(code, english) if key < 0 else key)


def _put(cells: Any, rows: _Rows) -> None:
    if any(_is_formula(value) for row in rows for value in row):
        cells.setFormulaArray(tuple(tuple(map(_typed, row)) for row in rows))
    else:
        cells.setDataArray(tuple(tuple(map(_stored, row)) for row in rows))


def _put_each(cells: Any, rows: _Rows) -> None:
    for column, value in enumerate(rows[0]):
        cell = cells.getCellByPosition(column, 0)
        if _is_formula(value):
            cell.setFormula(to_office(value))
        elif isinstance(stored := _stored(value), str):
            cell.setString(stored)
        else:
            cell.setValue(stored)


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and len(value) > 1 and value.startswith("=")


def _numbers_for_times(document: Document, rows: _Rows) -> _Rows:
    times = (dt.date, dt.time, dt.timedelta)
    if not any(isinstance(value, times) for row in rows for value in row):
        return rows
    day = epoch(document)
    return [[serial(value, day) if isinstance(value, times) else value for value in row] for row in rows]


def _stored(value: Any) -> str | float:
    """What a cell is given as its value."""
    if isinstance(value, str):
        return value.removeprefix("'")
    return "" if value is None else float(value)


def _typed(value: Any) -> str:
    """What somebody would type into the cell."""
    if isinstance(value, str):
        if _is_formula(value):
            return to_office(value)
        text = value.removeprefix("'")
        return text and f"'{text}"
    return "" if value is None else repr(float(value))


def _forget_truth(document: Document, cells: Any) -> None:
    """A cell that held a truth value would show the next number as one."""
    for kind, group in list(format_groups(document, cells)):
        if kind & LOGICAL:
            group.NumberFormat = number_format(document, "General")


def _format(document: Document, cells: Any, rows: _Rows) -> None:
    """Without a format dates and truth values would be numbers; a date's own format stays as it is."""
    wanted: dict[str, list[_Position]] = {}
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            code = _code(value)
            if code:
                wanted.setdefault(code, []).append((row, column))
    groups = list(format_groups(document, cells)) if wanted else []
    for code, places in wanted.items():
        kept = LOGICAL if code == _TRUTH else ANY_DATE
        fitting = {place for kind, group in groups if kind & kept for place in positions(group, cells)}
        others = [place for place in places if place not in fitting]
        if others:
            _ranges(document, cells, others).NumberFormat = number_format(document, code)


def _code(value: Any) -> str | None:
    if isinstance(value, bool):
        return _TRUTH
    if isinstance(value, dt.datetime):
        return _DATE if value.time() == dt.time() else _DATE_AND_TIME
    if isinstance(value, dt.date):
        return _DATE
    return _TIME if isinstance(value, dt.time) else None


def _ranges(document: Document, cells: Any, places: list[_Position]) -> Any:
    """The cells at these positions of a block, as one object."""
    origin = cells.getRangeAddress()
    ranges = document.model.createInstance("com.sun.star.sheet.SheetCellRanges")
    addresses = [
        area(origin.Sheet, origin.StartRow + row + 1, origin.StartColumn + column + 1, rows, 1)
        for row, column, rows in _runs(places)
    ]
    ranges.addRangeAddresses(tuple(addresses), True)
    return ranges


def _runs(places: Iterable[_Position]) -> Iterator[tuple[int, int, int]]:
    """First row, column and length of each run of cells below one another."""
    start: tuple[int, int] | None = None
    length = 0
    for column, row in sorted((column, row) for row, column in places):
        if start is not None and (row, column) == (start[0] + length, start[1]):
            length += 1
            continue
        if start is not None:
            yield (*start, length)
        start, length = (row, column), 1
    if start is not None:
        yield (*start, length)
