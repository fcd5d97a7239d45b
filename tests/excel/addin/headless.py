"""What a click on a button does, run without Excel by pyopenvba's interpreter.

Only Windows is stood in for: WScript.Shell, which notes what it is asked to run, and the file system.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Application
from pyopenvba.interpreter._objects import MemberSpec, VBAObject, member, method
from pyopenvba.interpreter._values import NOTHING, VBAInt, error

from pyxl.excel.addin.packing import RIBBON_PART
from pyxl.package import unpacked
from tests.excel.addin.windows import expanded

__all__ = ["HANDLE", "HOME", "PROGRAM", "Windows", "callbacks", "click", "command", "wrong_clicks"]

HOME = r"D:\Profiles\党员 甲\AppData\Local"
PROGRAM = HOME + r"\pyxl\python\pythonw.exe"
HANDLE = 132456
_RUN = 70  # permission denied, as when a program may not be started


@dataclass
class Windows:
    """One computer: its variables and files, and what becomes of a command."""

    variables: Mapping[str, str] = field(default_factory=lambda: {"LOCALAPPDATA": HOME})
    files: frozenset[str] = frozenset({PROGRAM})
    outcome: int | None = 0  # None: the command cannot be run
    commands: list[tuple[str, int, bool]] = field(default_factory=list)


class _Shell(VBAObject):
    vba_type_name = "WshShell3"

    def __init__(self, windows: Windows) -> None:
        self.windows = windows

    @method(name="ExpandEnvironmentStrings")
    def expand(self, text):
        return expanded(str(text), self.windows.variables)

    @method(name="Run")
    def run(self, command, style, wait):
        self.windows.commands.append((expanded(str(command), self.windows.variables), int(style), bool(wait)))
        if self.windows.outcome is None:
            raise error(_RUN)
        return VBAInt(self.windows.outcome, "Long")


class _Files(VBAObject):
    vba_type_name = "FileSystemObject"

    def __init__(self, windows: Windows) -> None:
        self.windows = windows

    @method(name="FileExists")
    def exists(self, path):
        return str(path) in self.windows.files


class _Control(VBAObject):
    vba_type_name = "IRibbonControl"

    @member(name="Id")
    def id_(self):
        return "pyxl"


class _Window(VBAObject):
    vba_type_name = "ProtectedViewWindow"


def callbacks(package: bytes) -> dict[str, str]:
    """Each button's id → the macro that it calls, from the ribbon inside the file."""
    root = ET.fromstring(unpacked(package)[RIBBON_PART])
    return {node.get("id").removeprefix("pyxl_"): node.get("onAction") for node in root.iter() if node.get("onAction")}


def click(
    path: Path, macro: str, windows: Windows, *, book: Path | None, looking_only: bool = False
) -> list[tuple[str, str]]:
    """Calls the macro as the ribbon does, with `book` in front; what was told, as title and sentence."""
    excel = _opened(path)
    excel.interpreter.dialogs.clear()
    made = {"wscript.shell": _Shell(windows), "scripting.filesystemobject": _Files(windows)}
    excel.interpreter.host.create = lambda name: made[name.lower()]
    _put_in_front(excel, book)
    with pytest.MonkeyPatch.context() as patch:
        _has(patch, "Hwnd", lambda _: VBAInt(HANDLE, "Long"))
        _has(patch, "ActiveProtectedViewWindow", lambda _: _Window() if looking_only else NOTHING)
        excel.run(macro, _Control())
    return [(title, sentence) for _, sentence, title, _ in excel.interpreter.dialogs]


@lru_cache(maxsize=2)
def _opened(path: Path) -> ExcelApplication:
    """The file opened once: the macros leave nothing behind in it."""
    return ExcelApplication.open(path)


def _put_in_front(excel: ExcelApplication, book: Path | None) -> None:
    if book is None:
        excel.application.active_book = None
        return
    known = {open_book.name: open_book for open_book in excel.workbooks()}
    excel.activate_workbook(known.get(book.name) or excel.open_workbook(book))
    assert excel.application.active_book.name == book.name


def _has(patch: pytest.MonkeyPatch, name: str, getter) -> None:
    """A property of Application that the interpreter has not got."""
    spec = MemberSpec(name=name, kind="property", getter=getter)
    patch.setitem(Application._vba_members, name.lower(), spec)


def wrong_clicks(path: Path) -> list[str]:
    """The buttons of the file that do not run what they should, with the file itself in front."""
    return [key for key, macro in callbacks(path.read_bytes()).items() if not _runs(path, key, macro)]


def _runs(path: Path, key: str, macro: str) -> bool:
    windows = Windows()
    try:
        said = click(path, macro, windows, book=path)
    except Exception:  # noqa: BLE001 - whatever it is that stops the macro
        return False
    return not said and windows.commands == [(command(key, path.name), 1, True)]


def command(key: str, book: str) -> str:
    """What Windows is to run for a button, with `book` as VBA writes it."""
    return f'"{PROGRAM}" -X utf8 -B -m pyxl.ribbon {key} "--wb={book}" --from_xl=1 --hwnd={HANDLE}'
