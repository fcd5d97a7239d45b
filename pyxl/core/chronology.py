"""In which order did everything that counts take place, and what was each about?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from pyxl.catalogue.model import ActivityType, Catalogue, Column, ColumnType, Kind
from pyxl.core import grammar
from pyxl.core.checks.conditions import text_of
from pyxl.core.document import DetailLine
from pyxl.core.ledger import Entry
from pyxl.core.validation import Validation
from pyxl.text import phrase

__all__ = ["about", "chronicle", "details"]

_DUE, _PRESENT = "due", "present"  # keys of the two columns of attendance, wherever a sheet has them
_START = "start_time"


def chronicle(validation: Validation, catalogue: Catalogue) -> Iterator[tuple[ActivityType, Entry]]:
    """Every row that counts and is something that took place, by day and hour, then in the order of the sheets."""
    rows = [
        (entry.day(activity.date) or date.max, _hour(entry), number, entry.row, activity, entry)
        for number, activity in enumerate(catalogue.activities)
        if activity.kind is Kind.ACTIVITY and activity.date
        for entry in validation.counted.get(activity.key, ())
    ]
    rows.sort(key=lambda row: row[:4])
    return ((activity, entry) for *_, activity, entry in rows)


def _hour(entry: Entry) -> time:
    found = entry.get(_START)
    return found if isinstance(found, time) else time.max


def about(entry: Entry, activity: ActivityType) -> str:
    """What it was about, on one line: the first column that is filled of those that tell it; nothing private."""
    for key in activity.told_by or _topical(activity):
        if not activity.column(key).private and (text := text_of(entry.get(key))):
            return grammar.one_line(text)
    return ""


def _topical(activity: ActivityType) -> tuple[str, ...]:
    """Where the catalogue does not say: of the texts that every row must have the one with most room."""
    texts = [c for c in activity.columns if c.type is ColumnType.TEXT and c.required and not c.private]
    return (max(texts, key=_room).key,) if texts else ()


def _room(column: Column) -> float:
    return column.width


def details(validation: Validation, catalogue: Catalogue) -> tuple[DetailLine, ...]:
    """活动明细表: a line for everything that counts, of columns that may travel only."""
    return tuple(
        DetailLine(
            number=number,
            day=_day(entry.day(activity.date)),
            activity=activity.label,
            about=about(entry, activity),
            due=_attendance(entry, activity, _DUE),
            present=_attendance(entry, activity, _PRESENT),
        )
        for number, (activity, entry) in enumerate(chronicle(validation, catalogue), 1)
    )


def _day(day: date | None) -> str:
    """Without the year: the table is of one."""
    return phrase("words", "report", "month_day", month=day.month, day=day.day) if day else ""


def _attendance(entry: Entry, activity: ActivityType, key: str) -> str:
    if not activity.has(key) or activity.column(key).private:
        return ""
    number = entry.number(key)
    return "" if number is None else str(number)
