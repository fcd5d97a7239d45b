"""The use cases: check, total, summarise, new, demo, build. They return outcomes; they print nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.catalogue.loader import load_catalogue as _load
from pyxl.catalogue.model import Catalogue
from pyxl.core.issue import Issue, in_order
from pyxl.core.ledger import Ledger
from pyxl.core.period import Period, parse_period
from pyxl.core.totals import Figure, Totals
from pyxl.core.validation import Validation, choose_period, validate
from pyxl.errors import CatalogueError, OutputError, UsageError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.narrative import Narrative

__all__ = [
    "BuildOutcome",
    "CheckOutcome",
    "DemoOutcome",
    "NewOutcome",
    "ReportOutcome",
    "TotalsOutcome",
    "build",
    "check",
    "demo",
    "load_catalogue",
    "new",
    "summarise",
    "total",
]


@dataclass(frozen=True)
class CheckOutcome:
    """What a check found: issues, and how many rows count, do not count, or are in error."""

    unit: str
    period: str  # 2023H1
    issues: tuple[Issue, ...]
    read: int
    counted: int
    excluded: int
    error: int
    exclusions: tuple[tuple[str, str], ...]  # row and reason
    ledger: Path
    notes: tuple[str, ...] = ()  # about the file as a whole, e.g. that it holds macros

    @property
    def blocked(self) -> bool:
        """Whether error-level issues stand."""
        return any(found.blocks for found in self.issues)


@dataclass(frozen=True)
class TotalsOutcome:
    """The figures of one ledger and period, and the check that they rest on."""

    unit: str
    period: str
    figures: tuple[Figure, ...]
    check: CheckOutcome


@dataclass(frozen=True)
class ReportOutcome:
    """The document written, or none when error-level issues stood in the way."""

    written: Path | None
    blocked: bool
    check: CheckOutcome


@dataclass(frozen=True)
class NewOutcome:
    """The ledger written."""

    written: Path


@dataclass(frozen=True)
class DemoOutcome:
    """The sample ledger and what was made of it."""

    ledger: Path
    report: ReportOutcome
    check: CheckOutcome
    totals: TotalsOutcome


@dataclass(frozen=True)
class BuildOutcome:
    """The built files that were made anew, or, when only compared, those that are stale."""

    built: tuple[str, ...]
    stale: tuple[str, ...]


@dataclass(frozen=True)
class _Examination:
    """One ledger, read and judged: what every use case starts from."""

    ledger: Ledger
    catalogue: Catalogue
    validation: Validation
    totals: Totals
    narrative: Narrative
    issues: tuple[Issue, ...]
    notes: tuple[str, ...]

    def outcome(self, path: Path) -> CheckOutcome:
        """The verdict as a value for the skins."""
        verdict = self.validation
        return CheckOutcome(
            unit=self.ledger.unit,
            period=verdict.period.code,
            issues=self.issues,
            read=verdict.rows_read,
            counted=verdict.rows_counted,
            excluded=len(verdict.excluded),
            error=len(verdict.erroneous),
            exclusions=tuple((row.ref, row.text) for row in verdict.excluded),
            ledger=path,
            notes=self.notes,
        )


def load_catalogue(folder: Path | None) -> Catalogue:
    """Our catalogue, with `folder` laid over it when one is given.

    Raises CatalogueError with every mistake, in the files' shape and in their rules.
    """
    if folder is None:
        return _load()  # what we ship has been verified before it was built
    from pyxl.core.checks import verify

    catalogue = _load(folder)
    if problems := verify(catalogue):
        raise CatalogueError(problems)
    return catalogue


def check(ledger: Path, *, period: str | None = None, catalogue_folder: Path | None = None, today: date) -> CheckOutcome:
    """Reads a closed ledger and judges every row and every piece of wording in it."""
    return _examine(ledger, period, catalogue_folder, today).outcome(ledger)


def total(
    ledger: Path, *, period: str | None = None, catalogue_folder: Path | None = None, today: date
) -> TotalsOutcome:
    """Computes every figure from the rows that count."""
    found = _examine(ledger, period, catalogue_folder, today)
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
    found = _examine(ledger, period, catalogue_folder, today, ahead=_prepare_word)
    verdict = found.outcome(ledger)
    if verdict.blocked and not draft:
        return ReportOutcome(None, True, verdict)
    return ReportOutcome(_write_report(found, ledger, out, template, draft, sources), verdict.blocked, verdict)


def new(path: Path, *, year: int | None, unit: str = "", catalogue_folder: Path | None = None) -> NewOutcome:
    """Writes a blank ledger. Raises OutputError when a file of that name is there already."""
    from pyxl.excel.building.ledger import build_ledger

    _refuse_existing(path)
    catalogue = load_catalogue(catalogue_folder)
    return NewOutcome(_deliver_ledger(path, lambda target: build_ledger(catalogue, target, year=year, unit=unit)))


def demo(folder: Path, *, catalogue_folder: Path | None = None, today: date) -> DemoOutcome:
    """Writes the sample ledger of a fictional branch into `folder`, and its report."""
    from pyxl.excel.building.ledger import build_ledger
    from pyxl.sample import sample

    cover, rows = sample()
    catalogue = load_catalogue(catalogue_folder)
    unit, year = str(cover["unit"]), cover["year"]
    _make_folder(folder)
    path = _deliver_ledger(
        folder / phrase("words", "files", "sample", unit=unit, year=year),
        lambda target: build_ledger(
            catalogue, target, year=year if isinstance(year, int) else None, unit=unit, cover=cover, rows=rows
        ),
    )
    totals = total(path, catalogue_folder=catalogue_folder, today=today)
    name = phrase("words", "files", "sample_report")
    report = summarise(path, out=folder / name, sources=True, catalogue_folder=catalogue_folder, today=today)
    return DemoOutcome(path, report, totals.check, totals)


def _examine(
    path: Path,
    period: str | None,
    folder: Path | None,
    today: date,
    ahead: Callable[[], None] = lambda: None,
) -> _Examination:
    """Reads and judges a ledger. The file is read in a child process while we load what judging needs."""
    from pyxl.excel.closed.reading import start_reading

    chosen = _chosen_period(period)
    reading = start_reading(path)
    catalogue = load_catalogue(folder)
    from pyxl.core.narrative import narrate
    from pyxl.core.totals import compute
    from pyxl.excel.parse import parse

    ahead()
    book = reading.result()
    ledger = parse(book, catalogue)
    verdict = validate(ledger, catalogue, chosen or choose_period(ledger, today), today)
    totals = compute(verdict, catalogue)
    narrative = narrate(ledger, catalogue, verdict, totals)
    sheets = [sheet.name for sheet in book.sheets]
    issues = in_order([*verdict.issues, *narrative.issues], sheets)
    notes = tuple(phrase("words", "notes", note) for note in book.notes)
    return _Examination(ledger, catalogue, verdict, totals, narrative, issues, notes)


def _chosen_period(written: str | None) -> Period | None:
    if written is None:
        return None
    period = parse_period(written)
    if period is None:
        raise UsageError("bad_period", written=written)
    return period


def _prepare_word() -> None:
    """Imports what a report needs while the ledger is being read."""
    import pyxl.word.report  # noqa: F401


def _write_report(
    found: _Examination, ledger: Path, out: Path | None, template: Path | None, draft: bool, sources: bool
) -> Path:
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
    return deliver(target, lambda path: render(report, chosen, path, known), verify, inputs=inputs)


def _deliver_ledger(path: Path, write: Callable[[Path], None]) -> Path:
    from pyxl.excel.closed.reading import read_book
    from pyxl.outfile import deliver

    def verify(written: Path) -> None:
        read_book(written)

    return deliver(path, write, verify)


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

    target = root or checkout_root()
    if target is None:
        raise OutputError("no_checkout")
    if check_only:
        return BuildOutcome((), building.stale(target))
    return BuildOutcome(building.build(target), ())
