"""Which spreadsheet programs are on this machine?"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from pyxl.installing.diagnosis.finding import Finding, finding, trouble, value
from pyxl.text import phrase

__all__ = ["programs", "registered"]

_APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_EXECUTABLES = {"excel": ("excel.exe",), "wps": ("et.exe", "wps.exe"), "libreoffice": ("soffice.exe", "scalc.exe")}


def programs() -> list[Finding]:
    """Excel, WPS and LibreOffice, each with where it is; none of them is a must."""
    if sys.platform == "win32":
        return [finding("programs", key, _found(registered(key))) for key in _EXECUTABLES]
    return _libreoffice()


def registered(key: str) -> str:
    """Where Windows starts this program from; "" when it does not know it."""
    if sys.platform == "win32":
        import winreg

        for name in _EXECUTABLES[key]:
            for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
                for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
                    with (
                        suppress(OSError),
                        winreg.OpenKey(root, rf"{_APP_PATHS}\{name}", 0, winreg.KEY_READ | view) as at,
                    ):
                        return str(winreg.QueryValueEx(at, "")[0]).strip('"')
    return ""


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
