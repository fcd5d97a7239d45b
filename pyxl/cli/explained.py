"""How does it read on a screen where the numbers of a document come from?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pyxl.cli.screen import Row, emit, json_text, say, show_table
from pyxl.core.changes import NumberChange, RowChange, RowState
from pyxl.core.period import parse_period
from pyxl.core.summary import rows_in_words
from pyxl.errors import CLEAN, ISSUES
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.provenance import Number, SourceRow
    from pyxl.outcomes import ExplainOutcome

__all__ = ["explain_page"]

_LONGEST = 40  # characters of a value in a table; `--number` shows all of it
_TOLD = (RowState.CHANGED, RowState.UNCOUNTED, RowState.GONE, RowState.NEW, RowState.MOVED)


def explain_page(outcome: ExplainOutcome, *, as_json: bool) -> int:
    """The numbers with their rows, then what has become of them; 1 when the ledger has changed, or a number has."""
    if as_json:
        emit(json_text(_plain(outcome)))
        return ISSUES if outcome.changed else CLEAN
    _head(outcome)
    if outcome.all:
        heads = tuple(_say(key) for key in ("number", "printed", "value", "rows"))
        show_table(heads, list(_rows(outcome)), _line)
    else:
        for line in _one(outcome, outcome.names[0]):
            say(line)
    for line in (*_edited(outcome), *_verdict(outcome)):
        say(line)
    return ISSUES if outcome.changed else CLEAN


def _say(key: str, **values: object) -> str:
    return phrase("cli", "explain", key, **values)


def _head(outcome: ExplainOutcome) -> None:
    told = outcome.sources.provenance
    period = parse_period(told.period)
    title = period.title if period else told.period
    count = len(told.numbers)
    say(_say("heading", file=outcome.document.name, unit=told.unit, period=title, ledger=told.ledger, count=count))


def _rows(outcome: ExplainOutcome) -> Iterator[Row]:
    for name in outcome.names:
        number = outcome.sources.provenance.numbers[name]
        printed = _say("shown_joint").join(dict.fromkeys(_short(text) for text in _shown(outcome, name)))
        yield name, printed, _short(number.value), _behind(number)


def _shown(outcome: ExplainOutcome, name: str) -> list[str]:
    """What the document says at each place of a number."""
    present = outcome.sources.present
    gone = _say("gone")
    return [present.get(mark.name, gone if mark.text else "") for mark in outcome.sources.marks if mark.figure == name]


def _behind(number: Number) -> str:
    if number.rows is None:
        return _say("too_many")
    return rows_in_words(number.rows, number.name.partition(".")[0]) or _say("no_rows")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\u2026"


def _line(row: Row) -> str:
    number, printed, value, rows = row
    shown = "" if printed == value else _say("line_printed", printed=printed)
    return _say("line", number=number, value=value, printed=shown, rows=rows)


def _one(outcome: ExplainOutcome, name: str) -> Iterator[str]:
    """One number in full: where it stands, and every row behind it."""
    told = outcome.sources.provenance
    number = told.numbers[name]
    yield _say("one" if number.value else "one_of_names", number=name, value=number.value)
    for mark in outcome.sources.marks:
        if mark.figure == name:
            printed = outcome.sources.present.get(mark.name)
            lost = mark in outcome.lost
            yield _say("where_lost" if lost else "where", printed=mark.text if lost else printed, bookmark=mark.name)
    if not number.rows:
        yield _behind(number)
    for ref in number.rows or ():
        yield f"  {_row(told.rows[ref])}"


def _row(row: SourceRow) -> str:
    told = _cells(row.told)
    return _say("row", sheet=row.sheet, row=row.row, told=_say("row_told", told=told) if told else "")


def _cells(told: Mapping[str, str]) -> str:
    return _say("told_joint").join(told.values())


def _edited(outcome: ExplainOutcome) -> Iterator[str]:
    for mark in outcome.edited:
        yield _say("edited", number=mark.figure, then=mark.text, now=outcome.sources.present[mark.name])
    for mark in outcome.lost:
        yield _say("lost", number=mark.figure, then=mark.text)


def _verdict(outcome: ExplainOutcome) -> Iterator[str]:
    """Whether the ledger has changed since, and what of it."""
    told, now = outcome.sources.provenance, outcome.now
    if now is None:
        ledger = told.ledger
        trouble = outcome.trouble
        yield _say("not_readable", reason=trouble) if trouble else _say("not_compared", ledger=ledger)
        return
    ledger = outcome.ledger.name if outcome.ledger else ""
    if now.unit != told.unit:
        yield _say("other_unit", now=now.unit, then=told.unit)
    if now.catalogue != told.catalogue:
        yield _say("other_catalogue", now=now.catalogue, then=told.catalogue)
    affected = [change for change in outcome.changes.values() if change.changed]
    if affected:
        yield _say("changed", ledger=ledger, count=len(affected))
        for change in affected:
            yield from _change(change, whole=not outcome.all)
    elif outcome.ledger_changed:
        yield _say("elsewhere", ledger=ledger)
    else:
        yield _say("same" if outcome.all else "same_number", ledger=ledger)


def _change(change: NumberChange, *, whole: bool) -> Iterator[str]:
    then, now = change.then, change.now
    if now is None:
        yield _say("unknown", number=then.name)
        return
    key = "differs" if change.differs else "still"
    then_value, now_value = (value if whole else _short(value) for value in (then.value, now.value))
    yield _say(key, number=then.name, then=then_value, now=now_value)
    for state in _TOLD:
        rows = [row for row in change.rows if row.state is state]
        if rows and whole:
            yield from (f"  {_say(f'state_{state.value}', rows=_in_full(row))}" for row in rows)
        elif rows:
            listed = rows_in_words((row.row.ref for row in rows), then.name.partition(".")[0])
            yield f"  {_say(f'state_{state.value}', rows=listed)}"


def _in_full(change: RowChange) -> str:
    now = change.now
    told = _row(change.row)
    if now and change.state is RowState.MOVED:
        return told + _say("now_at", row=now.row)
    if now and change.state is RowState.CHANGED and now.told != change.row.told:
        return told + _say("now_row", told=_cells(now.told))
    return told


# ------------------------------------------------------------------------------ for programs


def _plain(outcome: ExplainOutcome) -> dict[str, Any]:
    told, now = outcome.sources.provenance, outcome.now
    compared = {
        "path": str(outcome.ledger),
        "changed": now.digest != told.digest,
        "unit": now.unit,
        "catalogue": now.catalogue,
    } if now else None  # fmt: skip
    return {
        "document": str(outcome.document), "unit": told.unit, "period": told.period, "ledger": told.ledger,
        "program": told.program, "catalogue": told.catalogue, "compared": compared,
        "changed": outcome.changed if now else None, "trouble": outcome.trouble or None,
        "numbers": [_number(outcome, name) for name in outcome.names],
    }  # fmt: skip


def _number(outcome: ExplainOutcome, name: str) -> dict[str, Any]:
    told, change = outcome.sources.provenance, outcome.changes.get(name)
    number = told.numbers[name]
    present = outcome.sources.present
    marks = [
        {"bookmark": mark.name, "printed": mark.text, "text": present.get(mark.name)}
        for mark in outcome.sources.marks
        if mark.figure == name
    ]
    rows = (
        _changed(change.rows) if change and change.rows else [_told(told.rows[ref], None) for ref in number.rows or ()]
    )
    now = {"now": change.now.value if change.now else None, "changed": change.changed} if change else {}
    return {"name": name, "value": number.value, **now, "places": marks, "rows": rows}


def _changed(rows: Iterable[RowChange]) -> list[dict[str, Any]]:
    return [{**_told(each.row, each.state.value), "now_row": each.now.row if each.now else None} for each in rows]


def _told(row: SourceRow, state: str | None) -> dict[str, Any]:
    return {"sheet": row.sheet, "row": row.row, "cells": dict(row.told), "state": state}
