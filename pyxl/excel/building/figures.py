"""The figures on 半年汇总, below the chart: each number that the summary may quote, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyxl.core.place import column_letters
from pyxl.excel.building.formulas import name
from pyxl.excel.building.layout import absolute, quoted
from pyxl.excel.building.styles import ACCENT, FAINT, LINK, QUIET, RULE
from pyxl.excel.pages.figures import FIGURE_COLUMNS
from pyxl.excel.pages.layout import FiguresLayout
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pyxl.excel.building.draft import Draft
    from pyxl.excel.pages.line import Cell, Line

__all__ = ["build_figures"]


def build_figures(draft: Draft, sheet: Worksheet) -> None:
    """Heading, status, header, and a line for each figure: blank ones until somebody asks for them."""
    layout = FiguresLayout(draft.catalogue)
    _heading(draft, sheet, layout)
    _header(draft, sheet, layout)
    lines = draft.findings.figures
    for number, row in enumerate(range(layout.first, layout.last + 1)):
        _line(draft, sheet, layout, row, lines[number] if number < len(lines) else None)
    _rule_off(draft, sheet, layout)
    last = column_letters(layout.spans[-1][1])
    sheet.ignore_errors({"number_stored_as_text": f"A{layout.first}:{last}{layout.last}"})
    draft.define(name("figures"), f"{quoted(layout.name)}!$A${layout.first}:${last}${layout.last}")
    draft.define(name("figures_status"), absolute(layout.status))


def _heading(draft: Draft, sheet: Worksheet, layout: FiguresLayout) -> None:
    title = draft.styles(bold=True, font_size=12, font_color=ACCENT, valign="vcenter", indent=1)
    told = draft.styles(font_size=9.5, font_color=QUIET, valign="vcenter", indent=1)
    sheet.set_row(layout.title - 1, 26)
    sheet.write_string(layout.title - 1, 0, phrase("sheets", "figures", "title"), title)
    sheet.write_string(layout.status_row - 1, 0, draft.findings.figures_status, told)


def _header(draft: Draft, sheet: Worksheet, layout: FiguresLayout) -> None:
    sheet.set_row(layout.header - 1, 26)
    for (first, last), key in zip(layout.spans, FIGURE_COLUMNS, strict=True):
        words = phrase("sheets", "figures", key)
        _write(sheet, layout.header, first, last, words, draft.styles.header)


def _line(draft: Draft, sheet: Worksheet, layout: FiguresLayout, row: int, line: Line | None) -> None:
    """One figure, in merged cells: the columns above are as narrow as a month."""
    for number, (first, last) in enumerate(layout.spans):
        properties = {"num_format": line.number_format} if line and line.number_format and first == layout.value else {}
        style = draft.styles(valign="vcenter", text_wrap=True, indent=0 if first == layout.value else 1, **properties)
        _write(sheet, row, first, last, line.cells[number] if line else None, style)
        if line and line.link and first == layout.link:
            style = draft.styles(valign="vcenter", align="center", **LINK)
            draft.link(sheet, row - 1, first - 1, line.link, str(line.cells[number]), style)
    if line:
        sheet.set_row(row - 1, layout.height(line))


def _write(sheet: Worksheet, row: int, first: int, last: int, value: Cell, style: Format) -> None:
    if last > first:
        sheet.merge_range(row - 1, first - 1, row - 1, last - 1, "", style)
    if isinstance(value, str):
        sheet.write_string(row - 1, first - 1, value, style)
    else:
        sheet.write(row - 1, first - 1, value, style)


def _rule_off(draft: Draft, sheet: Worksheet, layout: FiguresLayout) -> None:
    """Filled lines have a rule below them and name their activity once; blank ones show nothing, in print either."""
    line = {"bottom": 1, "bottom_color": RULE}
    first, right = f"$A{layout.first}", layout.spans[-1][1] - 1
    again = {
        "criteria": f'=AND({first}<>"",{first}=$A{layout.header})',
        "format": draft.styles(font_color=FAINT, **line),
    }
    filled = {"criteria": f'={first}<>""', "format": draft.styles(**line)}
    for rule, last in ((again, 0), (filled, right)):
        sheet.conditional_format(layout.first - 1, 0, layout.last - 1, last, {"type": "formula", **rule})
