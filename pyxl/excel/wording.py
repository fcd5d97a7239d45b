"""What does the sheet 总结文字 say: which wording did the secretary keep, change, add or drop?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from pyxl.catalogue.documents import KINDS, meant_for
from pyxl.catalogue.model import Catalogue, Clause, Column, ColumnType
from pyxl.core.issue import Issue, issue
from pyxl.core.ledger import Value, WordingRow
from pyxl.core.place import CellRef
from pyxl.excel.cells import clean, is_blank, read_cell, shown
from pyxl.excel.grid import RawBook, RawValue
from pyxl.excel.headers import find_header
from pyxl.excel.tabs import find_sheet
from pyxl.text import phrase

__all__ = ["read_wording"]


_READ = frozenset(
    {"key", "section", "form", "when", "text", "used", "documents"}
)  # the other columns are the secretary's own
_NAMED = 5  # so many clauses are named where several are absent
_NEEDED = ("key", "text")  # without them nobody could tell what was changed, or what is to be written


def read_wording(book: RawBook, catalogue: Catalogue) -> tuple[tuple[WordingRow, ...], list[Issue]]:
    """The rows of the wording sheet in order, and what could not be read; none when the sheet is not there."""
    sheet = find_sheet(book, phrase("words", "sheets", "wording"))
    if sheet is None or all(map(is_blank, chain.from_iterable(sheet.rows))):
        return (), []
    columns = {column.key: _plain(column) for column in catalogue.wording}
    header = find_header(sheet, catalogue.wording)
    if header is None:
        return (), [issue("header_missing", CellRef(sheet.name), label=catalogue.wording[0].label)]
    issues = list(header.issues)
    if missing := [columns[key].label for key in _NEEDED if key not in header.places]:
        where = CellRef(sheet.name, header.row)
        return (), issues + [issue("column_missing", where, label=label) for label in missing]
    rows: list[WordingRow] = []
    for number in range(header.row + 1, len(sheet.rows) + 1):
        cells = {key: sheet.cell(number, place) for key, place in header.places.items() if key in _READ}
        if not all(map(is_blank, cells.values())):
            places = {key: CellRef(sheet.name, number, place) for key, place in header.places.items()}
            rows.append(_row(CellRef(sheet.name, number), cells, columns, places, issues))
    older = "documents" not in header.places
    return tuple(rows), [*issues, *_absent(rows, catalogue, CellRef(sheet.name), older=older), *_twice(rows, catalogue)]


def _absent(rows: list[WordingRow], catalogue: Catalogue, sheet: CellRef, *, older: bool) -> Iterator[Issue]:
    """Clauses that will be written though their rows were deleted: one issue for all of them.

    A sheet of a ledger `older` than the wording for single documents never had its rows: it knew one summary only.
    """
    there = {row.key for row in rows}
    expected = (clause for clause in catalogue.clauses if clause.used and not (older and _is_newer(clause)))
    absent = [clause.key for clause in expected if clause.key not in there]
    if absent:
        keys = phrase("words", "grammar", "separator").join(absent[:_NAMED])
        keys += "\u2026" if len(absent) > _NAMED else ""
        yield issue("wording_absent", sheet, count=len(absent), keys=keys)


def _is_newer(clause: Clause) -> bool:
    """Whether a clause is for other documents than the half-year's, or stands there for another one."""
    return bool(clause.instead_of) or not any(meant_for(clause.documents, part) for part in KINDS["half"])


def _twice(rows: list[WordingRow], catalogue: Catalogue) -> Iterator[Issue]:
    """Rows that will be written although another of the same number is; a changed copy may replace its original."""
    offered = {clause.key: clause.used for clause in catalogue.clauses}
    seen: dict[str, WordingRow] = {}
    for row in rows:
        used = offered.get(row.key, True) if row.used is None else row.used
        if not (row.key and row.text and used):
            continue
        earlier = seen.setdefault(row.key, row)
        if earlier is not row:
            first = earlier.places["key"].cell
            yield issue("wording_twice", row.places["key"], found=row.key, key=row.key, first=first)


def _plain(column: Column) -> Column:
    """The column as text: which sections and forms there are is not for the reader to say."""
    return column if column.key == "used" else replace(column, type=ColumnType.LONGTEXT)


def _row(
    where: CellRef,
    cells: dict[str, RawValue],
    columns: dict[str, Column],
    places: dict[str, CellRef],
    issues: list[Issue],
) -> WordingRow:
    texts: dict[str, str] = {}
    used: Value = None
    for key, raw in cells.items():
        reading = read_cell(raw, columns[key], None)
        if key == "used":
            used = reading.value
        else:
            texts[key] = str(reading.value or "")
        issues += [issue(f.code, places[key], found=clean(shown(raw)), **f.params) for f in reading.findings]
    return WordingRow(
        place=where,
        key=texts.get("key", ""),
        section=texts.get("section", ""),
        form=texts.get("form", ""),
        when=texts.get("when", ""),
        text=texts.get("text", ""),
        used=used if isinstance(used, bool) else None,
        places=places,
        documents=texts.get("documents", ""),
    )
