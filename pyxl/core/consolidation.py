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
from pyxl.core.period import Period, parse_period, period_of_name
from pyxl.core.placing import Beaten, How, Placed, Placing, files_of, place
from pyxl.core.received import Received, Remark
from pyxl.core.regularity import monthly, regularity
from pyxl.core.remarking import MENDED, Said
from pyxl.core.standing import Expected, Standing, Status, standing_of
from pyxl.core.submission import UnitPart
from pyxl.core.totals import Figure, Totals, compute, together
from pyxl.core.travelling import REGISTER, ROWS
from pyxl.core.validation import Validation
from pyxl.core.versions import latest
from pyxl.core.vouching import Pin, under_known_keys
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

    @property
    def has_conflicts(self) -> bool:
        """Whether submissions contradict each other, so that a figure may be wrong until somebody has asked."""
        return any(each.has_conflict for each in self.standings)

    def of(self, status: Status) -> tuple[Standing, ...]:
        """The lines of one status."""
        return tuple(each for each in self.standings if each.status is status)


def consolidate(
    received: Iterable[Received],
    catalogue: Catalogue,
    *,
    roster: Sequence[Expected] = (),
    period: str = "",
    pins: Mapping[str, Pin] | None = None,
    trusted: Iterable[str] = (),
    ignored: Iterable[Standing] = (),
    today: date = date.max,
) -> Consolidation:
    """Puts together what was received.

    `period`: only this one counts (2023H1, or 上半年); by default the one that most submissions are for. `pins`:
    identity → what is known of earlier; a submission under another key is rejected, unless its unit (by
    code or name) is `trusted`. `roster`: the units expected; none means that whoever hands in is welcome.
    `today`: what was made later is told.
    """
    files, units = _identified(received, roster)
    files, outside = _expected(files, units, roster)
    sound, broken = _parted(files, lambda each: each.is_sound)
    wanted = _wanted(period, sound, today)
    sound, away = _parted(sound, lambda each: wanted is not None and each.period == wanted.code)
    sound, strangers = under_known_keys(sound, pins or {}, trusted)
    last_words, replaced = latest(sound)
    placing = place(last_words, units)
    counted, contained = _contained(last_words, placing)
    said = Said(units, placing, sound, broken, pins or {}, today)
    last = {each.identity: each for each in last_words}
    standings = [*outside, *strangers, *replaced, *contained, *map(said.line, counted)]
    standings += [*(_broken(each, last) for each in broken), *(_of_other_period(each, wanted, last) for each in away)]
    there = _there(last_words, placing.chosen, units)
    standings += [*_missing(roster, there, standings, units), *ignored]
    as_of, placed = _last_day(counted, wanted), tuple(placing.chosen.values())
    totals = totals_of([each.part for each in placed], catalogue)
    present = sum(each.identity in there for each in roster)
    return Consolidation(wanted, as_of, tuple(sorted(standings, key=_order)), placed, totals, present)


def _last_day(files: Iterable[Received], wanted: Period | None) -> date | None:
    if day := max((each.as_of for each in files), default=""):
        return date.fromisoformat(day)
    return wanted.end if wanted else None


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


def _wanted(written: str, files: Iterable[Received], today: date) -> Period | None:
    """A period without its year is of the year that most have handed in such a one for; or any, or else of this year."""
    files, named = list(files), period_of_name(today.year, written.strip())
    if named is None:
        return parse_period(written) or _commonest(files)
    such = [each for each in files if (found := parse_period(each.period)) and found.part == named.part]
    nearest = _commonest(such) or _commonest(files)
    return Period(nearest.year, named.part) if nearest else named


def _commonest(files: Iterable[Received]) -> Period | None:
    """The period for which most units have handed in; of several the one that ends last."""
    handed = {(each.identity, each.period) for each in files}
    counts = Counter(found for _, code in handed if (found := parse_period(code)))
    return max(counts, key=lambda each: (counts[each], each.end, each.code), default=None)


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
        return standing_of(Status.OUTSIDE, each, "outside")
    return standing_of(Status.OUTSIDE, each, "outside_code", roster=named[0], code=each.identity)


def _broken(each: Received, last: Mapping[str, Received]) -> Standing:
    """What goes back, unless its unit has mended it meanwhile."""
    later = last.get(each.identity)
    if later and later.made > each.made and each.reason in MENDED:
        return standing_of(Status.REPLACED, each, "older", other=later.file)
    params = each.params or {}
    found = standing_of(Status.IGNORED if each.reason in _OURS else Status.REJECTED, each, each.reason, **params)
    identity, unit = (params.get(key, "") for key in ("presumed_identity", "presumed_unit"))
    if found.status is Status.IGNORED or each.identity or not identity:
        return found
    # nobody vouches for it, so nothing counts by it; but it has to go back to somebody
    return replace(found, identity=identity, unit=unit, remarks=(*found.remarks, Remark("presumed_unit", {})))


_OURS = ("consolidated",)  # what is no submission, and none that anybody has tried to hand in


def _of_other_period(each: Received, wanted: Period | None, last: Mapping[str, Received]) -> Standing:
    named = {"wanted": wanted.title, "year": str(wanted.year), "part": wanted.name} if wanted else {}
    params = {"theirs": _titled(each.period), "wanted": "", "year": "", "part": "", **named}
    if each.identity in last:  # what lies there from the last time
        return standing_of(Status.IGNORED, each, "other_period", **params)
    return standing_of(Status.REJECTED, each, "wrong_period", **params)


def _titled(code: str) -> str:
    period = parse_period(code)
    return period.title if period else code


def _contained(files: Iterable[Received], placing: Placing) -> tuple[list[Received], list[Standing]]:
    """A file none of whose units counts by it says nothing any more."""
    counted, contained = [], []
    for each in files:
        beaten = placing.beaten_in.get(each.file, [])
        if beaten and len(beaten) == len(each.units):
            contained.append(_useless(each, beaten))
        else:
            counted.append(each)
    return counted, contained


def _useless(each: Received, beaten: Sequence[Beaten]) -> Standing:
    """By the gravest of what its units are beaten by."""
    gravest = max((other.how for other in beaten), key=list(How).index)
    others = files_of(other.winner for other in beaten if other.how is gravest)
    status, reason = _USELESS[gravest]
    return standing_of(status, each, reason, other=others)


_USELESS = {
    How.EARLIER: (Status.REPLACED, "contained"),
    How.OVERRULED: (Status.REPLACED, "overruled"),
    How.ALTERED: (Status.REPLACED, "altered"),
    How.CLASH: (Status.REJECTED, "unit_clash"),
}


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
