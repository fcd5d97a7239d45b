"""How does what was collected become the report on all units, and against which earlier period?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.actions.examining import examine_file
from pyxl.errors import UsageError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.core.background import Earlier
    from pyxl.core.consolidation import Consolidation
    from pyxl.core.provenance import Provenance
    from pyxl.core.survey import Survey
    from pyxl.excel.consolidating.kept import Kept
    from pyxl.outcomes import CollectOutcome, Examination

__all__ = ["collected_examination", "earlier_in", "survey_found", "with_report"]


def earlier_in(previous: Path, catalogue_folder: Path | None, today: date) -> Earlier:
    """What the units came to in an earlier consolidated workbook.

    Raises WorkbookError, and UsageError when it is a ledger of one unit or has rows that count nowhere.
    """
    from pyxl.core.comparison import earlier_of

    found = examine_file(previous, None, catalogue_folder, today)
    survey, verdict = found.totals.survey, found.validation
    if survey is None:
        raise UsageError("previous_not_consolidated", file=previous.name)
    if verdict.erroneous:
        raise UsageError("previous_in_error", file=previous.name, count=len(verdict.erroneous))
    return earlier_of(survey.lines, verdict.period, found.catalogue)


def survey_found(found: Consolidation, catalogue: Catalogue, earlier: Earlier | None, previous: Path | None) -> Survey:
    """The units one by one, who is missing, what went back, and how all compares with the earlier period in `previous`.

    Raises UsageError when nobody compares such periods.
    """
    from pyxl.core.background import Background
    from pyxl.core.comparison import comparable, relation
    from pyxl.core.consolidation import Status
    from pyxl.core.legible import legible
    from pyxl.core.matrix import lines
    from pyxl.core.survey import survey_of

    period = found.period
    assert period  # there are units that count
    if earlier and relation(period, earlier.period) is None:
        last_year, before = comparable(period)
        raise UsageError(
            "previous_year_not_comparable" if last_year == before else "previous_not_comparable",
            file=previous.name if previous else "", theirs=earlier.period.title, ours=period.title, last_year=last_year.title, before=before.title,
        )  # fmt: skip
    missing = tuple(dict.fromkeys(legible(each.unit) for each in found.of(Status.MISSING) if each.unit))
    rejected = ((legible(each.identity), legible(each.unit)) for each in found.of(Status.REJECTED) if each.unit)
    background = Background(missing, tuple(dict.fromkeys(rejected)), earlier)
    survey = survey_of(lines([each.part for each in found.units], catalogue), background, period, catalogue)
    return replace(survey, unread=sum(not each.received.full for each in found.units))


def collected_examination(found: Consolidation, catalogue: Catalogue, kept: Kept, survey: Survey) -> Examination:
    """What examining the consolidated workbook would find, but for the rows themselves, which nobody has to read again.

    A test holds the two together.
    """
    from pyxl.core.consolidation import register_rows
    from pyxl.core.ledger import Ledger
    from pyxl.core.narrative import narrate
    from pyxl.core.travelling import REGISTER
    from pyxl.core.validation import Validation
    from pyxl.excel.consolidating.kept import wording_of
    from pyxl.outcomes import Examination

    assert found.period
    assert found.as_of
    rows = {REGISTER: tuple(register_rows((each.part for each in found.units), catalogue))}
    ledger = Ledger(kept.cover, {}, rows, wording=wording_of(kept, catalogue), period=found.period)
    verdict = Validation(found.period, found.as_of, (), rows, (), ())
    totals = replace(found.totals, survey=survey)
    narrative = narrate(ledger, catalogue, verdict, totals)
    return Examination(ledger, catalogue, verdict, totals, narrative, narrative.issues, ())


def with_report(
    outcome: CollectOutcome,
    out: Path | None,
    catalogue: Catalogue,
    kept: Kept,
    survey: Survey,
    told: Callable[[Examination, Path], Provenance],
) -> CollectOutcome:
    """The same with the report on all units written to `out`; not while wording on 总结文字 is in error.

    `told` says what its figures rest on, from what was found and the consolidated workbook.
    """
    from pyxl.actions.reporting import write_report

    if out is None:
        return outcome
    assert outcome.found
    assert outcome.written
    found = collected_examination(outcome.found, catalogue, kept, survey)
    if wrong := sum(issue.blocks for issue in found.issues):
        return replace(outcome, wording_errors=wrong)
    book = outcome.written
    report, *_ = write_report(found, book, out, None, draft=False, sources=False, told=told(found, book))
    notes = () if report == out else (phrase("cli", "report", "kept", file=out.name),)
    return replace(outcome, report=report, notes=(*outcome.notes, *notes))
