"""Is this file a consolidated workbook of ours, and is it whole?"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from pyxl.errors import OutputError

__all__ = ["is_consolidated", "sound"]

_MARK = re.compile(rb'name="pyxl"[^>]*><vt:lpwstr>consolidated</vt:lpwstr>')
_MOST = 1 << 20


def is_consolidated(path: Path) -> bool:
    """By what the file says of itself; whatever cannot be read is none."""
    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/custom.xml") as part:
            return _MARK.search(part.read(_MOST)) is not None
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def sound(path: Path) -> None:
    """Raises OutputError when a part cannot be read, or is not what its checksum says."""
    with zipfile.ZipFile(path) as package:
        if package.testzip() is not None or not is_consolidated(path):
            raise OutputError("consolidated_unsound", file=path.name)
