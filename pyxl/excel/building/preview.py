"""The sheet 总结预览: the summary as it will read, and beside each paragraph the rows it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyxl.core.place import column_letters
from pyxl.excel.building.band import title_line
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.formulas import name, text
from pyxl.excel.building.layout import absolute, quoted
from pyxl.excel.building.styles import ACCENT, DARK, FAINT, LINK, QUIET
from pyxl.excel.pages.layout import PreviewLayout
from pyxl.excel.pages.preview import PREVIEW_COLUMNS
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pyxl.excel.building.draft import Draft
    from pyxl.excel.pages.line import Line

__all__ = ["build_preview"]

_LINE = 24


def build_preview(draft: Draft, sheet: Worksheet) -> None:
    """Status, header, and the text; blank until somebody asks for it."""
    layout = PreviewLayout()
    sheet.set_default_row(_LINE)
    for column, width in enumerate(layout.widths, 1):
        hidden = {"hidden": True} if column == layout.kind else {}
        sheet.set_column(column - 1, column - 1, width, _style(draft, column), hidden)
    title_line(draft, sheet, layout.name, draft.band("preview"), layout.link)
    _status(draft, sheet, layout)
    sheet.set_row(layout.header - 1, 26)
    for column, key in enumerate(PREVIEW_COLUMNS, 1):
        sheet.write_string(layout.header - 1, column - 1, phrase("sheets", "preview", key), draft.styles.header)
    sheet.write_blank(layout.first - 1, 0, None, _title_style(draft))
    for row, line in enumerate(draft.findings.preview, layout.first):
        _line(draft, sheet, layout, row, line)
    _set_off(draft, sheet, layout)
    sheet.freeze_panes(layout.header, 0)
    draft.page(sheet, repeat=layout.header - 1)


def _style(draft: Draft, column: int, **more: Any) -> Format:
    if column == PreviewLayout.text:
        looks = {"font_color": DARK, "indent": 1, **more}
        return draft.styles(valign="vcenter", text_wrap=True, right=1, right_color=FAINT, **looks)
    looks = {"font_color": QUIET, **({"align": "center"} if column == PreviewLayout.link else {"indent": 1}), **more}
    return draft.styles(valign="vcenter", text_wrap=True, font_size=9.5, **looks)


def _title_style(draft: Draft) -> Format:
    return _style(draft, PreviewLayout.text, bold=True, font_size=16, align="center", indent=0)


def _status(draft: Draft, sheet: Worksheet, layout: PreviewLayout) -> None:
    style = draft.styles(font_size=10, font_color=DARK, valign="vcenter", indent=1)
    sheet.set_row(layout.status_row - 1, 26)
    sheet.write_string(layout.status_row - 1, 0, draft.findings.preview_status, style)
    last = column_letters(layout.columns)
    draft.define(name("preview_status"), absolute(layout.status))
    draft.define(name("preview"), f"{quoted(layout.name)}!$A${layout.first}:${last}${layout.last}")


def _line(draft: Draft, sheet: Worksheet, layout: PreviewLayout, row: int, line: Line) -> None:
    """One paragraph; the rows' words lead to the first of them."""
    words, rows, jump, kind = line.cells
    style = _title_style(draft) if line.kind == "title" else _style(draft, layout.text)
    _write_text(draft, sheet, row, line, style)
    if line.link:
        sheet.write_string(row - 1, layout.rows - 1, str(rows), _style(draft, layout.rows))
        draft.link(sheet, row - 1, layout.link - 1, line.link, str(jump), _style(draft, layout.link, **LINK))
    sheet.write_string(row - 1, layout.kind - 1, str(kind), _style(draft, layout.kind))
    texts = ((words, layout.widths[0]), (rows, layout.widths[1]))
    lines = max(lines_needed(str(each or ""), width - 2) for each, width in texts)
    sheet.set_row(row - 1, 40 if line.kind == "title" else row_height(lines, _LINE))


def _write_text(draft: Draft, sheet: Worksheet, row: int, line: Line, style: Format) -> None:
    """The text, its numbers bold. It begins with its indent, so no piece between two numbers is empty."""
    words = str(line.cells[0])
    plain, strong = draft.styles(font_color=DARK), draft.styles(bold=True, font_color=ACCENT)
    pieces: list[Any] = []
    done = 0
    for start, length in line.emphasis:
        pieces += [plain, words[done:start], strong, words[start : start + length]]
        done = start + length
    if not line.emphasis:
        sheet.write_string(row - 1, 0, words, style)
        return
    if words[done:]:
        pieces += [plain, words[done:]]
    sheet.write_rich_string(row - 1, 0, *pieces, style)


def _set_off(draft: Draft, sheet: Worksheet, layout: PreviewLayout) -> None:
    """Headings stand out by what the hidden column says they are, whoever wrote them there."""
    kind = f"${column_letters(layout.kind)}{layout.first}"
    formats: dict[str, dict[str, Any]] = {"heading1": {"bold": True, "font_color": ACCENT}, "heading2": {"bold": True}}
    for level, properties in formats.items():
        rule = {"type": "formula", "criteria": f"={kind}={text(level)}", "format": draft.styles(**properties)}
        sheet.conditional_format(layout.first - 1, layout.text - 1, layout.last - 1, layout.text - 1, rule)
