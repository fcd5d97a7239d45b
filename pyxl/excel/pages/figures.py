"""What does the table below the chart of 半年汇总 say: each figure, and the rows it rests on?"""

from __future__ import annotations

from collections.abc import Iterable

from pyxl.catalogue.model import TotalKind
from pyxl.core.summary import printed, rows_in_words
from pyxl.core.totals import Figure
from pyxl.core.validation import Validation
from pyxl.excel.pages.line import Cell, Line, first_row, led, shortened
from pyxl.text import phrase

__all__ = ["FIGURE_COLUMNS", "figures", "status"]

FIGURE_COLUMNS = ("activity", "name", "value", "unit", "rows", "link")  # keys of sheets.toml [figures]


def figures(totals: Iterable[Figure]) -> tuple[Line, ...]:
    """A line for each figure, with a link to the first row that it rests on."""
    return tuple(_line(figure) for figure in totals)


def _line(figure: Figure) -> Line:
    value, unit, number_format = _shown(figure)
    rows = shortened(rows_in_words(figure.rows, figure.activity)) or phrase("words", "report", "no_rows")
    link = first_row(figure.rows)
    return Line((figure.activity, figure.name, value, unit, rows, led(link)), link, number_format)


def _shown(figure: Figure) -> tuple[Cell, str | None, str]:
    """The value as a number where it is one, its unit, and the format that prints it as the document does."""
    text = printed(figure)
    if isinstance(figure.value, bool) or not isinstance(figure.value, int | float):
        return shortened(text), None, ""
    if figure.kind is TotalKind.RATIO:
        decimals = len(text.removesuffix("%").partition(".")[2])
        return figure.value, None, f"0.{'0' * decimals}%" if decimals else "0%"
    return figure.value, figure.unit or None, ""


def status(validation: Validation | None, *, live: bool = True) -> str:
    """The line above the table: the period and what became of the rows, or (None) how to fill it.

    Live formulas above the table do not see every date; values that were put there (`live` is false) do.
    """
    if validation is None:
        return phrase("sheets", "figures", "not_yet")
    unseen = len(validation.text_dated) if live else 0
    counts = phrase(
        "sheets",
        "figures",
        "error" if validation.erroneous else "counts",
        period=validation.period.title,
        day=validation.as_of.isoformat(),
        counted=validation.rows_counted,
        excluded=len(validation.excluded),
        error=len(validation.erroneous),
    )
    return counts + (phrase("sheets", "figures", "text_dated", count=unseen) if unseen else "")
