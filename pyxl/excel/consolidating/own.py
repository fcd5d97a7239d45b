"""Is this file a consolidated workbook of ours, and is it whole?"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

from pyxl.errors import OutputError
from pyxl.excel.closed.container import MAX_PART, MAX_TOTAL
from pyxl.excel.closed.preflight import MAX_FILE

__all__ = ["can_be_read", "is_consolidated", "sound"]

_MARK = re.compile(rb'name="pyxl"[^>]*><vt:lpwstr>consolidated</vt:lpwstr>')
_MOST = 1 << 20
# what zipfile raises, of which it documents the half
_UNREADABLE = (OSError, KeyError, EOFError, ValueError, RuntimeError, struct.error, zipfile.BadZipFile, zlib.error)


def is_consolidated(path: Path) -> bool:
    """By what the file says of itself; whatever cannot be read is none."""
    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/custom.xml") as part:
            return _MARK.search(part.read(_MOST)) is not None
    except _UNREADABLE:
        return False


def sound(path: Path) -> None:
    """Raises OutputError when a part cannot be read, or is not what its checksum says."""
    try:
        with zipfile.ZipFile(path) as package:
            whole = package.testzip() is None
    except _UNREADABLE:
        whole = False
    if not whole or not is_consolidated(path):
        raise OutputError("consolidated_unsound", file=path.name)


def can_be_read(path: Path) -> bool:
    """Whether our own reader takes a sound workbook of this size: nobody's may be so large that it fills the memory."""
    with zipfile.ZipFile(path) as package:
        sizes = [part.file_size for part in package.infolist()]
    return path.stat().st_size <= MAX_FILE and max(sizes) <= MAX_PART and sum(sizes) <= MAX_TOTAL
