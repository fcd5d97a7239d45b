"""How does it read what became of the forms, and which photographs are missing?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyxl.cli.screen import complain, say
from pyxl.core.summary import rows_in_words
from pyxl.errors import CLEAN
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.outcomes import MissingPhoto, RecordOutcome

__all__ = ["complain_of_photos", "record_page"]


def record_page(outcome: RecordOutcome) -> int:
    """Where the forms are, and which rows have none."""
    say(phrase("cli", "record", "written", count=outcome.count, activity=outcome.activity, path=outcome.written))
    if outcome.pdf:
        say(phrase("cli", "report", "pdf", path=outcome.pdf))
    if outcome.kept:
        say(phrase("cli", "report", "kept", file=outcome.kept.name))
    reasons: dict[str, list[str]] = {}
    for ref, reason in outcome.left_out:
        reasons.setdefault(reason, []).append(ref)
    for reason, refs in reasons.items():
        say(phrase("cli", "record", "left_out", reason=reason, rows=rows_in_words(refs)))
    if outcome.erroneous:
        rows, ledger = rows_in_words(outcome.erroneous), outcome.check.ledger
        complain(phrase("cli", "record", "in_error", count=len(outcome.erroneous), rows=rows, ledger=ledger))
    for name in outcome.unasked:
        complain(phrase("cli", "record", "unasked", name=name))
    complain_of_photos(outcome.photos)
    return CLEAN


def complain_of_photos(missing: Iterable[MissingPhoto]) -> None:
    """A line for each photograph that a cell names and that is not in the document."""
    for photo in missing:
        complain(phrase("cli", "record", "no_photo", where=photo.where, name=photo.name, reason=photo.reason))
