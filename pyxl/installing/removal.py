"""How is what was installed taken away again, and nothing else?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from pyxl.errors import InstallError
from pyxl.installing.listing import Installed, installed, write_list
from pyxl.installing.places import NEW, OLD, Places
from pyxl.installing.placing import is_held, patiently
from pyxl.installing.turn import alone
from pyxl.text import phrase, table

__all__ = ["uninstall"]

_INTERPRETER = "python"  # the folder, below the program's
_LOCKS = "click-*.lock"  # what a click leaves there: empty, of use to nobody else


def uninstall(places: Places, executable: str = sys.executable) -> tuple[str, ...]:
    """Removes every file on the list of what was installed; what was done, line by line.

    Raises InstallError when nothing is installed, or when a program holds a file: then nothing is removed.
    A running interpreter cannot remove itself; the script that started it removes its folder.
    """
    with alone(places.home):
        return _uninstall(places, executable)


def _uninstall(places: Places, executable: str) -> tuple[str, ...]:
    listed = installed(places.home)
    if listed is None:
        raise InstallError("not_installed", folder=str(places.home))
    own = Path(executable).is_relative_to(places.home)
    _refuse_while_in_use(places, listed, own=own)
    lines = tuple(_lines(places, listed))
    _prepare_for_being_removed()
    files = [name for name in listed.files if not (own and name.startswith(f"{_INTERPRETER}/"))]
    for path in (*map(Path, listed.outside), *(places.home / name for name in files)):
        _remove(path)
    _tidy(places.home, files)
    for workshop in (NEW, OLD):  # of an installation that was cut off, or what a virus scanner held then
        rmtree(places.home / workshop, ignore_errors=True)
    for lock in places.home.glob(_LOCKS):
        with suppress(OSError):
            lock.unlink()
    write_list(places.home, None)
    with suppress(OSError):
        places.home.rmdir()
    return lines


def _lines(places: Places, listed: Installed) -> Iterator[str]:
    for path in listed.outside:
        yield _line("removed", path=path)
    yield _line("program_removed", folder=str(places.home))
    if records := len(list(places.home.glob("*.log"))):
        yield _line("records_left", count=records, folder=str(places.home))
    yield _line("ledgers_left")


def _prepare_for_being_removed() -> None:
    """It may be our own modules and sentences that go: whatever is still needed is loaded before."""
    import pyxl.failure_log  # noqa: F401

    for name in ("cli", "dialogs"):
        table(name)


def _refuse_while_in_use(places: Places, listed: Installed, *, own: bool) -> None:
    """Before anything is gone: Windows renames no folder in which a program runs or holds a file."""
    held = any(is_held(Path(path)) for path in listed.outside)
    interpreter = places.home / _INTERPRETER
    if not own and interpreter.is_dir():
        aside = interpreter.with_name(".in-use")
        try:
            interpreter.rename(aside)
        except OSError:
            held = True
        else:
            patiently(aside.rename, interpreter)  # a virus scanner may have looked into it meanwhile
    if held:
        raise InstallError("close_excel")


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise InstallError("file_not_removed", path=str(path)) from error


def _tidy(home: Path, files: Iterable[str]) -> None:
    """Byte code of what was removed, and the folders that are empty now; what is not ours keeps its folder."""
    folders: set[Path] = set()
    for name in files:
        source = home / name
        if source.suffix == ".py":
            for compiled in (source.parent / "__pycache__").glob(f"{source.stem}.*.pyc"):
                _remove(compiled)
            folders.add(source.parent / "__pycache__")
        folders.update(folder for folder in source.parents if folder.is_relative_to(home) and folder != home)
    for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _line(key: str, **params: object) -> str:
    return phrase("installing", "steps", key, **params)
