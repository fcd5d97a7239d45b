"""Which row of a sheet is its header, and which column is which? By text and aliases, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from pyxl.catalogue.model import Column
from pyxl.core.issue import Issue, issue
from pyxl.core.place import CellRef
from pyxl.excel.cells import clean, half_width, is_blank, shown
from pyxl.excel.grid import RawSheet
from pyxl.excel.remembering import remembered
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["Header", "find_header", "plain"]

_DEPTH = 30  # a header stands within the first rows of its sheet

_Places: TypeAlias = list[tuple[str, int]]  # column key, 1-based column


@record
class Header:
    """A header: its last row, the place of each column found, and what is to be said about it."""

    row: int
    places: dict[str, int]  # column key → 1-based column
    issues: tuple[Issue, ...] = ()
    columns: frozenset[int] = frozenset()  # all that have a header, known or not


@remembered
def plain(text: str) -> str:
    """A header as it counts for matching: no spaces, no line breaks, no asterisk or 必填 mark."""
    return _decoration().sub("", half_width(text)).strip(":")


@cache
def _decoration() -> re.Pattern[str]:
    required = phrase("words", "cells", "required")
    return re.compile(rf"\s+|[*＊]|[(（\[]?{required}[)）\]]?")  # noqa: RUF001


def find_header(sheet: RawSheet, columns: Iterable[Column]) -> Header | None:
    """The row that holds most of the columns' headers; None when no row holds two of them.

    A header over two rows (merged group titles above their columns) is read as one.
    """
    columns = tuple(columns)
    if delivered := _as_delivered(sheet, columns):
        return delivered
    known = {plain(name): column.key for column in columns for name in column.aliases}
    known |= {plain(column.label): column.key for column in columns}
    labels = {plain(column.label) for column in columns}
    rows = [_match(sheet, row, known, labels) for row in range(1, min(len(sheet.rows), _DEPTH) + 1)]
    found = [(top, top, row) for top, row in enumerate(rows, 1)]
    pairs = list(pairwise(found))
    found += [
        (top, low, [*upper, *lower]) for (top, _, upper), (low, _, lower) in pairs if _is_pair(sheet, low, upper, lower)
    ]
    if not found:
        return None
    # where two hold as many, the first; a single row before a pair
    top, last, best = max(found, key=lambda each: (len(_keys(each[2])), each[0] - each[1], -each[0]))
    return _header(sheet, top, last, best) if len(_keys(best)) >= min(2, len(columns)) else None


def _as_delivered(sheet: RawSheet, columns: tuple[Column, ...]) -> Header | None:
    """The header where a row is just the columns' labels, in order, and no row above has room for as many.

    Nothing could match better, so nothing else need be looked at; nearly every sheet is like that.
    """
    labels = tuple([column.label for column in columns])
    row = next((n for n, line in enumerate(sheet.rows[:_DEPTH], 1) if len(line) - line.count(None) >= len(labels)), 0)
    if not row or sheet.rows[row - 1] != labels or len(set(map(plain, labels))) < len(labels):
        return None
    places = {column.key: place for place, column in enumerate(columns, 1)}
    return Header(row, places, (), frozenset(places.values()))


def _is_pair(sheet: RawSheet, low: int, upper: _Places, lower: _Places) -> bool:
    """Whether the lower row adds columns under titles of the upper, and the upper has some that go down to it."""
    above = {place for key, place in upper if key not in _keys(lower)}
    below = {place for key, place in lower if key not in _keys(upper)}
    return len(below) > 1 and any(is_blank(sheet.cell(low, place)) for place in above)


def _keys(found: _Places) -> set[str]:
    return {key for key, _ in found}


def _match(sheet: RawSheet, row: int, known: dict[str, str], labels: set[str]) -> _Places:
    """(column key, place) for each cell of the row that is a known header.

    Where a column's own name stands, another name that could mean it means something of its own.
    """
    texts = ((place, plain(cell)) for place, cell in enumerate(sheet.rows[row - 1], 1) if isinstance(cell, str))
    found = [(known[text], place, text in labels) for place, text in texts if text in known]
    named = {key for key, _, is_label in found if is_label}
    return [(key, place) for key, place, is_label in found if is_label or key not in named]


def _header(sheet: RawSheet, top: int, row: int, found: _Places) -> Header:
    places: dict[str, int] = {}
    issues: list[Issue] = []
    for key, place in found:
        if key in places:
            line = row if sheet.cell(row, place) is not None else top
            first = CellRef(sheet.name, row, places[key]).cell
            label = clean(shown(sheet.cell(line, place)))
            where = CellRef(sheet.name, line, place)
            issues.append(issue("header_duplicate", where, found=label, label=label, first=first))
        places.setdefault(key, place)
    taken = {place for _, place in found}
    for line in {top: None, row: None}:
        for place, cell in enumerate(sheet.rows[line - 1], 1):
            text = clean(shown(cell))
            if text and place not in taken and _has_values(sheet, row, place):
                taken.add(place)
                issues.append(issue("header_unknown", CellRef(sheet.name, line, place), found=text, label=text))
    return Header(row, places, tuple(issues), frozenset(taken))


def _has_values(sheet: RawSheet, row: int, place: int) -> bool:
    """Whether anything stands below: an empty surplus column is nobody's business."""
    return any(len(line) >= place and not is_blank(line[place - 1]) for line in sheet.rows[row:])
