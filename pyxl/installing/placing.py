"""How do files get to their places such that they are there whole, or everything is as it was before?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from time import sleep

from pyxl.errors import InstallError
from pyxl.installing.listing import differences

__all__ = ["copy_listed", "exchange", "is_held", "patiently", "put", "remove_mark", "restore"]

_PATIENCE = (0.1, 0.4, 1.0, 2.0)  # seconds between attempts to move something
_MARK = "Zone.Identifier"  # the stream in which Windows notes that a file came from elsewhere


def copy_listed(source: Path, target: Path, listed: dict[str, str]) -> None:
    """Copies every listed file and reads it back. Raises InstallError when a copy is another one."""
    for name in listed:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        # Not copy2: since Python 3.12 it carries the mark of the web along.
        shutil.copyfile(source / name, place)
        remove_mark(place)
    if wrong := differences(target, listed):
        names = "\n".join(f"  {each.name}" for each in wrong[:10])
        raise InstallError("install_copy_differs", count=len(wrong), listing=names)


def exchange(fresh: Path, home: Path, old: Path, stale: Iterable[str], undo: ExitStack) -> None:
    """Moves every entry of `fresh` into `home`, and what bears its name there, or a stale one, into `old`.

    Each move leaves its way back in `undo`. Raises InstallError when a program holds a file in one of them.
    """
    fresh_names = {entry.name for entry in fresh.iterdir()}
    try:
        for name in sorted(fresh_names | set(stale)):
            if os.path.lexists(home / name):
                _move(home / name, old / name, undo)
            if name in fresh_names:
                _move(fresh / name, home / name, undo)
    except PermissionError as error:
        raise InstallError("close_excel") from error


def restore(old: Path, home: Path) -> None:
    """Moves back what an installation that was cut off had moved away and not replaced."""
    for entry in sorted(old.iterdir()) if old.is_dir() else ():
        if not os.path.lexists(home / entry.name):
            entry.rename(home / entry.name)


def put(path: Path, content: bytes, undo: ExitStack) -> None:
    """Writes one file, in one step where one stands already; its former content comes back by `undo`.

    Raises InstallError when a program holds the one that stands there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    former = path.read_bytes() if path.is_file() else None
    try:
        _replace(path, content)
    except PermissionError as error:
        raise InstallError("close_excel") from error
    if former is None:
        undo.callback(path.unlink, missing_ok=True)
    else:
        undo.callback(_replace, path, former)


def is_held(path: Path) -> bool:
    """Whether a program has the file open such that it cannot be replaced; False when it is not there."""
    try:
        with path.open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


def remove_mark(path: Path) -> bool:
    """Takes away the note that a file came from the web; whether there was one."""
    try:
        Path(f"{path}:{_MARK}").unlink()
    except OSError:  # no such stream, or a file system without any
        return False
    return True


def _move(path: Path, target: Path, undo: ExitStack) -> None:
    patiently(path.rename, target)
    undo.callback(patiently, target.rename, path)


def patiently(move: Callable[[Path], object], target: Path) -> None:
    """A virus scanner holds files that have just been written for a moment; a program holds its own for longer."""
    for pause in (*_PATIENCE, None):
        try:
            move(target)
        except PermissionError:
            if pause is None:
                raise
            sleep(pause)
        else:
            return


def _replace(path: Path, content: bytes) -> None:
    """A reader sees the old file or the new one. Written beside, because a name in XLSTART would be opened."""
    beside = path.with_name(f"~{path.name}.tmp")
    try:
        beside.write_bytes(content)
        patiently(beside.replace, path)
    finally:
        with suppress(OSError):
            beside.unlink()
