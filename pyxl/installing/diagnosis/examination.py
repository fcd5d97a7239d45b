"""Is everything there that a click needs, and as it was installed?"""

from __future__ import annotations

import importlib
import locale
import os
import platform
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib import metadata
from pathlib import Path

import pyxl
from pyxl.errors import InstallError
from pyxl.folders import state_folder
from pyxl.installing.diagnosis.finding import Finding, finding, trouble, value
from pyxl.installing.diagnosis.programs import programs
from pyxl.installing.listing import Installed, differences, installed
from pyxl.installing.places import Places, user_places
from pyxl.installing.windows import addin_path, send_to_paths
from pyxl.sealing.keys import keys_folder
from pyxl.text import phrase

__all__ = ["examined", "examined_installation"]

_LISTED = 8  # names of files in a finding
# What each library is imported as; those with parts in machine code fail where a DLL is missing or blocked.
_LIBRARIES = {
    "click": "click",
    "cryptography": "cryptography.hazmat.primitives.asymmetric.ed25519",
    "docxtpl": "docxtpl",
    "jinja2": "jinja2",
    "lxml": "lxml.etree",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
    "rich": "rich",
    "xlsxwriter": "xlsxwriter",
    "xlwings": "",  # a second, and without pywin32 it fails: see com
}


def examined() -> tuple[Finding, ...]:
    """Everything that doctor looks at, in the order of the text."""
    found = [*_program()]
    if sys.platform == "win32":
        try:
            found += examined_installation(user_places())
        except InstallError as error:
            found.append(finding("installed", "home", error.message, error.hint))
    return (*found, *programs(), *_libraries(), *_writing())


def _program() -> Iterator[Finding]:
    yield finding("program", "time", f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
    yield finding("program", "version", pyxl.__version__)
    shown = value("interpreter", version=platform.python_version(), path=sys.executable)
    yield finding("program", "interpreter", shown)
    yield finding("program", "system", _system())
    yield finding("program", "encoding", locale.getencoding())
    yield finding("program", "source", str(Path(pyxl.__file__).parent))


def _system() -> str:
    """On Windows without the module platform, which asks WMI: seconds on some machines, a crash under wine."""
    if sys.platform == "win32":
        version = sys.getwindowsversion()
        return f"Windows {version.major}.{version.minor}.{version.build}"
    return f"{platform.system()} {platform.release()}"


def examined_installation(places: Places) -> list[Finding]:
    """What was installed for this user of Windows, against the list of it."""
    listed = installed(places.home)
    if listed is None:
        return [finding("installed", "home", value("no_home"), trouble("no_home"))]
    return [
        finding("installed", "home", value("home", version=listed.version, folder=places.home)),
        _files(places, listed),
        *(_outside(key, paths, listed) for key, paths in _outside_paths(places, listed).items()),
    ]


def _outside_paths(places: Places, listed: Installed) -> dict[str, list[Path]]:
    """Key of the finding → the files beyond the program's own folder, where they were really put.

    Excel's folder may have been another one than the usual.
    """
    addin = addin_path(places)
    found = [path for path in map(Path, listed.outside) if path.name == addin.name]
    return {"addin": found or [addin], "send_to": list(send_to_paths(places).values())}


def _files(places: Places, listed: Installed) -> Finding:
    wrong = differences(places.home, listed.files)
    missing = sum(each.missing for each in wrong)
    shown = value("files", count=len(listed.files), missing=missing, changed=len(wrong) - missing)
    if not wrong:
        return finding("installed", "files", shown)
    names = phrase("installing", "doctor", "joint").join(each.name for each in wrong[:_LISTED])
    if len(wrong) > _LISTED:
        names += phrase("installing", "doctor", "more", count=len(wrong))
    return finding("installed", "files", shown, trouble("files", names=names))


def _outside(key: str, paths: list[Path], listed: Installed) -> Finding:
    """Files beyond the program's own folder, which others clean up."""
    states = []
    for path in paths:
        recorded = listed.outside.get(str(path), "")
        wrong = differences(path.parent, {path.name: recorded})
        state = "present" if not wrong else "gone" if wrong[0].missing else "changed"
        states.append((state, value(state, path=path)))
    shown = phrase("installing", "doctor", "joint").join(text for _, text in states)
    fine = all(state == "present" for state, _ in states)
    return finding("installed", key, shown, "" if fine else trouble(key))


def _libraries() -> Iterator[Finding]:
    for name, module in _LIBRARIES.items():
        reason = _failure(module)
        advice = "" if not reason else trouble("calamine" if name == "python-calamine" else "library")
        yield finding("libraries", name, value("broken", reason=reason) if reason else _version(name), advice)
    if sys.platform == "win32":
        reason = _failure("pythoncom") or _failure("win32com.client")
        shown = value("broken", reason=reason) if reason else phrase("installing", "doctor", "good")
        yield finding("libraries", "com", shown, trouble("com") if reason else "")


def _failure(module: str) -> str:
    """What kind of failure importing it ends in; "" when it succeeds. Its words stay out: they name folders."""
    try:
        if module:
            importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever a library does wrong is what is being looked for
        return type(error).__name__
    return ""


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return phrase("installing", "doctor", "none")


def _writing() -> Iterator[Finding]:
    folder = state_folder()
    writable = _is_writable(folder)
    shown = value("writable" if writable else "unwritable", folder=folder)
    yield finding("writing", "state", shown, "" if writable else trouble("state"))
    names = sorted((path.name for path in folder.glob("*.log")), reverse=True) if writable else []
    keys = keys_folder()
    kept = len(list(keys.glob("*.pem"))) if keys.is_dir() else 0
    yield finding("writing", "keys", value("keys", count=kept, folder=keys) if kept else value("no_keys", folder=keys))
    joint = phrase("installing", "doctor", "joint")
    yield finding("writing", "records", joint.join(names[:_LISTED]) or phrase("installing", "doctor", "no"))


def _is_writable(folder: Path) -> bool:
    probe = folder / f"~pyxl-{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"\0")
        probe.unlink()
    except OSError:
        return False
    return True
