"""What do the counted rows add up to? Figures, each with the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeAlias

from pyxl.catalogue.model import ActivityType, Catalogue, TotalKind, TotalSpec
from pyxl.core.checks.conditions import fits, text_of
from pyxl.core.checks.people import present_on
from pyxl.core.grammar import one_line
from pyxl.core.ledger import Entry, Value
from pyxl.core.validation import Validation
from pyxl.record import record

__all__ = ["Figure", "FigureValue", "Totals", "compute"]

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


@record
class Totals:
    """All figures of one ledger and period."""

    figures: tuple[Figure, ...]

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


def _figure(activity: ActivityType, spec: TotalSpec, validation: Validation) -> Figure:
    counted = validation.counted.get(activity.key, ())
    rows = [row for row in counted if fits(row, spec.where)]
    if spec.present:
        rows = [row for row in rows if present_on(row, validation.as_of)]
    if _is_unknown(spec, counted):
        value: FigureValue = None
    elif spec.kind is TotalKind.MONTHS_WITHOUT:
        value = None if activity.key in validation.not_due else _months_without(rows, activity, validation)
    else:
        rows = [row for row in rows if _complete(row, spec)]
        value = _KINDS[spec.kind](_by_date(rows, activity), spec.columns)
    return Figure(
        activity=activity.label,
        name=spec.label,
        value=value,
        rows=tuple(row.ref for row in rows),
        unit=spec.unit or (activity.measure if spec.kind is TotalKind.COUNT else ""),
        kind=spec.kind,
    )


def _is_unknown(spec: TotalSpec, rows: Sequence[Entry]) -> bool:
    """Whether a column that the figure is made of is not on the sheet: then it is not zero but unknown."""
    if not rows:
        return False
    there = [key in rows[0].places for key in spec.columns]
    one_is_enough = spec.kind in (TotalKind.LIST, TotalKind.DISTINCT)
    complete = not there or (any(there) if one_is_enough else all(there))
    return not complete or any(key not in rows[0].places for key in spec.where)


def _complete(row: Entry, spec: TotalSpec) -> bool:
    """Whether the row has what the figure is made of: any of a list's columns, all of the others'."""
    filled = (row.get(key) is not None for key in spec.columns)
    return any(filled) if spec.kind in (TotalKind.LIST, TotalKind.DISTINCT) else all(filled)


def _by_date(rows: Sequence[Entry], activity: ActivityType) -> list[Entry]:
    """In order of date; rows of one day stay in sheet order."""
    if not activity.date:
        return list(rows)
    return sorted(rows, key=lambda row: row.day(activity.date) or date.max)


def _count(rows: Sequence[Entry], columns: Sequence[str]) -> FigureValue:
    return len(rows)


def _sum(rows: Sequence[Entry], columns: Sequence[str]) -> FigureValue:
    total = sum(_amount(row.get(columns[0])) for row in rows)
    return int(total) if total == int(total) else round(total, 2)


def _amount(value: Value) -> int | float:
    """A number as it is; several names as how many they are."""
    if isinstance(value, tuple):
        return len(value)
    return value if isinstance(value, int | float) else 0


def _ratio(rows: Sequence[Entry], columns: Sequence[str]) -> FigureValue:
    above, below = (sum(_amount(row.get(key)) for row in rows) for key in columns)
    return round(above / below, 4) if below else None


def _list(rows: Sequence[Entry], columns: Sequence[str]) -> FigureValue:
    """The different values, each row's first column that is filled; whole numbers in their own order."""
    found: dict[str | int, None] = {}
    for row in rows:
        value = next(value for key in columns if (value := row.get(key)) is not None)
        for item in value if isinstance(value, tuple) else (value,):
            found[item if isinstance(item, int) and not isinstance(item, bool) else one_line(text_of(item))] = None
    numbers = sorted(item for item in found if isinstance(item, int))
    return tuple(numbers) if len(numbers) == len(found) and numbers else tuple(map(str, found))


def _distinct(rows: Sequence[Entry], columns: Sequence[str]) -> FigureValue:
    items = _list(rows, columns)
    return len(items) if isinstance(items, tuple) else 0


def _months_without(rows: Sequence[Entry], activity: ActivityType, validation: Validation) -> tuple[int, ...]:
    """Months of the period, up to the last day that counts, in which nothing took place."""
    held = {day.month for row in rows if (day := row.day(activity.date))}
    return tuple(month for month in validation.period.months if month <= validation.as_of.month and month not in held)


_KINDS: dict[TotalKind, Callable[[Sequence[Entry], Sequence[str]], FigureValue]] = {
    TotalKind.COUNT: _count,
    TotalKind.SUM: _sum,
    TotalKind.RATIO: _ratio,
    TotalKind.LIST: _list,
    TotalKind.DISTINCT: _distinct,
}
