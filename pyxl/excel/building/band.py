"""The first lines of every sheet: what is it called, what belongs here, which columns are required?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from pyxl.catalogue.model import Column, ColumnType
from pyxl.excel.building.fitting import text_width
from pyxl.excel.building.styles import NARROW
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pyxl.excel.building.draft import Draft

__all__ = ["column_width", "title_band", "title_line", "write_marks"]

_BAND_HEIGHT = 30
_MARK_HEIGHT = 15

# pixels of the header's font: a Chinese character, a digit, and what a column adds to its width
_CHARACTER, _DIGIT, _PADDING = 14.0, 8.0, 5.0
_SUBSTITUTE = 0.88
_TIME = 5.5  # digits: 14:30 fits

_GAP = "\u3000\u3000"
_TITLE_SCALE = 14 / 10.5 * 1.05  # the title's size and weight against the entries'


def column_width(column: Column) -> float:
    """The catalogue's width, in digits; a little off it where the header would not break well.

    A header takes two lines at most, and its last character does not stand alone in the second,
    not even where a substitute font makes columns wider.
    """
    count = len(column.label)
    width = max(column.width, text_width(column.label) / 2 + 2)
    whole = count * _CHARACTER
    alone = (whole - _CHARACTER) * _SUBSTITUTE <= width * _DIGIT + _PADDING < whole + 2
    if count < 4 or not alone:
        return width
    if column.type in NARROW:
        least = _TIME if column.type is ColumnType.TIME else 0.0
        return max((math.ceil(count / 2) + 0.6) * _CHARACTER / _DIGIT, least)
    return (whole + 4) / _DIGIT


def title_band(
    draft: Draft,
    sheet: Worksheet,
    title: str,
    sentence: str,
    widths: Sequence[float],
    shown: str = "",
    longest: str = "",
) -> None:
    """Row 1: the title, and the sentence in the first column right of it.

    A formula shows `shown` now, and may come to show as much as `longest`.
    """
    style = draft.styles
    sheet.set_row(0, _BAND_HEIGHT)
    for column in range(1, len(widths)):
        sheet.write_blank(0, column, None, style.band_text)
    if title.startswith("="):
        draft.formula(sheet, 0, 0, title, shown, style.band)
    else:
        sheet.write_string(0, 0, title, style.band)
    needed = text_width(longest or title) * _TITLE_SCALE + 4
    place = next((n for n, right in enumerate(accumulate(widths), 1) if right >= needed), len(widths))
    if place < len(widths):
        sheet.write_string(0, place, sentence, style.band_text)


def title_line(draft: Draft, sheet: Worksheet, title: str, sentence: str, columns: int) -> None:
    """Row 1 where the first column is as wide as the page: title and sentence share its cell."""
    style = draft.styles
    sheet.set_row(0, _BAND_HEIGHT)
    for column in range(1, columns):
        sheet.write_blank(0, column, None, style.band_text)
    sheet.write_rich_string(0, 0, style.band, title, style.band_text, f"{_GAP}{sentence}", style.band)


def write_marks(draft: Draft, sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Row 2: which columns must be filled, said in a word above the header."""
    sheet.set_row(1, _MARK_HEIGHT)
    word = phrase("sheets", "band", "required")
    for place, column in enumerate(columns):
        sheet.write(1, place, word if column.required else None, draft.styles.mark)
