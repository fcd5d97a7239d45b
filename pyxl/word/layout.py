"""Where the title breaks and how far the signature stands from the margin, counted in characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

__all__ = ["TITLE_WIDTH", "broken_title", "signature_indents", "signature_lefts", "width"]

TITLE_WIDTH = 20  # characters of 22 pt in a line of 156 mm
_MARGIN = 2  # characters; GB/T 9704—2012 7.3.5.2
_SHIFT = 2  # characters that the date's first stands to the right of the unit's first; likewise
_WIDE = {"W", "F", "A"}  # A: quotation marks and dashes, which a Chinese font sets wide
_MARKS = {"Mn", "Me", "Cf"}  # combining marks, selectors and joiners take no room


def width(text: str) -> float:
    """How many characters of room a text takes: 1 for Chinese, ½ for letters and digits."""
    wide = (
        unicodedata.east_asian_width(letter) in _WIDE for letter in text if unicodedata.category(letter) not in _MARKS
    )
    return sum(1.0 if is_wide else 0.5 for is_wide in wide)


def signature_indents(unit: str, date: str) -> tuple[float, float]:
    """Room to the right of the unit and of the date, after GB/T 9704—2012 7.3.5.2.

    The unit ends two characters from the margin and the date begins two to the right of the unit's
    beginning. A date longer than the unit ends two characters from the margin itself, and the unit
    moves left as far as that takes.
    """
    difference = width(unit) - width(date)
    if difference >= 0:
        return float(_MARGIN), _MARGIN + difference - _SHIFT
    return _MARGIN + _SHIFT - difference, float(_MARGIN)


def signature_lefts(unit: str, date: str, room: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Key of a style → twips between the left margin and the unit (SignedBy) or the date (SignedOn).

    `room` gives for each of the two styles that a template has how wide its line is and how wide a
    character of it, in twips. Indents from the left stay true whatever gap a program sets between
    digits and Chinese.
    """
    indents = zip(("SignedBy", "SignedOn"), (unit, date), signature_indents(unit, date), strict=True)
    return {
        key: max(0, round(room[key][0] - (width(text) + indent) * room[key][1]))
        for key, text, indent in indents
        if key in room
    }


def broken_title(title: str, unit: str) -> str:
    """The title, on two lines when it takes more than one and the unit's name can fill the first.

    So a name is not torn apart (7.3.1: 回行词意完整); any other long title is left to Word.
    """
    rest = title.removeprefix(unit)
    if width(title) <= TITLE_WIDTH or rest == title or not rest.strip():
        return title
    return f"{unit}\n{rest}" if max(width(unit), width(rest)) <= TITLE_WIDTH else title
