"""How do the units' counts compare with those of an earlier period?

Like is compared with like: units that both periods know. Who is new, or is not there any more, is named
and not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from pyxl.catalogue.model import ActivityType, Catalogue, TotalKind
from pyxl.core.background import Earlier, EarlierUnit
from pyxl.core.matching import alike
from pyxl.core.matrix import Line, activities_of
from pyxl.core.period import Period
from pyxl.core.totals import Figure, FigureValue
from pyxl.record import record
from pyxl.text import phrase

__all__ = [
    "Change",
    "Comparison",
    "Relation",
    "UnitChange",
    "comparable",
    "compare",
    "earlier_of",
    "figures",
    "relation",
]

_Unit = TypeVar("_Unit", Line, EarlierUnit)

_CYCLES = (("H1", "H2"), ("Q1", "Q2", "Q3", "Q4"), ("FY",))


class Relation(NamedTuple):
    """What the earlier period is to the later one: `kind` is year (同比) or preceding (环比)."""

    kind: str
    name: str  # 去年同期, 第一季度 …


def relation(now: Period, before: Period) -> Relation | None:
    """None for periods that nobody compares: of different length, or too far apart."""
    last_year, preceding = comparable(now)
    if before == last_year:
        return Relation("year", phrase("words", "compared", "year" if now.part == "FY" else "same_part"))
    if before != preceding:
        return None
    prefix = phrase("words", "compared", "last_year") if before.year < now.year else ""
    return Relation("preceding", prefix + before.name)


def comparable(period: Period) -> tuple[Period, Period]:
    """What it is compared with: the same part of the year before, and the period of the same length just before it."""
    cycle = next(each for each in _CYCLES if period.part in each)
    place = cycle.index(period.part)
    return Period(period.year - 1, period.part), Period(period.year - (place == 0), cycle[place - 1])


class Change(NamedTuple):
    """How often something took place then and now."""

    before: int
    now: int

    @property
    def by(self) -> int:
        """How much more it is now; negative when it is less."""
        return self.now - self.before

    @property
    def ratio(self) -> float | None:
        """By how much of what it was; None where there was nothing."""
        return self.by / self.before if self.before else None


class UnitChange(NamedTuple):
    """One unit, then and now; None in a period that does not know it."""

    identity: str
    code: str
    name: str
    before: tuple[int, ...] | None  # in the order of matrix.activities_of
    now: tuple[int, ...] | None
    ref: str = ""

    @property
    def is_common(self) -> bool:
        """Whether both periods know it."""
        return self.before is not None and self.now is not None


@record
class Comparison:
    """对比: this period and an earlier one."""

    period: Period
    earlier: Period
    relation: Relation
    activities: tuple[ActivityType, ...]
    units: tuple[UnitChange, ...]  # those of now in their order, then those that are not there any more

    @property
    def common(self) -> tuple[UnitChange, ...]:
        """The units that are compared."""
        return tuple(unit for unit in self.units if unit.is_common)

    @property
    def new(self) -> tuple[UnitChange, ...]:
        """Units that the earlier period does not know."""
        return tuple(unit for unit in self.units if unit.before is None)

    @property
    def gone(self) -> tuple[UnitChange, ...]:
        """Units of the earlier period that have not handed in now."""
        return tuple(unit for unit in self.units if unit.now is None)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Of each activity, over the units that are compared."""
        common = self.common
        return tuple(
            Change(
                sum(unit.before[place] for unit in common if unit.before), sum(u.now[place] for u in common if u.now)
            )
            for place in range(len(self.activities))
        )

    @property
    def total(self) -> Change:
        """Of all activities together."""
        changes = self.changes
        return Change(sum(each.before for each in changes), sum(each.now for each in changes))


def compare(lines: Sequence[Line], earlier: Earlier, now: Period, catalogue: Catalogue) -> Comparison | None:
    """The comparison of these units' lines with an earlier period; None when nobody compares such periods."""
    found = relation(now, earlier.period)
    if found is None:
        return None
    shown = activities_of(catalogue)
    found_again = _pairs(lines, earlier.units)
    units: list[UnitChange] = []
    for line in lines:
        old = found_again.get(line.identity)
        before = tuple(old.counts.get(each.key, 0) for each in shown) if old else None
        units.append(UnitChange(line.identity, line.code, line.name, before, line.counts, old.ref if old else ""))
    common = {old.identity for old in found_again.values()}
    for old in earlier.units:
        if old.identity not in common:
            counts = tuple(old.counts.get(each.key, 0) for each in shown)
            code = old.identity if old.identity != old.name else ""
            units.append(UnitChange(old.identity, code, old.name, counts, None, old.ref))
    return Comparison(now, earlier.period, found, shown, tuple(units))


def _pairs(lines: Iterable[Line], earlier: Iterable[EarlierUnit]) -> dict[str, EarlierUnit]:
    """Identity of a unit of now → the same unit then: by its code; by its name only who had, or has, no code.

    A name that several bear, then or now, does not say which.
    """
    lines, earlier = list(lines), list(earlier)
    by_identity = {alike(unit.identity): unit for unit in earlier}
    found = {line.identity: unit for line in lines if (unit := by_identity.get(alike(line.identity)))}
    taken = {unit.identity for unit in found.values()}
    by_name = _alone((unit.name, unit) for unit in earlier)
    for name, line in _alone((line.name, line) for line in lines).items():
        unit = by_name.get(name)
        if unit is None or line.identity in found or unit.identity in taken:
            continue
        if not line.code or unit.identity == unit.name:
            found[line.identity] = unit
    return found


def _alone(named: Iterable[tuple[str, _Unit]]) -> dict[str, _Unit]:
    """Name, however it is written → who bears it, where nobody else does."""
    found: dict[str, list[_Unit]] = {}
    for name, unit in named:
        found.setdefault(alike(name), []).append(unit)
    return {name: units[0] for name, units in found.items() if len(units) == 1}


def earlier_of(lines: Iterable[Line], period: Period, catalogue: Catalogue) -> Earlier:
    """What an earlier ledger of many units is to a later one."""
    keys = [each.key for each in activities_of(catalogue)]
    units = (EarlierUnit(line.identity, line.name, dict(zip(keys, line.counts, strict=True))) for line in lines)
    return Earlier(period, tuple(units))


def figures(comparison: Comparison | None) -> tuple[Figure, ...]:
    """What wording may say of it; without units to compare everything is blank, and no condition holds."""
    label = phrase("words", "objects", "compared")
    values = dict(_values(comparison)) if comparison and comparison.common else {}
    rows = tuple(unit.ref for unit in comparison.units if unit.ref) if comparison else ()
    return tuple(
        Figure(label, phrase("words", "compared_fields", key), values.get(key), rows, kind=kind)
        for key, kind in _KINDS.items()
    )


_KINDS = {
    **dict.fromkeys(("units", "now", "before", "more", "less"), TotalKind.COUNT),
    **dict.fromkeys(("name", "scope", "risen", "fallen", "level", "new", "gone"), TotalKind.LIST),
}


def _values(found: Comparison) -> Iterator[tuple[str, FigureValue]]:
    total = found.total
    yield "name", found.relation.name
    yield "units", len(found.common)
    yield "scope", _scope(found)
    yield "now", total.now
    yield "before", total.before
    yield "more", max(total.by, 0)
    yield "less", max(-total.by, 0)
    yield "risen", _told(found, "risen", lambda by: by > 0)
    yield "fallen", _told(found, "fallen", lambda by: by < 0)
    yield "level", _told(found, "level", lambda by: by == 0)
    yield "new", tuple(unit.name for unit in found.new)
    yield "gone", tuple(unit.name for unit in found.gone)


def _scope(found: Comparison) -> str:
    """Who is compared: all, or those that both periods know."""
    if len(found.common) == 1:
        return found.common[0].name
    if not (found.new or found.gone):
        return phrase("words", "reporting", "all")
    return phrase("words", "reporting", "common", count=len(found.common))


def _told(found: Comparison, key: str, fits: Callable[[int], bool]) -> tuple[str, ...]:
    """支委会增加3次: an item for each activity that took place in one of the periods at least."""
    return tuple(
        phrase("words", "compared", key, label=each.label, count=abs(change.by), measure=each.measure)
        for each, change in zip(found.activities, found.changes, strict=True)
        if fits(change.by) and (change.now or change.before)
    )
