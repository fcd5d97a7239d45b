"""报送情况: what became of every file, and who has not handed in anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pyxl.core.consolidation import Consolidation, Standing, Status
from pyxl.core.telling import told
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW
from pyxl.excel.submitting.page import Page
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["COLUMNS", "build_standings"]

COLUMNS = {
    "status": 10.0, "code": 14.0, "unit": 26.0, "file": 32.0, "reason": 30.0, "hint": 36.0, "remarks": 36.0,
    "made": 21.0, "key": 23.0,
}  # fmt: skip
_FILLS = {
    Status.REJECTED: "#F4B6AE", Status.MISSING: "#FFDC73", Status.OUTSIDE: "#FFDC73", Status.REPLACED: "#E3EEF9",
}  # fmt: skip


def _lasting(each: Standing) -> Standing:
    """Without what is only true of this run, so that the next one writes the same: the key is in its column."""
    return replace(each, remarks=tuple(remark for remark in each.remarks if remark.code != "first_key"))


def build_standings(page: Page, sheet: Worksheet, found: Consolidation, sentence: str) -> None:
    """The table: what counts first, then what does not, and why."""
    page.begin(sheet, phrase("collecting", "sheets", "standing"), sentence, list(COLUMNS.values()))
    for place, key in enumerate(COLUMNS):
        sheet.write_string(HEADER_ROW - 1, place, phrase("collecting", "standing", key), page.styles.header)
    text = page.styles.cell(text_wrap=True, align="left", indent=1)
    for row, each in enumerate(found.standings, FIRST_ROW - 1):
        line = told(_lasting(each))
        fill = {"bg_color": _FILLS[each.status]} if each.status in _FILLS else {}
        for place, words in enumerate(line):
            sheet.write_string(
                row, place, words, page.styles.cell(bold=True, align="center", **fill) if place == 0 else text
            )
        needed = max(lines_needed(words, width) for words, width in zip(line, COLUMNS.values(), strict=True))
        sheet.set_row(row, row_height(needed, 22.0))
    sheet.autofilter(HEADER_ROW - 1, 0, max(FIRST_ROW, HEADER_ROW + len(found.standings)) - 1, len(COLUMNS) - 1)
