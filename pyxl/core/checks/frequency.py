"""Was something held as often as it should be, and is nothing recorded twice?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.conditions import blank, joined, squeezed, text_of, texts_of
from pyxl.core.checks.model import Context, Sheet
from pyxl.core.checks.raising import at_cell, at_sheet
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry, Value

__all__ = [
    "EVERY",
    "held_every",
    "held_in_period",
    "held_yearly",
    "no_duplicates",
    "no_mirrored",
    "same_day",
    "unique",
]

EVERY = ("month", "quarter")


def held_every(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """every=month|quarter: a row in each month or quarter of the period that has begun by the closing date.

    per=column: for each group of the roster, which that column names; for the whole where the roster has none.
    """
    monthly = spec.params["every"] == "month"
    months = [m for m in context.period.months if date(context.period.year, m, 1) <= context.as_of]
    wanted = months if monthly else sorted({_quarter(month) for month in months})
    per = spec.params.get("per", "")
    for group in (_groups(context) if per else ()) or ("",):
        held = {day.month for day in _days(sheet, context, per, group)}
        held = held if monthly else {_quarter(month) for month in held}
        for number in wanted:
            if number not in held:
                code = "month_without_meeting" if monthly else "quarter_without_meeting"
                yield at_sheet(sheet, spec, code, number=number, group=group)


def _quarter(month: int) -> int:
    return (month + 2) // 3


def _groups(context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for m in context.members.values() for text in texts_of(m.get("group"))))


def _days(sheet: Sheet, context: Context, per: str, group: str) -> Iterator[date]:
    for entry in sheet.entries:
        day = context.day_of(entry)
        if day is not None and day in context.period and (not group or group in texts_of(entry.get(per))):
            yield day


def held_in_period(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """At least one row in the period, whichever it is; of what has no month or quarter of its own."""
    if not sheet.entries:
        yield at_sheet(sheet, spec, "not_held_this_period", as_of=context.as_of.isoformat())


def held_yearly(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """at_least=N (1 unless given): so many rows in a full year; other periods say nothing about it.

    With a `when`, so many rows of that kind: {what} names it.
    """
    least = spec.params.get("at_least", 1)
    held = len(sheet.entries)
    if context.period.part == "FY" and held < least:
        kinds = (joined(_listed(values)) for values in spec.params.get("when", {}).values())
        what, year = joined(kinds) or sheet.activity.label, context.period.year
        yield at_sheet(sheet, spec, "not_held_this_year", held=held, least=least, year=year, what=what)


def _listed(values: Any) -> tuple[str, ...]:
    return tuple(map(text_of, values)) if isinstance(values, list | tuple) else (text_of(values),)


def no_duplicates(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[date, topic …]: no earlier row with the same in all of them; blanks equal each other.

    Silent for a row of which a required column is blank, or everything but the first: that is no sign.
    """
    first, *rest = spec.columns
    firsts = [_same(entry, (first,)) for entry in sheet.entries]
    often = Counter(firsts)
    seen: dict[Hashable, Entry] = {}
    for entry, same in zip(sheet.entries, firsts, strict=True):
        if often[same] == 1:  # mostly there is one a day: nothing else need be compared
            continue
        if not _comparable(entry, spec, sheet) or (rest and all(blank(entry.get(key)) for key in rest)):
            continue
        earlier = seen.setdefault(_same(entry, spec.columns), entry)
        if earlier is not entry:
            yield at_cell(entry, first, spec, context, "duplicate_entry", earlier_cell=earlier.at(first).cell)


def _comparable(entry: Entry, spec: CheckSpec, sheet: Sheet) -> bool:
    if not entry.unreadable.isdisjoint(spec.columns) or blank(entry.get(spec.columns[0])):
        return False
    return not any(sheet.activity.column(key).required and blank(entry.get(key)) for key in spec.columns)


def _same(entry: Entry, columns: tuple[str, ...]) -> Hashable:
    return tuple([_plainly(entry.get(key)) for key in columns])


def _plainly(value: Value) -> Hashable:
    """A value as it is compared: without spaces, its items in any order; in a column of days there are no texts."""
    return value if isinstance(value, date) else tuple(sorted(map(squeezed, texts_of(value))))


def no_mirrored(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[date, person, people]: no earlier row of that date has the same people with another of them first.

    Whether A talked to B or B to A, it was one talk; told with the same first, it is a duplicate.
    """
    date_key, first_key, others_key = spec.columns
    seen: dict[tuple[date, frozenset[str]], Entry] = {}
    for entry in sheet.entries:
        day, first, others = entry.day(date_key), texts_of(entry.get(first_key)), texts_of(entry.get(others_key))
        if day is None or not first or not others:
            continue
        earlier = seen.setdefault((day, frozenset(map(squeezed, (*first, *others)))), entry)
        if _same(earlier, (first_key,)) != _same(entry, (first_key,)):
            where = earlier.at(first_key).cell
            yield at_cell(entry, first_key, spec, context, "mirrored_entry", against=others_key, earlier_cell=where)


def same_day(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[date, topic]: no earlier row of the same date with another topic; with the same it is a duplicate."""
    date_key, topic_key = spec.columns
    seen: dict[date, dict[str, Entry]] = {}
    for entry in sheet.entries:
        day, topic = entry.day(date_key), squeezed(text_of(entry.get(topic_key)))
        if day is None or not topic:
            continue
        topics = seen.setdefault(day, {})
        if topics and topic not in topics:
            earlier = next(iter(topics.values())).at(date_key).cell
            yield at_cell(entry, date_key, spec, context, "same_day", earlier_cell=earlier)
        topics.setdefault(topic, entry)


def unique(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[c]: no earlier row with the same there; blanks do not count.

    Silent when the rows are the same in all columns of `apart` too: that is a duplicate, told by its own rule.
    """
    (key,) = spec.columns
    apart = tuple(spec.params.get("apart", ()))
    seen: dict[Hashable, Entry] = {}
    for entry in sheet.entries:
        if blank(entry.get(key)):
            continue
        earlier = seen.setdefault(_same(entry, spec.columns), entry)
        if earlier is not entry and not (apart and _same(earlier, apart) == _same(entry, apart)):
            yield at_cell(entry, key, spec, context, "not_unique", earlier_cell=earlier.at(key).cell)
