"""How does a sentence reach somebody in front of Windows who has no console to read it in?"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

__all__ = ["has_console", "open_file", "show_box"]

_WARNING, _INFORMATION, _TO_THE_FRONT = 0x30, 0x40, 0x10000


def has_console() -> bool:
    """Whether what we print can be read: pythonw.exe has no standard output at all."""
    return sys.stdout is not None


def show_box(text: str, title: str, *, warning: bool) -> None:
    """A message box that waits to be read. Does nothing on other systems: there is always a console."""
    if sys.platform == "win32":
        import ctypes

        icon = _WARNING if warning else _INFORMATION
        ctypes.windll.user32.MessageBoxW(None, text, title, icon | _TO_THE_FRONT)


def open_file(path: Path) -> None:
    """Opens a result with whatever program the user has for it; quietly, because he has been told where it is."""
    if sys.platform == "win32":
        with suppress(OSError):
            os.startfile(path)  # noqa: S606 - a file that we have just written
