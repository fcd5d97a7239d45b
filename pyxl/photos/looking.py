"""How do names in cells become pictures for a document, without a foreign file harming us?

Each file is read here, within limits, and decoded in a child process of its own, with a cap on memory (not on
Windows) and on time; what the child dies of is one picture that is missing.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from pyxl import children
from pyxl.photos.finding import NoPhotoError, content_of, folders_of

__all__ = ["MOST_PHOTOS", "SECONDS", "Photo", "look_for"]

MOST_PHOTOS = 100  # of one document
SECONDS = 30.0  # for one image; a telephone's largest takes one
_AT_ONCE = 4
_MOST_ANSWER = 2_000_000  # bytes

_CHILD = children.code("pyxl.photos.child")


class Photo(NamedTuple):
    """One picture as JPEG with its size in pixels; or why there is none, a key of text/photos.toml [reasons]."""

    image: bytes = b""
    width: int = 0
    height: int = 0
    reason: str = ""


def look_for(names: Sequence[str], ledger: Path, named: Path | None = None) -> list[Photo]:
    """A picture for each name, in order, from the folders that belong to the ledger; see `folders_of`."""
    folders = folders_of(ledger, named)
    with ThreadPoolExecutor(max(1, min(_AT_ONCE, os.cpu_count() or 1, len(names)))) as threads:
        found = list(threads.map(lambda name: _looked(name, folders), names[:MOST_PHOTOS]))
    return [*found, *(Photo(reason="too_many") for _ in names[MOST_PHOTOS:])]


def _looked(name: str, folders: Sequence[tuple[Path, str]]) -> Photo:
    try:
        return _decoded(content_of(name, folders))
    except NoPhotoError as refusal:
        return Photo(reason=refusal.reason)


def _decoded(content: bytes) -> Photo:
    child = children.started(_CHILD, needs=("PIL",), stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        said, _ = child.communicate(content, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return Photo(reason="too_slow")
    finally:
        children.ended(child)
    try:
        line, _, image = said[:_MOST_ANSWER].partition(b"\n")
        told = json.loads(line)
        photo = Photo(reason=str(told["reason"])) if "reason" in told else Photo(image, told["width"], told["height"])
    except (ValueError, KeyError, TypeError):  # it died, or talked nonsense
        return Photo(reason="damaged")
    return photo if photo.image or photo.reason else Photo(reason="damaged")
