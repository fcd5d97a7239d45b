"""How do our own files, the libraries and the interpreter become one zip file?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from pyxl import __version__
from pyxl.assets import CHECKSUMS
from pyxl.bundling.archives import is_safe_name, unpacked_zip
from pyxl.bundling.fetching import contents
from pyxl.bundling.interpreter import from_source_package, from_zip, search_path
from pyxl.bundling.libraries import BESIDE, installed, licences
from pyxl.bundling.lock import Lock
from pyxl.bundling.program import own_files, scripts
from pyxl.errors import InstallError
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["MOST", "Bundle", "bundle_name", "make_bundle"]

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16
MOST = 40 * 1024**2  # bytes: what still goes through a branch's mail


@record
class Bundle:
    """A bundle in memory."""

    parts: dict[str, bytes]  # by path
    known: bool  # whether its interpreter is one that we have looked at

    def packed(self) -> bytes:
        """The zip file. Raises InstallError when it has grown beyond what can be sent."""
        content = _packed(self.parts)
        if len(content) > MOST:
            raise InstallError("bundle_too_large", megabytes=len(content) // 1024**2, most=MOST // 1024**2)
        return content


def bundle_name() -> str:
    """What the zip file is called."""
    return phrase("installing", "files", "bundle", version=__version__)


def make_bundle(root: Path, lock: Lock, folder: Path, python: Path | None = None) -> Bundle:
    """Everything together: from the checkout at `root`, the pinned files in `folder`, and perhaps another Python.

    `python` is an embeddable zip as python.org publishes it. Raises InstallError when a file is missing,
    is another one than was pinned, or holds what it must not.
    """
    pinned = contents(lock, folder, interpreter=python is None)
    known = True
    if python is None:
        interpreter = from_source_package(pinned[lock.python.file], lock.python)
    else:
        interpreter, known = from_zip(_zip(python), lock.python, python.name)
    parts: dict[str, bytes] = {}
    _join(parts, _interpreter(interpreter, lock))
    for wheel in lock.wheels:
        files = unpacked_zip(pinned[wheel.file], wheel.file)
        _join(parts, installed(wheel, files))
        _join(parts, licences(wheel, files))
    _join(parts, own_files(root))
    _join(parts, scripts())
    parts[CHECKSUMS] = _checksums(parts)
    return Bundle(parts, known)


def _interpreter(files: Mapping[str, bytes], lock: Lock) -> dict[str, bytes]:
    parts = {f"{BESIDE}/{name}": content for name, content in files.items()}
    parts[f"{BESIDE}/{lock.python.library}._pth"] = search_path(lock.python)
    parts["licences/python/LICENSE.txt"] = files["LICENSE.txt"]
    return parts


def _join(parts: dict[str, bytes], more: Mapping[str, bytes]) -> None:
    """Adds parts. Raises InstallError where two would bear one name on Windows, or one that it does not take."""
    folded = {name.casefold() for name in parts}
    for name in more:
        if name.casefold() in folded or not is_safe_name(name):
            raise InstallError("bundle_name_clash", file=name)
    parts.update(more)


def _checksums(parts: Mapping[str, bytes]) -> bytes:
    """One line for each file, as sha256sum writes and checks them."""
    return "".join(f"{sha256(parts[name]).hexdigest()}  {name}\n" for name in sorted(parts)).encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same parts.

    Marked as packed on Unix, unlike our Office files: unzip on Linux takes the names of an archive that
    was packed on Windows for those of an old code page, whatever the archive itself says. The others,
    Explorer among them, go by the flag for UTF-8, which is set for every name that needs it.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, parts[name], compresslevel=9)
    return buffer.getvalue()


def _zip(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InstallError("bundle_unreadable", file=path.name) from error
