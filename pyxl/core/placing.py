"""By which submission does each unit count, when several speak of it?

A unit counts by what it has sent last, whoever handed it on. What is beaten by that is told apart: an earlier
version is nobody's concern, but two units under one code or name are, and so is a version that the one who
handed it on may have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from pyxl.core.matching import Units, alike
from pyxl.core.received import Received
from pyxl.core.submission import UnitPart
from pyxl.core.travelling import VIA

__all__ = ["Beaten", "How", "Placed", "Placing", "files_of", "place"]


class Placed(NamedTuple):
    """One unit in one file."""

    part: UnitPart
    received: Received
    number: int  # of the unit within the file

    @property
    def is_own(self) -> bool:
        """Whether the unit itself has handed it in."""
        return not self.part.facts.get(VIA)


class How(StrEnum):
    """Why a unit in one file does not count, but the one in another does."""

    EARLIER = "earlier"  # an earlier version, or the same once more
    OVERRULED = "overruled"  # the unit's own file; another one hands on a later version that is not the same
    ALTERED = "altered"  # handed on, and not what the unit itself has sent as this version
    CLASH = "clash"  # another unit, as it seems, under the same code or name


class Beaten(NamedTuple):
    """A unit in a file that does not count, and where it counts instead."""

    loser: Placed
    winner: Placed
    how: How


class Placing(NamedTuple):
    """Every unit once, in order of identity; and wherever else it stands, by the names of the two files."""

    chosen: Mapping[str, Placed]
    beaten_in: Mapping[str, list[Beaten]]  # what stands in this file and does not count
    beaten_by: Mapping[str, list[Beaten]]  # what does not count because of this file


def place(files: Iterable[Received], units: Units) -> Placing:
    """Every unit of these files; of one version the unit's own file counts."""
    found: dict[str, list[Placed]] = {}
    for each in files:
        for number, part in enumerate(each.units):
            found.setdefault(units.identity(part.identity, part.name), []).append(Placed(part, each, number))
    chosen = {identity: max(found[identity], key=_recency) for identity in sorted(found)}
    losers, winners = dict[str, list[Beaten]](), dict[str, list[Beaten]]()
    for identity, winner in chosen.items():
        for loser in found[identity]:
            if loser.received is not winner.received:
                beaten = Beaten(loser, winner, _how(loser, winner, units))
                losers.setdefault(loser.received.file, []).append(beaten)
                winners.setdefault(winner.received.file, []).append(beaten)
    return Placing(chosen, losers, winners)


def _recency(each: Placed) -> tuple[str, bool, str]:
    return each.part.made, each.is_own, each.received.made


def _how(loser: Placed, winner: Placed, units: Units) -> How:
    if _content(loser.part) == _content(winner.part):
        return How.EARLIER
    if _are_two(loser, winner, units):
        return How.CLASH
    if loser.part.made == winner.part.made:
        return How.ALTERED
    return How.OVERRULED if loser.is_own and not winner.is_own else How.EARLIER


def _content(part: UnitPart) -> tuple[object, ...]:
    """What its rows come to; on its way up its line on the sheet of units grows."""
    return part.rows, part.shares, part.gaps


def _are_two(one: Placed, other: Placed, units: Units) -> bool:
    """Names that differ; or no code at all, and not by the same hands: 第一党支部 is what many are called."""
    if alike(one.part.name) != alike(other.part.name):
        return True
    codeless = not (units.has_code(one.part) or units.has_code(other.part))
    return codeless and one.received.identity != other.received.identity


def files_of(found: Iterable[Placed]) -> list[str]:
    """The names of the files that they stand in."""
    return list(dict.fromkeys(each.received.file for each in found))
