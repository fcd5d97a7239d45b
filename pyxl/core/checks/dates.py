"""Do the days and times of a row go together, and what do they mean by the closing date?"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, date, time
from typing import Any

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.conditions import joined
from pyxl.core.checks.model import Context
from pyxl.core.checks.raising import at_cell
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry, Value
from pyxl.text import phrase

__all__ = [
    "SPANS",
    "after",
    "deadline_ahead",
    "elapsed_at_most",
    "interval_at_least",
    "interval_at_most",
    "lasts_at_most",
    "later_than",
    "overdue",
]

SPANS = ("years", "months", "days")


def after(day: date, span: Mapping[str, Any]) -> date:
    """The day that lies `years`, `months` and `days` later; 31 January plus a month is the last of February."""
    months = day.month - 1 + int(span.get("months", 0)) + 12 * int(span.get("years", 0))
    year, month = day.year + months // 12, months % 12 + 1
    if year > MAXYEAR:
        return date.max
    moved = day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
    return date.fromordinal(min(moved.toordinal() + int(span.get("days", 0)), date.max.toordinal()))


def _named(span: Mapping[str, Any]) -> str:
    return joined(phrase("checks", "spans", unit, count=span[unit]) for unit in SPANS if unit in span)


def later_than(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[end, start]: the end comes after the start, both days or both times; or_equal=true: or with it."""
    end_key, start_key = spec.columns
    order = _order(entry.get(end_key), entry.get(start_key))
    if order == -1 or (order == 0 and not spec.params.get("or_equal", False)):
        yield at_cell(entry, end_key, spec, context, "not_later", against=start_key)


def _order(end: Value, start: Value) -> int | None:
    """1 when the end is later, 0 for the same, -1 when it is earlier; None when they cannot be compared."""
    if isinstance(end, date) and isinstance(start, date):
        return (end > start) - (end < start)
    if isinstance(end, time) and isinstance(start, time):
        return (end > start) - (end < start)
    return None


def lasts_at_most(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[end, start] hours=N: no longer than N hours. Silent when the end is not after the start."""
    end_key, start_key = spec.columns
    end, start = entry.get(end_key), entry.get(start_key)
    if isinstance(end, time) and isinstance(start, time) and _seconds(end) - _seconds(start) > 3600 * _hours(spec):
        yield at_cell(entry, end_key, spec, context, "lasts_long", against=start_key, limit=spec.params["hours"])


def _hours(spec: CheckSpec) -> float:
    return float(spec.params["hours"])


def _seconds(moment: time) -> int:
    return (moment.hour * 60 + moment.minute) * 60 + moment.second


def interval_at_least(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[later, earlier] years/months/days=N: at least that long lies between the two days."""
    later_key, earlier_key = spec.columns
    later, earlier = entry.day(later_key), entry.day(earlier_key)
    if later is not None and earlier is not None and later < after(earlier, spec.params):
        span = _named(spec.params)
        yield at_cell(entry, later_key, spec, context, "interval_short", against=earlier_key, span=span)


def interval_at_most(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[later, earlier] years/months/days=N: at most that long lies between the two days."""
    later_key, earlier_key = spec.columns
    later, earlier = entry.day(later_key), entry.day(earlier_key)
    if later is not None and earlier is not None and later > after(earlier, spec.params):
        span = _named(spec.params)
        yield at_cell(entry, later_key, spec, context, "interval_long", against=earlier_key, span=span)


def elapsed_at_most(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[since] years/months/days=N: at most that long has passed by the closing date."""
    (key,) = spec.columns
    since = entry.day(key)
    if since is not None and context.as_of > after(since, spec.params):
        as_of = context.as_of.isoformat()
        yield at_cell(entry, key, spec, context, "elapsed_long", span=_named(spec.params), as_of=as_of)


def overdue(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[deadline]: the deadline has not passed by the closing date; rules add `unless` for what is done."""
    (key,) = spec.columns
    deadline = entry.day(key)
    if deadline is not None and deadline < context.as_of:
        yield at_cell(entry, key, spec, context, "overdue", as_of=context.as_of.isoformat())


def deadline_ahead(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[deadline]: the deadline lies after the end of the period."""
    (key,) = spec.columns
    deadline = entry.day(key)
    if deadline is not None and deadline <= context.period.end:
        yield at_cell(entry, key, spec, context, "deadline_not_ahead", period_end=context.period.end.isoformat())
