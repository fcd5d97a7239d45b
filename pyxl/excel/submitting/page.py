"""What do all sheets of a workbook on its way up have in common: widths, title band, print?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pyxl.excel.building.fitting import text_width
from pyxl.excel.building.layout import HEADER_ROW
from pyxl.excel.building.styles import Styles
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Page"]

_BAND_HEIGHT = 30
_LONGEST_UNIT = 40
_TITLE_SCALE = 1.4  # of the title's width against that of the entries


@dataclass
class Page:
    """The workbook in the making, and how each of its sheets begins."""

    book: Workbook
    styles: Styles
    unit: str

    def begin(self, sheet: Worksheet, title: str, sentence: str, widths: Sequence[float]) -> None:
        """Columns, the band in row 1, panes that stay above the rows, A4 across."""
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
            sheet.write_blank(0, place, None, self.styles.band_text)
        sheet.set_row(0, _BAND_HEIGHT)
        sheet.write_string(0, 0, title, self.styles.band)
        needed = text_width(title) * _TITLE_SCALE + 4
        place = next((n for n, right in enumerate(accumulate(widths), 1) if right >= needed), len(widths))
        if place < len(widths):
            sheet.write_string(0, place, sentence, self.styles.band_text)
        sheet.freeze_panes(HEADER_ROW, 0)
        sheet.hide_gridlines(2)
        self._print(sheet)

    def _print(self, sheet: Worksheet) -> None:
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW - 1)
        font = f'&"{phrase("sheets", "style", "print_font")}"&9 '
        unit = self.unit[:_LONGEST_UNIT].replace("&", "&&")
        sheet.set_footer(f"&L{font}{unit}&C{font}{phrase('sheets', 'footer', 'page')}&R{font}&A")
