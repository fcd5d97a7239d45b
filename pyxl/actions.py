"""The use cases: check, total, summarise, new, demo, build. They return outcomes; they print nothing.

A ledger is read in a child process, which takes as long as all the rest of a check. So nothing is
imported here that could keep it waiting; what judging needs is imported while it reads.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import CatalogueError, OutputError, UsageError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.core.ledger import Ledger
    from pyxl.core.period import Period
    from pyxl.outcomes import (
        BuildOutcome,
        CheckOutcome,
        DemoOutcome,
        Examination,
        NewOutcome,
        ReportOutcome,
        TotalsOutcome,
    )

__all__ = [
    "build",
    "check",
    "demo",
    "load_catalogue",
    "new",
    "summarise",
    "total",
]


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


def check(
    ledger: Path, *, period: str | None = None, catalogue_folder: Path | None = None, today: date
) -> CheckOutcome:
    """Reads a closed ledger and judges every row and every piece of wording in it."""
    return _examine(ledger, period, catalogue_folder, today).outcome(ledger)


def total(
    ledger: Path, *, period: str | None = None, catalogue_folder: Path | None = None, today: date
) -> TotalsOutcome:
    """Computes every figure from the rows that count."""
    found = _examine(ledger, period, catalogue_folder, today)
    from pyxl.outcomes import TotalsOutcome

    verdict = found.outcome(ledger)
    return TotalsOutcome(verdict.unit, verdict.period, found.totals.figures, verdict)


def summarise(
    ledger: Path,
    *,
    out: Path | None = None,
    period: str | None = None,
    template: Path | None = None,
    draft: bool = False,
    sources: bool = False,
    catalogue_folder: Path | None = None,
    today: date,
) -> ReportOutcome:
    """Writes the summary as a Word document; not while error-level issues stand, unless as a draft."""
    if out and not out.is_dir():
        _refuse_ending(out, ".docx", "report_ending")
    found = _examine(ledger, period, catalogue_folder, today, ahead=_prepare_word)
    from pyxl.outcomes import ReportOutcome

    verdict = found.outcome(ledger)
    if verdict.blocked and not draft:
        return ReportOutcome(None, True, verdict)
    written, left_out = _write_report(found, ledger, out, template, draft=draft, sources=sources)
    return ReportOutcome(written, verdict.blocked, verdict, left_out)


def new(path: Path, *, year: int | None, unit: str = "", catalogue_folder: Path | None = None) -> NewOutcome:
    """Writes a blank ledger. Raises OutputError when a file of that name is there already."""
    from pyxl.excel.building.ledger import build_ledger
    from pyxl.outcomes import NewOutcome

    _refuse_ending(path, ".xlsx", "ledger_ending")
    _refuse_existing(path)
    catalogue = load_catalogue(catalogue_folder)
    return NewOutcome(_deliver_ledger(path, lambda target: build_ledger(catalogue, target, year=year, unit=unit)))


def demo(folder: Path, *, catalogue_folder: Path | None = None, today: date) -> DemoOutcome:
    """Writes the sample ledger of a fictional branch into `folder`, and its report.

    A file that is there and differs, because somebody has worked in it, is kept: the new one takes a free name.
    """
    from tempfile import TemporaryDirectory

    from pyxl.outcomes import DemoOutcome, ReportOutcome

    _make_folder(folder)
    with TemporaryDirectory(prefix="pyxl-") as workshop:
        made = _sample_ledger(Path(workshop), catalogue_folder)
        path = _placed(made, folder)
        totals = total(path, catalogue_folder=catalogue_folder, today=today)
        draft = Path(workshop) / phrase("words", "files", "sample_report")
        report = summarise(path, out=draft, sources=True, catalogue_folder=catalogue_folder, today=today)
        placed = _placed(report.written, folder) if report.written else None
    kept = [(folder / at.name, now) for at, now in ((made, path), (draft, placed)) if now and now.name != at.name]
    outcome = ReportOutcome(placed, report.blocked, report.check, report.left_out)
    return DemoOutcome(path, outcome, totals.check, totals, tuple(kept))


def _sample_ledger(folder: Path, catalogue_folder: Path | None) -> Path:
    from pyxl.excel.building.ledger import build_ledger
    from pyxl.sample import sample

    cover, rows = sample()
    catalogue = load_catalogue(catalogue_folder)
    unit, year = str(cover["unit"]), cover["year"]
    return _deliver_ledger(
        folder / phrase("words", "files", "sample", unit=unit, year=year),
        lambda target: build_ledger(
            catalogue, target, year=year if isinstance(year, int) else None, unit=unit, cover=cover, rows=rows
        ),
    )


def _placed(made: Path, folder: Path) -> Path:
    """The file in `folder` that holds what `made` holds: one that is there already, or a new one."""
    from pyxl.outfile import deliver, free_name, holds_the_same

    target = free_name(folder / made.name, like=made)
    if os.path.lexists(target):
        return target
    content = made.read_bytes()

    def verify(written: Path) -> None:
        if not holds_the_same(written, made):
            raise OutputError("document_unreadable", file=target.name)

    return deliver(target, lambda path: _write(path, content), verify)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _examine(
    path: Path,
    period: str | None,
    folder: Path | None,
    today: date,
    ahead: Callable[[], None] = lambda: None,
) -> Examination:
    """Reads and judges a ledger. The file is read in a child process while we load what judging needs."""
    from pyxl.excel.closed.reading import start_reading

    _refuse_period(period)
    reading = start_reading(path)
    catalogue = load_catalogue(folder)
    from pyxl.core.issue import in_order
    from pyxl.core.narrative import narrate
    from pyxl.core.totals import compute
    from pyxl.core.validation import choose_period, validate
    from pyxl.excel.parse import parse
    from pyxl.outcomes import Examination

    ahead()
    book = reading.result()
    ledger = parse(book, catalogue)
    chosen = _chosen_period(period, ledger, today) if period else None
    verdict = validate(ledger, catalogue, chosen or choose_period(ledger, today), today)
    totals = compute(verdict, catalogue)
    narrative = narrate(ledger, catalogue, verdict, totals)
    sheets = [sheet.name for sheet in book.sheets]
    issues = in_order([*verdict.issues, *narrative.issues], sheets)
    notes = tuple(phrase("words", "notes", note) for note in book.notes)
    return Examination(ledger, catalogue, verdict, totals, narrative, issues, notes)


def _refuse_period(written: str | None) -> None:
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
    assert period  # see _refuse_period
    if isinstance(own, int) and period.year != own:
        raise UsageError("period_of_other_year", year=own, other=period.year, part=period.part)
    return period


def _prepare_word() -> None:
    """Imports what a report needs while the ledger is being read."""
    import pyxl.word.report  # noqa: F401


def _write_report(
    found: Examination, ledger: Path, out: Path | None, template: Path | None, *, draft: bool, sources: bool
) -> tuple[Path, tuple[str, ...]]:
    from pyxl.assets import template_path
    from pyxl.core.fields import known_names
    from pyxl.core.summary import report_name
    from pyxl.core.summary import summarise as compose
    from pyxl.outfile import deliver, free_name, safe_stem
    from pyxl.word.report import render, verify

    name = report_name(found.ledger, found.validation)
    if draft:
        name = phrase("words", "report", "draft_file", name=name)
    target = out or free_name(ledger.parent / f"{safe_stem(name)}.docx")
    report = compose(
        found.ledger, found.catalogue, found.validation, found.totals, found.narrative,
        issues=found.issues, draft=draft, sources=sources,
    )  # fmt: skip
    chosen = template or template_path()
    known = known_names(found.catalogue)
    inputs = [ledger, *([template] if template else [])]
    left_out: list[str] = []
    path = deliver(target, lambda path: left_out.extend(render(report, chosen, path, known)), verify, inputs=inputs)
    return path, tuple(left_out)


def _deliver_ledger(path: Path, write: Callable[[Path], None]) -> Path:
    from pyxl.excel.closed.reading import read_book
    from pyxl.outfile import deliver

    def verify(written: Path) -> None:
        read_book(written)

    return deliver(path, write, verify)


def _refuse_ending(path: Path, ending: str, code: str) -> None:
    if path.suffix.lower() != ending:
        raise UsageError(code, file=path.name, proposal=path.with_suffix(ending).name)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise OutputError("file_exists", file=path.name)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("folder_not_made", folder=str(folder)) from error


def build(*, check_only: bool = False, root: Path | None = None) -> BuildOutcome:
    """Rebuilds what is committed under workbook/ and templates/, or only compares.

    Raises OutputError when there is no source checkout to build in.
    """
    from pyxl import building
    from pyxl.assets import checkout_root
    from pyxl.outcomes import BuildOutcome

    target = root or checkout_root()
    if target is None:
        raise OutputError("no_checkout")
    if check_only:
        return BuildOutcome((), building.stale(target))
    return BuildOutcome(building.build(target), ())
