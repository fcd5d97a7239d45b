"""What do the counted rows add up to? Figures, each with the rows behind it.

A figure is made in two steps: what the rows come to (a share, which plain JSON can hold), and what the
shares of one or of many units come to. So the figures of many units are those of all their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from pyxl.catalogue.model import ActivityType, Catalogue, TotalKind, TotalSpec
from pyxl.core.checks.conditions import condition, text_of
from pyxl.core.checks.people import present_on
from pyxl.core.grammar import one_line
from pyxl.core.ledger import Entry, Value
from pyxl.core.travelling import CODE, NAMES, UNIT
from pyxl.core.validation import Validation
from pyxl.record import record

if TYPE_CHECKING:
    from pyxl.core.survey import Survey

__all__ = ["Figure", "FigureValue", "Share", "Totals", "compute", "rows_behind", "shares", "together"]

# What the rows of one unit come to, for one figure: None where it is unknown; a number, two of them for a
# ratio, [day, items] for every row of a list, [whether it is asked for, months, those with a row] for months.
Share: TypeAlias = Any

_WHOLE = frozenset({int, bool})

FigureValue: TypeAlias = None | int | float | str | tuple[str, ...] | tuple[int, ...]


@record
class Figure:
    """One value and the rows it rests on."""

    activity: str  # label of the activity type = name of the sheet
    name: str  # label of the total
    value: FigureValue  # None: cannot be computed (a rate without attendance), or is not asked for on this cover
    rows: tuple[str, ...]  # "主题党日!7" …
    unit: str = ""
    kind: TotalKind = TotalKind.COUNT

    @property
    def path(self) -> str:
        """Its placeholder, without braces: 主题党日.次数."""
        return f"{self.activity}.{self.name}"


@record
class Totals:
    """All figures of one ledger and period."""

    figures: tuple[Figure, ...]
    survey: Survey | None = None  # of a ledger of many units: unit by unit, and against an earlier period

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    @cached_property
    def by_name(self) -> Mapping[tuple[str, str], Figure]:
        """(activity label, figure name) → figure."""
        return {(figure.activity, figure.name): figure for figure in self.figures}

    def get(self, activity: str, name: str) -> Figure:
        """One figure; KeyError when there is none of that name."""
        return self.by_name[activity, name]


def compute(validation: Validation, catalogue: Catalogue) -> Totals:
    """Every figure of every activity type, from the rows that count."""
    return Totals(
        tuple(_figure(activity, spec, validation) for activity in catalogue.activities for spec in activity.totals)
    )


def shares(validation: Validation, activities: Iterable[ActivityType]) -> list[Share]:
    """What the rows that count come to, for each figure of these activities; plain JSON."""
    return [
        _share(activity, spec, validation, rows_behind(activity, spec, validation))
        for activity in activities
        for spec in activity.totals
    ]


def together(kind: TotalKind, units: Sequence[Share]) -> FigureValue:
    """The value of a figure from its shares in several units: what all their rows in one ledger come to."""
    return _value(kind, units)


def _figure(activity: ActivityType, spec: TotalSpec, validation: Validation) -> Figure:
    rows = rows_behind(activity, spec, validation)
    return Figure(
        activity=activity.label,
        name=spec.label,
        value=_value(spec.kind, [_share(activity, spec, validation, rows)]),
        rows=tuple(row.ref for row in rows),
        unit=spec.unit or (activity.measure if spec.kind is TotalKind.COUNT else ""),
        kind=spec.kind,
    )


def rows_behind(activity: ActivityType, spec: TotalSpec, validation: Validation) -> list[Entry]:
    """The rows that a figure rests on."""
    rows: Iterable[Entry] = validation.counted.get(activity.key, ())
    if spec.where:
        rows = filter(condition(spec.where), rows)
    if spec.present:
        rows = [row for row in rows if present_on(row, validation.as_of)]
    if spec.kind is TotalKind.MONTHS_WITHOUT or (spec.kind is TotalKind.COUNT and not spec.columns):
        return list(rows)
    return _complete(rows, spec)


def _share(activity: ActivityType, spec: TotalSpec, validation: Validation, rows: Sequence[Entry]) -> Share:
    if _is_unknown(spec, validation.counted.get(activity.key, ())):
        return None
    if spec.kind is TotalKind.MONTHS_WITHOUT:
        return _months(rows, activity, validation)
    return _SHARES[spec.kind](rows, activity, spec.columns)


def _is_unknown(spec: TotalSpec, rows: Sequence[Entry]) -> bool:
    """Whether a column that the figure is made of is not on the sheet: then it is not zero but unknown."""
    if not rows:
        return False
    there = [key in rows[0].places for key in spec.columns]
    one_is_enough = spec.kind in (TotalKind.LIST, TotalKind.DISTINCT)
    complete = not there or (any(there) if one_is_enough else all(there))
    return not complete or any(key not in rows[0].places for key in spec.where)


def _complete(rows: Iterable[Entry], spec: TotalSpec) -> list[Entry]:
    """The rows that have what the figure is made of: any of a list's columns, all of the others'."""
    if len(spec.columns) == 1:  # mostly
        (key,) = spec.columns
        return [row for row in rows if row.values.get(key) is not None]
    enough = any if spec.kind in (TotalKind.LIST, TotalKind.DISTINCT) else all
    return [row for row in rows if enough([row.get(key) is not None for key in spec.columns])]


def _count(rows: Sequence[Entry], activity: ActivityType, columns: Sequence[str]) -> Share:
    return len(rows)


def _sum(rows: Sequence[Entry], activity: ActivityType, columns: Sequence[str]) -> Share:
    return _added([_amount(row.values[columns[0]]) for row in rows])


def _ratio(rows: Sequence[Entry], activity: ActivityType, columns: Sequence[str]) -> Share:
    return [_added([_amount(row.values[key]) for row in rows]) for key in columns]


def _amount(value: Value) -> int | float:
    """A number as it is; several names as how many they are."""
    if isinstance(value, tuple):
        return len(value)
    return value if isinstance(value, int | float) else 0


def _added(numbers: Sequence[int | float]) -> int | float:
    """The sum, whatever the order: decimal fractions are added as they were typed."""
    if _WHOLE.issuperset(map(type, numbers)):
        return sum(numbers)
    total = sum(Decimal(str(number)) for number in numbers)
    return int(total) if total == int(total) else float(total)


def _list(rows: Sequence[Entry], activity: ActivityType, columns: Sequence[str]) -> Share:
    """[day, values] of each row, of its first column that is filled; texts on one line, whole numbers as such."""
    return [[_day(row, activity), [_item(item) for item in _items(row, columns)[1]]] for row in rows]


def _distinct(rows: Sequence[Entry], activity: ActivityType, columns: Sequence[str]) -> Share:
    """The same, but of names that came from several units each with its unit: two of one name are two people."""
    names = {column.key for column in activity.columns if column.type in NAMES}
    found: list[Share] = []
    for row in rows:
        key, items = _items(row, columns)
        unit = row.get(CODE) or row.get(UNIT) if key in names else None
        found.append([_day(row, activity), [f"{unit}:{_item(item)}" if unit else _item(item) for item in items]])
    return found


def _items(row: Entry, columns: Sequence[str]) -> tuple[str, tuple[Value, ...]]:
    """The first column that is filled, and the values in it."""
    key, value = next((key, value) for key in columns if (value := row.values.get(key)) is not None)
    return key, value if isinstance(value, tuple) else (value,)


def _day(row: Entry, activity: ActivityType) -> str:
    day = (row.day(activity.date) if activity.date else None) or date.max
    return day.isoformat()


def _item(value: Value) -> str | int:
    if isinstance(value, str):  # most items
        return one_line(value.strip())
    return value if isinstance(value, int) and not isinstance(value, bool) else one_line(text_of(value))


def _months(rows: Sequence[Entry], activity: ActivityType, validation: Validation) -> Share:
    """Months of the period up to the last day that counts, and those of them in which something took place.

    Both are needed: a month in which one of several units met is no month without a meeting, also when
    that unit did not have to, or when another one has sent its rows before that month.
    """
    held = {day.month for row in rows if (day := row.day(activity.date))}
    months = [month for month in validation.period.months if month <= validation.as_of.month]
    return [activity.key not in validation.not_due, months, sorted(held)]


def _value(kind: TotalKind, shares: Sequence[Share]) -> FigureValue:
    """What the shares of one or more units come to; None where no unit knows."""
    known = [share for share in shares if share is not None]
    if not known:
        return None
    return _VALUES[kind](known)


def _sum_of(shares: Sequence[Share]) -> FigureValue:
    total = _added(shares)
    return total if isinstance(total, int) else round(total, 2)


def _ratio_of(shares: Sequence[Share]) -> FigureValue:
    above, below = (_added([share[place] for share in shares]) for place in (0, 1))
    return round(above / below, 4) if below else None


def _list_of(shares: Sequence[Share]) -> tuple[str, ...] | tuple[int, ...]:
    """The different values in order of date, those of one day unit by unit; whole numbers in their own order."""
    dated = [each for share in shares for each in share]
    dated.sort(key=itemgetter(0))
    found = dict.fromkeys(chain.from_iterable(map(itemgetter(1), dated)))
    numbers = sorted([item for item in found if isinstance(item, int)])
    return tuple(numbers) if len(numbers) == len(found) and numbers else tuple(map(str, found))


def _months_of(shares: Sequence[Share]) -> FigureValue:
    """The months in which no unit met; None where none has to."""
    if not any(due for due, _, _ in shares):
        return None
    months, held = (set().union(*(share[place] for share in shares)) for place in (1, 2))
    return tuple(sorted(months - held))


_SHARES: dict[TotalKind, Callable[[Sequence[Entry], ActivityType, Sequence[str]], Share]] = {
    TotalKind.COUNT: _count,
    TotalKind.SUM: _sum,
    TotalKind.RATIO: _ratio,
    TotalKind.LIST: _list,
    TotalKind.DISTINCT: _distinct,
}

_VALUES: dict[TotalKind, Callable[[Sequence[Share]], FigureValue]] = {
    TotalKind.COUNT: _sum_of,
    TotalKind.SUM: _sum_of,
    TotalKind.RATIO: _ratio_of,
    TotalKind.LIST: _list_of,
    TotalKind.DISTINCT: lambda shares: len(_list_of(shares)),
    TotalKind.MONTHS_WITHOUT: _months_of,
}
