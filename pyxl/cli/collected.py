"""How does what was collected read on a screen?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyxl.cli.screen import complain, emit, json_text, say, show_table
from pyxl.core.consolidation import Consolidation, Status
from pyxl.core.legible import legible
from pyxl.core.summary import printed
from pyxl.core.telling import counts, told
from pyxl.errors import CLEAN, INTERRUPTED, ISSUES
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.outcomes import CollectOutcome

__all__ = ["collect_page"]

_SHOWN = ("status", "unit", "file", "reason", "hint", "remarks")


def collect_page(outcome: CollectOutcome, *, as_json: bool) -> int:
    """Who has handed in what, first; then what was written. 0 when everything expected counts and was written."""
    found = outcome.found
    if found is None:
        complain(phrase("cli", "collect", "cancelled", looked=outcome.looked))
        return INTERRUPTED
    if as_json:
        emit(json_text(_plain(outcome, found)))
        return _code(outcome)
    period = found.period.title if found.period else phrase("cli", "collect", "no_period")
    say(f"{period} · {counts(found, len(outcome.expected))}")
    rows = list(_rows(found))
    if rows:
        show_table(tuple(phrase("collecting", "standing", key) for key in _SHOWN), rows, _line)
    if found.units:
        say(phrase("cli", "collect", "units", units=len(found.units)))
    else:
        say(phrase("cli", "collect", "nothing" if any(each.file for each in found.standings) else "empty"))
    for line in (*outcome.notes, *_made(outcome)):
        say(line)
    return _code(outcome)


def _made(outcome: CollectOutcome) -> Iterator[str]:
    """What was written, and where."""
    from pyxl.actions.answering import made_lines

    if outcome.written:
        yield phrase("cli", "collect", "written", path=outcome.written)
    wording = phrase("cli", "collect", "wording", count=outcome.wording_errors, path=outcome.written)
    yield from made_lines(outcome, wording)


def _line(row: tuple[str, ...]) -> str:
    return " ".join(part for part in row if part)


def _code(outcome: CollectOutcome) -> int:
    return CLEAN if outcome.is_settled else ISSUES


def _rows(found: Consolidation) -> Iterator[tuple[str, ...]]:
    """What somebody has to look at; what counts without a remark is only counted."""
    for each in found.standings:
        line = told(each)
        if each.status is not Status.ACCEPTED or line.remarks:
            yield tuple(getattr(line, key) for key in _SHOWN)


def _plain(outcome: CollectOutcome, found: Consolidation) -> dict[str, Any]:
    standings = [
        {
            "status": each.status.value,
            "file": each.file or None,
            "unit": each.unit or None,
            "identity": each.identity or None,
            "reason": each.reason or None,
            **{key: getattr(told(each), key) or None for key in ("hint", "remarks")},
            "made": legible(each.received.made) or None if each.received else None,
            "message": told(each).reason or None,
        }
        for each in found.standings
    ]
    figures = [
        {"activity": each.activity, "name": each.name, "value": each.value, "printed": printed(each)}
        for each in found.totals
    ]
    units = [
        {"identity": each.part.identity, "unit": each.part.name, "file": each.received.file, "gaps": each.part.gaps}
        for each in found.units
    ]
    counted = {status.value: len(found.of(status)) for status in Status}
    return {
        "period": found.period.code if found.period else None,
        "as_of": found.as_of.isoformat() if found.as_of else None, "counts": counted, "standings": standings,
        "units": units, "figures": figures, "written": str(outcome.written) if outcome.written else None,
        "report": str(outcome.report) if outcome.report else None, "slips": [str(path) for path in outcome.slips],
        "wording_errors": outcome.wording_errors, "too_large": outcome.too_large, "notes": list(outcome.notes),
    }  # fmt: skip
