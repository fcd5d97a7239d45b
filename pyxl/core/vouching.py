"""Under whose key has each unit handed in? Another one than the known one is not taken for the unit's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pyxl.core.matching import alike
from pyxl.core.received import Received
from pyxl.core.standing import Standing, Status, standing_of

__all__ = ["Pin", "under_known_keys"]


class Pin(NamedTuple):
    """What is known of a unit from earlier: its public key in hexadecimal, and its name; "" where nobody noted it."""

    key: str
    name: str = ""


def under_known_keys(
    files: Iterable[Received], pins: Mapping[str, Pin], trusted: Iterable[str]
) -> tuple[list[Received], list[Standing]]:
    """The files that count as their units' own, and what becomes of the others.

    `pins`: identity → what is known. Of a unit that nobody knows yet, any key will do, but not two of them: nothing
    says whose is the right one. `trusted`: codes or names of units whose new key has been checked.
    """
    known, trust = _Known(pins), frozenset(map(alike, trusted))
    by_unit: dict[str, list[Received]] = {}
    for each in files:
        by_unit.setdefault(each.identity, []).append(each)
    fitting: list[Received] = []
    strangers: list[Standing] = []
    for unit in by_unit.values():
        own = [each for each in unit if _is_own(each, unit, known.keys(each), trust)]
        fitting += own
        strangers += (_stranger(each, known.keys(each), unit, own) for each in unit if each not in own)
    return fitting, strangers


def _is_own(each: Received, unit: Iterable[Received], before: Collection[str], trust: Collection[str]) -> bool:
    """Whether a file of a unit's is under a key of its own; `before`: those known of it."""
    if alike(each.identity) in trust or alike(each.unit) in trust or each.key in before:
        return True
    return not before and all(other.key == each.key for other in unit)


def _stranger(each: Received, before: Sequence[str], unit: Iterable[Received], own: Iterable[Received]) -> Standing:
    """A file under an earlier key of the unit's is an earlier version like any other, once a later one counts."""
    later = next((other for other in own if other.made > each.made), None)
    if later:
        return standing_of(Status.REPLACED, each, "older", other=later.file)
    keys = {"now": each.key, "identity": each.identity}
    if before:
        return standing_of(Status.REJECTED, each, "key_changed", before=before[0], **keys)
    rival = next(other for other in unit if other.key != each.key)
    return standing_of(Status.REJECTED, each, "keys_differ", before=rival.key, other=rival.file, **keys)


class _Known:
    """The keys known of a unit: by its code, or where it left that out by its name."""

    def __init__(self, pins: Mapping[str, Pin]) -> None:
        self._by_identity = {alike(identity): pin.key for identity, pin in pins.items()}
        self._by_name: dict[str, list[str]] = {}
        for pin in pins.values():
            if pin.name:
                self._by_name.setdefault(alike(pin.name), []).append(pin.key)

    def keys(self, each: Received) -> list[str]:
        """Those that may be its own; none where nobody knows the unit."""
        if found := self._by_identity.get(alike(each.identity)):
            return [found]
        if alike(each.identity) == alike(each.unit):  # who has left out its code is one of those of this name
            return self._by_name.get(alike(each.unit), [])
        found = self._by_identity.get(alike(each.unit))  # who had none at first
        return [found] if found else []
