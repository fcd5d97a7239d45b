"""Which unit has held what how often, where does it stand among the others, and what does it lack?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pyxl.catalogue.model import ActivityType, Catalogue, Kind
from pyxl.core.checks.conditions import fits
from pyxl.core.ledger import Entry
from pyxl.core.legible import legible
from pyxl.core.submission import UnitPart
from pyxl.core.travelling import CODE, REGISTER, UNIT
from pyxl.core.units import identity_of
from pyxl.core.validation import Validation

__all__ = ["Line", "activities_of", "lines", "lines_of"]

_COUNT = "count"  # key of the figure that every activity has


class Line(NamedTuple):
    """One unit: how often each kind of activity took place, all of them, and its rank by that (1 is first)."""

    identity: str
    code: str
    name: str
    counts: tuple[int, ...]  # in the order of activities_of
    total: int
    rank: int
    gaps: tuple[str, ...]


def activities_of(catalogue: Catalogue) -> tuple[ActivityType, ...]:
    """What is compared between units: whatever takes place on a date."""
    return tuple(each for each in catalogue.activities if each.kind is Kind.ACTIVITY and each.in_matrix)


def lines(units: Sequence[UnitPart], catalogue: Catalogue) -> tuple[Line, ...]:
    """A line for each unit, in their order; equal totals share a rank."""
    shown = activities_of(catalogue)
    return _ranked(
        Line(
            unit.identity,
            str(unit.facts.get("code") or ""),
            unit.name,
            tuple(_number(unit.shares.get(f"{each.key}.{_COUNT}")) for each in shown),
            0,
            0,
            tuple(unit.gaps),
        )
        for unit in units
    )


def lines_of(validation: Validation, catalogue: Catalogue) -> tuple[Line, ...]:
    """The same, from the rows of a ledger of many units; none for a branch's own."""
    rows = validation.counted.get(REGISTER, ())
    counts = {each.key: _by_unit(validation.counted.get(each.key, ()), each) for each in activities_of(catalogue)}
    return _ranked(_line(row, counts) for row in rows)


def _line(row: Entry, counts: Mapping[str, Mapping[str, int]]) -> Line:
    identity = identity_of(row.get("code"), row.get("unit"))
    own = tuple(found.get(identity, 0) for found in counts.values())
    return Line(identity, str(row.get("code") or ""), row.text("unit"), own, 0, 0, row.items("gaps"))


def _by_unit(rows: Iterable[Entry], activity: ActivityType) -> dict[str, int]:
    """Identity → how many of the rows that the activity's count takes."""
    where = next(total.where for total in activity.totals if total.key == _COUNT)
    found: dict[str, int] = {}
    for row in rows:
        if fits(row, where):
            identity = identity_of(row.get(CODE), row.get(UNIT))
            found[identity] = found.get(identity, 0) + 1
    return found


def _ranked(found: Iterable[Line]) -> tuple[Line, ...]:
    listed = [_legible(line)._replace(total=sum(line.counts)) for line in found]
    order = sorted((line.total for line in listed), reverse=True)
    ranks = {total: place for place, total in reversed(list(enumerate(order, 1)))}
    return tuple(line._replace(rank=ranks[line.total]) for line in listed)


def _legible(line: Line) -> Line:
    """As it is printed: a unit may call itself whatever it likes."""
    identity, code, name = map(legible, (line.identity, line.code, line.name))
    return line._replace(identity=identity, code=code, name=name, gaps=tuple(map(legible, line.gaps)))


def _number(share: object) -> int:
    return share if isinstance(share, int) else 0
