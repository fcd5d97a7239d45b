"""The sheet 校验结果: what was found at the last check, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyxl.catalogue.model import Severity
from pyxl.core.place import column_letters
from pyxl.excel.building.band import title_band
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.formulas import name, text
from pyxl.excel.building.layout import absolute, absolute_range
from pyxl.excel.building.styles import LINK, QUIET
from pyxl.excel.pages.layout import ResultsLayout
from pyxl.excel.pages.results import RESULT_COLUMNS, checked, results, status
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pyxl.excel.building.draft import Draft
    from pyxl.excel.pages.line import Line

__all__ = ["build_results"]

_ENTRY_HEIGHT = 34
_LEVELS = (Severity.ERROR, Severity.WARNING, Severity.HINT)
_CENTRED = (ResultsLayout.level, ResultsLayout.link)


def build_results(draft: Draft, sheet: Worksheet) -> None:
    """The table with its counts; empty, it says whether a check was made at all."""
    lines = results(draft.findings.issues or ())
    layout = ResultsLayout(len(lines), spare=not draft.source)  # beside a ledger nobody writes lines later
    sheet.set_default_row(_ENTRY_HEIGHT)
    for column, width in enumerate(layout.widths, 1):
        sheet.set_column(column - 1, column - 1, width, _style(draft, column))
    title_band(draft, sheet, layout.name, draft.band("results"), layout.widths)
    _status(draft, sheet, layout)
    _header(draft, sheet, layout)
    for row, line in enumerate(lines, layout.first):
        _line(draft, sheet, layout, row, line)
    _colour_levels(draft, sheet, layout)
    sheet.ignore_errors({"number_stored_as_text": f"A{layout.first}:F{layout.last}"})
    sheet.freeze_panes(layout.header, 0)
    draft.page(sheet, repeat=layout.header - 1)


def _style(draft: Draft, column: int) -> Format:
    return draft.styles.cell(text_wrap=True, **({"align": "center"} if column in _CENTRED else {"indent": 1}))


def _status(draft: Draft, sheet: Worksheet, layout: ResultsLayout) -> None:
    """Row 2: not yet checked, nothing found, or how many of each level; and when."""
    style = draft.styles(bold=True, font_size=11, valign="vcenter", indent=1)
    sheet.set_row(layout.status_row - 1, 26)
    for place in range(1, layout.columns):
        sheet.write_blank(layout.status_row - 1, place, None, style)
    issues = draft.findings.issues
    draft.formula(sheet, layout.status_row - 1, 0, _counting(layout), status(issues), style)
    when = draft.styles(font_size=9.5, font_color=QUIET, valign="vcenter", align="right")
    sheet.write(
        layout.status_row - 1, layout.columns - 1, None if issues is None else checked(draft.findings.moment), when
    )
    draft.define(name("result_status"), absolute(layout.status))
    draft.define(name("result_time"), absolute(layout.time))


def _counting(layout: ResultsLayout) -> str:
    """The status as a formula: it follows the lines below, whoever writes or clears them."""
    levels = absolute_range(layout.name, layout.level)
    pieces = text(phrase("sheets", "results", "counts"))
    for level in _LEVELS:
        word = text(phrase("sheets", "severity", level))
        pieces = pieces.replace(f"{{{level.value}}}", f'"&COUNTIF({levels},{word})&"')
    not_yet, clean = (text(phrase("sheets", "results", key)) for key in ("not_yet", "clean"))
    return f'=IF(COUNTA({levels})>0,{pieces},IF({name("result_time")}="",{not_yet},{clean}))'


def _header(draft: Draft, sheet: Worksheet, layout: ResultsLayout) -> None:
    draft.claim(layout.name)
    sheet.set_row(layout.header - 1, 26)
    headers = [
        {"header": phrase("sheets", "results", key), "header_format": draft.styles.header} for key in RESULT_COLUMNS
    ]
    options = {"name": layout.name, "style": phrase("sheets", "style", "table_style"), "columns": headers}
    sheet.add_table(layout.header - 1, 0, layout.last - 1, layout.columns - 1, options)


def _line(draft: Draft, sheet: Worksheet, layout: ResultsLayout, row: int, line: Line) -> None:
    """One issue; the cell's address leads there."""
    for column, words in enumerate(line.cells, 1):
        if words is not None:
            sheet.write_string(row - 1, column - 1, str(words), _style(draft, column))
    if line.link:
        style = draft.styles.cell(text_wrap=True, align="center", **LINK)
        draft.link(sheet, row - 1, layout.link - 1, line.link, str(line.cells[layout.link - 1]), style)
    widths = zip(line.cells, layout.widths, strict=True)
    lines = max(lines_needed(str(words or ""), width) for words, width in widths)
    sheet.set_row(row - 1, row_height(lines, _ENTRY_HEIGHT))


def _colour_levels(draft: Draft, sheet: Worksheet, layout: ResultsLayout) -> None:
    """The level's word bears the colour that the cell it names lights up in."""
    column = column_letters(layout.level)
    for level in _LEVELS:
        word = text(phrase("sheets", "severity", level))
        rule = {"type": "cell", "criteria": "==", "value": word, "format": draft.styles.light(level)}
        sheet.conditional_format(f"{column}{layout.first}:{column}{layout.last}", rule)
