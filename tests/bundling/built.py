"""The bundle as `pyxl bundle` makes it, built once in a run."""

from __future__ import annotations

import fcntl
import zipfile
from pathlib import Path

from pyxl import actions

__all__ = ["ROOT", "built_bundle", "unpack"]

ROOT = Path(__file__).parents[2]


def built_bundle(folder: Path) -> Path:
    """The zip file, in `folder`; what pip has fetched is kept in the checkout for the next run."""
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    with (cache / "bundle.lock").open("w") as lock:  # the other worker may be fetching as well
        fcntl.flock(lock, fcntl.LOCK_EX)
        return actions.bundle(out=folder).written


def unpack(bundle: Path, folder: Path) -> None:
    """As Explorer does it: with the names as the archive's flag says they are written."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
