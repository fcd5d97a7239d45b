"""Which rows count, which do not and why, and what is wrong with the rest?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from pyxl.catalogue.model import ActivityType, Catalogue, Column, ColumnType, Kind, PeriodRule
from pyxl.core.checks import Context, run_rules
from pyxl.core.checks.conditions import applies
from pyxl.core.issue import Issue, in_order, issue
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.period import Period
from pyxl.core.place import CellRef
from pyxl.core.settling import as_it_stood, settled_on
from pyxl.record import record
from pyxl.text import phrase, phrases

__all__ = ["Exclusion", "Validation", "choose_period", "sheet_order", "validate"]

_WRITTEN = (ColumnType.TEXT, ColumnType.LONGTEXT, ColumnType.PERSON)


@record
class Exclusion:
    """A row that does not count, and why (a key of words.toml [reasons])."""

    ref: str
    reason: str

    @property
    def text(self) -> str:
        """The reason in Chinese."""
        return phrase("words", "reasons", self.reason)


@record
class Validation:
    """The verdict on every row: counted, excluded, or in error; the three together are all rows read."""

    period: Period
    as_of: date  # the last day that counts
    issues: tuple[Issue, ...]
    counted: Mapping[str, tuple[Entry, ...]]  # activity key → rows
    excluded: tuple[Exclusion, ...]
    erroneous: tuple[str, ...]  # refs of rows with an error-level issue
    text_dated: tuple[str, ...] = ()  # refs of counted rows whose date is a text, which no live formula counts
    not_due: frozenset[str] = frozenset()  # activity keys whose monthly rule the cover says is of no concern here

    @property
    def rows_counted(self) -> int:
        """How many rows the figures rest on."""
        return sum(map(len, self.counted.values()))

    @property
    def rows_read(self) -> int:
        """How many rows were read."""
        return self.rows_counted + len(self.excluded) + len(self.erroneous)

    @property
    def blocked(self) -> bool:
        """Whether error-level issues stand."""
        return any(found.blocks for found in self.issues)


def choose_period(ledger: Ledger, today: date) -> Period:
    """The ledger's own period; without a readable year, the first half of the year most dates are in."""
    if ledger.period:
        return ledger.period
    year = ledger.cover.get("year")
    if isinstance(year, int):
        return Period(year, "H1")
    years = Counter(day.year for row in ledger.all_rows() if (day := row.day("date")))
    return Period(years.most_common(1)[0][0] if years else today.year, "H1")


def validate(ledger: Ledger, catalogue: Catalogue, period: Period, today: date) -> Validation:
    """Applies every rule to the rows of `period`; `today` bounds what can have happened."""
    as_of, issues = _as_of(ledger, period, today)
    verdicts = {(row.sheet, row.row): _reason(row, catalogue.activity(row.activity), period, as_of, today)
                for row in ledger.all_rows()}  # fmt: skip
    active = {
        key: tuple(row for row in rows if not verdicts[row.sheet, row.row]) for key, rows in ledger.entries.items()
    }
    year = {key: tuple(row for row in rows if not _is_set_aside(row)) for key, rows in ledger.entries.items()}
    late = (row for row in ledger.all_rows() if verdicts[row.sheet, row.row] == "after_as_of")
    issues += _too_late(late, catalogue, as_of)
    set_aside = {place for place, reason in verdicts.items() if reason}
    issues += [found for found in ledger.issues if (found.where.sheet, found.where.row) not in set_aside]
    for key, rows in active.items():
        issues += _built_in(rows, catalogue.activity(key), period, today)
        issues += _settled_ahead(rows, catalogue.activity(key), today)
    context = Context(catalogue, ledger, period, as_of, active, year)
    issues += run_rules(context)
    excluded = [Exclusion(row.ref, reason) for row in ledger.all_rows() if (reason := verdicts[row.sheet, row.row])]
    excluded += [Exclusion(row.ref, row.reason) for row in ledger.skipped]
    wrong = {(found.where.sheet, found.where.row) for found in issues if found.blocks}
    wrong |= {
        (row.sheet, row.row) for key, rows in active.items() for row in _lacking_column(rows, catalogue.activity(key))
    }
    counted = {key: _counted(rows, catalogue.activity(key), wrong, as_of) for key, rows in active.items()}
    issues += _nothing_counted(counted, ledger, catalogue)
    return Validation(
        period=period,
        as_of=as_of,
        issues=in_order(issues, sheet_order(ledger, catalogue)),
        counted=counted,
        excluded=tuple(excluded),
        erroneous=tuple(r.ref for rows in active.values() for r in rows if (r.sheet, r.row) in wrong),
        text_dated=tuple(_text_dated(counted, ledger, catalogue)),
        not_due=_not_due(context),
    )


def _counted(
    rows: tuple[Entry, ...], activity: ActivityType, wrong: set[tuple[str, int | None]], as_of: date
) -> tuple[Entry, ...]:
    """The rows without an error, as they stood on the last day that counts; the rules judge them as they are typed."""
    right = tuple(row for row in rows if (row.sheet, row.row) not in wrong)
    return tuple(as_it_stood(row, activity, as_of) for row in right) if activity.settlement else right


def _too_late(rows: Iterable[Entry], catalogue: Catalogue, as_of: date) -> Iterator[Issue]:
    """What took place after the last day that counts; a problem raised then only waits."""
    for row in rows:
        if catalogue.activity(row.activity).period_rule is PeriodRule.WITHIN:
            where, found = row.at(_dating(catalogue, row)), _typed(catalogue, row)
            yield issue("date_after_as_of", where, found=found, as_of=as_of.isoformat())


def _settled_ahead(rows: tuple[Entry, ...], activity: ActivityType, today: date) -> Iterator[Issue]:
    """What is said to be finished on a day that is still to come."""
    end = activity.settlement
    for row in rows if end else ():
        day = settled_on(row, activity)
        if end and day and day > today:
            found, label = row.typed.get(end.date, ""), activity.column(end.column).label
            yield issue("settled_in_future", row.at(end.date), found=found, today=today.isoformat(), label=label)


def _nothing_counted(counted: Mapping[str, tuple[Entry, ...]], ledger: Ledger, catalogue: Catalogue) -> Iterator[Issue]:
    """A summary without one activity would look finished and say nothing."""
    if not any(counted.get(activity.key) for activity in catalogue.activities if activity.kind is Kind.ACTIVITY):
        sheets = (place.sheet for place in ledger.cover_places.values())
        yield issue("nothing_counted", CellRef(next(sheets, phrase("words", "sheets", "cover"))))


def _text_dated(counted: Mapping[str, tuple[Entry, ...]], ledger: Ledger, catalogue: Catalogue) -> Iterator[str]:
    """Rows that count by a date which reading had to make out of a text."""
    told = {found.where for found in ledger.issues if found.code == "text_date"}
    for activity in catalogue.activities:
        if told and activity.date and activity.period_rule in (PeriodRule.WITHIN, PeriodRule.UNTIL):
            yield from (row.ref for row in counted.get(activity.key, ()) if row.at(activity.date) in told)


def _not_due(context: Context) -> frozenset[str]:
    """Keys of the activities that a rule asks for every month, but not of this unit."""
    return frozenset(
        activity.key
        for activity, spec in context.catalogue.rules()
        if spec.check == "held_every" and spec.params["every"] == "month" and not applies(spec, context)
    )


def _as_of(ledger: Ledger, period: Period, today: date) -> tuple[date, list[Issue]]:
    """The last day that counts: never a day still to come, while the period runs."""
    last, issues = _last_day(ledger, period)
    if not period.start <= today < last:
        return last, issues
    where = ledger.cover_places.get("as_of") or CellRef(phrase("words", "sheets", "cover"))
    return today, [*issues, issue("as_of_ahead", where, found=last.isoformat(), today=today.isoformat())]


def _last_day(ledger: Ledger, period: Period) -> tuple[date, list[Issue]]:
    """The last day that counts: the cover's 截至日 if it lies in the period, else the period's end.

    The cover's day is about the cover's own period; it does not cut short a longer one (all of the year).
    """
    day, own = ledger.cover.get("as_of"), ledger.period or period
    if not isinstance(day, date) or period.start < own.start or period.end > own.end:
        return period.end, []
    if day in period:
        return day, []
    where = ledger.cover_places.get("as_of")
    if where and period == own:
        return period.end, [issue("as_of_outside_period", where, found=day.isoformat(), period=period.title)]
    return period.end, []


def _is_set_aside(row: Entry) -> str:
    """The reason when the row's state says that it does not count, else nothing."""
    return _states().get(row.text("state"), "")


@cache
def _states() -> dict[str, str]:
    """Word → reason."""
    return {word: reason for reason, word in phrases("words", "states").items()}


def _reason(row: Entry, activity: ActivityType, period: Period, as_of: date, today: date) -> str:
    """Why a row is outside the report, or nothing when it is inside (or in error)."""
    if reason := _is_set_aside(row):
        return reason
    match activity.period_rule:
        case PeriodRule.NAMED:
            named = row.text("for_period")
            return "other_period" if named and named != period.name else ""
        case PeriodRule.WITHIN if activity.date:
            return _outside(row.day(activity.date), period, as_of, today)
        case PeriodRule.UNTIL if activity.date:
            day = row.day(activity.date)
            late = "after_as_of" if day and day in period else "outside_period"
            if day and as_of < day <= today:
                return late
            settled = settled_on(row, activity)
            return "settled_before" if settled and settled < period.start else ""
        case _:
            return ""


def _outside(day: date | None, period: Period, as_of: date, today: date) -> str:
    """A day of another year, or one still to come, is an error, not an exclusion."""
    if day is None or day.year != period.year or day > today:
        return ""
    if day not in period:
        return "outside_period"
    return "after_as_of" if day > as_of else ""


def _built_in(rows: tuple[Entry, ...], activity: ActivityType, period: Period, today: date) -> Iterator[Issue]:
    """What follows from the columns alone: required cells, and dates of another year or still to come."""
    required = [column for column in activity.columns if column.required]
    is_dated = bool(activity.date) and activity.period_rule in (PeriodRule.WITHIN, PeriodRule.UNTIL)
    for row in rows:
        for column in required:
            if column.key in row.places and _says_nothing(row, column):
                typed = row.typed.get(column.key, "")
                yield issue("required_missing", row.at(column.key), found=typed, label=column.label)
        day = row.day(activity.date) if is_dated else None
        if day is None:
            continue
        where, typed = row.at(activity.date), row.typed.get(activity.date, "")
        if day.year != period.year and activity.period_rule is PeriodRule.WITHIN:
            yield issue("date_outside_year", where, found=typed, year=period.year)
        elif day > today:
            yield issue("date_in_future", where, found=typed, today=today.isoformat())


def _says_nothing(row: Entry, column: Column) -> bool:
    """Whether a cell is empty, or holds only a sign that there is nothing to say; a listed choice says something."""
    if row.values.get(column.key) is None:
        return column.key not in row.unreadable
    if column.choices or column.type not in _WRITTEN:
        return False
    typed = row.typed.get(column.key) or row.text(column.key)
    return _sign_of_nothing().fullmatch(typed) is not None


@cache
def _sign_of_nothing() -> re.Pattern[str]:
    return re.compile(phrase("words", "cells", "nothing"), re.IGNORECASE)


def _lacking_column(rows: tuple[Entry, ...], activity: ActivityType) -> Iterator[Entry]:
    """Rows from whose sheet a required column is missing: they cannot be vouched for."""
    required = {column.key for column in activity.columns if column.required}
    return (row for row in rows if not required <= row.places.keys())


def _dating(catalogue: Catalogue, row: Entry) -> str:
    return catalogue.activity(row.activity).date


def _typed(catalogue: Catalogue, row: Entry) -> str:
    return row.typed.get(_dating(catalogue, row), "")


def sheet_order(ledger: Ledger, catalogue: Catalogue) -> list[str]:
    """Sheets in the order of the work: the cover, the activities, the wording."""
    names = {key: rows[0].sheet for key, rows in ledger.entries.items() if rows}
    cover = {place.sheet: None for place in ledger.cover_places.values()}
    return [*cover, *(names.get(activity.key, activity.label) for activity in catalogue.activities)]
