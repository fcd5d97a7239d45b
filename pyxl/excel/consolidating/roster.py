"""Which units are expected? A workbook with a list of them: code and name, or the name alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pyxl.catalogue.model import Column
from pyxl.core.matching import alike
from pyxl.core.place import CellRef
from pyxl.core.standing import Expected
from pyxl.errors import WorkbookError
from pyxl.excel.cells import clean, half_width, is_blank, shown
from pyxl.excel.closed.reading import read_book
from pyxl.excel.grid import RawBook, RawSheet
from pyxl.excel.headers import find_header
from pyxl.text import phrase, phrases

__all__ = ["Roster", "read_roster"]

_EXACT = 10**15  # from here on a cell does not hold every digit of a number


class Roster(NamedTuple):
    """The units expected, and what is to be said of the list."""

    units: tuple[Expected, ...] = ()
    notes: tuple[str, ...] = ()


class _Listed(NamedTuple):
    """A unit on its row, and what else is written there."""

    unit: Expected
    where: CellRef  # of its code, or of its name where it has none
    texts: frozenset[str]


def read_roster(path: Path) -> Roster:
    """The units of the first sheet that lists any, in its order, each once.

    Raises WorkbookError, also when nobody can tell from the list which unit is which.
    """
    columns = _columns()
    book = _opened(path)
    for sheet in book.sheets:
        found = _each_once(tuple(_listed(sheet, columns, path.name)), path.name)
        if found.units:
            return found
    raise WorkbookError("no_roster", file=path.name)


def _opened(path: Path) -> RawBook:
    """A list that is no workbook is told what a list should be, not a ledger."""
    try:
        return read_book(path)
    except WorkbookError as error:
        if error.code.startswith("kind_"):
            raise WorkbookError("roster_kind", file=path.name) from None
        raise


def _each_once(listed: Sequence[_Listed], file: str) -> Roster:
    """By code, or by name where there is none; a name alone that stands there with a code, too, is that unit."""
    coded = {alike(each.unit.name): each for each in listed if each.unit.code}
    found: dict[str, _Listed] = {}
    notes: list[str] = []
    for each in listed:
        first = found.get(alike(each.unit.identity)) or (None if each.unit.code else coded.get(alike(each.unit.name)))
        if first is None:
            found[alike(each.unit.identity)] = each
        else:
            _refuse_others(each, first, file)
            words = {"row": each.where.row, "first": first.where.row, "name": each.unit.name or each.unit.code}
            notes.append(phrase("collecting", "roster_notes", "twice", **words))
    return Roster(tuple(each.unit for each in found.values()), tuple(notes))


def _refuse_others(each: _Listed, first: _Listed, file: str) -> None:
    """Two units under one code, or under one name without codes: whoever is missing would not be missed."""
    places = {"file": file, "cell": each.where.address, "first": first.where.address}
    names = each.unit.name, first.unit.name
    if each.unit.code and all(names) and alike(names[0]) != alike(names[1]):
        raise WorkbookError("roster_code_twice", written=each.unit.code, name=names[0], other=names[1], **places)
    if not each.unit.code and not first.unit.code and each.texts != first.texts:
        raise WorkbookError("roster_name_twice", name=names[0], **places)


def _columns() -> tuple[Column, ...]:
    return tuple(
        Column(key, names[0], aliases=tuple(names[1:]))
        for key in ("code", "unit")
        if (names := phrase("collecting", "roster", key).split("|"))
    )


def _listed(sheet: RawSheet, columns: tuple[Column, ...], file: str) -> Iterator[_Listed]:
    header = find_header(sheet, columns) or find_header(sheet, columns[1:])
    if header is None or "unit" not in header.places:
        return
    for row in range(header.row + 1, len(sheet.rows) + 1):
        code, name = (clean(shown(sheet.cell(row, header.places.get(key, 0)))) for key in ("code", "unit"))
        if (code or name) and not _says_something_else(sheet, row):
            where = CellRef(sheet.name, row, header.places["code" if code else "unit"])
            _refuse_rounded(sheet, where, file)
            yield _Listed(Expected(code, name), where, _texts(sheet, row))


def _refuse_rounded(sheet: RawSheet, where: CellRef, file: str) -> None:
    """A long code that was typed as a number is not the code any more."""
    value = sheet.cell(where.row or 0, where.column or 0)
    if isinstance(value, int | float) and abs(value) >= _EXACT:
        raise WorkbookError("roster_code_rounded", file=file, cell=where.address)


def _texts(sheet: RawSheet, row: int) -> frozenset[str]:
    """Whatever is written on the row; its number, or another, says nothing of which unit it is."""
    return frozenset(alike(cell) for cell in sheet.rows[row - 1] if isinstance(cell, str) and not is_blank(cell))


def _says_something_else(sheet: RawSheet, row: int) -> bool:
    """Whether it is a row below the list, which sums it up or explains it."""
    first = half_width(next((shown(cell) for cell in sheet.rows[row - 1] if not is_blank(cell)), ""))
    marks = (mark for several in phrases("words", "row_marks").values() for mark in several.split("|"))
    return any(first.rstrip(":") == mark or first.startswith(f"{mark}:") for mark in marks)
