"""How do the pinned files come onto this machine?

pip fetches them, from whatever index it is set up for, and refuses by itself what has another hash; so
nothing of a source package is run that was not looked at. Then each is compared again here, because
the folder may have been filled by hand.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pyxl.bundling.lock import Lock, Python, Wheel
from pyxl.errors import InstallError

__all__ = ["contents", "fetch"]

_SECONDS = 900
_WINDOWS = ("--platform", "win_amd64", "--only-binary=:all:")
_TOLD = 600  # characters of pip's own words that are passed on


def fetch(lock: Lock, folder: Path, *, interpreter: bool) -> None:
    """Lets pip put into `folder` what is missing there. Raises InstallError when it cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    if wheels := _missing(lock.wheels, folder):
        _pip(wheels, folder, "--python-version", lock.python.version.rpartition(".")[0], *_WINDOWS)
    if interpreter and (source := _missing([lock.python], folder)):
        _pip(source, folder, "--no-binary=:all:")


def contents(lock: Lock, folder: Path, *, interpreter: bool) -> dict[str, bytes]:
    """File name → content of every pinned file. Raises InstallError when one is missing or another one."""
    pinned: list[Python | Wheel] = [*lock.wheels, *([lock.python] if interpreter else [])]
    if missing := _missing(pinned, folder):
        names = "\n".join(f"  {each.file}" for each in missing)
        raise InstallError("bundle_files_missing", folder=str(folder), listing=names)
    return {each.file: _read(folder / each.file, each.sha256) for each in pinned}


def _missing(pinned: Sequence[Python | Wheel], folder: Path) -> list[Python | Wheel]:
    return [each for each in pinned if not (folder / each.file).is_file()]


def _read(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InstallError("bundle_unreadable", file=path.name) from error
    if sha256(content).hexdigest() != expected:
        raise InstallError("bundle_hash", file=path.name)
    return content


def _pip(pinned: Sequence[Python | Wheel], folder: Path, *options: str) -> None:
    lines = "".join(f"{each.requirement} --hash=sha256:{each.sha256}\n" for each in pinned)
    with TemporaryDirectory(prefix="pyxl-") as name:
        requirements = Path(name) / "requirements.txt"
        requirements.write_text(lines, encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps"]
        command += ["--require-hashes", "--dest", str(folder), *options, "--requirement", str(requirements)]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter's pip; nothing comes from a user
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InstallError("bundle_fetch", reason=type(error).__name__) from error
    if done.returncode:
        raise InstallError("bundle_fetch", reason=done.stderr.strip()[-_TOLD:])
