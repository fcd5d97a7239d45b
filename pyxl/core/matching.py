"""Which unit is this, when people have written its code and its name now one way and now another?

A code beats a name. A unit that has left its code out is the one of that name, if only one bears it; a
name alone never makes one unit of two that have codes of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pyxl.core.received import Received
from pyxl.core.standing import Expected
from pyxl.core.submission import UnitPart

__all__ = ["Units", "alike"]


@lru_cache(maxsize=65_536)
def alike(text: str) -> str:
    """A code or name as it counts for matching: no spaces, full width as half width, capitals as small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class Units:
    """The units that are expected, and those that have handed in or are handed on."""

    def __init__(self, roster: Sequence[Expected], files: Iterable[Received]) -> None:
        self._by_code = {alike(each.code): each for each in reversed(roster) if each.code}
        self._by_name: dict[str, list[Expected]] = {}
        for each in roster:
            self._by_name.setdefault(alike(each.name), []).append(each)
        self._spelt: dict[str, str] = {}  # as it was written first
        self._codes: dict[str, set[str]] = {}  # of those that bear a name
        for file in files:
            for identity, name in ((file.identity, file.unit), *((unit.identity, unit.name) for unit in file.units)):
                spelt = self._spelt.setdefault(alike(identity), identity)
                if identity != name:
                    self._codes.setdefault(alike(name), set()).add(spelt)

    def listed(self, identity: str, name: str) -> Expected | None:
        """The unit of the roster that this is."""
        if identity != name and (found := self._by_code.get(alike(identity))):
            return found
        named = [each for each in self._by_name.get(alike(name), ()) if not each.code or identity == name]
        return named[0] if len(named) == 1 else None

    def has_code(self, part: UnitPart) -> bool:
        """Whether more than its name says which unit it is: a code, its own or the roster's."""
        found = self.listed(part.identity, part.name)
        return bool(part.facts.get("code") or (found and found.code))

    def identity(self, identity: str, name: str) -> str:
        """What tells the unit from others, however it was written this time."""
        found = self.listed(identity, name)
        if found and found.code:
            return found.code
        codes = self._codes.get(alike(name), ())
        if identity == name and len(codes) == 1:
            [identity] = codes
        return self._spelt.get(alike(identity), identity)
