"""Can this file be a .docx at all, and which bytes are in it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pyxl.errors import PyxlError

__all__ = ["word_bytes"]

_OLD_FORMAT = b"\xd0\xcf\x11\xe0"  # .doc and .xls; also a .docx with a password


def word_bytes(path: Path, largest: int, refused: Callable[[str], PyxlError]) -> bytes:
    """The bytes of a file that begins as a .docx does; else raises what `refused` makes of the reason.

    Reasons: is_folder, too_large, missing, unreadable, empty, old_format, not_word.
    """
    try:
        if path.is_dir():  # Windows calls the attempt to read one a want of rights
            raise refused("is_folder")
        if path.stat().st_size > largest:
            raise refused("too_large")
        package = path.read_bytes()
    except FileNotFoundError:
        raise refused("missing") from None
    except (OSError, ValueError):
        raise refused("unreadable") from None
    if not package:
        raise refused("empty")
    if package.startswith(_OLD_FORMAT):
        raise refused("old_format")
    if not package.startswith(b"PK"):
        raise refused("not_word")
    return package
