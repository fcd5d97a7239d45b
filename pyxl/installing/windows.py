"""How does an unpacked bundle become an installed program for one user of Windows, and how is it taken away?

No administrator, no COM, nothing in the registry. What is installed is listed, and just that is removed.
"""

from __future__ import annotations

import compileall
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path

from pyxl import __version__
from pyxl.buttons import LAUNCHED
from pyxl.errors import InstallError
from pyxl.installing.listing import Installed, checksums, differences, installed, write_list
from pyxl.installing.places import NEW, OLD, Places
from pyxl.installing.placing import copy_listed, exchange, is_held, put, remove_mark, restore
from pyxl.installing.shortcut import shortcut
from pyxl.installing.turn import alone
from pyxl.text import phrase, phrases

__all__ = ["LAUNCH", "addin_path", "install", "send_to_paths"]

LAUNCH = "-X utf8 -B -m pyxl.cli.dropped {verb}"
_EXPANDABLE = r"%LOCALAPPDATA%\pyxl\python\pythonw.exe"
_MOST = 10  # names listed in a message


def addin_path(places: Places) -> Path:
    """Where Excel finds the add-in."""
    return places.startup / phrase("assets", "files", "addin")


def send_to_paths(places: Places) -> dict[str, Path]:
    """Verb → the entry that Explorer shows under «send to»."""
    return {verb: places.send_to / f"{phrase('installing', 'files', verb)}.lnk" for verb in LAUNCHED}


def install(source: Path, places: Places) -> tuple[str, ...]:
    """Installs the bundle unpacked at `source`; what was done, line by line.

    Raises InstallError; everything is then as it was before.
    """
    with alone(places.home):
        return _install(source, places)


def _install(source: Path, places: Places) -> tuple[str, ...]:
    listed = _whole(source)
    if is_held(addin_path(places)):
        raise InstallError("close_excel")
    before = installed(places.home)
    fresh, old = places.home / NEW, places.home / OLD
    try:
        restore(old, places.home)
        for folder in (fresh, old):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        with ExitStack() as undo:
            now = _put_in_place(source, places, listed, undo)
            undo.pop_all()
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise InstallError("install_failed", reason=error.strerror or type(error).__name__) from error
    finally:
        _leave_nothing(fresh, old)
    return tuple(_lines(source, places, listed, before, now))


def _put_in_place(source: Path, places: Places, listed: dict[str, str], undo: ExitStack) -> Installed:
    """Every file to its place, with its way back in `undo`; the list of them."""
    home = places.home
    fresh, old = home / NEW, home / OLD
    before = installed(home)
    kept = {name: digest for name, digest in listed.items() if _is_kept(name)}
    copy_listed(source, fresh, kept)
    _compile(fresh, home)
    stale = {name.partition("/")[0] for name in before.files} if before else set()
    exchange(fresh, home, old, stale, undo)
    outside = {addin_path(places): (home / "addin" / addin_path(places).name).read_bytes()}
    outside |= {path: _shortcut(places, verb) for verb, path in send_to_paths(places).items()}
    for path, content in outside.items():
        put(path, content, undo)
    now = Installed(__version__, kept, {str(path): sha256(content).hexdigest() for path, content in outside.items()})
    write_list(home, now)
    return now


def _lines(
    source: Path, places: Places, listed: dict[str, str], before: Installed | None, now: Installed
) -> Iterator[str]:
    """What was done; and, now that it cannot fail any more, what is left to tidy up."""
    yield _line("updated" if before else "program", folder=str(places.home), count=len(now.files))
    yield _line("addin", path=str(addin_path(places)))
    names = phrase("installing", "steps", "joint").join(path.stem for path in send_to_paths(places).values())
    yield _line("send_to", names=names)
    for path in set(before.outside if before else ()) - set(now.outside):
        with suppress(OSError):
            Path(path).unlink()
            yield _line("former", path=path)
    if marked := sum(remove_mark(source / name) for name in listed):
        yield _line("marks", count=marked)
    yield _line("done")


def _leave_nothing(fresh: Path, old: Path) -> None:
    """Takes the workshop away; after a failure what was moved away goes only when all of it is back in its place."""
    shutil.rmtree(fresh, ignore_errors=True)
    home = old.parent
    if old.is_dir() and all(os.path.lexists(home / entry.name) for entry in old.iterdir()):
        shutil.rmtree(old, ignore_errors=True)
    with suppress(OSError):  # records of failures may stand in it
        home.rmdir()


def _is_kept(name: str) -> bool:
    """Whether a file of the bundle belongs into the program's folder.

    Not the blank ledger and the templates: somebody might fill in those, and lose them by uninstalling.
    """
    names = phrases("installing", "files")
    top = name.partition("/")[0]
    return top not in {names["ledgers"], names["templates"], names["install"], names["readme"]}


def _whole(source: Path) -> dict[str, str]:
    """The bundle's own list, when every file on it is there as it was packed. Raises InstallError."""
    listed = checksums(source)
    if wrong := differences(source, listed):
        names = "\n".join(f"  {each.name}" for each in wrong[:_MOST])
        raise InstallError("bundle_incomplete", count=len(wrong), listing=names)
    return listed


def _compile(fresh: Path, home: Path) -> None:
    """Byte code beside every module, because a click starts with -B and would compile them all anew each time."""
    compileall.compile_dir(
        fresh, maxlevels=20, quiet=2, stripdir=str(fresh), prependdir=str(home), force=True, workers=1
    )


def _shortcut(places: Places, verb: str) -> bytes:
    description = phrase("installing", "files", verb)
    try:
        return shortcut(str(places.python), _EXPANDABLE, LAUNCH.format(verb=verb), description)
    except ValueError as error:  # the user's folder is on a network path
        raise InstallError("home_not_on_drive", folder=str(places.home)) from error


def _line(key: str, **params: object) -> str:
    return phrase("installing", "steps", key, **params)
