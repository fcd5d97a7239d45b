"""By which submission does each unit count, when several speak of it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pyxl.core.matching import Units
from pyxl.core.received import Received
from pyxl.core.submission import UnitPart
from pyxl.core.travelling import VIA

__all__ = ["Placed", "counted_elsewhere", "files_of", "place"]


class Placed(NamedTuple):
    """A unit that counts: what it comes to, and which unit of which file that is."""

    part: UnitPart
    received: Received
    number: int  # of the unit within the file


def place(files: Iterable[Received], units: Units) -> dict[str, Placed]:
    """Every unit once, by what it has sent last, whoever handed it on; of one version the unit's own file."""
    found: dict[str, Placed] = {}
    for each in files:
        for number, part in enumerate(each.units):
            identity, placed = units.identity(part.identity, part.name), Placed(part, each, number)
            before = found.get(identity)
            if before is None or _recency(placed) > _recency(before):
                found[identity] = placed
    return {identity: found[identity] for identity in sorted(found)}


def _recency(each: Placed) -> tuple[str, bool, str]:
    return each.part.made, not each.part.facts.get(VIA), each.received.made


def counted_elsewhere(each: Received, placed: Mapping[str, Placed], units: Units) -> list[Placed]:
    """Of its units, those that count by what stands in other files."""
    found = [placed[units.identity(part.identity, part.name)] for part in each.units]
    return [other for other in found if other.received is not each]


def files_of(found: Iterable[Placed]) -> list[str]:
    """The names of the files that they stand in."""
    return list(dict.fromkeys(each.received.file for each in found))
