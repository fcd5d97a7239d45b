"""Where does a Chinese text break when a column of the screen is too narrow for it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pyxl.text import phrase

__all__ = ["broken", "fitted"]

_LEAST = 6  # cells that a column keeps


def broken(text: str, width: int, cells: Callable[[str], int]) -> list[str]:
    """The lines of a text, none wider than `width` cells as `cells` counts them.

    Words in Latin letters and cell names stay whole where they can; no line begins with a sign that
    closes or ends with one that opens, unless nothing else fits.
    """
    lines: list[list[str]] = [[]]
    for token in _tokens(text, width):
        line = lines[-1]
        if line and cells("".join(line)) + cells(token) > width:
            lines.append(_carried(line, token))
        lines[-1].append(token)
    return ["".join(line).strip() for line in lines]


def _tokens(text: str, width: int) -> Iterator[str]:
    """What is not torn apart: a word of up to a line's length, a single other character."""
    for match in re.finditer(r"[!-~]+|.", text, re.DOTALL):
        word = match[0]
        yield from (word[start : start + width] for start in range(0, len(word), width))


def _carried(line: list[str], following: str) -> list[str]:
    """What has to go to the next line with the token that follows; taken off this one."""
    carried: list[str] = []
    closing, opening = phrase("cli", "lines", "closing"), phrase("cli", "lines", "opening")
    while len(line) > 1 and (following[0] in closing or line[-1] in opening) and len(carried) < 3:
        following = line.pop()
        carried.insert(0, following)
    return carried


def fitted(widths: Sequence[int], room: int) -> list[int]:
    """Column widths that together take no more than `room`: the widest give way first."""
    fitting = list(widths)
    while sum(fitting) > room and max(fitting) > _LEAST:
        fitting[fitting.index(max(fitting))] -= 1
    return fitting
