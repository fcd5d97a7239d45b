"""How do the rows of one activity become the forms that a branch files?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyxl.actions.examining import examine_file
from pyxl.actions.refusing import refuse_ending
from pyxl.errors import UsageError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.catalogue.model import ActivityType, Catalogue
    from pyxl.core.document import Picture
    from pyxl.core.forms import Forms
    from pyxl.core.ledger import Entry
    from pyxl.outcomes import Examination, MissingPhoto, RecordOutcome

__all__ = ["RECORD", "Recording", "record_forms"]

RECORD = "record"  # what the document says that it is: see pyxl.stamp
_YEAR = "FY"


class Recording(NamedTuple):
    """Which forms are wanted: of which activity and time, in which look, and where they go."""

    ledger: Path
    activity: str
    out: Path | None = None  # by default under a free name beside the ledger
    period: str | None = None  # by default all of the ledger's year
    first: date | None = None  # the first day, and the last, where they are narrower still
    last: date | None = None
    template: Path | None = None
    photos: Path | None = None  # as in pyxl.actions.Appendices
    catalogue_folder: Path | None = None


def record_forms(asked: Recording, *, today: date) -> RecordOutcome:
    """Writes a form for each row that counts of one activity, by day, in one document.

    Raises UsageError when no activity is called so, or nothing of it counts in that time.
    """
    if asked.out and not asked.out.is_dir():
        refuse_ending(asked.out, ".docx", "report_ending")
    period = asked.period or phrase("words", "periods", _YEAR)
    found = examine_file(asked.ledger, period, asked.catalogue_folder, today, ahead=_prepare_forms)
    from pyxl.core.forms import Forms, forms_of
    from pyxl.outcomes import RecordOutcome

    kind, unit = _called(asked.activity, found.catalogue), found.ledger.unit
    when = _when(found, asked)
    entries = tuple(_chosen(found, kind, asked))
    if not entries:
        raise UsageError("record_nothing", activity=kind.label, when=when)
    taken, missing = _photos(asked, kind, entries)
    among = found.validation.counted.get(kind.key, ())
    name = phrase("words", "form", "file", unit=unit, period=when, activity=kind.label)
    written, unasked = _written(Forms(name, unit, forms_of(entries, kind, unit, among), taken), asked)
    left_out, wrong = tuple(_left_out(found, kind)), tuple(_of_sheet(found.validation.erroneous, found, kind))
    check = found.outcome(asked.ledger)
    kept = asked.out if asked.out and asked.out != written else None
    return RecordOutcome(written, kind.label, len(entries), left_out, wrong, check, missing, unasked, kept)


def _photos(
    asked: Recording, kind: ActivityType, entries: Iterable[Entry]
) -> tuple[tuple[Picture, ...], tuple[MissingPhoto, ...]]:
    if asked.photos is None:
        return (), ()
    from pyxl.actions.photographing import pictures
    from pyxl.core.evidence import named_photos

    return pictures(named_photos([(kind, entry) for entry in entries]), asked.ledger, asked.photos)


def _called(name: str, catalogue: Catalogue) -> ActivityType:
    """The activity of this name or other name. Raises UsageError, which lists those that there are."""
    from pyxl.catalogue.model import Kind

    known = [each for each in catalogue.activities if each.kind is Kind.ACTIVITY]
    wanted = name.strip()
    for each in known:
        if wanted == each.label:
            return each
    for each in known:
        if wanted in each.aliases:
            return each
    listing = phrase("words", "grammar", "separator").join(each.label for each in known)
    raise UsageError("activity_unknown", written=name, known=listing)


def _chosen(found: Examination, kind: ActivityType, asked: Recording) -> Iterator[Entry]:
    """The rows that count, by day."""
    from pyxl.core.chronology import chronicle

    for each, entry in chronicle(found.validation, found.catalogue):
        day = entry.day(kind.date)
        if each is kind and day and (asked.first or day) <= day <= (asked.last or day):
            yield entry


def _when(found: Examination, asked: Recording) -> str:
    from pyxl.core import grammar

    period = found.validation.period
    if asked.first is None and asked.last is None:
        return period.title
    days = (grammar.day_text(asked.first or period.start), grammar.day_text(asked.last or period.end))
    return phrase("words", "form", "days", first=days[0], last=days[1])


def _written(forms: Forms, asked: Recording) -> tuple[Path, tuple[str, ...]]:
    """Where the document is, and what of it the template has no place for."""
    from pyxl.actions.delivering import delivered
    from pyxl.assets import record_template_path
    from pyxl.errors import TemplateError
    from pyxl.outfile import safe_stem
    from pyxl.word.filling import filled_forms

    template = asked.template or record_template_path()
    if not asked.template and not template.is_file():
        raise TemplateError("own_template_missing", file=template.name)
    document, unasked, _ = filled_forms(forms, template)
    beside = asked.ledger.parent / f"{safe_stem(forms.title)}.docx"

    def write(path: Path) -> None:
        path.write_bytes(document)

    inputs = [asked.ledger, *([asked.template] if asked.template else [])]
    return delivered(asked.out, beside, write, RECORD, inputs), unasked


_ELSEWHEN = ("outside_period", "other_period")  # rows of another time are no business of these forms


def _left_out(found: Examination, kind: ActivityType) -> Iterator[tuple[str, str]]:
    for row in found.validation.excluded:
        if row.reason not in _ELSEWHEN and list(_of_sheet([row.ref], found, kind)):
            yield row.ref, row.text


def _of_sheet(refs: Iterable[str], found: Examination, kind: ActivityType) -> Iterator[str]:
    """Those of the rows that stand on the activity's sheet, whatever it is called there."""
    sheet = next((entry.sheet for entry in found.ledger.rows(kind.key)), kind.label)
    return (ref for ref in refs if ref.rpartition("!")[0] == sheet)


def _prepare_forms() -> None:
    """Imports what forms need while the ledger is being read."""
    import pyxl.core.forms
    import pyxl.word.filling  # noqa: F401
