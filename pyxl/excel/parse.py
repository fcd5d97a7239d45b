"""How raw cells become a Ledger; the same for closed files and for open books."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from pyxl.catalogue.model import ActivityType, Catalogue, ColumnType
from pyxl.core.issue import Issue, issue
from pyxl.core.ledger import Entry, Ledger, SkippedRow, Value
from pyxl.core.place import CellRef, column_letters
from pyxl.errors import WorkbookError
from pyxl.excel.cells import clean, half_width, is_blank, plain, read_cell, shown
from pyxl.excel.cover import read_cover, reporting_period
from pyxl.excel.grid import RawBook, RawSheet, RawValue
from pyxl.excel.headers import Header, find_header
from pyxl.excel.remembering import remembered
from pyxl.excel.tabs import assign
from pyxl.excel.wording import read_wording
from pyxl.text import phrase, phrases

__all__ = ["parse"]

_NUMBERS = (ColumnType.INTEGER, ColumnType.DECIMAL)


@dataclass(eq=False, repr=False)
class _Findings:
    """What reading has gathered so far."""

    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    skipped: list[SkippedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)


def parse(book: RawBook, catalogue: Catalogue) -> Ledger:
    """The ledger a workbook holds. Raises WorkbookError when no sheet of the catalogue is in it."""
    sheets, issues = assign(book, catalogue)
    if not sheets:
        raise WorkbookError("no_ledger_sheets", file=book.name)
    cover, places, cover_issues = read_cover(book, catalogue)
    found = _Findings(issues=[*issues, *cover_issues])
    year = cover.get("year")
    for activity in catalogue.activities:
        if sheet := sheets.get(activity.key):
            _read_sheet(sheet, activity, year if isinstance(year, int) else None, found)
    wording, wording_issues = read_wording(book, catalogue)
    return Ledger(
        cover=cover,
        cover_places=places,
        entries=found.entries,
        wording=wording,
        skipped=tuple(found.skipped),
        issues=(*found.issues, *wording_issues),
        period=reporting_period(cover),
        missing=frozenset(set(catalogue.by_key) - set(sheets)),
        columns=found.columns,
    )


def _read_sheet(sheet: RawSheet, activity: ActivityType, year: int | None, found: _Findings) -> None:
    """Reads one activity's rows into `found`."""
    header = find_header(sheet, activity.columns)
    if header is None:
        if not all(map(is_blank, chain.from_iterable(sheet.rows))):
            found.issues.append(issue("header_missing", CellRef(sheet.name), label=activity.columns[0].label))
        return
    found.columns[activity.key] = header.places
    found.issues += header.issues
    missing = _missing_columns(sheet, activity, header)
    found.issues += missing
    merges = _merged_below(sheet, header.row)
    entries: list[Entry] = []
    skipped: list[SkippedRow] = []
    columns = [(key, place - 1) for key, place in header.places.items()]
    for number, line in enumerate(sheet.rows[header.row :], header.row + 1):
        if line.count(None) == len(line):  # most of a table is blank
            continue
        width = len(line)
        cells = {key: line[place] if place < width else None for key, place in columns}
        if all(map(is_blank, cells.values())):
            continue
        if reason := _row_mark(sheet, number):
            skipped.append(SkippedRow(sheet.name, number, reason))
            found.issues.append(issue(reason, CellRef(sheet.name, number)))
            continue
        beside = [merge for merge in merges if merge[0] <= number <= merge[2]]
        _fill_merged(sheet, number, cells, header, activity, beside, found.issues)
        entries.append(_entry(sheet, number, cells, header, activity, year, found.issues))
    found.entries[activity.key] = tuple(entries)
    found.issues += _hidden(sheet, entries, activity, header)
    found.skipped += skipped
    found.issues += [issue("far_cell", CellRef(sheet.name, row, column)) for row, column in sheet.far]
    # Where a column is asked for, what stands without a header is most likely that column.
    outside = [] if missing else _outside(sheet, header, {row.row for row in skipped})
    found.issues += outside
    if entries and not outside:
        found.issues += _missed_columns(sheet, activity, header)


def _outside(sheet: RawSheet, header: Header, skipped: set[int]) -> list[Issue]:
    """What stands in columns without a header, the first cell of each: nobody reads it."""
    issues = []
    seen = set(header.columns)
    for number in range(header.row + 1, len(sheet.rows) + 1):
        for place, cell in enumerate(sheet.rows[number - 1], 1):
            if place not in seen and number not in skipped and not is_blank(cell):
                seen.add(place)
                where = CellRef(sheet.name, number, place)
                issues.append(issue("cells_outside_table", where, found=clean(shown(cell))))
    return issues


def _missing_columns(sheet: RawSheet, activity: ActivityType, header: Header) -> list[Issue]:
    """A required column that is not there makes every row unsure."""
    return [
        issue("column_missing", CellRef(sheet.name, header.row), label=column.label)
        for column in activity.columns
        if column.required and column.key not in header.places
    ]


def _missed_columns(sheet: RawSheet, activity: ActivityType, header: Header) -> list[Issue]:
    """Other columns that are not there, as far as anything rests on them: the state, and those of figures."""
    used = {key for total in activity.totals for key in (*total.columns, *total.where)}
    gone = [column for column in activity.columns if column.key not in header.places and not column.required]
    labels = phrase("words", "grammar", "separator").join(column.label for column in gone if column.key in used)
    where = CellRef(sheet.name, header.row)
    issues = [issue("state_missed", where)] if activity.has("state") and "state" not in header.places else []
    return [*issues, issue("columns_missed", where, labels=labels)] if labels else issues


def _entry(
    sheet: RawSheet,
    number: int,
    cells: dict[str, RawValue],
    header: Header,
    activity: ActivityType,
    year: int | None,
    issues: list[Issue],
) -> Entry:
    values: dict[str, Value] = {}
    typed: dict[str, str] = {}
    unreadable: set[str] = {c.key for c in activity.columns if c.required and c.key not in header.places}
    for key, raw in cells.items():
        if raw is None:
            values[key], typed[key] = None, ""
            continue
        column = activity.column(key)
        if found := plain(raw, column):
            values[key], typed[key] = found
            continue
        reading = read_cell(raw, column, year)
        values[key] = reading.value
        typed[key] = clean(shown(raw))
        if reading.unreadable:
            unreadable.add(key)
        if reading.findings:
            where = CellRef(sheet.name, number, header.places[key])
            issues += [issue(f.code, where, found=typed[key], **f.params) for f in reading.findings]
    return Entry(activity.key, sheet.name, number, values, header.places, typed, frozenset(unreadable))


def _row_mark(sheet: RawSheet, number: int) -> str:
    """Which kind of non-entry the row is (a key of words.toml [row_marks]), or nothing.

    Such a row begins with its mark, which stands alone in its cell or before a colon.
    """
    return _mark_in(next((shown(cell) for cell in sheet.rows[number - 1] if not is_blank(cell)), ""))


@remembered
def _mark_in(text: str) -> str:
    first = half_width(text)
    alone = re.sub("[\\s:()\\[\\]\u3010\u3011]", "", first)
    for reason, mark in _marks():
        if alone == mark or first.startswith(f"{mark}:"):
            return reason
    return ""


@cache
def _marks() -> tuple[tuple[str, str], ...]:
    marks = phrases("words", "row_marks")
    return tuple((reason, mark) for reason, several in marks.items() for mark in several.split("|"))


def _merged_below(sheet: RawSheet, header_row: int) -> list[tuple[int, int, int, int]]:
    """Merged ranges among the entries (titles above the header are left alone)."""
    return [merge for merge in sheet.merges if merge[0] > header_row]


def _fill_merged(
    sheet: RawSheet,
    number: int,
    cells: dict[str, RawValue],
    header: Header,
    activity: ActivityType,
    merges: Sequence[tuple[int, int, int, int]],
    issues: list[Issue],
) -> None:
    """Gives a cell inside a merged range the range's value, if it is text or a date; counts are refused."""
    if not merges:
        return
    for key, place in header.places.items():
        column = activity.column(key)
        for first_row, first_column, last_row, last_column in merges:
            if not first_column <= place <= last_column:
                continue
            name = f"{column_letters(first_column)}{first_row}:{column_letters(last_column)}{last_row}"
            where = CellRef(sheet.name, number, place)
            if first_column != last_column or column.type in _NUMBERS:
                issues.append(issue("merged_cells", where, label=column.label, range=name))
            elif number > first_row:
                cells[key] = sheet.cell(first_row, first_column)
                issues.append(issue("merged_filled", where, label=column.label, range=name))


def _hidden(sheet: RawSheet, entries: list[Entry], activity: ActivityType, header: Header) -> list[Issue]:
    """Hidden rows, columns and sheets are read like the others, and said to be."""
    where, issues = CellRef(sheet.name), []
    if rows := [entry.row for entry in entries if entry.row in sheet.hidden_rows]:
        issues.append(issue("hidden_rows", where, count=len(rows), rows=_listing(rows)))
    keys = [key for key, place in header.places.items() if place in sheet.hidden_columns]
    if filled := [key for key in keys if any(entry.typed.get(key) for entry in entries)]:
        labels = phrase("words", "grammar", "separator").join(activity.column(key).label for key in filled)
        issues.append(issue("hidden_columns", where, labels=labels))
    if entries and sheet.state != "visible":
        issues.append(issue("hidden_sheet", where, count=len(entries)))
    return issues


def _listing(rows: list[int]) -> str:
    return ", ".join(map(str, rows[:8])) + (" …" if len(rows) > 8 else "")
