"""How do a figure and the rows behind it read on a screen?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyxl.cli.screen import Row
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.totals import Figure

__all__ = ["figure_line", "figure_rows", "rows_in_words", "value_in_words"]


def figure_rows(figures: Iterable[Figure]) -> list[Row]:
    """Activity, name, value and rows of each figure, as words."""
    return [
        (figure.activity, figure.name, value_in_words(figure), rows_in_words(figure.rows, figure.activity))
        for figure in figures
    ]


def figure_line(row: Row) -> str:
    """A figure under a pipe."""
    activity, name, value, rows = row
    shown = phrase("cli", "totals", "rows_mark", rows=rows) if rows else ""
    return phrase("cli", "totals", "line", activity=activity, figure=name, value=value, rows=shown)


def value_in_words(figure: Figure) -> str:
    """The value with its unit: 6次, 96.5%, 3月、5月; a dash where it cannot be computed."""
    value = figure.value
    if value is None:
        return phrase("cli", "totals", "nothing")
    if isinstance(value, tuple):
        parts = (phrase("words", "grammar", "month", month=part) if _is_month(figure) else str(part) for part in value)
        return phrase("cli", "totals", "and").join(parts) or phrase("cli", "totals", "none")
    if figure.kind == "ratio" and isinstance(value, int | float):
        return f"{value:.1%}"
    return f"{value}{figure.unit}"


def _is_month(figure: Figure) -> bool:
    return figure.kind == "months_without"


def rows_in_words(refs: tuple[str, ...], activity: str = "") -> str:
    """Row references by sheet, runs of rows shortened; the sheet of `activity` is not named again."""
    by_sheet: dict[str, list[int]] = {}
    for ref in refs:
        sheet, _, row = ref.rpartition("!")
        by_sheet.setdefault(sheet, []).append(int(row))
    parts = []
    for sheet, rows in by_sheet.items():
        shown = phrase("cli", "totals", "and").join(_runs(sorted(set(rows))))
        key = "own" if sheet == activity else "other"
        parts.append(phrase("cli", "totals", key, rows=shown, sheet=sheet))
    return phrase("cli", "totals", "comma").join(parts)


def _runs(rows: list[int]) -> list[str]:
    """Sorted row numbers, three or more in a row written as first-to-last."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [word for run in runs for word in _run_in_words(run)]


def _run_in_words(run: list[int]) -> list[str]:
    if len(run) < 3:
        return [str(row) for row in run]
    return [phrase("cli", "totals", "span", first=run[0], last=run[-1])]
