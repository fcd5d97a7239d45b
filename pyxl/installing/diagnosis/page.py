"""How do the findings read as a text file, and where does it go?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from pyxl.installing.diagnosis.finding import Finding
from pyxl.installing.diagnosis.redaction import redacted
from pyxl.text import phrase

__all__ = ["default_folder", "page"]

_DESKTOP = 0x10  # CSIDL_DESKTOPDIRECTORY


def page(findings: Iterable[Finding]) -> str:
    """The text; nothing in it names the user."""
    return redacted("\r\n".join(_lines(tuple(findings))) + "\r\n")


def default_folder() -> Path:
    """Where the user finds the file at once: the desktop, or where there is none the home."""
    if sys.platform == "win32":
        import ctypes

        buffer = ctypes.create_unicode_buffer(260)
        ctypes.windll.shell32.SHGetFolderPathW(None, _DESKTOP, None, 0, buffer)
        if buffer.value and Path(buffer.value).is_dir():
            return Path(buffer.value)
    return _xdg_desktop() or Path.home()


def _xdg_desktop() -> Path | None:
    """As the desktop programs of Linux agree on it: https://freedesktop.org/wiki/Software/xdg-user-dirs."""
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    try:
        lines = (settings / "user-dirs.dirs").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    named = [line.partition("=")[2].strip('"') for line in lines if line.startswith("XDG_DESKTOP_DIR=")]
    places = [Path(name.replace("$HOME", str(Path.home()), 1)) for name in named] or [Path.home() / "Desktop"]
    return next((place for place in places if place.is_dir()), None)


def _lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    yield phrase("installing", "doctor", "title")
    yield phrase("installing", "doctor", "privacy")
    troubles = sum(bool(found.trouble) for found in findings)
    yield (
        phrase("installing", "doctor", "found", count=troubles)
        if troubles
        else phrase("installing", "doctor", "nothing")
    )
    for group, members in groupby(findings, lambda found: found.group):
        yield ""
        yield phrase("installing", "doctor", "heading", group=phrase("installing", "groups", group))
        for found in members:
            yield phrase("installing", "doctor", "line", label=found.label, value=found.value)
            if found.trouble:
                yield phrase("installing", "doctor", "trouble", trouble=found.trouble)
