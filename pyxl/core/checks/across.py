"""Do the rows of one sheet agree with those of another?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache
from typing import NamedTuple

from pyxl.catalogue.model import ActivityType, CheckSpec
from pyxl.core.checks.conditions import blank, condition, joined, squeezed, text_of
from pyxl.core.checks.model import Context, Sheet
from pyxl.core.checks.raising import at_cell, at_sheet
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry
from pyxl.text import phrase

__all__ = ["WITHIN", "answers", "linked", "matches_rows", "no_overlap", "related"]

WITHIN = ("day", "month", "period")


def linked(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[link]: names a sheet that has another row on the same date, or such a row itself (sheet!row)."""
    (key,) = spec.columns
    text = text_of(entry.get(key))
    if not text:  # most rows
        return
    links = [part.strip() for part in _between_links().split(text)]
    broken = [link for link in links if link and not _leads_somewhere(link, entry, context)]
    if broken:
        yield at_cell(entry, key, spec, context, "link_broken", names=joined(broken))


def _leads_somewhere(link: str, entry: Entry, context: Context) -> bool:
    name, _, row = (part.strip() for part in _row_mark().sub("!", link, count=1).partition("!"))
    activity = _activity_called(name, context)
    if activity is None:
        return False
    if row:
        rows: list[Entry] = list(context.year.get(activity.key, ()))
        return any(str(found.row) == row and found is not entry for found in rows)
    day = context.day_of(entry)
    return day is None or any(found is not entry for found in context.on_day(activity.key, day))


@cache
def _between_links() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(phrase('checks', 'marks', 'links'))}]")


@cache
def _row_mark() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(phrase('checks', 'marks', 'row_of'))}]")


def _activity_called(name: str, context: Context) -> ActivityType | None:
    wanted = squeezed(name)
    for activity in context.catalogue.activities:
        if wanted in (activity.label, *activity.aliases, context.sheet_name(activity)):
            return activity
    return None


def related(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[c …] other=activity where={…}: the other sheet has a row that fits.

    within=day|month|period of the row's date, or days_before=N: on that day or in the N days before it.
    Silent when the first column or the row's date is blank, and when the other sheet is not there.
    """
    key, other = spec.columns[0], spec.params["other"]
    if blank(entry.get(key)) or other in context.ledger.missing:
        return
    stretch = _stretch(entry, spec, context)
    if stretch is None:
        return
    first, last = stretch
    timeless = spec.params.get("within") == "period" and not context.catalogue.activity(other).date
    fitting = condition(spec.params.get("where", {}))
    for found in context.year.get(other, ()):
        day = context.day_of(found)
        in_time = timeless or (day is not None and first <= day <= last)
        if in_time and found is not entry and fitting(found):
            return
    yield at_cell(
        entry,
        key,
        spec,
        context,
        "related_missing",
        other=context.catalogue.activity(other).label,
        first=first.isoformat(),
        last=last.isoformat(),
    )


def _stretch(entry: Entry, spec: CheckSpec, context: Context) -> tuple[date, date] | None:
    """The first and the last day on which the other row may lie; None for a row without a date."""
    within = spec.params.get("within", "")
    if within == "period":
        return context.period.start, context.period.end
    day = context.day_of(entry)
    if day is None:
        return None
    if within == "month":
        following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
        return day.replace(day=1), following - timedelta(days=1)
    return day - timedelta(days=int(spec.params.get("days_before", 0))), day


def matches_rows(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[n] other=activity where={…}: n is the number of rows of the other sheet that fit.

    Silent when n is blank and when the other sheet is not there.
    """
    (key,) = spec.columns
    number, other = entry.number(key), spec.params["other"]
    if number is None or other in context.ledger.missing:
        return
    count = _fitting(other, spec, context)
    if number != count:
        label = context.catalogue.activity(other).label
        yield at_cell(entry, key, spec, context, "count_differs", other=label, count=count)


def _fitting(other: str, spec: CheckSpec, context: Context) -> int:
    return sum(map(condition(spec.params.get("where", {})), context.active.get(other, ())))


def answers(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """other=activity where={…}: at least as many rows here as rows there that fit."""
    other = spec.params["other"]
    here, there = len(sheet.entries), _fitting(other, spec, context)
    if here < there:
        label = context.catalogue.activity(other).label
        yield at_sheet(sheet, spec, "problem_without_plan", other=label, here=here, there=there)


class _Sitting(NamedTuple):
    """A row with its day and its two times."""

    entry: Entry
    start: time
    end: time


def no_overlap(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[date, start, end]: not at the same time as a row of an activity that comes earlier in the catalogue.

    Silent when either row names a link: then they were held together on purpose.
    """
    date_key = spec.columns[0]
    own = {entry.day(date_key) for entry in sheet.entries} - {None}
    earlier: dict[date, list[_Sitting]] = {}
    for activity in context.catalogue.activities if own else ():
        if activity.key == sheet.activity.key:
            break
        if all(activity.has(key) for key in spec.columns):
            for entry in context.active.get(activity.key, ()):
                day = entry.day(date_key)
                if day in own and day and (sitting := _sitting(entry, spec)):
                    earlier.setdefault(day, []).append(sitting)
    for entry in sheet.entries if earlier else ():
        sitting, day = _sitting(entry, spec), entry.day(date_key)
        others = earlier.get(day, ()) if sitting and day else ()
        clash = next((found for found in others if sitting and _overlap(sitting, found)), None)
        if clash is not None:
            yield at_cell(entry, date_key, spec, context, "overlap", other=clash.entry.at(date_key).address)


def _sitting(entry: Entry, spec: CheckSpec) -> _Sitting | None:
    """A row with both times in order that stands alone."""
    _, start_key, end_key = spec.columns
    start, end = entry.get(start_key), entry.get(end_key)
    if not isinstance(start, time) or not isinstance(end, time) or start >= end or not blank(entry.get("link")):
        return None
    return _Sitting(entry, start, end)


def _overlap(one: _Sitting, another: _Sitting) -> bool:
    return one.start < another.end and another.start < one.end
