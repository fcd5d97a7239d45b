"""Where on 上报封面 does each figure stand?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from pyxl.excel.building.layout import FIRST_ROW

__all__ = ["FIGURES", "figure_places"]

FIGURES = 3  # 0-based column in which the figures begin: activity, name, value


def figure_places() -> Iterator[tuple[int, int]]:
    """Row and column (from 1) of the first, second, … figure's value."""
    return ((row, FIGURES + 3) for row in count(FIRST_ROW))
