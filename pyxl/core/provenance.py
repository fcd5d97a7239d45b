"""What do the numbers of a document rest on, so that a reader can look it up later, elsewhere?

The document goes up the hierarchy. So of a row only what the catalogue lets travel is told, and of that
only when it was and what it was about; its digest counts names instead of naming anybody, or whoever
has a list of names could try them one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import field
from hashlib import sha256
from typing import Any

from pyxl.catalogue.model import ActivityType, Catalogue, Column, ColumnType, TotalKind
from pyxl.core import grammar
from pyxl.core.canonical import canonical, plain_value, says
from pyxl.core.checks.conditions import text_of
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.summary import printed
from pyxl.core.totals import Figure, Totals
from pyxl.core.travelling import ORIGIN, REGISTER, UNIT
from pyxl.core.validation import Validation
from pyxl.record import record

__all__ = ["MOST_ROWS", "Number", "Provenance", "SourceRow", "provenance_of"]

MOST_ROWS = 20_000  # rows that a document carries; a figure with more of them tells how many there are

_NAMES = (ColumnType.PERSON, ColumnType.PEOPLE)
_TOPIC = "topic"
_LONGEST = 200  # characters of a cell that are told


@record
class SourceRow:
    """One row of the ledger: where it stands, what it was about, and a digest of what is in it."""

    sheet: str
    row: int
    told: Mapping[str, str]  # label of a column → what stands there
    digest: str

    @property
    def ref(self) -> str:
        """Sheet and row: 主题党日!7."""
        return f"{self.sheet}!{self.row}"


@record
class Number:
    """One figure: what it is called, what it came to, and the rows behind it."""

    name: str  # 支委会.次数
    value: str  # as it is printed, with its unit; "" when it consists of names
    rows: tuple[str, ...] = ()  # refs
    count: int = 0  # of its rows, also when there are too many to be told


@record
class Provenance:
    """What all figures of one ledger and period rest on."""

    program: str  # version
    catalogue: str  # version
    ledger: str  # name of the file
    unit: str
    period: str  # 2023H1
    digest: str  # of cover and rows
    numbers: Mapping[str, Number]  # by name
    rows: Mapping[str, SourceRow] = field(default_factory=dict)  # by ref; of a ledger also those that do not count


def provenance_of(
    ledger: Ledger, catalogue: Catalogue, validation: Validation, totals: Totals, *, file: str, program: str
) -> Provenance:
    """What the figures of a judged ledger rest on; `file` is its name."""
    digests = {
        activity.key: [_digest(row, activity) for row in ledger.rows(activity.key)] for activity in catalogue.activities
    }
    figures = tuple(_figures(catalogue, totals))
    told = {ref for figure in figures for ref in figure.rows}
    carried = told if len(told) <= MOST_ROWS else set()
    return Provenance(
        program=program,
        catalogue=catalogue.version,
        ledger=file,
        unit=ledger.unit,
        period=validation.period.code,
        digest=_of_all(ledger, catalogue, digests),
        numbers={each.name: each for each in (_number(figure, catalogue, carried) for figure in figures)},
        rows={row.ref: row for row in _rows(ledger, catalogue, digests)} if carried else {},
    )


def _figures(catalogue: Catalogue, totals: Totals) -> Iterator[Figure]:
    yield from totals
    if REGISTER in catalogue.by_key:
        from pyxl.core.survey import figures_of

        yield from figures_of(totals.survey)


def _number(figure: Figure, catalogue: Catalogue, carried: Container[str]) -> Number:
    rows = tuple(ref for ref in figure.rows if ref in carried)
    return Number(figure.path, "" if _is_of_names(figure, catalogue) else printed(figure), rows, len(figure.rows))


def _is_of_names(figure: Figure, catalogue: Catalogue) -> bool:
    """Whether its value is a list of people."""
    activity = catalogue.by_label.get(figure.activity)
    if activity is None or figure.kind is not TotalKind.LIST:
        return False
    columns = next(total.columns for total in activity.totals if total.label == figure.name)
    return any(not _travels(column) for column in activity.columns if column.key in columns)


def _travels(column: Column) -> bool:
    return not column.private and (column.upward or column.type not in _NAMES)


def _rows(ledger: Ledger, catalogue: Catalogue, digests: Mapping[str, list[str]]) -> Iterator[SourceRow]:
    for activity in catalogue.activities:
        columns = _told(activity)
        for row, digest in zip(ledger.rows(activity.key), digests[activity.key], strict=True):
            found = ((column.label, _cell(row, column.key)) for column in columns)
            yield SourceRow(row.sheet, row.row, {label: text for label, text in found if text}, digest)


def _told(activity: ActivityType) -> list[Column]:
    """When and what: the date, the topic and what is listed; of many units also whose row it was."""
    keys = {activity.date, _TOPIC, UNIT, ORIGIN}
    keys |= {key for total in activity.totals if total.kind is TotalKind.LIST for key in total.columns}
    return [column for column in activity.columns if column.key in keys and _travels(column)]


def _cell(row: Entry, key: str) -> str:
    value = row.get(key)
    text = grammar.listed(value) if isinstance(value, tuple) else "" if value is None else text_of(value)
    return grammar.one_line(text)[:_LONGEST]


def _digest(row: Entry, activity: ActivityType) -> str:
    """Of what travels; of names only how many there are."""
    content: dict[str, Any] = {}
    for column in activity.columns:
        value = row.get(column.key)
        if column.private or not says(value):
            continue
        content[column.key] = plain_value(value) if _travels(column) else len(row.items(column.key))
    return sha256(canonical(content).encode()).hexdigest()[:32]


def _of_all(ledger: Ledger, catalogue: Catalogue, digests: Mapping[str, Iterable[str]]) -> str:
    """Of cover and rows; where a row stands on its sheet is of no account."""
    cover = {each.key: plain_value(ledger.cover.get(each.key)) for each in catalogue.cover if not each.private}
    said = {key: value for key, value in cover.items() if value not in (None, "", [])}
    rows = {key: sorted(Counter(found).items()) for key, found in digests.items() if found}
    return sha256(canonical({"cover": said, "rows": rows}).encode()).hexdigest()
