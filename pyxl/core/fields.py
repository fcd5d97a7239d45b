"""Which placeholders are there, and what do they stand for?"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pyxl.catalogue.model import ActivityType, Catalogue, TotalKind
from pyxl.core import grammar, seams
from pyxl.core.language import Known
from pyxl.core.ledger import Entry, Ledger, Value
from pyxl.core.sorts import Sort, column_sort, total_sort
from pyxl.core.totals import Figure, Totals
from pyxl.core.travelling import REGISTER
from pyxl.core.validation import Validation
from pyxl.text import phrase, phrases

__all__ = ["Traced", "available", "known_names", "row_fields", "values"]


class _Rate(float):
    """A rate, which prints as a percentage."""

    def __str__(self) -> str:
        return grammar.percent(float(self))


class Traced(dict[str, Any]):
    """The figures of one activity by name; reading one tells `seen` which it was."""

    def __init__(self, figures: Mapping[str, Figure], seen: Callable[[Figure], None]) -> None:
        super().__init__({name: _value(figure) for name, figure in figures.items()})
        self._figures = figures
        self._seen = seen

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        self._seen(self._figures[name])
        return value


def _value(figure: Figure) -> Any:
    value = figure.value
    return _Rate(value) if figure.kind is TotalKind.RATIO and isinstance(value, int | float) else value


def known_names(catalogue: Catalogue, activity: ActivityType | None = None) -> Known:
    """Object → its fields, for examining a text; with `activity`, the row's own columns as well."""
    objects, period = phrases("words", "objects"), phrases("words", "period_fields")
    own = dict.fromkeys(phrases("words", "unit_fields").values(), Sort.TEXT)
    known: dict[str, Mapping[str, Sort] | None] = {
        objects["unit"]: {**own, **{field.label: column_sort(field.type) for field in catalogue.cover}},
        objects["period"]: {name: _PERIOD.get(key, Sort.TEXT) for key, name in period.items()},
    }
    for each in catalogue.activities:
        columns = {column.key: column.type for column in each.columns}
        known[each.label] = {total.label: total_sort(total, columns) for total in each.totals}
    if REGISTER in catalogue.by_key:
        from pyxl.core.survey import sorts

        known |= sorts()
    if activity:
        shown = (column for column in activity.columns if not column.private)
        known[objects["row"]] = {column.label: column_sort(column.type) for column in shown}
    return known


_PERIOD = {"year": Sort.NUMBER, "start": Sort.DAY, "end": Sort.DAY, "as_of": Sort.DAY}  # the last in words: 6月底


def available(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Every placeholder and what it means, in the order of the sheets."""
    objects, meanings = phrases("words", "objects"), phrases("words", "field_meanings")
    unit = phrases("words", "unit_fields")
    found = [(f"{objects['unit']}.{unit[key]}", meanings[f"unit_{key}"]) for key in unit]
    found += [
        (f"{objects['unit']}.{field.label}", meanings["cover"].format(label=field.label)) for field in catalogue.cover
    ]
    for key, name in phrases("words", "period_fields").items():
        found.append((f"{objects['period']}.{name}", meanings[f"period_{key}"]))
    for activity in catalogue.activities:
        for total in activity.totals:
            meaning = meanings["figure"].format(activity=activity.label, label=total.label)
            found.append((f"{activity.label}.{total.label}", meaning))
    if REGISTER in catalogue.by_key:
        found += _beside()
    return tuple(dict(found).items())


def _beside() -> Iterator[tuple[str, str]]:
    """What is known of many units besides their rows."""
    from pyxl.core.survey import OBJECTS

    for name, group in OBJECTS.items():
        label, meanings = phrase("words", "objects", name), phrases("words", f"{name}_meanings")
        for key, field in phrases("words", group).items():
            yield f"{label}.{field}", meanings[key]


def values(
    ledger: Ledger,
    catalogue: Catalogue,
    validation: Validation,
    totals: Totals,
    seen: Callable[[Figure], None] = lambda _: None,
) -> dict[str, Any]:
    """What every placeholder stands for in this ledger and period."""
    objects = phrases("words", "objects")
    found: dict[str, Any] = {
        objects["unit"]: _unit(ledger, catalogue),
        objects["period"]: _period(validation),
    }
    for activity in catalogue.activities:
        figures = {figure.name: figure for figure in totals if figure.activity == activity.label}
        found[activity.label] = Traced(figures, seen)
    if REGISTER in catalogue.by_key:
        from pyxl.core.survey import OBJECTS, figures_of

        beside = figures_of(totals.survey)
        for label in map(objects.__getitem__, OBJECTS):
            found[label] = Traced({each.name: each for each in beside if each.activity == label}, seen)
    return found


def _unit(ledger: Ledger, catalogue: Catalogue) -> dict[str, Any]:
    names = phrases("words", "unit_fields")
    cover = ledger.cover
    fields: dict[str, Any] = {
        field.label: cover.get(field.key) or cover.get(field.instead) or "" for field in catalogue.cover
    }
    fields[names["name"]] = ledger.unit
    fields[names["short"]] = ledger.text("short_name") or ledger.unit
    # names, all of them: a sign behind one would stand in the middle of a sentence
    return {name: seams.bare(value) if isinstance(value, str) else value for name, value in fields.items()}


def _period(validation: Validation) -> dict[str, Any]:
    period, as_of = validation.period, validation.as_of
    last = as_of.day == calendar.monthrange(as_of.year, as_of.month)[1]
    names = phrases("words", "period_fields")
    return {
        names["name"]: period.name,
        names["title"]: period.title,
        names["year"]: period.year,
        names["next"]: period.next_name,
        names["span"]: phrase("words", "period_span", period.part),
        names["as_of"]: grammar.end_of_month_text(as_of, last=last),
        names["start"]: period.start,
        names["end"]: period.end,
    }


def _on_one_line(value: Value) -> Value:
    return grammar.one_line(value) if isinstance(value, str) else "" if value is None else value


def row_fields(row: Entry, activity: ActivityType) -> dict[str, Any]:
    """Column label → what stands there, for a text written once for every row; blanks are empty text."""
    return {column.label: _on_one_line(row.get(column.key)) for column in activity.columns if not column.private}
