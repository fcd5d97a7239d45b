"""退回单 as a small workbook: what is wrong, where in the unit's own ledger, how to mend it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import starmap
from typing import TYPE_CHECKING

from pyxl.core.legible import legible
from pyxl.core.slips import Slip, SlipLine
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import HEADER_ROW
from pyxl.excel.building.package import in_order
from pyxl.excel.building.styles import LABEL_FILL, Styles
from pyxl.excel.building.workbook import describe, finished_parts, new_workbook
from pyxl.excel.submitting.page import Page
from pyxl.package import packed
from pyxl.stamp import stamped
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["SLIP", "slip_book"]

SLIP = "slip"  # what the file says that it is
_COLUMNS = {
    "number": 6.0, "grade": 10.0, "sheet": 16.0, "row": 7.0, "column": 16.0, "problem": 46.0, "remedy": 46.0,
    "done": 12.0,
}  # fmt: skip
_LABEL, _VALUE = 1, 6  # the last column of a label and of what stands beside it
_FILLS = {"must": "#F4B6AE", "check": "#FFDC73", "add": "#E3EEF9"}
_LEAST = 22.0


def slip_book(slip: Slip, **marks: str) -> bytes:
    """The workbook; its stamp bears the `marks`. The same slip gives the same bytes."""
    target = io.BytesIO()
    book = new_workbook(target)
    page, title = Page(book, Styles(book), legible(slip.unit)), phrase("returning", "kinds", slip.kind)
    sheet = book.add_worksheet(title)
    sentence = phrase("returning", "bands", "sentence_of_many" if slip.of_many else "sentence") if slip.lines else ""
    page.begin(sheet, title, sentence, list(_COLUMNS.values()))
    row = _facts(page, sheet, slip)
    if slip.lines:
        _table(page, sheet, slip, row + 1)
    describe(book, title, {}, sheet)
    return packed(stamped(in_order(finished_parts(book, target, [1])), SLIP, **marks), 9)


def _facts(page: Page, sheet: Worksheet, slip: Slip) -> int:
    """Whose slip it is, of which file, what the matter is; the first free row."""
    facts = {
        "unit": slip.unit, "period": slip.period, "file": slip.file,
        "reason": slip.reason or slip.opening,
        "remedy": slip.remedy, "deadline": "",
    }  # fmt: skip
    label = page.styles.cell(bold=True, bg_color=LABEL_FILL, indent=1)
    value = page.styles.cell(text_wrap=True, align="left", indent=1)
    room = sum(list(_COLUMNS.values())[_LABEL + 1 : _VALUE + 1])
    row = HEADER_ROW - 1
    for key, text in facts.items():
        if text or key == "deadline":
            sheet.merge_range(row, 0, row, _LABEL, "", label)
            sheet.write_string(row, 0, phrase("returning", "labels", key), label)
            sheet.merge_range(row, _LABEL + 1, row, _VALUE, "", value)
            sheet.write_string(row, _LABEL + 1, legible(text), value)
            sheet.set_row(row, row_height(lines_needed(text, room), _LEAST))
            row += 1
    return row


def _table(page: Page, sheet: Worksheet, slip: Slip, row: int) -> None:
    sheet.set_row(row, 36)
    for place, key in enumerate(_COLUMNS):
        sheet.write_string(row, place, phrase("returning", "table", key), page.styles.header)
    text = page.styles.cell(text_wrap=True, align="left", indent=1)
    middle = page.styles.cell(text_wrap=True, align="center")
    looks = {"sheet": middle, "row": middle, "column": middle, "problem": text, "remedy": text, "done": middle}
    for number, line in enumerate(slip.lines, 1):
        texts = _texts(line)
        sheet.write_number(row + number, 0, number, middle)
        grade = page.styles.cell(bold=True, align="center", bg_color=_FILLS[line.grade])
        sheet.write_string(row + number, 1, phrase("returning", "grades", line.grade), grade)
        for place, key in enumerate(looks, 2):
            sheet.write_string(row + number, place, texts.get(key, ""), looks[key])
        widths = [(texts.get(key, ""), _COLUMNS[key]) for key in looks]
        sheet.set_row(row + number, row_height(max(starmap(lines_needed, widths)), _LEAST))
    _end(page, sheet, slip, row)


def _texts(line: SlipLine) -> dict[str, str]:
    own = {"sheet": line.sheet, "row": line.row, "column": line.column, "problem": line.problem, "remedy": line.remedy}
    return {key: legible(text) for key, text in own.items()}


def _end(page: Page, sheet: Worksheet, slip: Slip, row: int) -> None:
    """What did not find room, and how the table moves and prints."""
    last = row + len(slip.lines)
    if slip.more:
        words = phrase("returning", "remedies", "more", count=slip.more)
        sheet.write_string(last + 1, 0, words, page.styles(italic=True))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(row)
    heads: Sequence[str] = list(_COLUMNS)
    sheet.autofilter(row, 0, last, len(heads) - 1)
