"""What does a document tell of the rows of one unit, made once, wherever among others' rows they come to stand?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pyxl.catalogue.model import ActivityType, Catalogue
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.period import Period
from pyxl.core.provenance import Provenance, SourceRow, assembled, row_digest, told_cell, told_columns
from pyxl.core.totals import Figure, Totals, rows_behind
from pyxl.core.travelling import REGISTER
from pyxl.core.validation import Validation
from pyxl.record import record

__all__ = ["UnitRows", "decoded", "encoded", "provenance_of_units", "unit_rows"]


@record
class UnitRows:
    """Of each row its digest and what is told of it; of each figure which rows it rests on."""

    rows: Mapping[str, list[list[str]]]  # activity key → row by row: the digest, then a text for each told column
    figures: Mapping[str, list[int]]  # "activity.total" → places among the activity's rows; not there: all of them


def unit_rows(validation: Validation, catalogue: Catalogue) -> UnitRows:
    """Those of the rows of one unit that count, by the travelling `catalogue`."""
    rows: dict[str, list[list[str]]] = {}
    figures: dict[str, list[int]] = {}
    for activity in catalogue.activities:
        counted = validation.counted.get(activity.key, ())
        if activity.key == REGISTER or not counted:
            continue
        keys = [column.key for column in told_columns(activity)]
        rows[activity.key] = [[row_digest(row, activity), *(told_cell(row, key) for key in keys)] for row in counted]
        places = {id(row): place for place, row in enumerate(counted)}
        for total in activity.totals:
            behind = rows_behind(activity, total, validation)
            if len(behind) < len(counted):
                figures[f"{activity.key}.{total.key}"] = [places[id(row)] for row in behind]
    return UnitRows(rows, figures)


def encoded(found: UnitRows) -> bytes:
    """The bytes that `decoded` makes the same of."""
    return json.dumps([found.rows, found.figures], ensure_ascii=False, separators=(",", ":")).encode()


def decoded(content: bytes) -> UnitRows:
    """What was encoded. Raises ValueError or TypeError for anything else."""
    rows, figures = json.loads(content)
    return UnitRows(rows, figures)


def provenance_of_units(
    ledger: Ledger,
    catalogue: Catalogue,
    period: Period,
    totals: Totals,
    units: Sequence[UnitRows],
    *,
    file: str,
    program: str,
) -> Provenance:
    """What the figures of a ledger of many units rest on, of which nobody has read the units' rows.

    They stand unit by unit, on each sheet below the first row of the `ledger`'s sheet of units, which has been read.
    """
    register = ledger.rows(REGISTER)
    first = register[0].row
    rows = [row for activity in catalogue.activities for row in _standing(activity, ledger, units, first)]
    names = [(activity, total) for activity in catalogue.activities for total in activity.totals]
    whole = Validation(period, period.end, (), {REGISTER: register}, (), ())
    figures: list[Figure] = []
    for (activity, total), figure in zip(names, totals.figures, strict=True):
        if activity.key == REGISTER:
            behind = tuple(row.ref for row in rows_behind(activity, total, whole))
        else:
            behind = tuple(_behind(activity, total.key, units, first))
        figures.append(replace(figure, rows=behind))
    return assembled(
        ledger, catalogue, period, replace(totals, figures=tuple(figures)), rows, file=file, program=program
    )


def _standing(activity: ActivityType, ledger: Ledger, units: Sequence[UnitRows], first: int) -> Iterator[SourceRow]:
    """The rows of one sheet, each where it comes to stand."""
    columns = told_columns(activity)
    if activity.key == REGISTER:
        found = (_of_register(row, activity) for row in ledger.rows(REGISTER))
    else:
        found = (row for unit in units for row in unit.rows.get(activity.key, ()))
    for number, (digest, *texts) in enumerate(found, first):
        told = {column.label: text for column, text in zip(columns, texts, strict=True) if text}
        yield SourceRow(activity.label, number, told, digest)


def _of_register(row: Entry, register: ActivityType) -> list[str]:
    return [row_digest(row, register), *(told_cell(row, column.key) for column in told_columns(register))]


def _behind(activity: ActivityType, total: str, units: Sequence[UnitRows], first: int) -> Iterator[str]:
    """Refs of the rows that a figure rests on."""
    name, start = f"{activity.key}.{total}", first
    for unit in units:
        count = len(unit.rows.get(activity.key, ()))
        places = unit.figures.get(name)
        for place in range(count) if places is None else places:
            yield f"{activity.label}!{start + place}"
        start += count
