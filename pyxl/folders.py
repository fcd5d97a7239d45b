"""Which folders of the user's hold what this program keeps: what is his, what it notes, what it can make anew?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["cache_folder", "data_folder", "state_folder"]


def data_folder() -> Path:
    """For what is the user's own: it moves along with his profile, and stays when the program goes."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "pyxl"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "pyxl"


def state_folder() -> Path:
    """The folder of the user in which this system keeps the records of programs."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "pyxl"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Logs" / "pyxl"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "pyxl"


def cache_folder() -> Path:
    """The folder of the user for what can be made anew, and goes with the program."""
    if sys.platform in ("win32", "darwin"):
        return state_folder() / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pyxl"
