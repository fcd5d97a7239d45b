"""What does a closed workbook hold?

A file from someone else may crash, hang, or swell a parser, so it is read in a child process with a
memory cap (not on Windows) and a time limit; only JSON comes back. The child needs about as long as
we need to load the catalogue and the Word libraries, so `start_reading` lets both happen at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import weakref
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pyxl import children
from pyxl.errors import WorkbookError

if TYPE_CHECKING:
    from pyxl.excel.grid import RawBook

__all__ = ["SECONDS", "Reading", "read_book", "start_reading"]

SECONDS = 60.0  # a ledger takes a tenth of one; a million blank formatted rows take two

_CHILD = children.code("pyxl.excel.closed.child", words=1)


class Reading:
    """A workbook that is being read; leave it through `result()` or as a context manager."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._path, self._seconds = path, seconds
        self._name = _shown(path)
        self._book: RawBook | None = None
        self._process = _start_child(path)
        # Whoever forgets a Reading, because something else failed meanwhile, leaves no child behind.
        self._reap = weakref.finalize(self, children.ended, self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.cancel()

    def cancel(self) -> None:
        """End the child if it is still at work. Does nothing once the result is there."""
        self._reap()

    def result(self) -> RawBook:
        """The workbook; waits for it. Raises WorkbookError when it cannot be read."""
        if self._book is None:
            output, complaint = self._output()
            try:
                self._book = _book(self._path, _accepted(output, self._name))
            except (ValueError, LookupError, TypeError, AttributeError):  # the child died, or talked nonsense
                status, detail = self._process.returncode, complaint.decode("utf-8", "replace")[-2000:]
                raise WorkbookError("reading_failed", file=self._name, status=status, detail=detail) from None
        return self._book

    def _output(self) -> tuple[bytes, bytes]:
        try:
            return self._process.communicate(timeout=self._seconds)
        except subprocess.TimeoutExpired:
            self.cancel()
            raise WorkbookError("reading_too_slow", file=self._name, seconds=round(self._seconds)) from None


def start_reading(path: Path, seconds: float = SECONDS) -> Reading:
    """Begin to read a closed workbook and come back at once; `seconds` is how long `result()` waits."""
    return Reading(path, seconds)


def read_book(path: Path, seconds: float = SECONDS) -> RawBook:
    """Read a closed workbook. The file is opened for reading only and never changed.

    Raises WorkbookError when the file is no workbook, is damaged or unsafe, or takes longer than `seconds`.
    """
    with start_reading(path, seconds) as reading:
        return reading.result()


def _start_child(path: Path) -> subprocess.Popen[bytes]:
    quiet, told = subprocess.DEVNULL, subprocess.PIPE
    try:
        return children.started(_CHILD, os.fspath(path), needs=("python_calamine",), stdin=quiet, stderr=told)
    except ValueError:  # a NUL in the name
        raise WorkbookError("file_missing", file=_shown(path)) from None


def _shown(path: Path) -> str:
    """The file's name for messages; what is no character in it becomes a question mark."""
    return (path.name or path.absolute().name).encode("utf-8", "replace").decode()


def _accepted(output: bytes, name: str) -> dict[str, Any]:
    """The child's answer. Raises WorkbookError when it is a refusal."""
    answer: dict[str, Any] = json.loads(output.decode("utf-8", "surrogatepass"))
    if "refused" in answer:
        code, params = answer["refused"]
        raise WorkbookError(code, file=name, **params)
    return answer


def _book(path: Path, answer: dict[str, Any]) -> RawBook:
    # Imported while the child is at work, not before it is started.
    from pyxl.excel.closed.unpacking import unpacked

    notes = (*answer["notes"], *(["open_elsewhere"] if _open_elsewhere(path) else []))
    return unpacked(_shown(path), answer, notes)


def _open_elsewhere(path: Path) -> bool:
    """Whether a spreadsheet program has the file open, going by the lock file it lays beside it.

    That of Excel, and of WPS on Windows; of WPS on Linux; of LibreOffice.
    """
    return any(path.with_name(lock).exists() for lock in (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#"))
