"""How do a figure and the rows behind it read on a screen? As they do in the document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyxl.cli.screen import Row
from pyxl.core.summary import printed, rows_in_words
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.totals import Figure

__all__ = ["figure_line", "figure_rows"]


def figure_rows(figures: Iterable[Figure]) -> list[Row]:
    """Activity, name, value and rows of each figure, as words."""
    return [
        (figure.activity, figure.name, printed(figure), rows_in_words(figure.rows, figure.activity))
        for figure in figures
    ]


def figure_line(row: Row) -> str:
    """A figure under a pipe."""
    activity, name, value, rows = row
    shown = phrase("cli", "totals", "rows_mark", rows=rows) if rows else ""
    return phrase("cli", "totals", "line", activity=activity, figure=name, value=value, rows=shown)
