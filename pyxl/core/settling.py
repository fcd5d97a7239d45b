"""How did a row that stays from period to period stand on the last day that counts?

A summary of a quarter that is written, or written again, months later must not claim what was finished
after the quarter, nor again what was finished before it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pyxl.catalogue.model import ActivityType
from pyxl.core.ledger import Entry

__all__ = ["as_it_stood", "settled_on"]


def settled_on(row: Entry, activity: ActivityType) -> date | None:
    """The day since which nothing remains to be done about a row; None while something does, or no day is told."""
    end = activity.settlement
    return row.day(end.date) if end and row.text(end.column).strip() in end.values else None


def as_it_stood(row: Entry, activity: ActivityType, as_of: date) -> Entry:
    """The row; of one that was settled later than `as_of`, what was known of it by then."""
    end, day = activity.settlement, settled_on(row, activity)
    if end is None or day is None or day <= as_of:
        return row
    return replace(row, values={**row.values, end.column: end.before, **dict.fromkeys(end.known)})
