"""How does a folder of submissions become the upper level's ledger?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyxl.actions.examining import load_catalogue, refuse_period
from pyxl.errors import OutputError, UsageError
from pyxl.record import record
from pyxl.text import phrase

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from threading import Event

    from pyxl.catalogue.model import Catalogue
    from pyxl.collecting.cache import Cache
    from pyxl.collecting.looking import Progress
    from pyxl.collecting.reader import Terms
    from pyxl.core.background import Earlier
    from pyxl.core.consolidation import Consolidation, Expected
    from pyxl.core.ledger import Value
    from pyxl.core.provenance import Provenance
    from pyxl.core.survey import Survey
    from pyxl.excel.consolidating.fragment import Piece
    from pyxl.excel.consolidating.kept import Kept
    from pyxl.outcomes import CollectOutcome, Examination

__all__ = ["Collecting", "Hands", "collect", "consolidated_path"]


@record
class Collecting:
    """What is to be collected, and how."""

    folder: Path
    roster: Path | None = None  # of the units expected; by default the one that lies in the folder
    out: Path | None = None  # by default beside the folder
    period: str | None = None  # by default the one that most submissions are for
    fast: bool = False  # believe manifests of files that nobody has touched; the rows are then left out
    trust: tuple[str, ...] = ()  # units whose new key has been checked
    report: Path | None = None  # the report on all units, when one is asked for
    slips: Path | None = None  # the folder for what goes back to units, when slips are asked for
    previous: Path | None = None  # the consolidated workbook of an earlier period, to compare with
    scheduler: str = ""  # of a Dask cluster that looks at the files: tcp://host:port
    unit: str = ""  # whose consolidated ledger it is; or to be filled in by hand, as is its code
    code: str = ""
    catalogue_folder: Path | None = None


class _Cancelled(Exception):  # noqa: N818 - what happened, not whose mistake it is
    """It was cancelled while the workbook was being written."""


class Hands(NamedTuple):
    """Who looks at the files, who is told how far it is, and who may end it."""

    executor: Executor | None = None  # by default the cluster that was asked for, or threads with a child each
    progress: Progress | None = None
    cancelled: Event | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody has ended it."""
        return self.cancelled is not None and self.cancelled.is_set()


def collect(asked: Collecting, *, today: date, hands: Hands | None = None) -> CollectOutcome:
    """Looks at every file of a folder, counts what can be counted, and writes the consolidated workbook.

    What was looked at before and has not changed is not looked at again. Raises UsageError, WorkbookError
    (of the roster and the earlier workbook), OutputError and CatalogueError, never for a file that was handed in.
    """
    from pyxl.actions.returning import refuse_beside
    from pyxl.actions.surveying import earlier_in
    from pyxl.collecting.cache import with_cache
    from pyxl.core.travelling import travelling
    from pyxl.excel.consolidating.roster import read_roster
    from pyxl.folders import cache_folder

    target = asked.out or consolidated_path(asked.folder)
    _refuse(asked.folder, target)
    refuse_beside(asked.folder, asked.report, asked.slips)
    refuse_period(asked.period)
    catalogue = travelling(load_catalogue(asked.catalogue_folder))
    roster = asked.roster or _roster_in(asked.folder)
    expected, notes = read_roster(roster) if roster else ((), ())
    earlier = earlier_in(asked.previous, asked.catalogue_folder, today) if asked.previous else None
    terms, own = (
        _terms(asked),
        (target, roster, _roster_in(asked.folder), asked.previous),
    )
    job = _Job(asked, target, catalogue, expected, earlier, terms, hands or Hands(), own, today)
    outcome = with_cache(cache_folder(), _judge(terms, asked.catalogue_folder), lambda cache: _done(job, cache))
    if outcome.found:
        _remember(outcome.found)
    return replace(outcome, notes=(*notes, *outcome.notes))


class _Job(NamedTuple):
    """What was asked for, with everything that it needs."""

    asked: Collecting
    target: Path
    catalogue: Catalogue
    expected: Sequence[Expected]
    earlier: Earlier | None
    terms: Terms
    hands: Hands
    own: tuple[Path | None, ...]  # files in the folder that nobody has handed in, the target first
    today: date


def _done(job: _Job, cache: Cache) -> CollectOutcome:
    from pyxl.actions.returning import with_slips
    from pyxl.actions.surveying import survey_found, with_report
    from pyxl.collecting.frames import SOURCES
    from pyxl.excel.consolidating.own import can_be_read
    from pyxl.outcomes import CollectOutcome

    asked, catalogue = job.asked, job.catalogue
    looked, found, trusted = _found(job, cache)
    outcome = CollectOutcome(asked.folder, found, None, tuple(job.expected), looked, notes=trusted)
    if found is None or not found.units:
        return with_slips(outcome, asked.slips, asked.unit, catalogue)
    kept = _kept(job.target, catalogue, found, asked, cache)
    survey = survey_found(found, catalogue, job.earlier, asked.previous)
    try:
        written, notes = _write(job, found, cache, kept, survey)
    except _Cancelled:
        return replace(outcome, found=None)
    outcome = replace(outcome, written=written, too_large=not can_be_read(written), notes=(*trusted, *notes))

    def told(judged: Examination, book: Path) -> Provenance:
        from pyxl.actions.sourcing import origins_of_units

        sources = cache.pieces(SOURCES, ((each.received.digest, each.number) for each in found.units))
        return origins_of_units(judged, book, found, () if asked.fast else sources, job.today)

    outcome = with_report(outcome, asked.report, catalogue, kept, survey, told)
    return with_slips(outcome, asked.slips, str(kept.cover.get("unit") or ""), catalogue)


def _remember(found: Consolidation) -> None:
    """The keys of the units that were counted."""
    from pyxl.core.consolidation import Status
    from pyxl.core.vouching import Pin
    from pyxl.sealing.pins import remember

    remember({each.identity: Pin(each.received.key, each.unit) for each in found.of(Status.ACCEPTED) if each.received})


def _found(job: _Job, cache: Cache) -> tuple[int, Consolidation | None, tuple[str, ...]]:
    """How many files are known, what they come to (None when it was cancelled), and what is said of who is trusted."""
    from pyxl.actions.trusting import trust_notes
    from pyxl.collecting.folder import listed
    from pyxl.collecting.looking import look_at_all
    from pyxl.core.consolidation import consolidate
    from pyxl.sealing.pins import known_units

    asked, hands = job.asked, job.hands
    pins = known_units()
    there = listed(asked.folder, [path for path in job.own if path])
    with _executor(asked, hands) as executor:
        received = look_at_all(there.files, cache, job.terms, executor, hands.progress, hands.cancelled)
    if hands.is_cancelled:
        return len(received), None, ()

    def trusting(units: tuple[str, ...]) -> Consolidation:
        return consolidate(
            received, job.catalogue, roster=job.expected, period=asked.period or "", pins=pins, trusted=units,
            ignored=there.ignored, today=job.today,
        )  # fmt: skip

    found = trusting(asked.trust)
    notes = trust_notes(asked.trust, found, trusting(())) if asked.trust else ()
    return len(received), found, tuple(notes)


def _executor(asked: Collecting, hands: Hands) -> AbstractContextManager[Executor | None]:
    if hands.executor is not None or not asked.scheduler:
        return nullcontext(hands.executor)
    from pyxl.collecting.cluster import cluster

    return cluster(asked.scheduler, asked.folder, asked.catalogue_folder)


def consolidated_path(folder: Path) -> Path:
    """Where the consolidated workbook of a folder goes when nobody says: beside it, under its name."""
    from pyxl.outfile import safe_stem

    whole = Path(os.path.abspath(folder))  # noqa: PTH100 - `.` and `..` have names, too; links stay as they are
    parent = folder.parent if folder.name == whole.name else whole.parent
    return parent / f"{safe_stem(phrase('words', 'files', 'consolidated', folder=whole.name))}.xlsx"


def _refuse(folder: Path, target: Path) -> None:
    """What is wrong with the folder or the file to write is said before anything is looked at."""
    from pyxl.actions.refusing import refuse_ending
    from pyxl.excel.consolidating.own import is_consolidated

    if not folder.is_dir():
        raise UsageError("not_a_folder" if folder.exists() else "folder_missing", path=str(folder))
    refuse_ending(target, ".xlsx", "consolidated_ending")
    if target.exists() and not is_consolidated(target):
        raise OutputError("consolidated_not_ours", file=target.name)


def _roster_in(folder: Path) -> Path | None:
    """The roster that lies among the submissions, under its usual name."""
    path = folder / f"{phrase('words', 'files', 'roster')}.xlsx"
    return path if path.is_file() and not path.is_symlink() else None


def _terms(asked: Collecting) -> Terms:
    from pyxl.collecting.reader import Terms
    from pyxl.excel.consolidating.formats import entry_formats

    return Terms(
        catalogue=str(asked.catalogue_folder.absolute()) if asked.catalogue_folder else "",
        styles=entry_formats(),
        fast=asked.fast,
        sources=asked.report is not None and not asked.fast,
    )


def _judge(terms: Terms, catalogue_folder: Path | None) -> str:
    """By what files are looked at: whatever changes it makes what was found before worthless."""
    from hashlib import sha256

    from pyxl import __version__
    from pyxl.catalogue.loader import catalogue_stamp
    from pyxl.excel.consolidating.fragment import FORM

    stamp = catalogue_stamp(*([catalogue_folder] if catalogue_folder else []))
    return sha256(repr((__version__, FORM, stamp, sorted(terms.styles.items()), terms.fast)).encode()).hexdigest()[:16]


def _kept(target: Path, catalogue: Catalogue, found: Consolidation, asked: Collecting, cache: Cache) -> Kept:
    """The upper unit's cover and wording: as typed on the workbook that is replaced, and as asked for now."""
    from pyxl.excel.consolidating.kept import Kept

    before = _typed(target, catalogue, cache) if target.exists() else None
    given = {"unit": asked.unit, "code": asked.code}
    fixed: dict[str, Value] = {"as_of": found.as_of}
    fixed |= {"year": found.period.year, "period": found.period.name} if found.period else {}
    cover = {field.key: before.cover.get(field.key) if before else None for field in catalogue.cover}
    cover |= {**{key: text for key, text in given.items() if text}, **fixed}
    return Kept(cover, before.wording if before else None)


def _typed(target: Path, catalogue: Catalogue, cache: Cache) -> Kept:
    """What stands on the workbook; one that nobody has touched since it was written need not be read."""
    from pyxl.excel.closed.reading import read_book
    from pyxl.excel.consolidating.kept import kept_of

    return cache.written(target) or kept_of(read_book(target), catalogue)


def _write(job: _Job, found: Consolidation, cache: Cache, kept: Kept, survey: Survey) -> tuple[Path, tuple[str, ...]]:
    """The workbook, verified before it gets its name, and what is to be said of the one that it replaces."""
    from pyxl.actions.sparing import Former
    from pyxl.collecting.cache import Gone
    from pyxl.excel.consolidating.book import write_book
    from pyxl.excel.consolidating.own import sound
    from pyxl.outfile import deliver

    target, units = job.target, [each for each in found.units if each.received.full]

    def source(sheet: str) -> Iterator[Piece | None]:
        kept = cache.pieces(sheet, ((each.received.digest, each.number) for each in units))
        for each, piece in zip(units, kept, strict=True):
            if job.hands.is_cancelled:
                raise _Cancelled
            if (piece.rows if piece else 0) != each.part.rows.get(sheet, 0):
                raise Gone(each.received.file)
            yield piece

    def write(path: Path) -> None:
        with path.open("wb") as out:
            write_book(out, job.catalogue, kept, found, source, len(job.expected), survey.comparison)

    def verify(path: Path) -> None:
        sound(path)
        former.spare()

    with Former(target) as former:
        written = deliver(target, write, verify, inputs=[path for path in job.own[1:] if path])
    cache.note(written, kept)
    return written, former.note
