"""Which sheet of a workbook belongs to which activity type, when tabs were renamed or copied?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain

from pyxl.catalogue.model import ActivityType, Catalogue
from pyxl.core.issue import Issue, issue
from pyxl.core.place import CellRef
from pyxl.core.travelling import travelling
from pyxl.excel.cells import half_width, is_blank
from pyxl.excel.grid import RawBook, RawSheet
from pyxl.excel.headers import find_header
from pyxl.excel.remembering import remembered
from pyxl.text import phrase, phrases

__all__ = ["assign", "catalogue_for", "find_sheet"]


@remembered
def _plain(name: str) -> str:
    return re.sub(r"\s+", "", half_width(name))


@remembered
def _stem(name: str) -> str:
    """The name without what copying adds: (2), - 副本."""
    return _added_by_copying().sub("", _plain(name))


@cache
def _added_by_copying() -> re.Pattern[str]:
    marks = phrase("words", "cells", "copy_marks")
    return re.compile(rf"(?:-?(?:{marks})|\(\d+\))+$")


def find_sheet(book: RawBook, name: str) -> RawSheet | None:
    """The sheet of that name, spaces and width aside."""
    return book.sheet(name) or next((s for s in book.sheets if _plain(s.name) == _plain(name)), None)


def catalogue_for(book: RawBook, catalogue: Catalogue) -> Catalogue:
    """The catalogue that a workbook is to be read by: of what travels, where it has the sheet of units."""
    for register in catalogue.register:
        sheet = find_sheet(book, register.label)
        header = find_header(sheet, register.columns) if sheet else None
        if header and header.places.keys() >= {column.key for column in register.columns}:
            return travelling(catalogue)
    return catalogue


def assign(book: RawBook, catalogue: Catalogue) -> tuple[dict[str, RawSheet], list[Issue]]:
    """Activity key → its sheet, and an issue for each sheet that is missing, renamed, or there twice."""
    own = {_plain(name) for name in (*phrases("words", "sheets").values(), phrase("sheets", "names", "lists"))}
    own |= {_plain(name) for name in phrases("collecting", "sheets").values()}
    taken: set[str] = set()
    free = [sheet for sheet in book.sheets if _plain(sheet.name) not in own]
    spelt = [(sheet, _spellings(sheet.name)) for sheet in free]
    found: dict[str, RawSheet] = {}
    issues: list[Issue] = []
    for activity in catalogue.activities:
        candidates = _candidates(activity, spelt)
        if not candidates:
            continue
        found[activity.key] = candidates[0]
        name = candidates[0].name
        if name != activity.label:
            issues.append(issue("sheet_renamed", CellRef(name), found=name, label=activity.label))
        issues += [
            issue("sheet_twice", CellRef(extra.name), found=extra.name, label=activity.label, first=name)
            for extra in candidates[1:]
            if extra.rows
        ]
        taken.update(sheet.name for sheet in candidates)
    spare = [sheet for sheet in free if sheet.name not in taken]
    names = [sheet.name for sheet in spare]
    for activity in catalogue.activities:
        if activity.key not in found:
            near = _near(activity.label, names)
            where = CellRef(activity.label)
            taken.add(near)  # told here
            if near:
                issues.append(issue("sheet_missing_near", where, label=activity.label, near=near))
            else:
                issues.append(issue("sheet_missing", where, label=activity.label))
    issues += [each for sheet in spare if sheet.name not in taken for each in _passed_over(sheet, catalogue)]
    return found, issues


def _passed_over(sheet: RawSheet, catalogue: Catalogue) -> Iterator[Issue]:
    """What is said of a sheet that nobody reads: more where it holds dated rows, nothing where it is empty."""
    count = _records(sheet, catalogue)
    if count:
        yield issue("sheet_not_counted", CellRef(sheet.name), found=sheet.name, count=count)
    elif sheet.state == "visible" and not all(map(is_blank, chain.from_iterable(sheet.rows))):
        yield issue("sheet_unknown", CellRef(sheet.name), found=sheet.name)


def _records(sheet: RawSheet, catalogue: Catalogue) -> int:
    """Rows below a header like our sheets': the date, and another column that several of them have."""
    often = Counter(column.key for activity in catalogue.activities for column in activity.columns)
    columns = {
        column.key: column for activity in catalogue.activities for column in activity.columns if often[column.key] > 1
    }
    header = find_header(sheet, columns.values())
    if header is None or not {activity.date for activity in catalogue.activities}.intersection(header.places):
        return 0
    places = header.places.values()
    below = range(header.row + 1, len(sheet.rows) + 1)
    return sum(not all(is_blank(sheet.cell(row, place)) for place in places) for row in below)


def _near(name: str, names: list[str]) -> str:
    """The name most like it; nothing when none is."""
    from difflib import get_close_matches  # no need of it while every sheet is there

    return next(iter(get_close_matches(name, names, 1, 0.6)), "")


@remembered
def _spellings(name: str) -> frozenset[str]:
    return frozenset((name, _plain(name), _stem(name)))


def _candidates(activity: ActivityType, spelt: Iterable[tuple[RawSheet, frozenset[str]]]) -> list[RawSheet]:
    """The sheets that could be this activity's, the best first."""
    names = {activity.label, *activity.aliases}
    sheets = [sheet for sheet, spellings in spelt if not names.isdisjoint(spellings)]  # of twenty sheets one
    ranks: list[Callable[[str], bool]] = [
        lambda name: name == activity.label,
        lambda name: _plain(name) == activity.label,
        lambda name: _plain(name) in activity.aliases,
        lambda name: _stem(name) in names,
    ]
    ranked = [(next((n for n, fits in enumerate(ranks) if fits(s.name)), None), s) for s in sheets]
    return [sheet for rank, sheet in sorted((p for p in ranked if p[0] is not None), key=lambda pair: pair[0] or 0)]
