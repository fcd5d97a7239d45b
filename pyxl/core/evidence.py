"""Which photographs do the rows that count name, and what is written below each?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pyxl.catalogue.model import ActivityType, Catalogue
from pyxl.core import grammar
from pyxl.core.checks.conditions import texts_of
from pyxl.core.chronology import about, chronicle
from pyxl.core.ledger import Entry
from pyxl.core.place import CellRef
from pyxl.core.validation import Validation
from pyxl.record import record
from pyxl.text import phrase

__all__ = ["Named", "caption", "named_photos", "photos_of"]

_SEPARATORS = re.compile(r"[/\\]")
_LONGEST = 500  # characters between two commas; no system has names as long


@record
class Named:
    """An image file that a cell names."""

    name: str  # as it is written
    where: CellRef
    line: str  # of the caption: what it shows; not what came of it


def photos_of(validation: Validation, catalogue: Catalogue) -> tuple[Named, ...]:
    """The photographs of everything that counts, by day."""
    return named_photos(list(chronicle(validation, catalogue)))


def named_photos(rows: Sequence[tuple[ActivityType, Entry]]) -> tuple[Named, ...]:
    """The photographs of these rows, in their order, numbered through; several of one row also within it."""
    found: list[Named] = []
    for activity, entry in rows:
        named = list(_named_in(entry, activity))
        for place, (name, where) in enumerate(named, 1):
            line = _line(len(found) + 1, activity, entry)
            if len(named) > 1:
                line = phrase("photos", "caption", "of_several", line=line, place=grammar.numeral(place))
            found.append(Named(name, where, line))
    return tuple(found)


def _named_in(entry: Entry, activity: ActivityType) -> Iterator[tuple[str, CellRef]]:
    for column in activity.columns:
        if column.photos:
            for text in texts_of(entry.get(column.key)):
                yield from ((name, entry.at(column.key)) for name in _names(text))


def _names(text: str) -> Iterator[str]:
    """File names of images in running text: 党日1.jpg、党日2.jpg, a word and a colon before them aside."""
    for piece in _between().split(text):
        for match in _image().finditer(piece) if len(piece) <= _LONGEST else ():
            yield match[0].rpartition(phrase("photos", "marks", "label"))[2].strip(_trimmed())


@cache
def _between() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(phrase('photos', 'marks', 'between'))}]")


@cache
def _image() -> re.Pattern[str]:
    return re.compile(rf".+?\.(?:{phrase('photos', 'marks', 'endings')})(?![0-9A-Za-z])", re.IGNORECASE)


@cache
def _trimmed() -> str:
    return phrase("photos", "marks", "quotes") + " \u3000\u00a0"


def _line(number: int, activity: ActivityType, entry: Entry) -> str:
    day = entry.day(activity.date)
    shown = grammar.day_text(day) if day else ""
    line = phrase("photos", "caption", "line", number=number, day=shown, activity=activity.label)
    told = about(entry, activity)
    return phrase("photos", "caption", "about", line=line, about=told) if told else line


def caption(named: Named, *, missing: bool) -> str:
    """What stands below the picture, or below the words that it is missing."""
    name = _SEPARATORS.split(named.name)[-1]  # where it was looked for is nobody else's business
    return phrase("photos", "caption", "missing", line=named.line, name=name) if missing else named.line
