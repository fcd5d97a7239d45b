"""What of a ledger goes up to the next level, and as which columns and rules?

What is personal stays: private columns, and the names in columns that the catalogue does not mark
`upward`. Rows that count go, each with its unit and the row that it came from, so that every number of
an upper level can be traced; what the next level makes of many ledgers has the same shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from pyxl.catalogue.model import ActivityType, Catalogue, CheckSpec, Column, ColumnType
from pyxl.core.checks import kinds
from pyxl.core.checks.people import present_on
from pyxl.core.ledger import Entry, Ledger, Value
from pyxl.core.period import Period
from pyxl.core.validation import Validation
from pyxl.text import phrase

__all__ = [
    "CODE",
    "MADE",
    "NAMES",
    "ORIGIN",
    "REGISTER",
    "ROWS",
    "UNIT",
    "VIA",
    "arrived",
    "going",
    "outgoing",
    "rules_digest",
    "travelling",
]

# keys of the columns that every travelling sheet has besides its own
UNIT, CODE, ORIGIN = "reporting_unit", "reporting_code", "origin"
REGISTER = "units"  # key of the sheet that says of each unit what its cover said
# columns of that sheet: when the unit's submission was made, who passed it on, and how many rows it had
MADE, VIA, ROWS = "made", "via", "rows"

NAMES = (ColumnType.PERSON, ColumnType.PEOPLE)  # types of columns that hold nothing but names


def travelling(catalogue: Catalogue) -> Catalogue:
    """The catalogue of ledgers on their way up: without what stays, with unit and origin of each row.

    The sheet of units comes first; the wording is that of the next level. Of such a catalogue it is the
    catalogue itself.
    """
    if REGISTER in catalogue.by_key:
        return catalogue
    return replace(
        catalogue,
        # what is advised is advised to branches: an upper unit has no committee's size to fill in
        cover=tuple(replace(field, advised=False) for field in catalogue.cover if not field.private),
        activities=(*catalogue.register, *(_travelling(activity, catalogue) for activity in catalogue.activities)),
        sections=catalogue.upper_sections,
        clauses=catalogue.upper_clauses,
    )


def rules_digest(catalogue: Catalogue) -> str:
    """SHA-256 of a travelling catalogue: with the same one, and the same program, two come to the same verdict."""
    return sha256(repr(catalogue).encode()).hexdigest()


def _travelling(activity: ActivityType, catalogue: Catalogue) -> ActivityType:
    return replace(
        activity,
        columns=(*_kept(activity), *_trace()),
        checks=tuple(spec for spec in activity.checks if _can_be_asked(spec, activity, catalogue)),
    )


def _kept(activity: ActivityType) -> tuple[Column, ...]:
    return tuple(column for column in activity.columns if not column.private)


def _trace() -> Iterator[Column]:
    for key, width in ((UNIT, 22.0), (CODE, 12.0), (ORIGIN, 16.0)):
        yield Column(key, phrase("words", "trace", key), width=width)


def _can_be_asked(spec: CheckSpec, activity: ActivityType, catalogue: Catalogue) -> bool:
    """Whether all columns that a rule looks at go up, be they of another sheet that it names."""
    params = kinds([spec.check])[spec.check].params
    asked, known = set(spec.columns), {column.key for column in _kept(activity)}
    for name, value in spec.params.items():
        match params[name].shape if name in params else "":
            case "column":
                asked.add(value)
            case "where":
                asked |= set(value)
            case "activity":
                known |= {column.key for column in _kept(catalogue.activity(value))}
    return asked <= known


def outgoing(
    ledger: Ledger, validation: Validation, catalogue: Catalogue, made: str
) -> dict[str, tuple[Mapping[str, Value], ...]]:
    """Activity key → the rows that go up, in sheet order: column key → value, of the travelling columns.

    Of a ledger of many units each goes on as it came, by way of this one; `made` is when.
    """
    aliases = _Aliases()
    sent = {
        activity.key: tuple(_sent(row, activity, ledger, aliases) for row in going(activity, validation))
        for activity in catalogue.activities
        if activity.key != REGISTER
    }
    return {REGISTER: tuple(_units(ledger, validation, catalogue, made)), **sent}


def _units(ledger: Ledger, validation: Validation, catalogue: Catalogue, made: str) -> Iterator[Mapping[str, Value]]:
    """What is said of each unit: by a branch of itself, by an upper unit of each that it has collected."""
    if REGISTER in catalogue.by_key:
        for row in ledger.rows(REGISTER):
            via = row.text(VIA)
            passed = f"{ledger.unit}{phrase('words', 'trace', 'then')}{via}" if via else ledger.unit
            yield {
                **{column.key: row.get(column.key) for column in catalogue.activity(REGISTER).columns},
                VIA: passed,
            }
        return
    chosen: dict[str, Value] = {"period": validation.period.name, "as_of": validation.as_of, MADE: made}
    for register in catalogue.register:
        yield {column.key: chosen.get(column.key, ledger.cover.get(column.key)) for column in register.columns}


def arrived(
    cover: Mapping[str, Value], rows: Mapping[str, Iterable[Mapping[str, Value]]], catalogue: Catalogue, period: Period
) -> Ledger:
    """The ledger that the next level will read from such rows, by the travelling `catalogue`."""
    columns = {
        activity.key: {column.key: place for place, column in enumerate(activity.columns, 1)}
        for activity in catalogue.activities
    }
    entries = {
        activity.key: tuple(
            Entry(activity.key, activity.label, number, row, columns[activity.key])
            for number, row in enumerate(rows.get(activity.key, ()), 1)
        )
        for activity in catalogue.activities
    }
    return Ledger(cover=cover, cover_places={}, entries=entries, period=period, columns=columns)


def going(activity: ActivityType, validation: Validation) -> Iterable[Entry]:
    """The rows that go up: those that count, but of a list of people only who is there on the last day that counts.

    By what the others would be told stays below.
    """
    rows = validation.counted.get(activity.key, ())
    if not any(total.present for total in activity.totals):
        return rows
    return (row for row in rows if present_on(row, validation.as_of))


def _sent(row: Entry, activity: ActivityType, ledger: Ledger, aliases: _Aliases) -> Mapping[str, Value]:
    """One row without what stays; a row that came from below goes on as it came."""
    values = {column.key: row.get(column.key) for column in activity.columns if not column.private}
    if row.text(ORIGIN):
        return values
    for column in activity.columns:
        if column.key in values and column.type in NAMES and not column.upward:
            values[column.key] = aliases.instead_of(values[column.key])
    return {**values, UNIT: ledger.unit, CODE: ledger.cover.get("code"), ORIGIN: row.ref}


class _Aliases:
    """For every name another word, the same wherever the name stands, so that they can still be counted."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def instead_of(self, value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(map(self._alias, value))
        return self._alias(value) if isinstance(value, str) and value else value

    def _alias(self, name: str) -> str:
        return self._known.setdefault(name, phrase("words", "trace", "alias", number=len(self._known) + 1))
