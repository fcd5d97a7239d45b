"""How is an Office file packed so that the same content gives the same bytes, and how is anybody's unpacked with care?"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

__all__ = ["CONTENT_TYPES", "CUSTOM_PROPERTIES", "DAMAGE", "Parts", "TooLargeError", "packed", "unpacked"]

CONTENT_TYPES = "[Content_Types].xml"
CUSTOM_PROPERTIES = "docProps/custom.xml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that Office programs know

# What opening and reading a broken package raises, of which zipfile documents the half. What the other methods of
# packing would raise is not among it: Parts refuses them.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,  # in a file, of a place before its beginning; io.BytesIO says ValueError
    EOFError,
    LookupError,
    OverflowError,
    RuntimeError,  # of what has a password; NotImplementedError is one
    ValueError,
)


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


class TooLargeError(ValueError):
    """A package has more parts, or a part more bytes, than whoever reads it allows."""


class Parts(Mapping[str, bytes]):
    """The parts of a package that anybody may have packed: each is unpacked when it is asked for, up to `most` bytes.

    Making it raises BadZipFile where a name stands twice or a part is packed as no Office program packs, and
    TooLargeError where there are more than `count` parts. Reading a part may raise any of DAMAGE, and TooLargeError
    where more than `together` bytes have been read, those of a part each time that it is.
    """

    def __init__(
        self, archive: zipfile.ZipFile, most: int, count: int | None = None, *, together: int | None = None
    ) -> None:
        entries = archive.infolist()
        if count is not None and len(entries) > count:
            raise TooLargeError(f"{len(entries)} parts")
        self._archive, self._most = archive, most
        self._left = together
        self.entries = {entry.filename: entry for entry in entries}
        if len(self.entries) < len(entries):
            raise zipfile.BadZipFile("a name stands twice")
        if any(entry.compress_type not in _METHODS for entry in entries):
            raise zipfile.BadZipFile("packed in another way")

    @property
    def size(self) -> int:
        """Bytes of all parts together, unpacked, as the directory says; none is read as having more."""
        return sum(entry.file_size for entry in self.entries.values())

    def __getitem__(self, name: str) -> bytes:
        entry = self.entries[name]
        if entry.file_size > (self._most if self._left is None else min(self._most, self._left)):
            raise TooLargeError(name)
        self._left = None if self._left is None else self._left - entry.file_size
        with self._archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)  # never more than was said: a bomb lies about its size
        if len(content) != entry.file_size:
            raise zipfile.BadZipFile("size differs")
        return content

    def __contains__(self, name: object) -> bool:
        return name in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)
