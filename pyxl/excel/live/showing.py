"""How do the pages of an examined ledger get into the open workbook?

Each page is looked for on its sheet by its header, and made anew where it is not there. The rules that
colour cells know the results by defined names; where those lead elsewhere, they are put right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import HEADER_ROW, LAST_ROW
from pyxl.excel.building.styles import ACCENT, DARK
from pyxl.excel.live.anew import new_figures, new_preview, new_results
from pyxl.excel.live.halving import Area
from pyxl.excel.live.hand import Link
from pyxl.excel.live.looks import LINKED
from pyxl.excel.live.own import Spot, find_page
from pyxl.excel.live.writing import OwnSheet, own_sheet
from pyxl.excel.pages import figures, preview, results
from pyxl.excel.pages.layout import FiguresLayout, PreviewLayout, ResultsLayout
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlwings import Book, Sheet

    from pyxl.catalogue.model import Catalogue
    from pyxl.core.document import Report
    from pyxl.core.issue import Issue
    from pyxl.core.totals import Totals
    from pyxl.core.validation import Validation
    from pyxl.excel.grid import RawBook
    from pyxl.excel.pages.line import Line

__all__ = ["clear_results", "show_figures", "show_preview", "show_results"]

_RESULT_LINE, _PREVIEW_LINE, _TITLE_LINE = 34.0, 24.0, 40.0  # points


def show_results(
    book: Book, raw: RawBook, issues: Sequence[Issue], moment: datetime, remarks: Sequence[str] = ()
) -> Sheet:
    """校验结果: a line for each issue, its address a link; beside the status the time of the check and remarks."""
    labels = _labels("results", results.RESULT_COLUMNS)
    spot = find_page(raw, "results", labels) or new_results(book, raw, labels)
    lines = results.results(issues)
    own = _emptied(book, spot)
    _stretch(own, spot, len(lines))
    own.put_columns(spot.first, spot.columns, [line.cells for line in lines])
    own.link(_links(spot, ResultsLayout.link, lines, raw))
    widths = ResultsLayout.widths
    own.heights(spot.first, [row_height(_lines(line.cells, widths), _RESULT_LINE) for line in lines])
    told = [*_unlisted(issues, lines), *remarks]
    _tell_results(own, raw, spot, results.status(issues), _joined(results.checked(moment), told))
    _name_results(own, raw, spot)
    own.hand.calculate()
    return own.sheet


def clear_results(book: Book, raw: RawBook) -> Sheet | None:
    """Empties 校验结果, so that no cell lights up any more; None when there is no such page."""
    spot = find_page(raw, "results", _labels("results", results.RESULT_COLUMNS))
    if spot is None:
        return None
    own = _emptied(book, spot)
    own.heights(spot.first, [_RESULT_LINE] * (spot.last - spot.header))
    _tell_results(own, raw, spot, results.status(None), None)
    own.hand.calculate()
    return own.sheet


def show_figures(
    book: Book,
    raw: RawBook,
    catalogue: Catalogue,
    totals: Totals,
    validation: Validation,
    remarks: Sequence[str] = (),
) -> Sheet:
    """The table of 半年汇总: a line for each figure, with the rows that it rests on; remarks beside its status."""
    layout = FiguresLayout(catalogue)
    labels = _labels("figures", figures.FIGURE_COLUMNS)
    spot = find_page(raw, "summary", labels) or new_figures(book, raw, labels, layout)
    lines = figures.figures(totals)
    own = _emptied(book, spot)
    own.put_columns(spot.first, spot.columns, [line.cells for line in lines])
    _format_numbers(own, spot, lines)
    linked = [first for first, _ in layout.spans].index(layout.link) + 1
    own.link(_links(spot, linked, lines, raw))
    own.heights(spot.first, [layout.height(line) for line in lines])
    status = _place(raw, "figures_status", spot) or (spot.header - 1, spot.columns[0])
    own.put(*status, [[_joined(figures.status(validation), remarks)]])
    own.hand.calculate()
    own.reveal(*status)
    return own.sheet


def show_preview(
    book: Book, raw: RawBook, report: Report, *, errors: int, written: Path | None = None, remarks: Sequence[str] = ()
) -> Sheet:
    """总结预览: title, paragraphs and their rows; with `written`, the status names the document and leads to it."""
    labels = _labels("preview", preview.PREVIEW_COLUMNS)
    spot = find_page(raw, "preview", labels) or new_preview(book, raw, labels)
    lines = preview.preview(report)
    own = _emptied(book, spot)
    own.put_columns(spot.first, spot.columns, [line.cells for line in lines])
    own.link(_links(spot, PreviewLayout.link, lines, raw))
    for row, line in enumerate(lines, spot.first):
        if line.emphasis:
            text, look = str(line.cells[0]), {"bold": True, "font_color": ACCENT}
            own.emphasise(row, spot.columns[0], text, line.emphasis, look)
    own.heights(spot.first, [_preview_height(line) for line in lines])
    _tell_preview(own, raw, spot, _joined(preview.status(report, errors), remarks), written)
    return own.sheet


def _unlisted(issues: Sequence[Issue], lines: Sequence[Line]) -> Iterator[str]:
    """How many there are in all, when not all have a line: the status may be a formula that counts lines."""
    if len(lines) < len(issues):
        yield phrase("live", "remarks", "more", counts=results.status(issues), shown=len(lines) - 1)


def _joined(status: str, remarks: Sequence[str]) -> str:
    return phrase("live", "remarks", "beside").join([status, *remarks])


def _labels(page: str, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(phrase("sheets", page, key) for key in columns)


def _emptied(book: Book, spot: Spot) -> OwnSheet:
    """The sheet, every filter lifted, what was written last time gone."""
    own = own_sheet(book, spot.sheet)
    own.hand.show_all()
    for columns in _neighbours(spot.columns):
        own.clear(Area(spot.first, columns[0], spot.last, columns[-1]))
    return own


def _neighbours(columns: Sequence[int]) -> Iterator[list[int]]:
    for _, run in groupby(enumerate(columns), key=lambda each: each[1] - each[0]):
        yield [column for _, column in run]


def _links(spot: Spot, column: int, lines: Sequence[Line], raw: RawBook) -> Iterator[Link]:
    """The links in one of the page's columns, counted from 1; none into a hidden sheet: it would lead to another."""
    hidden = {sheet.name for sheet in raw.sheets if sheet.state != "visible"}
    for row, line in enumerate(lines, spot.first):
        words = line.cells[column - 1]
        if line.link and line.link.sheet not in hidden and isinstance(words, str):
            yield Link(row, spot.columns[column - 1], words, line.link)


def _lines(cells: Sequence[object], widths: Sequence[float]) -> int:
    return max(lines_needed(str(words or ""), width) for words, width in zip(cells, widths, strict=True))


def _preview_height(line: Line) -> float:
    if line.kind == "title":
        return _TITLE_LINE
    shown = (PreviewLayout.text - 1, PreviewLayout.rows - 1)
    cells, widths = [line.cells[at] for at in shown], [PreviewLayout.widths[at] - 2 for at in shown]
    return row_height(_lines(cells, widths), _PREVIEW_LINE)


def _place(raw: RawBook, key: str, spot: Spot) -> tuple[int, int] | None:
    """Row and column that one of our names leads to, if it leads to the page's sheet."""
    sheet, row, column = raw.names.get(phrase("sheets", "names", key), ("", 0, 0))
    return (row, column) if sheet == spot.sheet else None


def _tell_results(own: OwnSheet, raw: RawBook, spot: Spot, status: str, when: str | None) -> None:
    """Status and time. The status of a ledger that we built is a formula, which follows the lines by itself."""
    row, column = _place(raw, "result_status", spot) or (spot.header - 1, spot.columns[0])
    time = _place(raw, "result_time", spot) or (spot.header - 1, spot.columns[-1])
    if not own.has_formula(row, column):
        own.put(row, column, [[status]])
    own.put(*time, [[when]])


def _name_results(own: OwnSheet, raw: RawBook, spot: Spot) -> None:
    """Lets the names that the colouring rules use lead to this page."""
    last = LAST_ROW + spot.header - HEADER_ROW
    for key, column in zip(("result_level", "result_sheet", "result_cell"), spot.columns, strict=False):
        name = phrase("sheets", "names", key)
        if raw.names.get(name) != (spot.sheet, spot.first, column):
            own.book.define(name, spot.sheet, Area(spot.first, column, last, column))
    time = phrase("sheets", "names", "result_time")
    if _place(raw, "result_time", spot) is None:
        row, column = spot.header - 1, spot.columns[-1]
        own.book.define(time, spot.sheet, Area(row, column, row, column))


def _stretch(own: OwnSheet, spot: Spot, count: int) -> None:
    """Lets the table reach down to the last line."""
    if spot.header + count <= ResultsLayout().last:
        return
    for table in own.sheet.tables:
        area = table.range
        if area.row == spot.header and area.last_cell.row < spot.header + count:
            table.resize(own.sheet.range((area.row, area.column), (spot.header + count, area.last_cell.column)))


def _format_numbers(own: OwnSheet, spot: Spot, lines: Sequence[Line]) -> None:
    """Rates as per cent, everything else as it is."""
    column, row = spot.columns[2], spot.first
    for code, run in groupby(line.number_format or "General" for line in lines):
        count = sum(1 for _ in run)
        own.hand.dress(Area(row, column, row + count - 1, column), {"num_format": code})
        row += count


def _tell_preview(own: OwnSheet, raw: RawBook, spot: Spot, status: str, written: Path | None) -> None:
    row, column = _place(raw, "preview_status", spot) or (spot.header - 1, spot.columns[0])
    cell = Area(row, column, row, column)
    words = phrase("live", "preview", "written", file=written.name) if written else status
    own.clear(cell)
    own.put(row, column, [[words]])
    if written:
        own.link([Link(row, column, words, written)])
        own.hand.dress(cell, LINKED)
    else:
        own.hand.dress(cell, {"font_color": DARK, "underline": 0})
