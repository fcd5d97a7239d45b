"""What has been looked at before, so that only what changed is looked at again?

A file that has the same path, size and time of change is taken for unchanged, unless it was changed so
shortly before it was last looked at that its time could not tell; then, and when only the time differs,
its content decides. What was found is kept by content, and by what judged it: another catalogue or
program looks again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from pyxl.collecting.child import unpacked_pieces
from pyxl.core.received import Received, decoded, encoded
from pyxl.excel.consolidating.fragment import Piece
from pyxl.excel.consolidating.kept import Kept, recalled, remembered

__all__ = ["Cache", "Stamp", "stamp_of"]

_UNSURE = 2_000_000_000  # nanoseconds: the coarsest clock of a file system that people use (FAT)
_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, looked INTEGER, digest TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS found (
    judge TEXT, digest TEXT, received BLOB, PRIMARY KEY (judge, digest)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pieces (
    judge TEXT, digest TEXT, sheet TEXT, unit INTEGER, rows INTEGER, size INTEGER, crc INTEGER, data BLOB,
    PRIMARY KEY (judge, digest, sheet, unit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (path TEXT PRIMARY KEY, digest TEXT, kept TEXT) WITHOUT ROWID;
"""


class Stamp(NamedTuple):
    """What a file looks like from outside; size in bytes, time in nanoseconds."""

    size: int
    changed: int


def stamp_of(path: Path) -> Stamp:
    """Raises OSError."""
    status = path.stat()
    return Stamp(status.st_size, status.st_mtime_ns)


class Cache:
    """One SQLite file; `judge` names the program, catalogue and terms by which files are looked at."""

    def __init__(self, path: Path, judge: str) -> None:
        """Raises sqlite3.Error when the file cannot be one."""
        self._judge = judge
        self._base = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._base.close()

    def known(self, files: Iterable[tuple[Path, Stamp]]) -> dict[Path, Received]:
        """Of these files, those that have been looked at as they are now."""
        rows = self._base.execute("SELECT path, size, changed, looked, digest FROM files")
        seen = {path: (size, changed, looked, digest) for path, size, changed, looked, digest in rows}
        digests: dict[Path, str] = {}
        for path, stamp in files:
            size, changed, looked, digest = seen.get(str(path), (-1, 0, 0, ""))
            if size != stamp.size:
                continue
            sure = changed == stamp.changed and looked - changed > _UNSURE
            if sure or _digest(path) == digest:
                digests[path] = digest
        return {path: found for path, digest in digests.items() if (found := self._found(digest, path.name))}

    def _found(self, digest: str, name: str) -> Received | None:
        row = self._base.execute(
            "SELECT received FROM found WHERE judge = ? AND digest = ?", (self._judge, digest)
        ).fetchone()
        return replace(decoded(row[0]), file=name) if row else None

    def keep(self, answers: Iterable[tuple[Path, Stamp, int, Received, bytes]]) -> None:
        """Keeps what was found, all of it or nothing: path, stamp, when (ns), what, its pieces."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for path, stamp, looked, received, pieces in answers:
                if received.digest:
                    self._keep(path, stamp, looked, received, pieces)
            self._base.execute("COMMIT")
        except BaseException:
            self._base.execute("ROLLBACK")
            raise

    def _keep(self, path: Path, stamp: Stamp, looked: int, received: Received, pieces: bytes) -> None:
        judge, digest = self._judge, received.digest
        self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", (str(path), *stamp, looked, digest))
        self._base.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", (judge, digest, encoded(received)))
        if pieces:
            self._base.executemany(
                "INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                ((judge, digest, sheet, unit, *piece) for unit, sheet, piece in unpacked_pieces(pieces)),
            )

    def pieces(self, sheet: str, units: Iterable[tuple[str, int]]) -> Iterator[Piece | None]:
        """The rows of one sheet, unit by unit (digest of the file, number in it); None where one has none."""
        for digest, unit in units:
            row = self._base.execute(
                "SELECT rows, size, crc, data FROM pieces WHERE judge = ? AND digest = ? AND sheet = ? AND unit = ?",
                (self._judge, digest, sheet, unit),
            ).fetchone()
            yield Piece(*row) if row else None

    def written(self, path: Path) -> Kept | None:
        """What the workbook that we wrote there has on cover and wording; None once somebody has touched it."""
        row = self._base.execute("SELECT digest, kept FROM written WHERE path = ?", (str(path.absolute()),)).fetchone()
        return recalled(row[1]) if row and row[0] == _digest(path) else None

    def note(self, path: Path, kept: Kept) -> None:
        """Remembers what was just written there."""
        values = (str(path.absolute()), _digest(path), remembered(kept))
        self._base.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", values)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return sha256(file.read()).hexdigest()
    except OSError:
        return ""
