"""How is a ledger read and judged, from a closed file or from raw cells that somebody else has read?

A closed ledger is read in a child process, which takes as long as all the rest of a check. So nothing
is imported here that could keep it waiting; what judging needs is imported while it reads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import CatalogueError, UsageError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.core.ledger import Ledger
    from pyxl.core.period import Period
    from pyxl.core.totals import Totals
    from pyxl.core.validation import Validation
    from pyxl.excel.grid import RawBook
    from pyxl.outcomes import Examination

__all__ = ["examine", "examine_file", "load_catalogue", "refuse_period"]


def load_catalogue(folder: Path | None) -> Catalogue:
    """Our catalogue, with `folder` laid over it when one is given.

    Raises CatalogueError with every mistake, in the files' shape and in their rules.
    """
    from pyxl.catalogue import loader

    if folder is None:
        return loader.load_catalogue()  # what we ship has been verified before it was built
    from pyxl.core.checks import verify

    catalogue = loader.load_catalogue(folder)
    if problems := verify(catalogue):
        raise CatalogueError(problems)
    return catalogue


def examine_file(
    path: Path,
    period: str | None,
    folder: Path | None,
    today: date,
    ahead: Callable[[], None] = lambda: None,
    *,
    catalogue: Catalogue | None = None,
) -> Examination:
    """Reads a closed ledger in a child process and judges it; `ahead` is called while it is being read.

    `catalogue` is the one with `folder` laid over it, where it has been loaded already.
    """
    from pyxl.excel.closed.reading import start_reading

    refuse_period(period)
    reading = start_reading(path)
    catalogue = catalogue or load_catalogue(folder)
    import pyxl.core.narrative
    import pyxl.core.validation
    import pyxl.excel.parse  # noqa: F401

    ahead()
    return examine(reading.result(), catalogue, today, period=period)


def examine(book: RawBook, catalogue: Catalogue, today: date, *, period: str | None = None) -> Examination:
    """Judges raw cells, wherever they come from: rows, rules, figures and wording, for one period.

    What an upper level has made of many ledgers is one too, of many units.

    `period` is written as on the command line; None = what the cover sheet says.
    Raises WorkbookError when the cells are no ledger, UsageError when the period fits no such ledger.
    """
    from pyxl.core.issue import in_order
    from pyxl.core.narrative import narrate
    from pyxl.core.totals import compute
    from pyxl.core.travelling import REGISTER
    from pyxl.core.units import judge
    from pyxl.core.validation import choose_period
    from pyxl.excel.parse import parse
    from pyxl.excel.tabs import catalogue_for, find_sheet
    from pyxl.outcomes import Examination

    refuse_period(period)
    catalogue = catalogue_for(book, catalogue)
    ledger = parse(book, catalogue)
    chosen = _chosen_period(period, ledger, today) if period else None
    is_of_many = REGISTER in catalogue.by_key
    if is_of_many and chosen:
        _refuse_other(chosen, choose_period(ledger, today), book.name)
    verdict = judge(ledger, catalogue, chosen or choose_period(ledger, today), today)
    totals = _surveyed(compute(verdict, catalogue), book, verdict, catalogue)
    narrative = narrate(ledger, catalogue, verdict, totals)
    sheets = [sheet.name for sheet in book.sheets]
    issues = in_order([*verdict.issues, *narrative.issues], sheets)
    notes = tuple(phrase("words", "notes", note) for note in book.notes)
    is_submission = is_of_many and find_sheet(book, phrase("words", "sheets", "front")) is not None
    return Examination(ledger, catalogue, verdict, totals, narrative, issues, notes, is_submission)


def _refuse_other(chosen: Period, own: Period, file: str) -> None:
    """What was collected for one period is not all that the units have done in another one."""
    if chosen != own:
        raise UsageError("period_of_collected", file=file, own=own.title, other=chosen.title)


def _surveyed(totals: Totals, book: RawBook, verdict: Validation, catalogue: Catalogue) -> Totals:
    """The figures of many units with what is known of them one by one; those of a single one as they are."""
    from pyxl.core.travelling import REGISTER

    if REGISTER not in catalogue.by_key:
        return totals
    from dataclasses import replace

    from pyxl.core.matrix import lines_of
    from pyxl.core.survey import survey_of
    from pyxl.excel.consolidating.background import read_background

    known = read_background(book, catalogue)
    return replace(totals, survey=survey_of(lines_of(verdict, catalogue), known, verdict.period, catalogue))


def refuse_period(written: str | None) -> None:
    """Before the ledger is read: words that are no period of any year."""
    if written is None:
        return
    from pyxl.core.period import parse_period, period_of_name

    if not (parse_period(written) or period_of_name(0, written.strip())):
        raise UsageError("bad_period", written=written)


def _chosen_period(written: str, ledger: Ledger, today: date) -> Period:
    """The period asked for, with its year or as the part of the ledger's year that the cover sheet calls so."""
    from pyxl.core.period import parse_period, period_of_name
    from pyxl.core.validation import choose_period

    own = ledger.cover.get("year")
    period = parse_period(written) or period_of_name(choose_period(ledger, today).year, written.strip())
    assert period  # see refuse_period
    if isinstance(own, int) and period.year != own:
        raise UsageError("period_of_other_year", year=own, other=period.year, part=period.part)
    return period
