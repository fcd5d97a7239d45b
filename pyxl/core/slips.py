"""What goes back to which unit: what is wrong in its own ledger, and how to mend it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyxl.catalogue.model import Catalogue, Severity
from pyxl.core.consolidation import Consolidation, Standing, Status
from pyxl.core.received import Complaint, Received
from pyxl.core.travelling import REGISTER
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["KINDS", "Slip", "SlipLine", "is_unread", "slips_of"]

# status → what the slip is: the file goes back, it counts but has to be mended, it has not come
KINDS = {Status.REJECTED: "returned", Status.ACCEPTED: "mend", Status.MISSING: "urged"}
_MOST = 200  # lines on one slip; who has mended those comes to know the others
_GRADES = {Severity.ERROR: "must", Severity.WARNING: "check"}


@record
class SlipLine:
    """One thing to mend, by its place in the unit's own ledger; blank where it has none."""

    grade: str  # must, check or add
    sheet: str
    row: str
    column: str
    problem: str
    remedy: str


@record
class Slip:
    """退回单、补正单、催报单: one for each file or unit."""

    kind: str  # a value of KINDS
    unit: str  # "" where nobody knows whose file it is
    identity: str
    period: str  # 2023年上半年; "" where nothing says which
    file: str
    reason: str
    remedy: str
    lines: tuple[SlipLine, ...] = ()
    more: int = 0  # what is wrong besides
    of_many: bool = False  # it hands on what other units have sent to it: whatever is wrong is theirs to mend

    @property
    def opening(self) -> str:
        """One sentence that says what the matter is."""
        words = "openings_of_many" if self.of_many else "openings"
        return phrase("returning", words, self.kind, period=self.period)


def slips_of(
    found: Consolidation, catalogue: Catalogue, told: Callable[[Standing], tuple[str, str]]
) -> tuple[Slip, ...]:
    """A slip for each standing that its unit has to do something about, in their order.

    None for a file that counts by its manifest alone: nobody knows what there is to mend in its rows. `told` puts a standing into words: reason, and what to do about it.
    """
    period = found.period.title if found.period else ""
    slips = (
        _slip(each, told, period, catalogue) for each in found.standings if each.status in KINDS and not is_unread(each)
    )
    return tuple(slip for slip in slips if slip.kind != KINDS[Status.ACCEPTED] or slip.lines)


def is_unread(each: Standing) -> bool:
    """Whether its file counts, but its rows were not looked at."""
    return each.status is Status.ACCEPTED and each.received is not None and not each.received.full


def _slip(each: Standing, told: Callable[[Standing], tuple[str, str]], period: str, catalogue: Catalogue) -> Slip:
    reason, remedy = told(each)
    lines = list(_lines(each.received, catalogue)) if each.received else []
    return Slip(
        kind=KINDS[each.status],
        unit=str((each.params or {}).get("unit") or "") if each.reason == "manifest_of_other" else each.unit,
        identity=each.identity,
        period=period,
        file=each.file,
        reason=reason,
        remedy=remedy,
        lines=tuple(lines[:_MOST]),
        more=max(0, len(lines) - _MOST),
        of_many=each.received is not None and each.received.hands_on,
    )


def _lines(received: Received, catalogue: Catalogue) -> Iterator[SlipLine]:
    """Errors, warnings, and what should have taken place and is on no row."""
    for severity, grade in _GRADES.items():
        for complaint in received.complaints:
            if complaint.severity == severity:
                yield _line(complaint, grade, received, catalogue.activity(REGISTER).label)
    yield from _gaps(received, catalogue)


def _line(complaint: Complaint, grade: str, received: Received, register: str) -> SlipLine:
    """The line of a single unit on the sheet of units is its cover."""
    sheet, _, row = complaint.origin.rpartition("!")
    is_cover = complaint.sheet == register and len(received.units) == 1
    own = phrase("words", "sheets", "cover") if is_cover else complaint.sheet
    return SlipLine(grade, sheet or own, row, complaint.column, complaint.message, complaint.hint)


def _gaps(received: Received, catalogue: Catalogue) -> Iterator[SlipLine]:
    labels = sorted((each.label for each in catalogue.activities), key=len, reverse=True)
    for unit in received.units:
        is_other = unit.identity != received.identity
        remedy = phrase("returning", "remedies", "gap_of_other" if is_other else "gap")
        for gap in unit.gaps:
            sheet = next((label for label in labels if label in gap), "")
            text = phrase("words", "trace", "of_unit", unit=unit.name, message=gap) if is_other else gap
            yield SlipLine("add", sheet, "", "", text, remedy)
