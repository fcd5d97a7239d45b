"""Whose key is known? That of a unit's first submission is remembered, so that another one is noticed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from pyxl.core.vouching import Pin
from pyxl.errors import OutputError
from pyxl.exclusive import hold
from pyxl.outfile import deliver
from pyxl.sealing.keys import keys_folder

__all__ = ["known_units", "remember"]

_KEY = re.compile("[0-9a-f]{64}")
_PATIENCE, _PAUSE = 10.0, 0.02  # seconds: for whoever is at the list, and between attempts


def known_units(folder: Path | None = None) -> dict[str, Pin]:
    """Identity → what is known of the unit. Raises OutputError when the list is there but damaged."""
    path = _path(folder)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError):
        raise OutputError("keys_unreadable", path=str(path)) from None
    if not isinstance(content, dict) or not all(map(_is_pin, content.values())):
        raise OutputError("keys_unreadable", path=str(path))
    return {identity: Pin(*pin) for identity, pin in content.items()}


def _is_pin(pin: Any) -> bool:
    return isinstance(pin, list) and list(map(type, pin)) == [str, str] and _KEY.fullmatch(pin[0]) is not None


def remember(units: Mapping[str, Pin], folder: Path | None = None) -> None:
    """Adds units to the list, or puts what is known now in place of before. Raises OutputError."""
    if units.items() <= known_units(folder).items():
        return
    path = _path(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise OutputError("key_not_kept", path=str(path), reason=error.strerror or type(error).__name__) from None
    with _alone(path.with_suffix(".lock")):
        text = json.dumps({**known_units(folder), **units}, indent=1, sort_keys=True)
        deliver(path, lambda temporary: _write(temporary, text), _check)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While nobody else changes the list: of two at the same moment, the later one would undo the earlier one.

    Whoever waits too long goes on all the same: what he has collected must not be in vain.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:  # it shows when the list itself is written
        yield
        return
    try:
        until = monotonic() + _PATIENCE
        while not hold(descriptor) and monotonic() < until:
            sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")


def _check(path: Path) -> None:
    """Raises ValueError when it was not written whole."""
    json.loads(path.read_text(encoding="utf-8"))


def _path(folder: Path | None) -> Path:
    return (folder or keys_folder()) / "known.json"
