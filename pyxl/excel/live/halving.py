"""Where in a stretch of cells does an answer change, when each question is a call into another program?

Spreadsheets answer for a whole range at once, and say when the answer is not the same all over it.
Nearly always it is, so halving where it is not needs the fewest calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from pyxl.core.place import column_letters

__all__ = ["Area", "last_filled", "stretches", "touched"]

_Answer = TypeVar("_Answer")


class Area(NamedTuple):
    """A rectangle of cells; rows and columns from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_cell(self) -> bool:
        """Whether it is a single cell."""
        return self.top == self.bottom and self.left == self.right

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    @property
    def absolute(self) -> str:
        """As a formula names it that stands anywhere: $B$2, $B$2:$C$9."""
        first = f"${column_letters(self.left)}${self.top}"
        return first if self.is_cell else f"{first}:${column_letters(self.right)}${self.bottom}"

    def holds(self, other: Area) -> bool:
        """Whether the other lies wholly inside."""
        inside = self.top <= other.top and other.bottom <= self.bottom
        return inside and self.left <= other.left and other.right <= self.right

    def halves(self) -> tuple[Area, Area]:
        """The upper and the lower half, or of a single row the left and the right one.

        The first row comes alone first: titles are merged there, and seldom anything below.
        """
        if self.top < self.bottom:
            middle = 1 if self.top == 1 else (self.top + self.bottom) // 2
            return self._replace(bottom=middle), self._replace(top=middle + 1)
        middle = (self.left + self.right) // 2
        return self._replace(right=middle), self._replace(left=middle + 1)


def stretches(first: int, last: int, ask: Callable[[int, int], _Answer | None]) -> Iterator[tuple[int, int, _Answer]]:
    """(first, last, answer) for stretches with one answer; `ask` says None where there are several."""
    waiting = [(first, last)]
    while waiting:
        start, end = waiting.pop()
        if start > end:
            continue
        answer = ask(start, end)
        if answer is not None:
            yield start, end, answer
        elif start < end:
            middle = (start + end) // 2
            waiting += [(middle + 1, end), (start, middle)]


def touched(area: Area, ask: Callable[[Area], bool], whole: Callable[[Area], Area]) -> Iterator[Area]:
    """The objects, each some cells large, that lie in `area`, row by row.

    `ask` says whether any lies in an area or reaches into it, `whole` gives the one that a single cell belongs to.
    """
    found: list[Area] = []
    waiting = [area]
    while waiting:
        part = waiting.pop()
        if any(each.holds(part) for each in found) or not ask(part):
            continue
        if not part.is_cell:
            waiting += reversed(part.halves())
            continue
        one = whole(part)
        found.append(one)
        yield one


def last_filled(first: int, last: int, filled: Callable[[int, int], bool]) -> int:
    """The last number for which `filled(n, n)` would hold, asked by stretches; `first` - 1 when there is none."""
    if not filled(first, last):
        return first - 1
    while first < last:
        middle = (first + last + 1) // 2
        if filled(middle, last):
            first = middle
        else:
            last = middle - 1
    return first
