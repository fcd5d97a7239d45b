"""How raw cells become a Ledger; the same for closed files and for open books."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import NamedTuple

from pyxl.catalogue.model import ActivityType, Catalogue, Column, ColumnType
from pyxl.core.issue import Issue, issue
from pyxl.core.ledger import Entry, Ledger, SkippedRow, Value
from pyxl.core.place import CellRef, column_letters
from pyxl.errors import WorkbookError
from pyxl.excel.cells import clean, half_width, is_blank, read_cell, shown
from pyxl.excel.cover import read_cover, reporting_period
from pyxl.excel.glances import Glance, glance
from pyxl.excel.grid import RawBook, RawSheet, RawValue
from pyxl.excel.headers import Header, find_header
from pyxl.excel.remembering import remembered
from pyxl.excel.tabs import assign, find_sheet
from pyxl.excel.wording import read_wording
from pyxl.text import phrase, phrases

__all__ = ["parse", "row_mark"]

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
        raise WorkbookError("collected_without_rows" if _is_collected(book) else "no_ledger_sheets", file=book.name)
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


def _is_collected(book: RawBook) -> bool:
    """Whether it is a consolidated workbook; with rows it would have sheets of a ledger."""
    return all(find_sheet(book, phrase("collecting", "sheets", key)) for key in ("survey", "standing"))


class _Table(NamedTuple):
    """A sheet whose header was found: by what its rows are read."""

    sheet: RawSheet
    activity: ActivityType
    header: Header
    year: int | None
    columns: Mapping[str, tuple[Column, Glance]]  # those that are there: what they are, and how to see a plain cell
    unsure: frozenset[str]  # keys of required columns that are not there


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
    columns = {key: (column := activity.column(key), glance(column.type)) for key in header.places}
    table = _Table(sheet, activity, header, year, columns, _required(activity).difference(header.places))
    entries, skipped = _rows(table, found.issues)
    found.entries[activity.key] = tuple(entries)
    found.issues += _hidden(sheet, entries, activity, header)
    found.skipped += skipped
    found.issues += [issue("far_cell", CellRef(sheet.name, row, column)) for row, column in sheet.far]
    # Where a column is asked for, what stands without a header is most likely that column.
    outside = [] if missing else _outside(sheet, header, {row.row for row in skipped})
    found.issues += outside
    if entries and not outside:
        found.issues += _missed_columns(sheet, activity, header)


def _rows(table: _Table, issues: list[Issue]) -> tuple[list[Entry], list[SkippedRow]]:
    """The rows below the header: what is recorded, and what is something else."""
    sheet, header = table.sheet, table.header
    merges = _merged_below(sheet, header.row)
    entries: list[Entry] = []
    skipped: list[SkippedRow] = []
    columns = [(key, place - 1) for key, place in header.places.items()]
    wide = max(header.places.values(), default=0)
    for number, line in enumerate(sheet.rows[header.row :], header.row + 1):
        if line.count(None) == len(line):  # most of a table is blank
            continue
        whole = line if len(line) >= wide else (*line, *[None] * (wide - len(line)))
        cells: Mapping[str, RawValue] = {key: raw for key, place in columns if (raw := whole[place]) is not None}
        if all(map(is_blank, cells.values())):
            continue
        if reason := row_mark(line):
            skipped.append(SkippedRow(sheet.name, number, reason))
            issues.append(issue(reason, CellRef(sheet.name, number)))
            continue
        beside = [merge for merge in merges if merge[0] <= number <= merge[2]]
        if beside:
            cells = _with_merged(table, number, cells, beside, issues)
        entries.append(_entry(table, number, cells, issues))
    return entries, skipped


def _outside(sheet: RawSheet, header: Header, skipped: set[int]) -> list[Issue]:
    """What stands in columns without a header, the first cell of each: nobody reads it."""
    issues = []
    below = sheet.rows[header.row :]
    beside = [place for place in range(1, max(map(len, below), default=0) + 1) if place not in header.columns]
    for number, line in enumerate(below if beside else (), header.row + 1):
        if number in skipped:
            continue
        for place in [place for place in beside if place <= len(line) and not is_blank(line[place - 1])]:
            beside.remove(place)
            where = CellRef(sheet.name, number, place)
            issues.append(issue("cells_outside_table", where, found=clean(shown(line[place - 1]))))
    return issues


def _required(activity: ActivityType) -> frozenset[str]:
    return frozenset(column.key for column in activity.columns if column.required)


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


def _entry(table: _Table, number: int, cells: Mapping[str, RawValue], issues: list[Issue]) -> Entry:
    """One row; `cells` are those in which there is something."""
    places, columns = table.header.places, table.columns
    values: dict[str, Value] = dict.fromkeys(places)
    typed = dict.fromkeys(places, "")
    unreadable = table.unsure
    for key, raw in cells.items():
        column, look = columns[key]
        if found := look(raw, column):
            values[key], typed[key] = found
            continue
        reading = read_cell(raw, column, table.year)
        values[key] = reading.value
        typed[key] = clean(shown(raw))
        if reading.unreadable:
            unreadable |= {key}
        if reading.findings:
            where = CellRef(table.sheet.name, number, places[key])
            issues += [issue(f.code, where, found=typed[key], **f.params) for f in reading.findings]
    return Entry(table.activity.key, table.sheet.name, number, values, places, typed, unreadable)


def row_mark(line: Sequence[RawValue]) -> str:
    """Which kind of non-entry the row is (a key of words.toml [row_marks]), or nothing.

    Such a row begins with its mark, which stands alone in its cell or before a colon.
    """
    first = next((cell for cell in line if not is_blank(cell)), None)
    return _mark_in(first) if isinstance(first, str) else ""


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


def _with_merged(
    table: _Table,
    number: int,
    cells: Mapping[str, RawValue],
    merges: Sequence[tuple[int, int, int, int]],
    issues: list[Issue],
) -> dict[str, RawValue]:
    """The cells, one inside a merged range with the range's value, if it is text or a date; counts are refused."""
    sheet, filled = table.sheet, dict.fromkeys(table.header.places) | dict(cells)
    for key, place in table.header.places.items():
        column = table.activity.column(key)
        for first_row, first_column, last_row, last_column in merges:
            if not first_column <= place <= last_column:
                continue
            name = f"{column_letters(first_column)}{first_row}:{column_letters(last_column)}{last_row}"
            where = CellRef(sheet.name, number, place)
            if first_column != last_column or column.type in _NUMBERS:
                issues.append(issue("merged_cells", where, label=column.label, range=name))
            elif number > first_row:
                filled[key] = sheet.cell(first_row, first_column)
                issues.append(issue("merged_filled", where, label=column.label, range=name))
    return {key: raw for key, raw in filled.items() if raw is not None}


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
