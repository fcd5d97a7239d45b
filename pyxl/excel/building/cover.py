"""The sheet 基本信息: a line for each field, the value's cell bearing the field's name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pyxl.catalogue.model import Column, ColumnType, CoverField
from pyxl.excel.building.band import title_band
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW, absolute, cover_cells, sheet_name
from pyxl.excel.building.sheets import light_up, write_value
from pyxl.excel.building.styles import ACCENT, LABEL_FILL, QUIET
from pyxl.excel.building.validations import validation
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pyxl.core.ledger import Value
    from pyxl.excel.building.draft import Draft

__all__ = ["build_cover", "with_defaults"]

_WIDTHS = (18.0, 46.0, 8.0, 66.0)
_LINE = 26.0


def with_defaults(fields: tuple[CoverField, ...], given: dict[str, Value]) -> dict[str, Value]:
    """What the cover shows at first: what is given, else the catalogue's defaults."""
    return {field.key: given.get(field.key, _default(field)) for field in fields}


def _default(field: CoverField) -> Value:
    if not field.default:
        return None
    if field.type is ColumnType.INTEGER:
        return int(field.default)
    return date.fromisoformat(field.default) if field.type is ColumnType.DATE else field.default


def build_cover(draft: Draft, sheet: Worksheet) -> None:
    """Label, value, whether it is required, and what it is for."""
    styles, label = draft.styles, sheet_name("cover")
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    title_band(draft, sheet, label, phrase("sheets", "band", "cover"), _WIDTHS)
    sheet.set_row(HEADER_ROW - 1, 24)
    for place, key in enumerate(("label", "value", "mark", "hint")):
        sheet.write_string(HEADER_ROW - 1, place, phrase("sheets", "cover", key), styles.header)
    cells = cover_cells(draft.catalogue)
    for number, field in enumerate(draft.catalogue.cover, FIRST_ROW - 1):
        _line(draft, sheet, number, field)
        draft.define(field.label, absolute(cells[field.key]))
    bottom = FIRST_ROW - 1 + len(draft.catalogue.cover)
    light_up(draft, sheet, label, FIRST_ROW, 2, bottom, 2)
    sheet.ignore_errors({"number_stored_as_text": f"B{FIRST_ROW}:B{bottom}"})
    sheet.freeze_panes(HEADER_ROW, 1)
    draft.page(sheet, repeat=HEADER_ROW - 1)


def _line(draft: Draft, sheet: Worksheet, number: int, field: CoverField) -> None:
    styles = draft.styles
    column = Column(field.key, field.label, field.type, choices=field.choices)
    number_format = {"num_format": "yyyy-mm-dd"} if field.type is ColumnType.DATE else {}
    sheet.set_row(number, row_height(lines_needed(field.hint, _WIDTHS[3]), _LINE))
    sheet.write_string(number, 0, field.label, styles.cell(bold=True, bg_color=LABEL_FILL, indent=1))
    write_value(
        sheet,
        number,
        1,
        draft.cover.get(field.key),
        styles.cell(align="left", indent=1, text_wrap=True, **number_format),
    )
    mark = "required" if field.required else "advised" if field.advised else ""
    sheet.write(
        number,
        2,
        phrase("sheets", "band", mark) if mark else None,
        styles.cell(font_size=9, font_color=ACCENT, align="center"),
    )
    sheet.write_string(number, 3, field.hint, styles.cell(font_size=9.5, font_color=QUIET, text_wrap=True))
    if rule := _rule(draft, field, column):
        sheet.data_validation(number, 1, number, 1, rule)


def _rule(draft: Draft, field: CoverField, column: Column) -> dict[str, object] | None:
    rule = validation(column, draft.catalogue, draft.long_choices)
    if rule and field.key == "year":
        rule |= {"criteria": "between", "minimum": 2000, "maximum": 2099}
        rule["error_message"] = phrase("sheets", "alerts", "year")
    return rule
