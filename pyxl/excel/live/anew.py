"""How is a page made anew in an open workbook that has lost it, or never had it?

An older ledger, a deleted or renamed sheet: the results still get their place, looking much like the
one that is built in. What cannot be made anew are the live formulas of 半年汇总.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyxl.catalogue.model import Severity
from pyxl.core.place import column_letters
from pyxl.excel.building.layout import sheet_name
from pyxl.excel.building.styles import ACCENT, DARK, FAINT, QUIET, RULE
from pyxl.excel.live.halving import Area
from pyxl.excel.live.looks import Look, look, styles
from pyxl.excel.live.own import Spot
from pyxl.excel.live.writing import OwnSheet, add_sheet, own_sheet
from pyxl.excel.pages.layout import FiguresLayout, PreviewLayout, ResultsLayout
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlwings import Book

    from pyxl.excel.grid import RawBook

__all__ = ["new_figures", "new_preview", "new_results"]

_BAND, _LINE, _STATUS = 30.0, 34.0, 26.0  # heights in points
_GAP = 6 * " "  # between a sheet's title and what it is for
_ORDER = ("cover", "wording", "summary", "preview")  # what stands before; see layout.sheet_names


def new_results(book: Book, raw: RawBook, labels: Sequence[str]) -> Spot:
    """校验结果: band, status, header; levels coloured as the cells they name."""
    layout = ResultsLayout()
    own = _sheet(book, raw, "results")
    _band(own, "results", layout.widths)
    body = Area(layout.first, 1, layout.last, layout.columns)
    own.hand.dress(body, look(styles().cell(text_wrap=True, indent=1)))
    for column in (layout.level, layout.link):
        own.hand.dress(body._replace(left=column, right=column), {"align": "center"})
    first = f"${column_letters(layout.level)}{layout.first}"
    for level in (Severity.ERROR, Severity.WARNING, Severity.HINT):
        word = phrase("sheets", "severity", level)
        own.hand.light(body._replace(right=1), f'={first}="{word}"', _bare(look(styles().light(level))))
    own.hand.dress(Area(layout.status_row, 1, layout.status_row, 1), {"bold": True, "font_size": 11, "indent": 1})
    when = {"font_size": 9.5, "font_color": QUIET, "align": "right"}
    own.hand.dress(Area(layout.status_row, layout.columns, layout.status_row, layout.columns), when)
    return _finished(own, layout.header, tuple(range(1, layout.columns + 1)), labels)


def new_preview(book: Book, raw: RawBook, labels: Sequence[str]) -> Spot:
    """总结预览: band, status, header; headings set off by the hidden column."""
    layout = PreviewLayout()
    own = _sheet(book, raw, "preview")
    _band(own, "preview", layout.widths[:-1])
    own.hand.width(layout.kind, 0)
    body = Area(layout.first, 1, layout.last, 1)
    text = {"valign": "vcenter", "text_wrap": True, "indent": 1, "right": 1, "right_color": FAINT}
    own.hand.dress(body, look(styles()(**text)))
    own.hand.dress(body._replace(bottom=layout.first), {"bold": True, "font_size": 16, "align": "center"})
    rows = {"valign": "vcenter", "text_wrap": True, "font_size": 9.5, "font_color": QUIET}
    own.hand.dress(body._replace(left=layout.rows, right=layout.rows), look(styles()(**rows, indent=1)))
    own.hand.dress(body._replace(left=layout.link, right=layout.link), look(styles()(**rows, align="center")))
    kind = f"${column_letters(layout.kind)}{layout.first}"
    headings: dict[str, Look] = {"heading1": {"bold": True, "font_color": ACCENT}, "heading2": {"bold": True}}
    for level, properties in headings.items():
        own.hand.light(body, f'={kind}="{level}"', properties)
    own.hand.dress(Area(layout.status_row, 1, layout.status_row, 1), {"font_size": 10, "font_color": DARK, "indent": 1})
    return _finished(own, layout.header, tuple(range(1, layout.columns + 1)), labels)


def new_figures(book: Book, raw: RawBook, labels: Sequence[str], layout: FiguresLayout) -> Spot:
    """The table of 半年汇总, below everything that is there."""
    own = _sheet(book, raw, "summary")
    sheet = raw.sheet(layout.name)
    used = len(sheet.rows) if sheet else 0
    if used:
        top = layout.title if used < layout.title else used + 2
    else:
        top = 3
        _band(own, "summary", layout.summary.widths)
    header, count = top + 2, layout.last - layout.header
    spans = [Area(header, first, header + count, last) for first, last in layout.spans]
    own.hand.merge_across([span for span in spans if span.left < span.right])
    whole = Area(header + 1, 1, header + count, layout.spans[-1][1])
    lines = {"valign": "vcenter", "text_wrap": True, "bottom": 1, "bottom_color": RULE}
    own.hand.dress(whole, look(styles()(**lines)))
    for first, _ in layout.spans:
        if first != layout.value:
            own.hand.dress(whole._replace(left=first, right=first), {"indent": 1})
    own.put(top, 1, [[phrase("sheets", "figures", "title")]])
    own.hand.dress(Area(top, 1, top, 1), {"bold": True, "font_size": 12, "font_color": ACCENT, "indent": 1})
    own.hand.dress(Area(top + 1, 1, top + 1, 1), {"font_size": 9.5, "font_color": QUIET, "indent": 1})
    own.put_columns(header, [first for first, _ in layout.spans], [labels])
    own.hand.dress(whole._replace(top=header, bottom=header), look(styles().header))
    own.heights(top, [_STATUS, _STATUS - 6, _STATUS])
    if not used:
        own.hand.freeze(header)
        own.hand.set_up_page(header)
    return Spot(layout.name, header, tuple(first for first, _ in layout.spans), header)


def _sheet(book: Book, raw: RawBook, key: str) -> OwnSheet:
    """The sheet of ours that is there but blank, or a new one at its place."""
    name = sheet_name(key)
    if raw.sheet(name) is not None:
        return own_sheet(book, name)
    before = [sheet_name(each) for each in _ORDER[: _ORDER.index(key) if key in _ORDER else None]]
    return OwnSheet(add_sheet(book, name, before), book)


def _band(own: OwnSheet, key: str, widths: Sequence[float]) -> None:
    """Row 1: the sheet's name and what it is for."""
    for column, width in enumerate(widths, 1):
        own.hand.width(column, width)
    title = sheet_name(key)
    words = f"{title}{_GAP}{phrase('sheets', 'band', key)}"
    whole = Area(1, 1, 1, len(widths))
    own.hand.dress(whole, look(styles().band))
    own.put(1, 1, [[words]])
    own.emphasise(1, 1, words, [(len(title), len(words) - len(title))], {"bold": False, "font_size": 10})
    own.heights(1, [_BAND, _STATUS, _STATUS])


def _finished(own: OwnSheet, header: int, columns: tuple[int, ...], labels: Sequence[str]) -> Spot:
    own.put_columns(header, columns, [labels])
    own.hand.dress(Area(header, columns[0], header, columns[-1]), look(styles().header))
    own.hand.freeze(header)
    own.hand.set_up_page(header)
    return Spot(own.sheet.name, header, columns, header)


def _bare(words: Look) -> Look:
    """A look without the font's name and size, which no rule may change."""
    return {key: value for key, value in words.items() if key not in ("font_name", "font_size")}
