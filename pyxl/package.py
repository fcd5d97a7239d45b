"""How is an Office file packed so that the same content gives the same bytes, whenever and wherever?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["CONTENT_TYPES", "packed", "unpacked"]

CONTENT_TYPES = "[Content_Types].xml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name


def packed(parts: Mapping[str, bytes], level: int = 6) -> bytes:
    """A package of these parts, in their order and without any trace of when or where it was written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            package.writestr(entry, content, compresslevel=level)
    return buffer.getvalue()


def unpacked(package: bytes) -> dict[str, bytes]:
    """Every part by name, in order; for packages of our own, which need no care."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
