"""Who has handed in what, which of it counts, and what does all of it come to?

The order in which files are looked at does not matter, nor does by whose hands a unit's rows have come:
a unit counts once, by what it has sent last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pyxl.catalogue.model import ActivityType, Catalogue, ColumnType, TotalKind
from pyxl.core.ledger import Entry, Value
from pyxl.core.matching import Units, alike
from pyxl.core.period import Period, parse_period
from pyxl.core.placing import Placed, counted_elsewhere, files_of, place
from pyxl.core.received import Received, Remark, about_clock, about_complaints
from pyxl.core.regularity import monthly, regularity
from pyxl.core.standing import Expected, Standing, Status
from pyxl.core.submission import UnitPart
from pyxl.core.totals import Figure, Totals, compute, together
from pyxl.core.travelling import REGISTER, ROWS
from pyxl.core.validation import Validation
from pyxl.record import record

__all__ = ["Consolidation", "Expected", "Placed", "Standing", "Status", "consolidate", "register_rows", "totals_of"]


@record
class Consolidation:
    """汇总: everything that was handed in for one period, and what it comes to."""

    period: Period | None  # None where nothing says which: no submission can be counted, and nobody has named one
    as_of: date | None
    standings: tuple[Standing, ...]
    units: tuple[Placed, ...]  # by identity
    totals: Totals
    present: int = 0  # units of the roster that count, be it by an upper unit's hands

    def of(self, status: Status) -> tuple[Standing, ...]:
        """The lines of one status."""
        return tuple(each for each in self.standings if each.status is status)


def consolidate(
    received: Iterable[Received],
    catalogue: Catalogue,
    *,
    roster: Sequence[Expected] = (),
    period: str = "",
    pins: Mapping[str, str] | None = None,
    trusted: Iterable[str] = (),
    ignored: Iterable[Standing] = (),
    today: date = date.max,
) -> Consolidation:
    """Puts together what was received.

    `period`: only this one counts (2023H1); by default the one that most submissions are for. `pins`:
    identity → public key known of earlier; a submission under another key is rejected, unless its unit (by
    code or name) is `trusted`. `roster`: the units expected; none means that whoever hands in is welcome.
    `today`: what was made later is told.
    """
    files, units = _identified(received, roster)
    files, outside = _expected(files, units, roster)
    sound, broken = _parted(files, lambda each: each.is_sound)
    wanted = parse_period(period) or _commonest(sound)
    sound, away = _parted(sound, lambda each: wanted is not None and each.period == wanted.code)
    sound, strangers = _under_known_keys(sound, pins or {}, frozenset(map(alike, trusted)))
    latest, replaced = _latest(sound)
    placed = place(latest, units)
    counted, contained = _contained(latest, placed, units)
    last = {each.identity: each for each in latest}
    standings = [*outside, *strangers, *replaced, *contained, *(_broken(each, last) for each in broken)]
    standings += (_of_other_period(each, wanted, last) for each in away)
    standings += _accepted(counted, placed, units, broken, pins or {}, today)
    there = _there(latest, placed, units)
    return Consolidation(
        period=wanted,
        as_of=_last_day(counted) or (wanted.end if wanted else None),
        standings=tuple(sorted([*standings, *_missing(roster, there, standings, units), *ignored], key=_order)),
        units=tuple(placed.values()),
        totals=totals_of([each.part for each in placed.values()], catalogue),
        present=sum(each.identity in there for each in roster),
    )


def _last_day(files: Iterable[Received]) -> date | None:
    day = max((each.as_of for each in files), default="")
    return date.fromisoformat(day) if day else None


def _by_age(each: Received) -> tuple[str, ...]:
    return each.identity, each.made, each.content, each.digest, each.file


def _order(each: Standing) -> tuple[int, str, str, str]:
    return list(Status).index(each.status), each.identity, each.file, each.unit


def _parted(files: Iterable[Received], test: Callable[[Received], bool]) -> tuple[list[Received], list[Received]]:
    """Those that pass the test, and the others."""
    passed: list[Received] = []
    others: list[Received] = []
    for each in files:
        (passed if test(each) else others).append(each)
    return passed, others


def _identified(received: Iterable[Received], roster: Sequence[Expected]) -> tuple[list[Received], Units]:
    """Each under the identity that counts for its unit, in an order that is always the same."""
    files = sorted(received, key=_by_age)
    units = Units(roster, files)
    known = (units.identity(each.identity, each.unit) if each.identity else "" for each in files)
    return sorted((replace(each, identity=name) for each, name in zip(files, known, strict=True)), key=_by_age), units


def _commonest(files: Iterable[Received]) -> Period | None:
    """The period for which most units have handed in; of several the one that ends last."""
    handed = {(each.identity, each.period) for each in files}
    counts = Counter(found for _, code in handed if (found := parse_period(code)))
    return max(counts, key=lambda each: (counts[each], each.end, each.code), default=None)


def _standing(status: Status, each: Received, reason: str, /, **params: Any) -> Standing:
    return Standing(status, each.identity, each.unit, reason, params, each, each.remarks)


def _expected(files: list[Received], units: Units, roster: Sequence[Expected]) -> tuple[list[Received], list[Standing]]:
    """A unit that is not on the roster is not counted, nor is what it has collected."""
    if not roster:
        return files, []
    inside, strangers = _parted(
        files, lambda each: not each.identity or units.listed(each.identity, each.unit) is not None
    )
    return inside, [_outside(each, roster) for each in strangers]


def _outside(each: Received, roster: Sequence[Expected]) -> Standing:
    """It may be one of the roster whose code was mistyped, there or here."""
    named = [other.code for other in roster if alike(other.name) == alike(each.unit) and other.code]
    if not named:
        return _standing(Status.OUTSIDE, each, "outside")
    return _standing(Status.OUTSIDE, each, "outside_code", roster=named[0], code=each.identity)


def _broken(each: Received, last: Mapping[str, Received]) -> Standing:
    """What goes back, unless its unit has mended it meanwhile."""
    later = last.get(each.identity)
    if later and later.made > each.made and each.reason in _MENDED:
        return _standing(Status.REPLACED, each, "older", other=later.file)
    return _standing(Status.REJECTED, each, each.reason, **(each.params or {}))


_MENDED = ("has_errors", "content_changed")  # reasons that a later submission of the unit settles


def _of_other_period(each: Received, wanted: Period | None, last: Mapping[str, Received]) -> Standing:
    params = {"theirs": _titled(each.period), "wanted": wanted.title if wanted else ""}
    if each.identity in last:  # what lies there from the last time
        return _standing(Status.IGNORED, each, "other_period", **params)
    return _standing(Status.REJECTED, each, "wrong_period", **params)


def _titled(code: str) -> str:
    period = parse_period(code)
    return period.title if period else code


def _under_known_keys(
    files: list[Received], pins: Mapping[str, str], trusted: frozenset[str]
) -> tuple[list[Received], list[Standing]]:
    """Of a unit whose key nobody knows yet, that of its earliest submission is taken for its own."""
    known = {alike(identity): key for identity, key in pins.items()}
    fitting, strangers = [], []
    for each in files:
        before = known.setdefault(alike(each.identity), each.key)
        if before == each.key or trusted & {alike(each.identity), alike(each.unit)}:
            fitting.append(each)
        else:
            params = {"now": each.key, "before": before, "identity": each.identity}
            strangers.append(_standing(Status.REJECTED, each, "key_changed", **params))
    return fitting, strangers


def _latest(files: list[Received]) -> tuple[list[Received], list[Standing]]:
    """Of each unit the submission made last; of equal ones the first by name."""
    chosen: dict[str, Received] = {}
    for each in files:
        before = chosen.get(each.identity)
        if before is None or (before.made, before.content) != (each.made, each.content):
            chosen[each.identity] = each
    replaced = [
        _standing(
            Status.REPLACED,
            each,
            "same" if chosen[each.identity].content == each.content else "older",
            other=chosen[each.identity].file,
        )
        for each in files
        if chosen[each.identity] is not each
    ]
    return list(chosen.values()), replaced


def _contained(
    files: Iterable[Received], placed: Mapping[str, Placed], units: Units
) -> tuple[list[Received], list[Standing]]:
    """A file all of whose units count by what stands in other files says nothing any more."""
    counted, contained = [], []
    for each in files:
        elsewhere = counted_elsewhere(each, placed, units)
        if elsewhere and len(elsewhere) == len(each.units):
            contained.append(_standing(Status.REPLACED, each, "contained", other=files_of(elsewhere)))
        else:
            counted.append(each)
    return counted, contained


def _accepted(
    files: Sequence[Received], placed: Mapping[str, Placed], units: Units, broken: Iterable[Received],
    pins: Mapping[str, str], today: date,
) -> Iterator[Standing]:  # fmt: skip
    known, named = set(map(alike, pins)), Counter(alike(each.unit) for each in files)
    refused = {each.identity: each for each in broken if each.reason in _MENDED}
    for each in files:
        listed = units.listed(each.identity, each.unit)
        remarks = list(each.remarks)
        if listed and listed.name and alike(listed.name) != alike(each.unit):
            remarks.append(Remark("name_differs", {"roster": listed.name, "unit": each.unit}))
        if named[alike(each.unit)] > 1:
            remarks.append(Remark("same_name", {"unit": each.unit}))
        if (later := refused.get(each.identity)) and later.made > each.made:
            remarks.append(Remark("later_returned", {"other": later.file}))
        if elsewhere := counted_elsewhere(each, placed, units):
            names = [other.part.name for other in elsewhere]
            remarks.append(Remark("counted_elsewhere", {"units": names, "other": files_of(elsewhere)}))
        remarks += [*about_complaints(each), *about_clock(each, today)]
        if not each.full:
            remarks.append(Remark("rows_unread", {}))
        if alike(each.identity) not in known:
            remarks.append(Remark("first_key", {"now": each.key}))
        yield replace(_standing(Status.ACCEPTED, each, ""), remarks=tuple(remarks))


def _there(files: Iterable[Received], placed: Mapping[str, Placed], units: Units) -> set[str]:
    """What the units that count are called on the roster."""
    names = [(each.identity, each.unit) for each in files]
    return _listed([*names, *((identity, each.part.name) for identity, each in placed.items())], units)


def _listed(names: Iterable[tuple[str, str]], units: Units) -> set[str]:
    return {found.identity for name in names if name[0] and (found := units.listed(*name))}


def _missing(
    roster: Iterable[Expected], there: set[str], standings: Iterable[Standing], units: Units
) -> Iterator[Standing]:
    """A unit whose file goes back has handed in something."""
    returned = _listed(((each.identity, each.unit) for each in standings if each.status is Status.REJECTED), units)
    for each in roster:
        if each.identity not in there | returned:
            yield Standing(Status.MISSING, each.identity, each.name, "missing", {})


def totals_of(units: Sequence[UnitPart], catalogue: Catalogue) -> Totals:
    """The figures of all these units together, without the rows behind them."""
    figures: list[Figure] = []
    for activity in catalogue.activities:
        if activity.key == REGISTER:
            figures += _of_register(units, activity, catalogue)
            continue
        for spec in activity.totals:
            name = f"{activity.key}.{spec.key}"
            value = together(spec.kind, [unit.shares.get(name) for unit in units])
            unit_ = spec.unit or (activity.measure if spec.kind is TotalKind.COUNT else "")
            figures.append(Figure(activity.label, spec.label, value, (), unit_, spec.kind))
    return Totals(tuple(figures))


def _of_register(units: Sequence[UnitPart], register: ActivityType, catalogue: Catalogue) -> Iterable[Figure]:
    rows = tuple(register_rows(units, catalogue))
    nothing = Validation(Period(date.min.year, "H1"), date.min, (), {REGISTER: rows}, (), ())
    found = compute(nothing, replace(catalogue, activities=(register,)))
    return (replace(figure, rows=()) for figure in found)


def register_rows(units: Iterable[UnitPart], catalogue: Catalogue) -> Iterable[Entry]:
    """The lines of the sheet of units, with what follows from the rows."""
    register = catalogue.activity(REGISTER)
    asked = {f"{each.key}.{total.key}": each.label for each in monthly(catalogue) for total in each.totals}
    places = {column.key: number for number, column in enumerate(register.columns, 1)}
    for number, unit in enumerate(units, 1):
        values = {column.key: _value(unit.facts.get(column.key), column.type) for column in register.columns}
        values |= {"gaps": tuple(unit.gaps) or None, "complete": not unit.gaps}
        if values[ROWS] is None:  # who has passed it on has told how many they were
            values[ROWS] = sum(unit.rows.values())
        values |= regularity([(asked[name], unit.shares.get(name)) for name in asked], unit.gaps)._asdict()
        yield Entry(REGISTER, register.label, number, values, places)


def _value(value: Any, kind: ColumnType) -> Value:
    """A value as a cell of that type is read, from what JSON made of it."""
    if kind in (ColumnType.DATE, ColumnType.MONTH) and isinstance(value, str):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
