"""What may come out of an archive that somebody else has packed?

Only plain files whose names stay below the folder that they are unpacked into, on Windows too. Each is
read into memory, and none of them gets a name on this machine's disk.
"""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from pathlib import PurePosixPath

from pyxl.errors import InstallError
from pyxl.package import DAMAGE

__all__ = ["entry_of_tar", "is_safe_name", "unpacked_zip"]

_MOST = 200 * 1024**2  # bytes; all that we pack is a third of it
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_DAMAGED = (*DAMAGE, tarfile.TarError)
_FORBIDDEN = frozenset('<>:"|?*\\')


def unpacked_zip(content: bytes, file: str) -> dict[str, bytes]:
    """Name → content of every file in a zip. Raises InstallError when `file` holds what it must not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse(entries, file)
            return {entry.filename: archive.read(entry) for entry in entries}
    except _DAMAGED as error:
        raise InstallError("archive_damaged", file=file) from error


def entry_of_tar(content: bytes, file: str, wanted: str) -> bytes:
    """The one file `wanted` of a source package, which stands below the package's one folder."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for entry in archive:
                if entry.isfile() and entry.size <= _MOST and entry.name.partition("/")[2] == wanted:
                    stream = archive.extractfile(entry)
                    if stream is not None:
                        return stream.read()
    except _DAMAGED as error:
        raise InstallError("archive_damaged", file=file) from error
    raise InstallError("archive_lacks", file=file, part=wanted)


def is_safe_name(name: str) -> bool:
    """Whether a name, written with slashes, is a file below the folder it is unpacked into."""
    parts = name.split("/")
    return not PurePosixPath(name).is_absolute() and all(_is_safe_part(part) for part in parts)


def _is_safe_part(part: str) -> bool:
    """Windows drops dots and spaces at the end of a name, and some names are devices whatever follows."""
    plain = part == part.rstrip(". ") and part not in ("", ".", "..")
    device = part.partition(".")[0].rstrip().lower() in _DEVICES
    return plain and not device and not any(sign in _FORBIDDEN or ord(sign) < 32 for sign in part)


def _refuse(entries: list[zipfile.ZipInfo], file: str) -> None:
    """Raises InstallError for a name that leads elsewhere, two files of one name, a link, and far too much."""
    seen: set[str] = set()
    total = 0
    for entry in entries:
        total += entry.file_size
        folded = entry.filename.casefold()
        link = stat.S_ISLNK(entry.external_attr >> 16)
        if link or folded in seen or total > _MOST or not is_safe_name(entry.filename):
            raise InstallError("archive_unsafe", file=file, part=entry.filename)
        seen.add(folded)
