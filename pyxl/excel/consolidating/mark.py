"""Is a consolidated workbook still as we wrote it, or has somebody saved it since?

Its custom properties have the digest of all other parts, by the checksums that every zip file keeps of them: so
neither writing nor asking has to read the rows once more. Whoever saves the file writes other parts.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from pyxl.package import CUSTOM_PROPERTIES, DAMAGE, Parts

__all__ = ["BLANK", "is_as_written", "marked"]

BLANK = "0" * 64  # where the digest goes, as XlsxWriter writes it
_MOST = 1 << 20  # bytes of the part that it stands in

_Entries: TypeAlias = Iterable[tuple[str, int, int]]  # name, CRC-32 and size of each other part


def marked(content: bytes, others: _Entries) -> bytes:
    """The part with the digest of the others in its place."""
    return content.replace(BLANK.encode(), _digest(others).encode())


def is_as_written(path: Path) -> bool:
    """Whether every other part is the one that we wrote; no file of anybody else's is, nor what cannot be read."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = Parts(package, _MOST)
            content = parts[CUSTOM_PROPERTIES]
    except DAMAGE:
        return False
    others = [(name, entry.CRC, entry.file_size) for name, entry in parts.entries.items() if name != CUSTOM_PROPERTIES]
    return f">{_digest(others)}<".encode() in content


def _digest(others: _Entries) -> str:
    return sha256(repr(sorted(others)).encode()).hexdigest()
