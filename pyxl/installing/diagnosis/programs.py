"""Which spreadsheet programs are on this machine?"""

from __future__ import annotations

import sys
from pathlib import Path

from pyxl.installing.diagnosis.finding import Finding, finding, trouble, value
from pyxl.soffice import program, registered
from pyxl.text import phrase

__all__ = ["programs"]

_EXECUTABLES = {"excel": ("excel.exe",), "wps": ("et.exe", "wps.exe")}


def programs() -> list[Finding]:
    """Excel, WPS and LibreOffice, each with where it is; none of them is a must."""
    if sys.platform == "win32":
        found = {key: next(filter(None, map(registered, names)), "") for key, names in _EXECUTABLES.items()}
        found["libreoffice"] = str(program() or "")
        return [finding("programs", key, _found(path)) for key, path in found.items()]
    return _libreoffice()


def _libreoffice() -> list[Finding]:
    from pyxl.installing.libreoffice import extension_status, program_folder

    folder = program_folder()
    found = [finding("programs", "libreoffice", _found(str(folder) if folder else ""))]
    extension = extension_status() or (extension_status(shared=True) if folder else None)
    if extension is None:
        advice = trouble("extension_absent") if folder else ""
        return [*found, finding("programs", "extension", phrase("installing", "doctor", "no"), advice)]
    advice = "" if Path(extension.interpreter).is_file() else trouble("extension")
    shown = value("extension", version=extension.version, path=extension.interpreter)
    return [*found, finding("programs", "extension", shown, advice)]


def _found(path: str) -> str:
    return path or phrase("installing", "doctor", "none")
