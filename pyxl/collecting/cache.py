"""What has been looked at before, so that only what changed is looked at again?

A file is taken for unchanged that has the same path, size, times and number in its file system, unless it
was changed so shortly before it was last looked at that its time could not tell; of every other one that
could be known, the content decides. What was found is kept by content, and by what judged it: another
catalogue or program looks again. What cannot be read back as it was written counts for nothing.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar
from zlib import crc32

from pyxl.collecting.folder import shown_name
from pyxl.collecting.frames import SOURCES, unpacked_pieces
from pyxl.collecting.reader import Answer
from pyxl.core.received import Received, decoded
from pyxl.errors import OutputError
from pyxl.excel.consolidating.fragment import Piece
from pyxl.excel.consolidating.kept import Kept, recalled, remembered

__all__ = ["Cache", "Gone", "Stamp", "stamp_of", "with_cache"]

_Result = TypeVar("_Result")


class Gone(sqlite3.OperationalError):
    """Rows that were kept are not there any more: whoever needs them has to look again."""


_NAME = "collect.sqlite"
_SHAPE = 3  # of the tables; those of another shape are thrown away
_UNSURE = 2_000_000_000  # nanoseconds: the coarsest clock of a file system that people use (FAT)
_NEEDED_FOR = 86_400 * 1_000_000_000  # nanoseconds: no run of collecting takes longer
_KEPT_FOR = 400 * 86_400 * 1_000_000_000  # nanoseconds: a year later nobody collects a period again
_PATIENCE = 30  # seconds that another program that is collecting may hold the file
_AT_ONCE = 100  # units whose pieces are fetched, and in memory, at once
_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    path BLOB PRIMARY KEY, size INTEGER, changed INTEGER, touched INTEGER, number TEXT, looked INTEGER, digest TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS digests ON files (digest);
CREATE TABLE IF NOT EXISTS found (
    judge TEXT, digest TEXT, ending TEXT, received BLOB, sum INTEGER, kept INTEGER,
    PRIMARY KEY (judge, digest, ending)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pieces (
    judge TEXT, digest TEXT, sheet TEXT, unit INTEGER, rows INTEGER, size INTEGER, crc INTEGER, data BLOB, sum INTEGER,
    PRIMARY KEY (judge, digest, sheet, unit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (path BLOB PRIMARY KEY, digest TEXT, kept TEXT) WITHOUT ROWID;
"""


class Stamp(NamedTuple):
    """What a file looks like from outside; size in bytes, times in nanoseconds."""

    size: int
    changed: int
    touched: int  # when anything about it was changed; on Windows, when it was made
    number: str  # in its file system: another file under the same name has another one


def stamp_of(path: Path) -> Stamp:
    """Raises OSError."""
    status = path.stat()
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, f"{status.st_dev}:{status.st_ino}")


class Cache:
    """One SQLite file; `judge` names the program, catalogue and terms by which files are looked at.

    Every method raises sqlite3.Error when the file cannot be used, or does not hold what was written.
    """

    def __init__(self, path: Path, judge: str) -> None:
        self._judge = judge
        self._base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._shape()
        except sqlite3.Error:
            self._base.close()
            raise

    def _shape(self) -> None:
        if self._base.execute("PRAGMA user_version").fetchone()[0] != _SHAPE:
            tables = self._base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in tables:
                self._base.execute(f'DROP TABLE "{name}"')
            self._base.execute(f"PRAGMA user_version = {_SHAPE}")
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._base.close()

    def known(self, files: Iterable[tuple[Path, Stamp]], began: int, *, sources: bool = False) -> dict[Path, Received]:
        """Of these files, those that have been looked at as they are now; `began` (ns): before they were stamped.

        With `sources` only those of which it was asked, too, what a document will tell of their rows.
        """
        rows = self._base.execute("SELECT path, size, changed, touched, number, looked, digest FROM files").fetchall()
        seen = {path: (Stamp(*stamp), looked, digest) for path, *stamp, looked, digest in rows}
        sizes = {stamp.size for stamp, _, _ in seen.values()}
        found: dict[Path, Received] = {}
        read: list[tuple[Path, Stamp, str]] = []
        for path, stamp in files:
            before, looked, digest = seen.get(_bytes(path), (None, 0, ""))
            if before != stamp or looked - max(stamp.changed, stamp.touched) <= _UNSURE:
                if stamp.size not in sizes:
                    continue
                digest = _digest(path)
                read.append((path, stamp, digest))
            received = self._found(path, digest)
            if received and not (sources and self._lacks_sources(received)):
                found[path] = received
        self._stamp((path, stamp, began, digest) for path, stamp, digest in read if path in found)
        return found

    def _found(self, path: Path, digest: str) -> Received | None:
        row = self._base.execute(
            "SELECT received, sum FROM found WHERE judge = ? AND digest = ? AND ending = ?",
            (self._judge, digest, _ending(path)),
        ).fetchone()
        if row is None:
            return None
        received = decoded(_sound(*row))
        name, params = shown_name(path.name), received.params
        return replace(received, file=name, params={**params, "file": name} if params and "file" in params else params)

    def _lacks_sources(self, received: Received) -> bool:
        key = (self._judge, received.digest, SOURCES)
        found = self._base.execute("SELECT 1 FROM pieces WHERE judge = ? AND digest = ? AND sheet = ? LIMIT 1", key)
        return received.is_sound and received.full and found.fetchone() is None

    def keep(self, answers: Iterable[tuple[Path, Stamp, int, Answer]]) -> None:
        """Keeps what was found, all of it or nothing: path, stamp, when (ns; before the stamp), what."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for path, stamp, looked, answer in answers:
                if answer.received.digest:
                    self._keep(path, stamp, looked, answer)
            self._base.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
            raise

    def _keep(self, path: Path, stamp: Stamp, looked: int, answer: Answer) -> None:
        judge, digest, told = self._judge, answer.received.digest, answer.told
        self._base.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", _row(path, stamp, looked, digest)
        )
        row = (judge, digest, _ending(path), told, crc32(told), time.time_ns())
        self._base.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?, ?)", row)
        if answer.pieces:
            self._base.executemany(
                "INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (judge, digest, sheet, unit, *piece, crc32(piece.data))
                    for unit, sheet, piece in unpacked_pieces(answer.pieces)
                ),
            )

    def _stamp(self, files: Iterable[tuple[Path, Stamp, int, str]]) -> None:
        """Of files that turned out to be known: so that next time nobody has to read them."""
        rows = [_row(*each) for each in files]
        if rows:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._base.execute("COMMIT")

    def tidy(self, now: int) -> None:
        """Lets go of files that nobody has looked at for a year, and of what no file holds any more; `now` in ns.

        What was found a moment ago stays: another program that collects may be about to write it.
        """
        self._base.execute("BEGIN IMMEDIATE")
        self._base.execute("DELETE FROM files WHERE looked < ?", (now - _KEPT_FOR,))
        gone = self._base.execute(
            "SELECT judge, digest FROM found WHERE kept < ?"
            " AND NOT EXISTS (SELECT 1 FROM files WHERE files.digest = found.digest)",
            (now - _NEEDED_FOR,),
        ).fetchall()
        for table in ("found", "pieces") if gone else ():
            self._base.executemany(f"DELETE FROM {table} WHERE judge = ? AND digest = ?", gone)  # noqa: S608 - our own two names
        self._base.execute("COMMIT")

    def pieces(self, sheet: str, units: Iterable[tuple[str, int]]) -> Iterator[Piece | None]:
        """The rows of one sheet, unit by unit (digest of the file, number in it); None where one has none."""
        coming = iter(units)
        while some := list(islice(coming, _AT_ONCE)):
            found = self._some_pieces(sheet, some)
            for place in range(len(some)):
                yield found.get(place)

    def _some_pieces(self, sheet: str, units: Sequence[tuple[str, int]]) -> dict[int, Piece]:
        """Place in `units` → piece. One question for all of them: a thousand units on twenty sheets are many."""
        wanted = ", ".join(["(?, ?, ?)"] * len(units))
        rows = self._base.execute(
            f"WITH wanted(place, digest, unit) AS (VALUES {wanted})"  # noqa: S608 - nothing but question marks
            " SELECT place, rows, size, crc, data, sum FROM wanted JOIN pieces"
            " ON judge = ? AND pieces.digest = wanted.digest AND sheet = ? AND pieces.unit = wanted.unit",
            (*(value for place, unit in enumerate(units) for value in (place, *unit)), self._judge, sheet),
        )
        return {
            place: Piece(count, size, crc, _sound(data, checksum)) for place, count, size, crc, data, checksum in rows
        }

    def written(self, path: Path) -> Kept | None:
        """What the workbook that we wrote there has on cover and wording; None once somebody has touched it."""
        row = self._base.execute("SELECT digest, kept FROM written WHERE path = ?", (_bytes(path),)).fetchone()
        return recalled(row[1]) if row and row[0] == _digest(path) else None

    def note(self, path: Path, kept: Kept) -> None:
        """Remembers what was just written there."""
        values = (_bytes(path), _digest(path), remembered(kept))
        self._base.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", values)


def with_cache(folder: Path, judge: str, work: Callable[[Cache], _Result]) -> _Result:
    """What `work` comes to with what was found before; where that cannot be used, it is done without.

    A cache that is damaged is thrown away; one that somebody else holds, or that nothing can be written to,
    stays as it is. Raises OutputError when there is no room for one of this run alone either.
    """
    path = folder / _NAME
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return _without(judge, work)
    try:
        with Cache(path, judge) as cache:
            cache.tidy(time.time_ns())
            return work(cache)
    except sqlite3.OperationalError:
        pass
    except sqlite3.DatabaseError:
        for each in (path, *(path.with_name(f"{_NAME}{ending}") for ending in ("-wal", "-shm"))):
            with suppress(OSError):
                each.unlink()
    return _without(judge, work)


def _without(judge: str, work: Callable[[Cache], _Result]) -> _Result:
    try:
        with tempfile.TemporaryDirectory(prefix="pyxl-") as spare, Cache(Path(spare) / _NAME, judge) as cache:
            return work(cache)
    except sqlite3.Error as error:
        raise OutputError("collect_no_room", reason=str(error), folder=tempfile.gettempdir()) from None


def _row(path: Path, stamp: Stamp, looked: int, digest: str) -> tuple[bytes, int, int, int, str, int, str]:
    return _bytes(path), *stamp, looked, digest


def _bytes(path: Path) -> bytes:
    """A path as it counts wherever we are called from, also one that is no text."""
    return os.fsencode(path.absolute())


def _ending(path: Path) -> str:
    """What is no workbook is told apart by it, too."""
    return shown_name(path.suffix.lower())


def _sound(data: bytes, checksum: int) -> bytes:
    """What was written. SQLite itself does not notice when a disk gives back something else."""
    if crc32(data) != checksum:
        raise sqlite3.DatabaseError("damaged")
    return data


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return sha256(file.read()).hexdigest()
    except OSError:
        return ""
