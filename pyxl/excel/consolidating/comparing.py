"""对比: how does this period compare with an earlier one; 上期各单位: what the earlier one was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyxl.core.comparison import Change, Comparison, UnitChange
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW
from pyxl.excel.building.styles import ACCENT, FAINT, LABEL_FILL
from pyxl.excel.submitting.page import Page
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["build_comparison", "build_earlier"]

_UNIT = (14.0, 34.0)
_COUNT = 11.0
_NOTE = 30.0
_HEAD_HEIGHT = 52
_SIGNED = "+0;-0;0"  # 增减: with its sign
_PERCENT = "+0.0%;-0.0%;0%"


def build_comparison(page: Page, sheet: Worksheet, found: Comparison) -> None:
    """Above each activity then and now, with a chart beside it; below the units, by how much each differs."""
    width = len(found.activities)
    widths = (*_UNIT, *(_COUNT for _ in range(max(width + 3, 12))), _NOTE)
    sentence = phrase("collecting", "bands", "comparison", now=found.period.title, before=found.earlier.title,
                      common=len(found.common))  # fmt: skip
    page.begin(sheet, phrase("collecting", "sheets", "comparison"), sentence, widths)
    _activities(page, sheet, found)
    if found.common:
        _chart(page, sheet, found)
    _units(page, sheet, found, max(HEADER_ROW + width + 3, HEADER_ROW + 18))


def _heads(page: Page, sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
    for place, head in enumerate(heads):
        sheet.write_string(row, place, head, page.styles.header)


def _activities(page: Page, sheet: Worksheet, found: Comparison) -> None:
    """Name, then, now, difference, by how much of what it was; the name takes two columns."""
    keys, name = ("before", "now", "by", "ratio"), found.relation.name
    heads = [phrase("collecting", "comparison", key, name=name) for key in keys]
    sheet.merge_range(
        HEADER_ROW - 1, 0, HEADER_ROW - 1, 1, phrase("collecting", "comparison", "activity"), page.styles.header
    )
    for place, head in enumerate(heads, len(_UNIT)):
        sheet.write_string(HEADER_ROW - 1, place, head, page.styles.header)
    rows = [(each.label, change) for each, change in zip(found.activities, found.changes, strict=True)]
    rows.append((phrase("collecting", "comparison", "all"), found.total))
    for number, (label, change) in enumerate(rows, FIRST_ROW - 1):
        look = {"bold": True, "bg_color": LABEL_FILL} if number == FIRST_ROW - 2 + len(rows) else {}
        sheet.merge_range(number, 0, number, 1, label, page.styles.cell(align="left", indent=1, **look))
        _change(page, sheet, number, change, look)


def _change(page: Page, sheet: Worksheet, row: int, change: Change, look: dict[str, object]) -> None:
    place = len(_UNIT)
    for offset, value in enumerate((change.before, change.now)):
        sheet.write_number(row, place + offset, value, page.styles.cell(align="center", **look))
    sheet.write_number(row, place + 2, change.by, page.styles.cell(align="center", num_format=_SIGNED, **look))
    if change.ratio is None:
        sheet.write_string(
            row, place + 3, phrase("collecting", "comparison", "none"), page.styles.cell(align="center", **look)
        )
    else:
        sheet.write_number(row, place + 3, change.ratio, page.styles.cell(align="center", num_format=_PERCENT, **look))


def _chart(page: Page, sheet: Worksheet, found: Comparison) -> None:
    """Then in grey, now in red, activity by activity."""
    name, first, last = (
        phrase("collecting", "sheets", "comparison"),
        FIRST_ROW - 1,
        FIRST_ROW - 2 + len(found.activities),
    )
    font = {"name": phrase("sheets", "style", "font"), "size": 9}
    chart = page.book.add_chart({"type": "column"})
    for place, colour in ((len(_UNIT), FAINT), (len(_UNIT) + 1, ACCENT)):
        chart.add_series({
            "name": [name, HEADER_ROW - 1, place], "categories": [name, first, 0, last, 0],
            "values": [name, first, place, last, place], "fill": {"color": colour}, "gap": 60, "overlap": 0,
            "data_labels": {"value": True, "font": {**font, "size": 8}},
        })  # fmt: skip
    title = phrase("collecting", "comparison", "chart", name=found.relation.name)
    chart.set_title({"name": title, "name_font": {**font, "size": 12}})
    chart.set_legend({"position": "top", "font": font})
    chart.set_x_axis({"num_font": font})
    chart.set_y_axis({"num_font": font, "major_gridlines": {"visible": False}, "min": 0, "visible": False})
    chart.set_size({"width": 760, "height": 400})
    sheet.insert_chart(HEADER_ROW - 1, len(_UNIT) + 5, chart)


def _units(page: Page, sheet: Worksheet, found: Comparison, row: int) -> None:
    """By how much each unit differs, activity by activity; a unit that only one period knows has no differences."""
    name = found.relation.name
    after = [phrase("collecting", "comparison", key, name=name) for key in ("whole_before", "whole_now", "by", "note")]
    before = [phrase("collecting", "comparison", key) for key in ("code", "unit")]
    sheet.set_row(row, _HEAD_HEIGHT)
    _heads(page, sheet, row, [*before, *(each.label for each in found.activities), *after])
    for number, unit in enumerate(found.units, row + 1):
        _unit(page, sheet, number, unit, len(found.activities))


def _unit(page: Page, sheet: Worksheet, row: int, unit: UnitChange, width: int) -> None:
    text, centred = page.styles.cell(indent=1, align="left", text_wrap=True), page.styles.cell(align="center")
    signed = page.styles.cell(align="center", num_format=_SIGNED)
    sheet.write_string(row, 0, unit.code, text)
    sheet.write_string(row, 1, unit.name, text)
    pairs = zip(unit.before, unit.now, strict=True) if unit.before is not None and unit.now is not None else ()
    differences: list[int | None] = [now - before for before, now in pairs] or [None] * width
    then, now = (None if each is None else sum(each) for each in (unit.before, unit.now))
    by = None if then is None or now is None else now - then
    cells: list[tuple[int | None, Format]] = [(each, signed) for each in differences]
    cells += [(then, centred), (now, centred), (by, signed)]
    for place, (value, look) in enumerate(cells, len(_UNIT)):
        if value is None:
            sheet.write_blank(row, place, None, look)
        else:
            sheet.write_number(row, place, value, look)
    note = "" if unit.is_common else phrase("collecting", "comparison", "new" if unit.before is None else "gone")
    sheet.write_string(row, len(_UNIT) + width + 3, note, text)
    sheet.set_row(row, row_height(lines_needed(unit.name, _UNIT[1]), 22.0))


def build_earlier(page: Page, sheet: Worksheet, found: Comparison) -> None:
    """The earlier period's counts, unit by unit, from which the comparison can be made again."""
    heads = [phrase("collecting", "earlier", key) for key in ("period", "code", "unit")]
    heads += [*(each.label for each in found.activities), phrase("collecting", "earlier", "total")]
    widths = (16.0, *_UNIT, *(_COUNT for _ in heads[3:]))
    sentence = phrase("collecting", "bands", "earlier", before=found.earlier.title)
    page.begin(sheet, phrase("collecting", "sheets", "earlier"), sentence, widths)
    sheet.set_row(HEADER_ROW - 1, _HEAD_HEIGHT)
    _heads(page, sheet, HEADER_ROW - 1, heads)
    text, centred = page.styles.cell(indent=1, align="left"), page.styles.cell(align="center")
    known = [unit for unit in found.units if unit.before is not None]
    for row, unit in enumerate(known, FIRST_ROW - 1):
        for place, words in enumerate((found.earlier.title, unit.code, unit.name)):
            sheet.write_string(row, place, words, text)
        counts = unit.before or ()
        for place, value in enumerate((*counts, sum(counts)), 3):
            sheet.write_number(row, place, value, centred)
    sheet.autofilter(HEADER_ROW - 1, 0, max(FIRST_ROW, HEADER_ROW + len(known)) - 1, len(heads) - 1)
