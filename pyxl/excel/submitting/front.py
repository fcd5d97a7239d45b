"""What does 上报封面 say, so that a person can see what the seal vouches for?"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from pyxl.catalogue.model import Catalogue
from pyxl.core.submission import Manifest
from pyxl.core.summary import printed
from pyxl.core.totals import Totals
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW
from pyxl.excel.building.styles import LABEL_FILL
from pyxl.excel.submitting.page import Page
from pyxl.excel.submitting.places import FIGURES, said
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["build_front"]

_WIDTHS = (24.0, 44.0, 4.0, 20.0, 24.0, 60.0)
_LINE = 20.0


def build_front(
    page: Page, sheet: Worksheet, manifest: Manifest, fingerprint: str, catalogue: Catalogue, totals: Totals
) -> None:
    """Left the manifest and the rows of each sheet, right every figure as the unit computed it, and prints it."""
    page.begin(sheet, phrase("words", "sheets", "front"), phrase("submitting", "bands", "front"), _WIDTHS)
    label = page.styles.cell(bold=True, bg_color=LABEL_FILL, indent=1)
    value = page.styles.cell(text_wrap=True, align="left", indent=1)
    _heads(page, sheet, 0, ("item", "value"))
    lines = list(said(manifest, fingerprint, catalogue))
    for number, (name, text) in enumerate(lines, FIRST_ROW - 1):
        sheet.write_string(number, 0, name, label)
        sheet.write_string(number, 1, text, value)
    _heads(page, sheet, FIGURES, ("activity", "name", "value"))
    figures = [(figure.activity, figure.name, printed(figure)) for figure in totals]
    for number, texts in enumerate(figures, FIRST_ROW - 1):
        for place, text in enumerate(texts, FIGURES):
            sheet.write_string(number, place, text, value)
    for number, (left, right) in enumerate(zip_longest(lines, figures), FIRST_ROW - 1):
        needed = [lines_needed(each[-1], _WIDTHS[at]) for each, at in ((left, 1), (right, -1)) if each]
        sheet.set_row(number, row_height(max(needed), _LINE))


def _heads(page: Page, sheet: Worksheet, place: int, keys: tuple[str, ...]) -> None:
    for number, key in enumerate(keys, place):
        sheet.write_string(HEADER_ROW - 1, number, phrase("submitting", "front", key), page.styles.header)
