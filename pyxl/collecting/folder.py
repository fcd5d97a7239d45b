"""Which files of a folder has somebody handed in, and what else lies there?"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import NamedTuple

from pyxl.core.consolidation import Standing, Status
from pyxl.core.received import Received
from pyxl.errors import UsageError

__all__ = ["Folder", "listed", "shown_name"]

_LOCKS = ("~$", ".~lock.", ".~")
_NOBODYS = ("desktop.ini", "thumbs.db", ".ds_store")
# what macOS lays beside each file on a stick, and what we were about to write when somebody pulled the plug
_LEFT_BEHIND = ("._", ".pyxl-")
_SHORTCUTS = (".lnk", ".url", ".desktop")
# what people keep beside the submissions, or send along with them
_BESIDE = (".docx", ".doc", ".wps", ".pdf", ".txt", ".log", ".md", ".jpg", ".jpeg", ".png")


class Folder(NamedTuple):
    """The files to look at, by name, and what is passed over and why."""

    files: tuple[Path, ...]
    ignored: tuple[Standing, ...]


def listed(folder: Path, own: Iterable[Path] = ()) -> Folder:
    """What lies in a folder, without going into others or following links; not what is our `own`.

    Raises UsageError when the folder cannot be read.
    """
    files: list[Path] = []
    ignored: list[Standing] = []
    ours = {_place(path) for path in own}
    for entry in _entries(folder):
        reason = _passed_over(entry)
        if reason:
            ignored.append(Standing(Status.IGNORED, "", "", reason, {}, Received(shown_name(entry.name), "")))
        elif reason is not None and _place(folder / entry.name) not in ours:
            files.append(folder / entry.name)
    return Folder(tuple(files), tuple(ignored))


def shown_name(name: str) -> str:
    """A file's name as it can be written down: what is no character in it becomes a question mark."""
    return name.encode("utf-8", "replace").decode()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError("folder_unreadable", path=str(folder), reason=error.strerror or str(error)) from None


def _place(path: Path) -> str:
    """Where it lies, however it was written."""
    return os.path.normcase(os.path.realpath(path.parent) + os.sep + path.name)


def _passed_over(entry: os.DirEntry[str]) -> str | None:
    """Why nobody looks into it: "" for a file to look at, None for what is not even worth a word."""
    name = entry.name.lower()
    if name in _NOBODYS or name.startswith(_LEFT_BEHIND):
        return None
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError:  # gone meanwhile, or nobody may see it: that is told when it is looked at
        return ""
    if S_ISLNK(mode) or _is_junction(entry) or name.endswith(_SHORTCUTS):
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
