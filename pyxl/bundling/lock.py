"""Which exact files is a bundle made of?"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pyxl.record import record

__all__ = ["Lock", "Python", "Wheel", "licence_text", "lock"]

_FOLDER = Path(__file__).parent


@record
class Python:
    """The interpreter: CPython's embeddable build, as a source package on the index carries it."""

    version: str
    tag: str  # cp313
    library: str  # python313
    requirement: str
    file: str
    sha256: str
    archive: str  # inside of the source package, below its one folder
    folder: str  # inside of that archive
    content: dict[str, str]  # version → digest over the embeddable's own files


@record
class Wheel:
    """One library; `keep`, `omit` and `beside` are patterns of names inside of it."""

    requirement: str
    file: str
    sha256: str
    keep: tuple[str, ...] = ("*",)
    omit: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()  # beside python.exe, and not in site-packages
    licences: tuple[str, ...] = ()  # where the wheel brings none: files in licences/

    @property
    def name(self) -> str:
        """The library's own name."""
        return self.requirement.partition("==")[0]


@record
class Lock:
    """Everything that is not our own."""

    python: Python
    wheels: tuple[Wheel, ...]


@cache
def lock() -> Lock:
    """What wheels.toml says."""
    import tomllib

    table = tomllib.loads((_FOLDER / "wheels.toml").read_text(encoding="utf-8"))
    return Lock(Python(**table["python"]), tuple(_wheel(entry) for entry in table["wheels"]))


def licence_text(name: str) -> bytes:
    """A licence that a wheel ought to bring and does not."""
    return (_FOLDER / "licences" / name).read_bytes()


def _wheel(entry: dict[str, Any]) -> Wheel:
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    return Wheel(**(entry | lists))
