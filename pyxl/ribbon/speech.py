"""How is something said to whoever has clicked, when no sheet can say it?

Results appear in the sheets. Only what was refused, what failed, and what has no sheet gets a box: in
Excel by Windows itself, so that it comes even when Excel does not answer; in LibreOffice by the office.
Always one line goes to standard error, where there is one.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO, cast

from pyxl.text import phrase

if TYPE_CHECKING:
    from xlwings import App

__all__ = ["say", "whisper"]

_WARNING, _INFORMATION, _TO_THE_FRONT = 0x30, 0x40, 0x10000  # MessageBoxW: MB_ICONWARNING …


def whisper(sentence: str, following: str = "") -> None:
    """One line on standard error; nobody sees it on a desktop."""
    stream = cast("TextIO | None", sys.stderr)
    if stream is None:  # pythonw has none
        return
    with suppress(OSError, ValueError):  # closed by whoever started us
        stream.write(" ".join(part.replace("\n", " ") for part in (sentence, following) if part) + "\n")
        stream.flush()


def say(sentence: str, following: str, *, grave: bool, app: App | None, window: int) -> None:
    """A box with the sentence and what to do next; comes back when it was read."""
    text = f"{sentence}\n\n{following}" if following else sentence
    title = phrase("ribbon", "tab", "label")
    if sys.platform == "win32":
        _windows_box(window, title, text, _WARNING if grave else _INFORMATION)
    elif app is not None and app.engine.name == "libreoffice":
        with suppress(Exception):  # the office has gone: there is nobody to say it to
            app.alert(text, title, buttons="ok", mode="critical" if grave else "info")


def _windows_box(window: int, title: str, text: str, icon: int) -> None:
    """Windows' own box above the window; without one it stands alone, but in front."""
    import ctypes

    user32 = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
    owner = window if window and user32.IsWindow(window) else None
    user32.MessageBoxW(owner, text, title, icon | _TO_THE_FRONT)
