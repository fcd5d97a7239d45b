"""What of each wheel goes into a bundle, and where does it stand there?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from pyxl.bundling.lock import Wheel, licence_text
from pyxl.errors import InstallError

__all__ = ["BESIDE", "SITE_PACKAGES", "installed", "licences"]

BESIDE = "python"
SITE_PACKAGES = "python/Lib/site-packages"

# Commands for a shell, data of other programs, and start-up files, which the bundle's interpreter never reads.
_NEVER = ("*.data/*", "*.pth", "*.chm", "*.exe", "*/RECORD", "*/direct_url.json", "*/INSTALLER")
_LICENCES = ("*.dist-info/licenses/*", "*.dist-info/licen[cs]e*", "*.dist-info/copying*", "*.dist-info/notice*")


def installed(wheel: Wheel, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path in the bundle → content of what a wheel brings. Raises InstallError when it needs more than copying."""
    for name in files:
        if fnmatchcase(name, "*.data/purelib/*") or fnmatchcase(name, "*.data/platlib/*"):
            raise InstallError("archive_unsafe", file=wheel.file, part=name)
    return {_place(wheel, name): data for name, data in files.items() if _wanted(wheel, name)}


def licences(wheel: Wheel, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path in the bundle → text of every licence of a wheel. Raises InstallError when there is none."""
    found = {_licence_name(name): data for name, data in _licence_files(wheel, files)}
    found |= {name: licence_text(name) for name in wheel.licences}
    if not found:
        raise InstallError("bundle_no_licence", file=wheel.file)
    return {f"licences/{wheel.name}/{name}": data for name, data in found.items()}


def _wanted(wheel: Wheel, name: str) -> bool:
    return _matches(name, wheel.keep) and not _matches(name, (*wheel.omit, *_NEVER))


def _place(wheel: Wheel, name: str) -> str:
    if _matches(name, wheel.beside):
        return f"{BESIDE}/{name.rpartition('/')[2]}"
    return f"{SITE_PACKAGES}/{name}"


def _licence_files(wheel: Wheel, files: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    return [
        (name, data)
        for name, data in files.items()
        if _matches(name.lower(), _LICENCES) and not _matches(name, wheel.omit)
    ]


def _licence_name(name: str) -> str:
    """What follows `….dist-info/` and `licenses/`, in one piece."""
    return name.partition(".dist-info/")[2].removeprefix("licenses/").replace("/", "-")


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
