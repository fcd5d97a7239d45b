"""How does a folder of submissions become the upper level's ledger?"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from pyxl.actions.examining import load_catalogue
from pyxl.errors import OutputError, UsageError
from pyxl.record import record
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.collecting.cache import Cache
    from pyxl.collecting.looking import Progress
    from pyxl.collecting.reader import Terms
    from pyxl.core.consolidation import Consolidation, Expected
    from pyxl.core.ledger import Value
    from pyxl.excel.consolidating.fragment import Piece
    from pyxl.excel.consolidating.kept import Kept
    from pyxl.outcomes import CollectOutcome

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
    (of the roster), OutputError and CatalogueError, never for a file that was handed in.
    """
    from pyxl.core.consolidation import Status
    from pyxl.core.travelling import travelling
    from pyxl.excel.consolidating.roster import read_roster
    from pyxl.outcomes import CollectOutcome
    from pyxl.sealing.pins import remember

    target = asked.out or consolidated_path(asked.folder)
    _refuse(asked.folder, target)
    _period(asked.period)
    catalogue = travelling(load_catalogue(asked.catalogue_folder))
    roster = asked.roster or _roster_in(asked.folder)
    expected = read_roster(roster) if roster else ()
    terms, hands = _terms(asked.catalogue_folder, today, fast=asked.fast), hands or Hands()
    with _cache(terms, asked.catalogue_folder) as cache:
        looked, found = _found(asked, catalogue, expected, (cache, terms), hands, {target, roster})
        if found is None:
            return CollectOutcome(asked.folder, None, None, expected, looked)
        kept = _kept(target, catalogue, found, asked, cache)
        try:
            written = _write(target, catalogue, found, cache, expected, kept, hands)
        except _Cancelled:
            return CollectOutcome(asked.folder, None, None, expected, looked)
    remember({each.identity: each.received.key for each in found.of(Status.ACCEPTED) if each.received})
    return CollectOutcome(asked.folder, found, written, expected, looked)


def _found(
    asked: Collecting, catalogue: Catalogue, expected: Sequence[Expected], by: tuple[Cache, Terms], hands: Hands,
    own: set[Path | None],
) -> tuple[int, Consolidation | None]:  # fmt: skip
    """How many files are known, and what they come to; None when it was cancelled."""
    from pyxl.collecting.folder import listed
    from pyxl.collecting.looking import look_at_all
    from pyxl.core.consolidation import consolidate
    from pyxl.sealing.pins import known_keys

    period, there = _period(asked.period), listed(asked.folder)
    files = [path for path in there.files if path not in own]
    with _executor(asked, hands) as executor:
        received = look_at_all(files, *by, executor, hands.progress, hands.cancelled)
    if hands.is_cancelled:
        return len(received), None
    return len(received), consolidate(
        received, catalogue, roster=expected, period=period, pins=known_keys(), trusted=asked.trust,
        ignored=there.ignored,
    )  # fmt: skip


def _executor(asked: Collecting, hands: Hands) -> AbstractContextManager[Executor | None]:
    if hands.executor is not None or not asked.scheduler:
        return nullcontext(hands.executor)
    from pyxl.collecting.cluster import cluster

    return cluster(asked.scheduler, asked.folder, asked.catalogue_folder)


def consolidated_path(folder: Path) -> Path:
    """Where the consolidated workbook of a folder goes when nobody says: beside it, under its name."""
    from pyxl.outfile import safe_stem

    whole = folder.absolute()
    return folder.parent / f"{safe_stem(phrase('words', 'files', 'consolidated', folder=whole.name))}.xlsx"


def _period(written: str | None) -> str:
    """The code of the period asked for, "" when none is."""
    if written is None:
        return ""
    from pyxl.core.period import parse_period

    period = parse_period(written)
    if period is None:
        raise UsageError("bad_period", written=written)
    return period.code


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


def _terms(catalogue_folder: Path | None, today: date, *, fast: bool) -> Terms:
    from pyxl.collecting.reader import Terms
    from pyxl.excel.consolidating.formats import entry_formats

    return Terms(
        catalogue=str(catalogue_folder.absolute()) if catalogue_folder else "",
        styles=entry_formats(),
        today=today.isoformat(),
        fast=fast,
    )


@contextmanager
def _cache(terms: Terms, catalogue_folder: Path | None) -> Iterator[Cache]:
    """What was found before; where it cannot be kept, it is only for this run."""
    from pyxl import __version__
    from pyxl.catalogue.loader import catalogue_stamp
    from pyxl.collecting.cache import Cache

    stamp = catalogue_stamp(*([catalogue_folder] if catalogue_folder else []))
    judge = sha256(repr((__version__, stamp, sorted(terms.styles.items()), terms.fast)).encode()).hexdigest()[:16]
    with tempfile.TemporaryDirectory(prefix="pyxl-") as spare:
        try:
            folder = _cache_folder()
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            cache = Cache(folder / "collect.sqlite", judge)
        except (OSError, sqlite3.Error):
            cache = Cache(Path(spare) / "collect.sqlite", judge)
        with cache:
            yield cache


def _cache_folder() -> Path:
    """Where this system keeps what can be made anew."""
    from pyxl.failure_log import state_folder

    if sys.platform in ("win32", "darwin"):
        return state_folder() / "cache"
    import os

    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pyxl"


def _kept(target: Path, catalogue: Catalogue, found: Consolidation, asked: Collecting, cache: Cache) -> Kept:
    """The upper unit's cover and wording: as typed on the workbook that is replaced, and as asked for now."""
    from pyxl.excel.consolidating.kept import Kept

    before = _typed(target, catalogue, cache) if target.exists() else None
    given = {"unit": asked.unit, "code": asked.code}
    fixed: dict[str, Value] = {"year": found.period.year, "period": found.period.name, "as_of": found.as_of}
    cover = {field.key: before.cover.get(field.key) if before else None for field in catalogue.cover}
    cover |= {**{key: text for key, text in given.items() if text}, **fixed}
    return Kept(cover, before.wording if before else None)


def _typed(target: Path, catalogue: Catalogue, cache: Cache) -> Kept:
    """What stands on the workbook; one that nobody has touched since it was written need not be read."""
    from pyxl.excel.closed.reading import read_book
    from pyxl.excel.consolidating.kept import kept_of

    return cache.written(target) or kept_of(read_book(target), catalogue)


def _write(
    target: Path, catalogue: Catalogue, found: Consolidation, cache: Cache, expected: Sequence[Expected],
    kept: Kept, hands: Hands,
) -> Path:  # fmt: skip
    """The workbook, verified before it gets its name."""
    from pyxl.excel.consolidating.book import write_book
    from pyxl.excel.consolidating.own import is_consolidated, sound
    from pyxl.outfile import deliver

    units = [(each.received.digest, each.number) for each in found.units if each.received.full]

    def source(sheet: str) -> Iterator[Piece | None]:
        for piece in cache.pieces(sheet, units):
            if hands.is_cancelled:
                raise _Cancelled
            yield piece

    def write(path: Path) -> None:
        with path.open("wb") as out:
            write_book(out, catalogue, kept, found, source, len(expected))

    def verify(path: Path) -> None:
        sound(path)
        if target.exists() and not is_consolidated(target):  # somebody has taken the name meanwhile
            raise OutputError("consolidated_not_ours", file=target.name)

    written = deliver(target, write, verify)
    cache.note(written, kept)
    return written
