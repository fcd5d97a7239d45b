"""What is said of an outcome where there is no table to show it in: a box, a launcher's window?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.mentions import Mention
    from pyxl.outcomes import CollectOutcome

__all__ = ["FEW", "collected_lines", "made_lines", "mention_lines"]

FEW = 5  # lines of one kind in a box, whose button must stay on the screen


def mention_lines(mentions: Sequence[Mention], most: int | None = None) -> tuple[str, ...]:
    """Who is named where in what goes up, and what to do about it; nothing where nobody is."""
    if not mentions:
        return ()
    separator = phrase("words", "grammar", "separator")
    lines = [
        phrase(
            "submitting", "mentions", "one", cell=each.where.address, label=each.label, names=separator.join(each.names)
        )
        for each in mentions[:most]
    ]
    if more := len(mentions) - len(lines):
        lines.append(phrase("submitting", "mentions", "more", count=more))
    return (*lines, phrase("submitting", "mentions", "hint"))


def collected_lines(outcome: CollectOutcome) -> tuple[str, ...]:
    """What goes back and who is missing, the first few; then what was written besides the workbook."""
    blank = phrase("collecting", "answer", "wording", count=outcome.wording_errors)
    return (*_open(outcome), *outcome.notes, *made_lines(outcome, blank))


def _open(outcome: CollectOutcome) -> Iterator[str]:
    from pyxl.core.standing import Status
    from pyxl.core.telling import told

    if outcome.found is None:
        return
    waiting = (Status.REJECTED, Status.MISSING)
    found = [each for each in outcome.found.standings if each.status in waiting or each.has_conflict]
    for line in map(told, found[:FEW]):
        words = {"status": line.status, "name": line.unit or line.file, "reason": line.reason or line.remarks}
        yield phrase("collecting", "answer", "open", **words)
    if len(found) > FEW:
        yield phrase("collecting", "answer", "more", count=len(found) - FEW)


def made_lines(outcome: CollectOutcome, wording: str) -> Iterator[str]:
    """What was written besides the workbook, and what was not; `wording`: why there is no report, if it is that."""
    if outcome.too_large:
        yield phrase("cli", "collect", "too_large")
    if outcome.report:
        yield phrase("cli", "collect", "report", path=outcome.report)
    if outcome.wording_errors:
        yield wording
    if outcome.slips:
        yield phrase("cli", "collect", "slips", count=len(outcome.slips), path=outcome.slips[0].parent)
