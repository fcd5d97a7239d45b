"""Which files of a folder has somebody handed in, and what else lies there?"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import NamedTuple

from pyxl.core.consolidation import Standing, Status
from pyxl.core.received import Received

__all__ = ["Folder", "listed"]

_LOCKS = ("~$", ".~lock.", ".~")
_NOBODYS = ("desktop.ini", "thumbs.db", ".ds_store")
# what people keep beside the submissions, or send along with them
_BESIDE = (".docx", ".doc", ".wps", ".pdf", ".txt", ".log", ".md", ".jpg", ".jpeg", ".png")


class Folder(NamedTuple):
    """The files to look at, by name, and what is passed over and why."""

    files: tuple[Path, ...]
    ignored: tuple[Standing, ...]


def listed(folder: Path) -> Folder:
    """What lies in a folder, without going into others or following links. Raises OSError."""
    files: list[Path] = []
    ignored: list[Standing] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        reason = _passed_over(entry)
        if reason:
            name = entry.name.encode("utf-8", "replace").decode()
            ignored.append(Standing(Status.IGNORED, "", "", reason, {}, Received(name, "")))
        elif reason is not None:
            files.append(folder / entry.name)
    return Folder(tuple(files), tuple(ignored))


def _passed_over(entry: os.DirEntry[str]) -> str | None:
    """Why nobody looks into it: "" for a file to look at, None for what is not even worth a word."""
    name = entry.name.lower()
    if name in _NOBODYS:
        return None
    mode = entry.stat(follow_symlinks=False).st_mode
    if S_ISLNK(mode) or _is_junction(entry):
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    if not S_ISREG(mode):
        return "other_file"
    if name.startswith(_LOCKS):
        return "lock_file"
    return None if name.endswith(_BESIDE) else ""


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """On Windows: a folder that stands for another one (Python 3.12 can tell)."""
    return bool(getattr(entry, "is_junction", lambda: False)())
