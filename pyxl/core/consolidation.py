"""Who has handed in what, which of it counts, and what does all of it come to?

The order in which files are looked at does not matter, nor does by whose hands a unit's rows have come:
a unit counts once, by what it has sent last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from pyxl.catalogue.model import ActivityType, Catalogue, ColumnType, TotalKind
from pyxl.core.ledger import Entry, Value
from pyxl.core.period import Period, parse_period
from pyxl.core.received import Received, Remark
from pyxl.core.submission import UnitPart
from pyxl.core.totals import Figure, Totals, compute, together
from pyxl.core.travelling import REGISTER
from pyxl.core.validation import Validation
from pyxl.record import record

__all__ = ["Consolidation", "Expected", "Placed", "Standing", "Status", "consolidate", "register_rows", "totals_of"]


class Status(StrEnum):
    """Where a file, or an expected unit, ends."""

    ACCEPTED = "accepted"  # its rows count
    REPLACED = "replaced"  # the same unit has sent a later one, or the same once more
    REJECTED = "rejected"  # it cannot be counted, and goes back
    OUTSIDE = "outside"  # of a unit that is not on the roster
    MISSING = "missing"  # expected, and not there
    IGNORED = "ignored"  # nothing that anybody would hand in


class Expected(NamedTuple):
    """One unit of the roster."""

    code: str
    name: str

    @property
    def identity(self) -> str:
        """What tells it from others."""
        return self.code or self.name


@record
class Standing:
    """One line of what became of everything: a file, or a unit without one."""

    status: Status
    identity: str
    unit: str
    reason: str = ""  # a key of text/collecting.toml or dialogs.toml
    params: Mapping[str, Any] | None = None
    received: Received | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def file(self) -> str:
        """The file's name, "" for a unit without one."""
        return self.received.file if self.received else ""


class Placed(NamedTuple):
    """A unit that counts: what it comes to, and which unit of which file that is."""

    part: UnitPart
    received: Received
    number: int  # of the unit within the file


@record
class Consolidation:
    """汇总: everything that was handed in for one period, and what it comes to."""

    period: Period
    as_of: date
    standings: tuple[Standing, ...]
    units: tuple[Placed, ...]  # by identity
    totals: Totals

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
) -> Consolidation:
    """Puts together what was received.

    `period`: only this one counts (2023H1); by default the one that most submissions are for. `pins`:
    identity → public key known of earlier; a submission under another key is rejected, unless its unit is
    `trusted`. `roster`: the units expected; none means that whoever hands in is welcome.
    """
    files = sorted(received, key=lambda each: (each.identity, each.made, each.content, each.digest, each.file))
    sound = [each for each in files if each.is_sound]
    wanted = period or _commonest(each.period for each in sound)
    standings: list[Standing] = [_rejected(each, each.reason, each.params) for each in files if not each.is_sound]
    sound, away = _of_period(sound, wanted)
    sound, strangers = _under_known_keys(sound, pins or {}, frozenset(trusted))
    sound, outside = _expected(sound, roster)
    counted, replaced = _latest(sound)
    standings += [*away, *strangers, *outside, *replaced]
    standings += _accepted(counted, roster, pins or {})
    standings += [*_missing(counted, roster), *ignored]
    units = _placed(counted)
    chosen = parse_period(wanted)
    assert chosen or not wanted
    last = max((each.as_of for each in counted), default="")
    period_ = chosen or Period(date.min.year, "H1")
    return Consolidation(
        period=period_,
        as_of=date.fromisoformat(last) if last else period_.end,
        standings=tuple(sorted(standings, key=_order)),
        units=units,
        totals=totals_of([each.part for each in units], catalogue),
    )


def _order(each: Standing) -> tuple[int, str, str, str]:
    return list(Status).index(each.status), each.identity, each.file, each.unit


def _commonest(periods: Iterable[str]) -> str:
    """The one that occurs most often; of several the latest."""
    counts = Counter(periods)
    return max(counts, key=lambda each: (counts[each], each), default="")


def _rejected(each: Received, reason: str, params: Mapping[str, Any] | None = None) -> Standing:
    return Standing(Status.REJECTED, each.identity, each.unit, reason, params or {}, each, each.remarks)


def _of_period(files: list[Received], wanted: str) -> tuple[list[Received], list[Standing]]:
    away = [
        _rejected(each, "wrong_period", {"theirs": _titled(each.period), "wanted": _titled(wanted)})
        for each in files
        if each.period != wanted
    ]
    return [each for each in files if each.period == wanted], away


def _titled(code: str) -> str:
    period = parse_period(code)
    return period.title if period else code


def _under_known_keys(
    files: list[Received], pins: Mapping[str, str], trusted: frozenset[str]
) -> tuple[list[Received], list[Standing]]:
    """Of a unit whose key nobody knows yet, that of its earliest submission is taken for its own."""
    known = {identity: key for identity, key in pins.items() if identity not in trusted}
    if trusted:  # of a trusted unit, the key of its latest
        known |= {each.identity: each.key for each in files if each.identity in trusted}
    fitting, strangers = [], []
    for each in files:
        before = known.setdefault(each.identity, each.key)
        if before == each.key:
            fitting.append(each)
        else:
            params = {"now": each.key, "before": before, "identity": each.identity}
            strangers.append(_rejected(each, "key_changed", params))
    return fitting, strangers


def _expected(files: list[Received], roster: Sequence[Expected]) -> tuple[list[Received], list[Standing]]:
    """A unit that is not on the roster is not counted, nor is what it has collected."""
    if not roster:
        return files, []
    known = {each.identity for each in roster} | {each.name for each in roster}
    inside = [each for each in files if each.identity in known or each.unit in known]
    outside = [
        Standing(Status.OUTSIDE, each.identity, each.unit, "outside", {}, each, each.remarks)
        for each in files
        if each not in inside
    ]
    return inside, outside


def _latest(files: list[Received]) -> tuple[list[Received], list[Standing]]:
    """Of each unit the submission made last; of equal ones the first by name."""
    chosen: dict[str, Received] = {}
    for each in files:
        before = chosen.get(each.identity)
        if before is None or (before.made, before.content) != (each.made, each.content):
            chosen[each.identity] = each
    replaced = [
        Standing(
            Status.REPLACED, each.identity, each.unit,
            "same" if chosen[each.identity].content == each.content else "older",
            {"other": chosen[each.identity].file}, each, each.remarks,
        )
        for each in files
        if chosen[each.identity] is not each
    ]  # fmt: skip
    return list(chosen.values()), replaced


def _accepted(files: list[Received], roster: Sequence[Expected], pins: Mapping[str, str]) -> Iterable[Standing]:
    names = {each.identity: each.name for each in roster}
    for each in files:
        remarks = list(each.remarks)
        listed = names.get(each.identity, each.unit)
        if listed and listed != each.unit:
            remarks.append(Remark("name_differs", {"roster": listed, "unit": each.unit}))
        if each.identity not in pins:
            remarks.append(Remark("first_key", {"now": each.key}))
        yield Standing(Status.ACCEPTED, each.identity, each.unit, "", {}, each, tuple(remarks))


def _missing(files: list[Received], roster: Sequence[Expected]) -> Iterable[Standing]:
    there = {each.identity for each in files} | {each.unit for each in files}
    there |= {name for each in files for part in each.units for name in (part.identity, part.name)}
    for each in roster:
        if each.identity not in there and each.name not in there:
            yield Standing(Status.MISSING, each.identity, each.name, "missing", {})


def _placed(files: Iterable[Received]) -> tuple[Placed, ...]:
    """Every unit once, by what it has sent last, whoever handed it on."""
    found: dict[str, Placed] = {}
    for each in files:
        for number, part in enumerate(each.units):
            before = found.get(part.identity)
            if before is None or (part.made, each.made) > (before.part.made, before.received.made):
                found[part.identity] = Placed(part, each, number)
    return tuple(found[identity] for identity in sorted(found))


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
    rows = tuple(register_rows(units, register))
    nothing = Validation(Period(date.min.year, "H1"), date.min, (), {REGISTER: rows}, (), ())
    found = compute(nothing, replace(catalogue, activities=(register,)))
    return (replace(figure, rows=()) for figure in found)


def register_rows(units: Iterable[UnitPart], register: ActivityType) -> Iterable[Entry]:
    """The lines of the sheet of units, with what follows from the rows."""
    places = {column.key: number for number, column in enumerate(register.columns, 1)}
    for number, unit in enumerate(units, 1):
        values = {column.key: _value(unit.facts.get(column.key), column.type) for column in register.columns}
        values |= {"gaps": tuple(unit.gaps) or None, "complete": not unit.gaps}
        yield Entry(REGISTER, register.label, number, values, places)


def _value(value: Any, kind: ColumnType) -> Value:
    """A value as a cell of that type is read, from what JSON made of it."""
    if kind in (ColumnType.DATE, ColumnType.MONTH) and isinstance(value, str):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
