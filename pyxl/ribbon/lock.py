"""Is another click at work in the same book?

A lock on a file, one for each book, which the system itself lifts when a process ends in whatever way.
"""

from __future__ import annotations

import os
import tempfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from pyxl.errors import HostError
from pyxl.exclusive import hold
from pyxl.folders import state_folder

__all__ = ["Lock"]


class Lock:
    """Held while a click is at work. Entering raises HostError when another one holds it."""

    def __init__(self, mark: str) -> None:
        self._name = f"click-{zlib.crc32(mark.encode('utf-8', 'surrogatepass')):08x}.lock"
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        self._descriptor = _opened(self._name)
        if self._descriptor is not None and not hold(self._descriptor):
            self.release()
            raise HostError("click_at_work")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def release(self) -> None:
        """Let the next one in; the file stays, for taking it away would let two in at once."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _opened(name: str) -> int | None:
    """The file, in the first folder that takes it; None where none does: then there is no lock to hold."""
    for folder in (state_folder, _temporary):
        try:
            place = folder()
            place.mkdir(parents=True, exist_ok=True)
            return os.open(place / name, os.O_RDWR | os.O_CREAT, 0o600)
        except (OSError, RuntimeError):  # RuntimeError: there is no home folder
            continue
    return None


def _temporary() -> Path:
    return Path(tempfile.gettempdir())
