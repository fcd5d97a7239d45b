"""What do the cells of a block hold: values in their types, formulas as Excel writes them?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pyxl.hosts.libreoffice.connection import Document
from pyxl.hosts.libreoffice.formulas import from_office
from pyxl.hosts.libreoffice.values import EPOCH, CellError, moment

__all__ = ["ANY_DATE", "LOGICAL", "epoch", "format_groups", "formulas", "places_of_notes", "positions", "values"]

ANY_DATE = 2 | 4  # com.sun.star.util.NumberFormat: DATE, TIME
_DATE = 2
LOGICAL = 1024
_FORMULA = 16  # com.sun.star.sheet.CellFlags
_ANNOTATION = 8
_ERROR = 4  # com.sun.star.sheet.FormulaResult

_Rows = list[list[Any]]


def values(document: Document, cells: Any) -> _Rows:
    """The values: None, str, float, bool, datetime, CellError.

    LibreOffice keeps dates and truth values as numbers with a format, and gives nothing for an error:
    one pass over the groups of cells that share a format, and one over the formulas with errors, tell them.
    """
    rows: _Rows = [[None if value == "" else value for value in row] for row in _data(cells)]
    kinds = {type(value) for row in rows for value in row}
    if float in kinds:
        _tell_types(document, cells, rows)
    if type(None) in kinds:
        _tell_errors(cells, rows)
    return rows


def formulas(cells: Any) -> _Rows:
    """The formulas, and for other cells what one would type to get them, as text."""
    rows: _Rows = [list(row) for row in cells.getFormulaArray()]
    found = set(positions(cells.queryContentCells(_FORMULA), cells))
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            if (row, column) in found:  # one in braces belongs to a formula for a whole range
                line[column] = from_office(text[1:-1] if text.startswith("{") else text)
            elif text.startswith("'"):  # marks a text that looks like something else
                line[column] = text[1:]
    return rows


def places_of_notes(cells: Any) -> set[tuple[int, int]]:
    """Row and column, counted from 0 inside a block, of each of its cells that has a note."""
    return set(positions(cells.queryContentCells(_ANNOTATION), cells))


def format_groups(document: Document, cells: Any) -> Iterator[tuple[int, Any]]:
    """The kind of number format and the ranges that share it, for each group of cells formatted alike."""
    groups = cells.getUniqueCellFormatRanges()
    for number in range(groups.getCount()):
        group = groups.getByIndex(number)
        yield _kind(document, group.NumberFormat), group


def positions(ranges: Any, cells: Any) -> Iterator[tuple[int, int]]:
    """Row and column, counted from 0 inside a block, of each cell of some ranges in it."""
    origin = cells.getRangeAddress()
    for each in ranges.getRangeAddresses():
        for row in range(each.StartRow - origin.StartRow, each.EndRow - origin.StartRow + 1):
            for column in range(each.StartColumn - origin.StartColumn, each.EndColumn - origin.StartColumn + 1):
                yield row, column


def epoch(document: Document) -> dt.datetime:
    """The day that the document's dates are counted from."""
    day = document.model.NullDate
    return EPOCH.replace(year=day.Year, month=day.Month, day=day.Day)


def _data(cells: Any) -> tuple[tuple[Any, ...], ...]:
    return cells.getDataArray()  # type: ignore[no-any-return]


def _kind(document: Document, number_format: int) -> int:
    kind = document.formats.get(number_format)
    if kind is None:
        kind = int(document.model.getNumberFormats().getByKey(number_format).Type)
        document.formats[number_format] = kind
    return kind


def _tell_types(document: Document, cells: Any, rows: _Rows) -> None:
    for kind, group in format_groups(document, cells):
        if kind & ANY_DATE:
            first_day = epoch(document) if kind & _DATE else EPOCH  # a mere time of day is of no day
            _replace(rows, positions(group, cells), partial(moment, epoch=first_day))
        elif kind & LOGICAL:
            _replace(rows, positions(group, cells), _truth)


def _truth(number: float) -> bool | float:
    return bool(number) if number in {0.0, 1.0} else number


def _replace(rows: _Rows, places: Iterator[tuple[int, int]], converted: Callable[[float], Any]) -> None:
    for row, column in places:
        value = rows[row][column]
        if type(value) is float:
            rows[row][column] = converted(value)


def _tell_errors(cells: Any, rows: _Rows) -> None:
    for row, column in positions(cells.queryFormulaCells(_ERROR), cells):
        rows[row][column] = CellError.of(cells.getCellByPosition(column, row).getError())
