"""Where is the image file that a cell names, and is it one that may be read?

A cell may come from anybody. So a name leads nowhere but into the ledger's own folder (or the one that the
user has named): no absolute paths, no way up, no links, no devices.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyxl.text import phrase

__all__ = ["MOST_BYTES", "NoPhotoError", "content_of", "folders_of"]

MOST_BYTES = 40_000_000  # of a file; a telephone's largest has some ten million
_PARTS = re.compile(r"[/\\]")
_LINKS = (0xA000000C, 0xA0000003)  # on Windows: symbolic links and junctions; a file of OneDrive is none
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class NoPhotoError(Exception):
    """There is no picture to be had; `reason` is a key of text/photos.toml [reasons]."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def folders_of(ledger: Path, named: Path | None = None) -> tuple[tuple[Path, str], ...]:
    """Where to look, in order: a folder that may be trusted, and what is looked for below it.

    The folder that the user has `named`; beside the ledger; in a folder of the ledger's name, and in 照片.
    """
    beside = ledger.parent
    own = [(beside, ""), (beside, ledger.stem), (beside, phrase("photos", "folders", "photos"))]
    return tuple([(named, ""), *own] if named else own)


def content_of(name: str, folders: Sequence[tuple[Path, str]]) -> bytes:
    """The bytes of the file of this name. Raises NoPhotoError."""
    parts = [part for part in _PARTS.split(name) if part != "."]
    if not parts or any(part in ("", "..") or ":" in part or not part.isprintable() for part in parts):
        raise NoPhotoError("outside")
    for root, below in folders:
        for spelt in _spellings(parts):
            steps = [below, *spelt] if below else spelt
            if (path := _reached(root, steps)) is not None:
                return _read(path)
    raise NoPhotoError("missing")


def _spellings(parts: list[str]) -> Iterator[list[str]]:
    """As it is written, and as other systems store the same characters."""
    yield parts
    for form in ("NFC", "NFD"):
        spelt = [unicodedata.normalize(form, part) for part in parts]
        if spelt != parts:
            yield spelt


def _reached(root: Path, steps: Sequence[str]) -> Path | None:
    """The path, when something is there. Raises NoPhotoError when a link is on the way."""
    path = root
    for step in steps:
        path /= step
        try:
            status = path.lstat()
        except (OSError, ValueError):
            return None
        if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINKS:
            raise NoPhotoError("link")
    return path


def _read(path: Path) -> bytes:
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise NoPhotoError("not_a_file" if path.is_dir() else "unreadable") from error  # Windows opens no folder
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NoPhotoError("not_a_file")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise NoPhotoError("unreadable") from error
    finally:
        os.close(descriptor)
    if len(content) > MOST_BYTES:
        raise NoPhotoError("too_large")
    return content
