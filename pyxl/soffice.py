"""Where is LibreOffice on this machine, and with which environment does it start?"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

__all__ = ["environment", "program", "registered"]

# Where it stands when PATH does not know it, below the root of the file system; of several the newest by name.
_PLACES = {
    "win32": ("Program Files/LibreOffice*/program/soffice.exe", "Program Files (x86)/LibreOffice*/program/soffice.exe"),
    "darwin": ("Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
_ELSEWHERE = (
    "opt/libreoffice*/program/soffice",
    "usr/lib64/libreoffice/program/soffice",
    "usr/lib/libreoffice/program/soffice",
)
_FOREIGN = ("PYTHON", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "URE_BOOTSTRAP")  # of our interpreter, not of the office's
_SYSTEM_FOLDERS = (Path("/usr/bin"), Path("/bin"))
_APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"


def program() -> Path | None:
    """The program itself, whatever links lead to it; None when there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found).resolve()
    for found in filter(None, map(registered, ("soffice.exe", "scalc.exe"))):
        if (path := Path(found).with_name("soffice.exe")).is_file():  # one stands beside the other
            return path
    root = Path(Path.cwd().anchor)
    patterns = _PLACES.get(sys.platform, _ELSEWHERE)
    return next((path for pattern in patterns for path in sorted(root.glob(pattern), reverse=True)), None)


def registered(executable: str) -> str:
    """Where Windows starts a program of this name from; "" when it does not know it, and on other systems."""
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
                access = winreg.KEY_READ | view
                with suppress(OSError), winreg.OpenKey(root, rf"{_APP_PATHS}\{executable}", 0, access) as at:
                    return str(winreg.QueryValueEx(at, "")[0]).strip('"')
    return ""


def environment() -> dict[str, str]:
    """Ours, without what concerns the Python that runs: LibreOffice has its own, and would not start with that.

    No other Python in PATH either, as an activated environment puts there: a LibreOffice without a Python of its
    own takes the first one for the system's, does not find its modules in it, and dies.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    folders = kept.get("PATH", os.defpath).split(os.pathsep)
    return {**kept, "PATH": os.pathsep.join(folder for folder in folders if not _has_another_python(folder))}


def _has_another_python(folder: str) -> bool:
    return (Path(folder) / "python3").exists() and Path(folder).resolve() not in _SYSTEM_FOLDERS
