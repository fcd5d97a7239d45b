"""Where the title breaks and how far the signature stands from the margin, counted in characters."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from itertools import accumulate, pairwise

from pyxl.text import phrase

__all__ = ["TITLE_WIDTH", "broken_title", "signature_places", "width"]

TITLE_WIDTH = 20  # characters of 22 pt in a line of 156 mm
_MARGIN = 2  # characters; GB/T 9704—2012 7.3.5.2
_SHIFT = 2  # characters that the date's first stands to the right of the unit's first; likewise
_SLACK = 0.5  # characters that a line of a long name may take more than counted
_BEYOND = 640  # twips that the date may reach beyond the margin before it would break: two characters
_WIDER, _APART = 0.06, 0.2  # characters that LibreOffice takes more for a digit, and for a gap beside digits
_ALONE = 3  # characters; a line of fewer stands alone
_MOST_LINES = 4
_LINE, _TORN, _UNEVEN = 6.0, 20.0, 12.0  # how bad are a line more, a torn word, and (the smaller) uneven lines
_WIDE = {"W", "F", "A"}  # A: quotation marks and dashes, which a Chinese font sets wide
_MARKS = {"Mn", "Me", "Cf"}  # combining marks, selectors and joiners take no room


def width(text: str) -> float:
    """How many characters of room a text takes: 1 for Chinese, ½ for letters and digits."""
    wide = (
        unicodedata.east_asian_width(letter) in _WIDE for letter in text if unicodedata.category(letter) not in _MARKS
    )
    return sum(1.0 if is_wide else 0.5 for is_wide in wide)


def _indents(unit: float, date: float) -> tuple[float, float]:
    """Room to the right of the unit and of the date, so wide, after GB/T 9704—2012 7.3.5.2.

    The unit ends two characters from the margin and the date begins two to the right of the unit's
    beginning. A date longer than the unit ends two characters from the margin itself, and the unit
    moves left as far as that takes.
    """
    difference = unit - date
    if difference >= 0:
        return float(_MARGIN), _MARGIN + difference - _SHIFT
    return _MARGIN + _SHIFT - difference, float(_MARGIN)


def signature_places(unit: str, date: str, room: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Key of a style (SignedBy the unit, SignedOn the date) → twips between the left margin and its text.

    Under SignedByRight and SignedOnRight, twips between its line's end and the right margin.

    `room` gives for each of the two styles that a template has how wide its line is and how wide a
    character of it, in twips. Indents from the left stay true whatever gap a program sets between
    digits and Chinese; so that such gaps do not break the date, its line may end beyond the margin.
    A name that takes more than a line stands on lines of one length.
    """
    wide = {"SignedBy": width(unit), "SignedOn": width(date)}
    length, character = room.get("SignedBy", (math.inf, 1))
    most = max(1.0, length / character)
    rows = math.ceil(wide["SignedBy"] / max(1.0, most - _MARGIN - _SLACK)) if wide["SignedBy"] > most else 1
    if rows > 1:
        wide["SignedBy"] = math.ceil(wide["SignedBy"] / rows) + _SLACK
    by_right, on_right = _indents(wide["SignedBy"], wide["SignedOn"])
    lefts = {
        key: max(0, round(room[key][0] - (wide[key] + right) * room[key][1]))
        for key, right in (("SignedBy", by_right), ("SignedOn", on_right))
        if key in room
    }
    rights = {"SignedBy": _MARGIN * character if rows > 1 else 0, "SignedOn": -_BEYOND}
    return {**lefts, **{f"{key}Right": rights[key] for key in lefts}}


def broken_title(title: str, unit: str) -> str:
    """The title, on several lines when it takes more than one in any program: 7.3.1, 回行时词意完整.

    It breaks behind the unit's name, behind the period, and within a name that takes more than a line behind
    its parts; and so that no line is much longer than the others. A title that does not begin with the unit
    is somebody's own: it is left to Word, unless a character or two would stand alone on its last line.
    """
    reach = _reach(title)
    if reach[-1] <= TITLE_WIDTH or reach[-1] > _MOST_LINES * TITLE_WIDTH or any(mark in title for mark in "\n\r\t"):
        return title
    start = len(unit) if unit and title.startswith(unit) and title[len(unit) :].strip() else 0
    if not start and (width(title) <= TITLE_WIDTH or reach[-1] % TITLE_WIDTH >= _ALONE):
        return title
    pauses = {0: 0.0, **_pauses(title, start), len(title): 0.0}
    layouts = [found for rows in range(2, _MOST_LINES + 1) if (found := _laid_out(reach, pauses, rows))]
    if not layouts:
        return title
    return "\n".join(title[begin:end] for begin, end in pairwise(min(layouts)[1]))


def _reach(text: str) -> list[float]:
    """How far the text may reach behind each character where digits are wider than half a one, and set apart."""
    narrow = [unicodedata.east_asian_width(each) not in _WIDE for each in text]
    apart = [0.0, *(_APART if one != other else 0.0 for one, other in pairwise(narrow))]
    gaps = zip(text, apart, narrow, strict=False)
    steps = (width(each) + gap + (_WIDER if is_narrow else 0.0) for each, gap, is_narrow in gaps)
    return [0.0, *accumulate(steps)]


def _pauses(title: str, start: int) -> dict[int, float]:
    """Where the title, whose unit's name ends at `start`, may break, and how little a reader would like it."""
    names = {found.end() for found in re.finditer(phrase("document", "breaks", "behind"), title)}
    before = phrase("document", "breaks", "before")
    found: dict[int, float] = {}
    for place in range(1, len(title)):
        if title[place - 1].isascii() or unicodedata.category(title[place])[0] in "MPC":
            continue  # 2023 and 年 belong together
        if place == start:
            found[place] = 0.0
        elif place > start and title.startswith(before, place):
            found[place] = 1.0
        else:
            found[place] = 2.0 if place in names and place < start else _TORN
    return found


def _laid_out(reach: list[float], pauses: Mapping[int, float], rows: int) -> tuple[float, tuple[int, ...]] | None:
    """Where so many lines begin and end at their best, and how bad that is; None when it cannot be done."""
    mean = reach[-1] / rows
    found: dict[int, tuple[float, tuple[int, ...]]] = {0: (_LINE * rows, (0,))}
    for row in range(rows):
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for begin, (cost, places) in found.items():
            for end, pause in pauses.items():
                taken = reach[end] - reach[begin]
                if _ALONE <= taken <= TITLE_WIDTH and (end == len(reach) - 1) == (row == rows - 1):
                    whole = cost + pause + (taken - mean) ** 2 / _UNEVEN
                    longer[end] = min(longer.get(end, (math.inf, ())), (whole, (*places, end)))
        found = longer
    return next(iter(found.values()), None)
