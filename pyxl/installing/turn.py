"""Whose turn is it, when somebody starts an installation or a removal while one is still at work?"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir

from pyxl.errors import InstallError
from pyxl.exclusive import hold

__all__ = ["alone"]


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Around whatever changes what is installed below `home`. Raises InstallError where another one is at it."""
    path = _path(home)
    descriptor = _opened(path)
    ours = descriptor is None or hold(descriptor)
    try:
        if not ours:
            raise InstallError("install_at_work")
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)
        if ours:
            with suppress(OSError):  # Windows leaves it to whoever has it open
                path.unlink()


def _path(home: Path) -> Path:
    """Outside of what is installed, because all of that may go."""
    return Path(gettempdir()) / f"pyxl-install-{zlib.crc32(os.fsencode(home)):08x}.lock"


def _opened(path: Path) -> int | None:
    """The file; None where there is no place for it: then there is no turn to wait for."""
    with suppress(OSError):
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    return None
