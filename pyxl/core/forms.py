"""How does one row become the form that a branch files: which boxes, in which order, who signs?

The boxes are those of the activity's columns, whatever they are: nothing here knows a single activity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time

from pyxl.catalogue.model import ActivityType, Column, ColumnType, OnForm
from pyxl.core import grammar
from pyxl.core.document import Picture
from pyxl.core.ledger import Entry, Value
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["Box", "Form", "Forms", "forms_of"]

_WIDE = 12.0  # width of a column from which on a text gets a row to itself
_SHORT = frozenset(
    {ColumnType.DATE, ColumnType.MONTH, ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.CHOICE}
    | {ColumnType.YESNO, ColumnType.PERSON}
)
_BY_WIDTH = frozenset({ColumnType.TEXT, ColumnType.PEOPLE, ColumnType.CHOICES})


@record
class Box:
    """A name and what stands beside it."""

    name: str = ""
    value: str = ""


@record
class Form:
    """One entry: two boxes a line, then those that need a line of their own, then the signatures."""

    title: str
    unit: str
    pairs: tuple[tuple[Box, Box], ...]
    lines: tuple[Box, ...]
    signatures: tuple[tuple[Box, Box], ...]


@record
class Forms:
    """活动记录: all forms of one document."""

    title: str
    unit: str
    forms: tuple[Form, ...]
    photos: tuple[Picture, ...] = ()


def forms_of(
    entries: Sequence[Entry], activity: ActivityType, unit: str, among: Sequence[Entry] = ()
) -> tuple[Form, ...]:
    """A form for each entry. All of them have the same boxes: those of required columns, and of what any entry fills.

    `among`: all entries of the activity, so that a form does not depend on which others are printed with it.
    """
    boxed, every = tuple(_boxed(activity)), [*entries, *among]
    needed = {column.key for column in boxed if _needed(column, every)}
    columns = [column for column in boxed if column.key in needed or column.on_form_with in needed]
    title = phrase("words", "form", "title", activity=activity.label)
    signed = tuple(Box(phrase("words", "form", "signature", who=each)) for each in _signing(activity))
    return tuple(_form(entry, activity, columns, title, unit, _paired(signed)) for entry in entries)


def _boxed(activity: ActivityType) -> Iterator[Column]:
    """The columns but those of day and hour, and those that say something of the row itself."""
    for column in activity.columns:
        is_time = column.key == activity.date or column.type is ColumnType.TIME
        if not is_time and column.on_form is not OnForm.NEVER:
            yield column


def _needed(column: Column, entries: Iterable[Entry]) -> bool:
    return column.required or any(_written(entry.get(column.key)) for entry in entries)


def _signing(activity: ActivityType) -> tuple[str, ...]:
    found = tuple(column.label for column in activity.columns if column.signs)
    return found or (phrase("words", "form", "keeper"),)


def _form(
    entry: Entry, activity: ActivityType, columns: Sequence[Column], title: str, unit: str,
    signatures: tuple[tuple[Box, Box], ...],
) -> Form:  # fmt: skip
    shown = [c for c in columns if c.on_form is OnForm.ALWAYS or _written(entry.get(c.key))]
    short = [Box(c.label, _written(entry.get(c.key))) for c in shown if _is_short(c)]
    long = tuple(Box(c.label, _written(entry.get(c.key))) for c in shown if not _is_short(c))
    return Form(title, unit, _paired([*_when(entry, activity), *short]), long, signatures)


def _is_short(column: Column) -> bool:
    return column.type in _SHORT or (column.type in _BY_WIDTH and column.width < _WIDE)


def _paired(boxes: Sequence[Box]) -> tuple[tuple[Box, Box], ...]:
    rest = [*boxes[1::2], Box()] if len(boxes) % 2 else boxes[1::2]
    return tuple(zip(boxes[::2], rest, strict=True))


def _when(entry: Entry, activity: ActivityType) -> Iterator[Box]:
    """The day; and from when to when, in one box."""
    if activity.date:
        yield Box(activity.column(activity.date).label, _written(entry.get(activity.date)))
    hours = [column.key for column in activity.columns if column.type is ColumnType.TIME]
    if hours:
        told = (_written(entry.get(key)) for key in hours)
        yield Box(phrase("words", "form", "time"), phrase("words", "form", "hours").join(filter(None, told)))


def _written(value: Value) -> str:
    """A value as it stands in a box; several on lines of their own only when they are sentences."""
    match value:
        case None:
            return ""
        case bool():
            return phrase("words", "yesno", "yes" if value else "no")
        case float():
            return f"{value:g}"
        case date():
            return grammar.day_text(value)
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return phrase("words", "grammar", "separator").join(value)
        case _:
            return str(value).strip()
