"""How much room does a text need on a sheet?"""

from __future__ import annotations

import math
import unicodedata

__all__ = ["lines_about", "lines_needed", "room_in", "row_height", "text_width"]

_WIDE = 1.8  # a Chinese character, in digits of the same font
_NARROW = 1.05  # any other
_LINE = 17.0  # points
_LEAST = 34.0  # two lines


def text_width(text: str) -> float:
    """In widths of a digit, which is what column widths are counted in; of the longest line."""
    return max(
        sum(_WIDE if unicodedata.east_asian_width(c) in "WFA" else _NARROW for c in line) for line in text.split("\n")
    )


def lines_needed(text: str, width: float) -> int:
    """How many lines the text takes when it wraps in a column of that width."""
    room = max(width - 1.0, 1.0)
    if len(text) * _WIDE <= room and "\n" not in text:  # most texts, and there may be thousands
        return 1
    return sum(max(1, math.ceil(text_width(line) / room)) for line in text.split("\n"))


def room_in(width: float) -> float:
    """How many Chinese characters a line of a column of that width takes."""
    return max(width - 1.0, 1.0) / _WIDE


def lines_about(text: str, room: float) -> int:
    """The same as lines_needed, in a tenth of its time; `room` as room_in has it.

    In UTF-8 a Chinese character has three bytes and a letter one.
    """
    if "\n" in text:
        return sum(lines_about(line, room) if line else 1 for line in text.split("\n"))
    count = len(text)
    wide = (len(text.encode("utf-8", "surrogatepass")) - count) / 2
    return math.ceil((wide + (count - wide) * _NARROW / _WIDE) / room)


def row_height(lines: int, least: float = _LEAST) -> float:
    """Points that so many lines take, within what Excel allows."""
    return min(max(least, lines * _LINE + 4.0), 409.0)
