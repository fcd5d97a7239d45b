"""The sheet 校验结果: what was found at the last check, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pyxl.catalogue.model import Severity
from pyxl.core.place import CellRef, column_letters
from pyxl.excel.building.band import title_band
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.formulas import name, text
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW, absolute, quoted, sheet_name
from pyxl.excel.building.styles import BLUE, QUIET
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pyxl.core.issue import Issue
    from pyxl.excel.building.draft import Draft

__all__ = ["RESULT_COLUMNS", "build_results", "result_row"]

RESULT_COLUMNS = ("level", "sheet", "cell", "found", "message", "hint")  # keys of sheets.toml [results]

_WIDTHS = (8.0, 20.0, 9.0, 26.0, 52.0, 52.0)
_SIZE = 300
_ENTRY_HEIGHT = 34


def result_row(found: Issue) -> tuple[str, ...]:
    """An issue as the table shows it, in the order of RESULT_COLUMNS."""
    level = phrase("sheets", "severity", found.severity)
    return (level, found.where.sheet, found.where.cell, found.found, found.message, found.hint)


def build_results(draft: Draft, sheet: Worksheet) -> None:
    """The table with its counts; empty, it says whether a check was made at all."""
    styles, label = draft.styles, sheet_name("results")
    centred = styles.cell(align="center", text_wrap=True)
    wrapped = styles.cell(text_wrap=True)
    sheet.set_default_row(_ENTRY_HEIGHT)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width, centred if place in (0, 2) else wrapped)
    title_band(draft, sheet, label, phrase("sheets", "band", "results"), _WIDTHS)
    _status(draft, sheet)
    issues = draft.issues or ()
    size = max(_SIZE, len(issues) + 50)
    _header(draft, sheet, label, size)
    for number, found in enumerate(issues, FIRST_ROW - 1):
        _issue(draft, sheet, number, found)
    _colour_levels(draft, sheet, FIRST_ROW - 1 + size)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:F{FIRST_ROW + size}"})
    sheet.freeze_panes(HEADER_ROW, 0)
    draft.page(sheet, repeat=HEADER_ROW - 1)


def _status(draft: Draft, sheet: Worksheet) -> None:
    """Row 2: not yet checked, nothing found, or how many of each level; and when."""
    style = draft.styles(bold=True, font_size=11, valign="vcenter", indent=1)
    words = {level: text(phrase("sheets", "severity", level)) for level in ("error", "warning", "hint")}
    levels, time = name("result_level"), name("result_time")
    pieces = text(phrase("sheets", "results", "counts"))
    for level, word in words.items():
        pieces = pieces.replace(f"{{{level}}}", f'"&COUNTIF({levels},{word})&"')
    not_yet, clean = (text(phrase("sheets", "results", key)) for key in ("not_yet", "clean"))
    sheet.set_row(1, 26)
    for place in range(1, len(_WIDTHS)):
        sheet.write_blank(1, place, None, style)
    formula = f'=IF(COUNTA({levels})>0,{pieces},IF({time}="",{not_yet},{clean}))'
    draft.formula(sheet, 1, 0, formula, _shown_status(draft), style)
    checked = draft.styles(font_size=9.5, font_color=QUIET, valign="vcenter", align="right")
    sheet.write(1, 5, None if draft.issues is None else phrase("sheets", "results", "checked"), checked)
    draft.define(time, absolute(CellRef(sheet_name("results"), 2, 6)))


def _shown_status(draft: Draft) -> str:
    if not draft.issues:
        return phrase("sheets", "results", "not_yet" if draft.issues is None else "clean")
    counts: Mapping[str, int] = {
        level: sum(found.severity == level for found in draft.issues)
        for level in (Severity.ERROR, Severity.WARNING, Severity.HINT)
    }
    return phrase("sheets", "results", "counts", **counts)


def _header(draft: Draft, sheet: Worksheet, label: str, size: int) -> None:
    draft.claim(label)
    sheet.set_row(HEADER_ROW - 1, 26)
    headers = [
        {"header": phrase("sheets", "results", key), "header_format": draft.styles.header} for key in RESULT_COLUMNS
    ]
    options = {
        "name": label,
        "style": phrase("sheets", "style", "table_style"),
        "autofilter": False,
        "columns": headers,
    }
    sheet.add_table(HEADER_ROW - 1, 0, HEADER_ROW - 1 + size, len(_WIDTHS) - 1, options)


def _issue(draft: Draft, sheet: Worksheet, number: int, found: Issue) -> None:
    """One line; the cell's address leads there."""
    centred = draft.styles.cell(align="center", text_wrap=True)
    wrapped = draft.styles.cell(text_wrap=True)
    link = draft.styles.cell(align="center", font_color=BLUE, underline=1)
    row = result_row(found)
    for place, words in enumerate(row):
        if words:
            sheet.write_string(number, place, words, centred if place in (0, 2) else wrapped)
    if row[2]:
        cell = row[2] if found.where.column else f"{column_letters(1)}{row[2]}"
        sheet.write_url(number, 2, f"internal:{quoted(found.where.sheet)}!{cell}", link, row[2])
    lines = max(lines_needed(words, width) for words, width in zip(row, _WIDTHS, strict=True))
    sheet.set_row(number, row_height(lines, _ENTRY_HEIGHT))


def _colour_levels(draft: Draft, sheet: Worksheet, bottom: int) -> None:
    """The level's word bears the colour that the cell it names lights up in."""
    for level in (Severity.ERROR, Severity.WARNING, Severity.HINT):
        word = text(phrase("sheets", "severity", level))
        rule = {"type": "cell", "criteria": "==", "value": word, "format": draft.styles.light(level)}
        sheet.conditional_format(FIRST_ROW - 1, 0, bottom - 1, 0, rule)
