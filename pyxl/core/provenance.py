"""What do the numbers of a document rest on, so that a reader can look it up later, elsewhere?

The document goes up the hierarchy. So of a row only what the catalogue lets travel is told, and of that
only when it was and what it was about; its digest counts names instead of naming anybody, or whoever
has a list of names could try them one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from hashlib import sha256
from typing import Any

from pyxl.catalogue.model import ActivityType, Catalogue, Column, TotalKind
from pyxl.core import grammar
from pyxl.core.canonical import canonical, plain_value, says
from pyxl.core.checks.conditions import text_of
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.period import Period
from pyxl.core.summary import printed
from pyxl.core.totals import Figure, Totals
from pyxl.core.travelling import NAMES, ORIGIN, REGISTER, UNIT
from pyxl.core.validation import Validation
from pyxl.record import record

__all__ = [
    "MOST_ROWS",
    "Number",
    "Provenance",
    "SourceRow",
    "assembled",
    "provenance_of",
    "row_digest",
    "told_cell",
    "told_columns",
]

MOST_ROWS = 20_000  # rows of a ledger; of a larger one a document carries only the figures

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
    rows: tuple[str, ...] | None = ()  # refs; None: there are too many to be told


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
    ledger: Ledger,
    catalogue: Catalogue,
    validation: Validation,
    totals: Totals,
    *,
    file: str,
    program: str,
    told: bool = True,
) -> Provenance:
    """What the figures of a judged ledger rest on; `file` is its name.

    Of more than MOST_ROWS rows, or when they are not `told`, only the values of the figures are kept: so it
    is the same whether somebody has read the rows or only what they come to.
    """
    told = told and sum(map(len, ledger.entries.values())) <= MOST_ROWS
    rows = _rows(ledger, catalogue) if told else None
    return assembled(ledger, catalogue, validation.period, totals, rows, file=file, program=program)


def assembled(
    ledger: Ledger,
    catalogue: Catalogue,
    period: Period,
    totals: Totals,
    told: Iterable[SourceRow] | None,
    *,
    file: str,
    program: str,
) -> Provenance:
    """The same of rows that are known already, all of them in the ledger's order; None: they are not told.

    Of `ledger` only the cover counts.
    """
    figures = tuple(_figures(catalogue, totals))
    numbers = {figure.path: _number(figure, catalogue, told=told is not None) for figure in figures}
    rows = {row.ref: row for row in told or ()}
    behind = () if told is None else figures
    others = [_row_of_ours(ref) for figure in behind for ref in figure.rows if ref not in rows]
    return Provenance(
        program=program,
        catalogue=catalogue.version,
        ledger=file,
        unit=ledger.unit,
        period=period.code,
        digest=_of_all(ledger, catalogue, rows.values(), numbers),
        numbers=numbers,
        rows=rows | {row.ref: row for row in others},
    )


def _figures(catalogue: Catalogue, totals: Totals) -> Iterator[Figure]:
    yield from totals
    if REGISTER in catalogue.by_key:
        from pyxl.core.survey import figures_of

        yield from figures_of(totals.survey)


def _number(figure: Figure, catalogue: Catalogue, *, told: bool) -> Number:
    value = "" if _is_of_names(figure, catalogue) else printed(figure)
    return Number(figure.path, value, figure.rows if told else None)


def _is_of_names(figure: Figure, catalogue: Catalogue) -> bool:
    """Whether its value is a list of people."""
    activity = catalogue.by_label.get(figure.activity)
    if activity is None or figure.kind is not TotalKind.LIST:
        return False
    columns = next(total.columns for total in activity.totals if total.label == figure.name)
    return any(not _travels(column) for column in activity.columns if column.key in columns)


def _travels(column: Column) -> bool:
    return not column.private and (column.upward or column.type not in NAMES)


def _rows(ledger: Ledger, catalogue: Catalogue) -> Iterator[SourceRow]:
    for activity in catalogue.activities:
        columns = told_columns(activity)
        for row in ledger.rows(activity.key):
            found = ((column.label, told_cell(row, column.key)) for column in columns)
            told = {label: text for label, text in found if text}
            yield SourceRow(row.sheet, row.row, told, row_digest(row, activity))


def _row_of_ours(ref: str) -> SourceRow:
    """A row of a sheet that we have added to the ledger: what is in it shows in the figures' values."""
    sheet, _, row = ref.rpartition("!")
    return SourceRow(sheet, int(row), {}, _shortened(ref))


def _shortened(content: str) -> str:
    return sha256(content.encode()).hexdigest()[:32]


def told_columns(activity: ActivityType) -> list[Column]:
    """When and what: the date, the topic and what is listed; of many units also whose row it was."""
    keys = {activity.date, _TOPIC, UNIT, ORIGIN}
    keys |= {key for total in activity.totals if total.kind is TotalKind.LIST for key in total.columns}
    return [column for column in activity.columns if column.key in keys and _travels(column)]


def told_cell(row: Entry, key: str) -> str:
    """What is told of a cell: its text on one line, "" for a blank one."""
    value = row.get(key)
    text = grammar.listed(value) if isinstance(value, tuple) else "" if value is None else text_of(value)
    return grammar.one_line(text)[:_LONGEST]


def row_digest(row: Entry, activity: ActivityType) -> str:
    """A digest of what travels of a row; of names only how many there are."""
    content: dict[str, Any] = {}
    for column in activity.columns:
        value = row.get(column.key)
        if value is None or column.private or not says(value):  # most cells are blank
            continue
        content[column.key] = plain_value(value) if _travels(column) else len(row.items(column.key))
    return _shortened(canonical(content))


def _of_all(ledger: Ledger, catalogue: Catalogue, rows: Iterable[SourceRow], numbers: Mapping[str, Number]) -> str:
    """Of cover, rows, and what they come to; where a row stands on its sheet is of no account."""
    cover = {each.key: plain_value(ledger.cover.get(each.key)) for each in catalogue.cover if not each.private}
    said = {key: value for key, value in cover.items() if value not in (None, "", [])}
    content = {
        "cover": said,
        "rows": sorted([row.sheet, row.digest] for row in rows),
        "values": [[number.name, number.value] for number in numbers.values()],
    }
    return sha256(canonical(content).encode()).hexdigest()
