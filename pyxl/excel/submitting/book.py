"""How does a ledger in its travelling form become a workbook: no formula, no macro, no link, texts as texts?"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pyxl.catalogue.model import ActivityType, Catalogue, Column, CoverField
from pyxl.core.ledger import Value
from pyxl.core.place import column_letters
from pyxl.core.submission import Manifest, Rows
from pyxl.core.totals import Totals
from pyxl.excel.building.band import column_width
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW, absolute, cover_cells, sheet_name
from pyxl.excel.building.sheets import write_value
from pyxl.excel.building.styles import LABEL_FILL, Styles, tab_colour
from pyxl.excel.building.workbook import describe, finished_parts, new_workbook
from pyxl.excel.submitting.front import build_front
from pyxl.excel.submitting.page import Page
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["build_cover", "build_table", "submission_parts"]

_COVER_WIDTHS = (18.0, 60.0)
_ENTRY_HEIGHT = 34


def submission_parts(
    catalogue: Catalogue,
    cover: Mapping[str, Value],
    rows: Rows,
    totals: Totals,
    manifest: Manifest,
    fingerprint: str,
) -> dict[str, bytes]:
    """上报封面, 基本信息 and a sheet for each activity, by the travelling `catalogue`; not packed or sealed yet.

    The same contents give the same parts. `fingerprint` is that of the key that will seal it.
    """
    target = io.BytesIO()
    book = new_workbook(target)
    page = Page(book, Styles(book), manifest.unit)
    names = (phrase("words", "sheets", "front"), sheet_name("cover"), *(each.label for each in catalogue.activities))
    sheets = [book.add_worksheet(name) for name in names]
    build_front(page, sheets[0], manifest, fingerprint, catalogue, totals)
    build_cover(page, sheets[1], catalogue, cover, phrase("submitting", "bands", "cover"))
    for activity, sheet in zip(catalogue.activities, sheets[2:], strict=True):
        _build_rows(page, sheet, activity, tuple(rows.get(activity.key, ())))
    for sheet in sheets[:2]:
        sheet.set_tab_color(tab_colour(""))
    title = phrase("submitting", "front", "title")
    describe(book, title, {"catalogue": catalogue.version, "pyxl": "submission"}, sheets[0])
    return finished_parts(book, target, range(1, len(sheets) + 1))


def build_cover(page: Page, sheet: Worksheet, catalogue: Catalogue, cover: Mapping[str, Value], sentence: str) -> None:
    """Label and value of each field; the value's cell bears the field's name, as in a ledger."""
    page.begin(sheet, sheet_name("cover"), sentence, _COVER_WIDTHS)
    for place, key in enumerate(("label", "value")):
        sheet.write_string(HEADER_ROW - 1, place, phrase("sheets", "cover", key), page.styles.header)
    cells = cover_cells(catalogue)
    for number, field in enumerate(catalogue.cover, FIRST_ROW - 1):
        sheet.write_string(number, 0, field.label, page.styles.cell(bold=True, bg_color=LABEL_FILL, indent=1))
        write_value(sheet, number, 1, cover.get(field.key), page.styles.cell(**_shape(field)))
        page.book.define_name(field.label, f"={absolute(cells[field.key])}")


def _shape(field: CoverField) -> dict[str, object]:
    shape: dict[str, object] = {"align": "left", "indent": 1, "text_wrap": True}
    return shape | ({"num_format": "yyyy-mm-dd"} if field.type == "date" else {})


def _build_rows(page: Page, sheet: Worksheet, activity: ActivityType, rows: Sequence[Mapping[str, Value]]) -> None:
    """Header and rows of one activity, each with its unit and the row that it came from."""
    sheet.set_tab_color(tab_colour(activity.group))
    sentence = phrase("submitting", "bands", "rows", count=len(rows))
    build_table(page, sheet, activity.label, sentence, activity.columns, rows)


def build_table(
    page: Page, sheet: Worksheet, title: str, sentence: str, columns: Sequence[Column],
    rows: Sequence[Mapping[str, Value]],
) -> None:  # fmt: skip
    """Band, header and rows; a row is as high as its texts need."""
    page.begin(sheet, title, sentence, [column_width(column) for column in columns])
    sheet.set_row(HEADER_ROW - 1, 36)
    formats = [page.styles.entry(column) for column in columns]
    for place, column in enumerate(columns):
        sheet.write_string(HEADER_ROW - 1, place, column.label, page.styles.header)
    for number, row in enumerate(rows, FIRST_ROW - 1):
        for place, column in enumerate(columns):
            write_value(sheet, number, place, row.get(column.key), formats[place])
        sheet.set_row(number, row_height(_lines(row, columns), _ENTRY_HEIGHT))
    last = max(FIRST_ROW, HEADER_ROW + len(rows)) - 1
    sheet.autofilter(HEADER_ROW - 1, 0, last, len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:{column_letters(len(columns))}{last + 1}"})


def _lines(row: Mapping[str, Value], columns: Sequence[Column]) -> int:
    texts = ((row.get(column.key), column_width(column)) for column in columns)
    return max((lines_needed(text, width) for text, width in texts if isinstance(text, str)), default=1)
