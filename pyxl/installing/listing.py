"""Which files came with a bundle, which of them were installed where, and are they still what they were?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from pyxl.assets import CHECKSUMS
from pyxl.errors import InstallError
from pyxl.installing.places import LIST
from pyxl.record import record

__all__ = ["Difference", "Installed", "checksums", "differences", "installed", "write_list"]


class Difference(NamedTuple):
    """A file that is not as it was listed: changed, or, when `missing`, not there."""

    name: str
    missing: bool


@record
class Installed:
    """What an installation has put down: below the program's folder, and the files outside of it."""

    version: str
    files: dict[str, str]  # path below the program's folder, with slashes → sha256
    outside: dict[str, str]  # path → sha256


def checksums(folder: Path) -> dict[str, str]:
    """Path → sha256 of every file of an unpacked bundle, as its own list says. Raises InstallError."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise InstallError("bundle_incomplete", count=1, listing=f"  {CHECKSUMS}") from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def differences(folder: Path, listed: Mapping[str, str]) -> list[Difference]:
    """Every listed file below `folder` that is missing or holds something else, by name."""
    return [found for name in sorted(listed) if (found := _compared(folder / name, name, listed[name]))]


def installed(home: Path) -> Installed | None:
    """What is installed below `home`; None when nothing is, or the list cannot be read."""
    try:
        content = json.loads((home / LIST).read_text(encoding="utf-8"))
        return Installed(content["version"], dict(content["files"]), dict(content["outside"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def write_list(home: Path, listed: Installed | None) -> None:
    """Writes the list; with None it is taken away."""
    path = home / LIST
    if listed is None:
        path.unlink(missing_ok=True)
        return
    content = {"version": listed.version, "files": listed.files, "outside": listed.outside}
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=0), encoding="utf-8")
    beside.replace(path)


def _compared(path: Path, name: str, expected: str) -> Difference | None:
    try:
        with path.open("rb") as file:
            same = file_digest(file, "sha256").hexdigest() == expected
    except FileNotFoundError:
        return Difference(name, missing=True)
    except OSError:
        return Difference(name, missing=False)
    return None if same else Difference(name, missing=False)
