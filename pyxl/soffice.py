"""Where is LibreOffice on this machine, and with which environment does it start?"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

__all__ = ["environment", "program"]

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
_FOREIGN = {"PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "URE_BOOTSTRAP"}  # of our interpreter, not of the office's


def program() -> Path | None:
    """The program itself, whatever links lead to it; None when there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found).resolve()
    root = Path(Path.cwd().anchor)
    patterns = _PLACES.get(sys.platform, _ELSEWHERE)
    return next((path for pattern in patterns for path in sorted(root.glob(pattern), reverse=True)), None)


def environment() -> dict[str, str]:
    """Ours without what is meant for our interpreter: its own Python would not start with that."""
    return {name: value for name, value in os.environ.items() if name not in _FOREIGN}
