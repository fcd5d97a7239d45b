"""How is a sheet of ours changed in Excel, by COM, besides its values?

Written from Microsoft's description of Excel's objects; no machine that this was built on has Excel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyxl.excel.building.layout import quoted
from pyxl.excel.live.halving import Area
from pyxl.excel.live.hand import Link
from pyxl.excel.live.looks import LINKED, Look
from pyxl.excel.pages.line import Cell

if TYPE_CHECKING:
    from xlwings import Book, Sheet

__all__ = ["ExcelBookHand", "ExcelSheetHand"]

_MOST_LINKS = 1000  # each takes some milliseconds; nobody clicks through more
_HORIZONTAL = {"left": -4131, "center": -4108, "right": -4152}  # XlHAlign
_VERTICAL = {"top": -4160, "vcenter": -4108, "bottom": -4107}  # XlVAlign
_UNDERLINED, _NOT_UNDERLINED = 2, -4142  # XlUnderlineStyle
_SIDES = {"left": 7, "top": 8, "bottom": 9, "right": 10}  # XlBordersIndex
_CONTINUOUS, _THIN = 1, 2  # XlLineStyle, XlBorderWeight
_EXPRESSION = 2  # XlFormatConditionType
_A4, _LANDSCAPE = 9, 2  # XlPaperSize, XlPageOrientation
_MANUAL = -4135  # XlCalculation


class ExcelBookHand:
    """A workbook open in Excel."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._api: Any = book.api

    @property
    def structure_protected(self) -> bool:
        """Whether no sheet may be added."""
        return bool(self._api.ProtectStructure)

    def begin_step(self) -> None:
        """See BookHand. Excel empties its list at every change from outside."""

    def end_step(self) -> None:
        """See BookHand."""

    def add(self, name: str, after: str) -> Sheet:
        """See BookHand."""
        sheet = self._book.sheets.add(name, after=self._book.sheets[after])
        self._api.Application.ActiveWindow.DisplayGridlines = False
        return sheet

    def define(self, name: str, sheet: str, area: Area) -> None:
        """See BookHand."""
        self._api.Names.Add(Name=name, RefersTo=f"={quoted(sheet)}!{area.absolute}")

    def sheet(self, sheet: Any) -> ExcelSheetHand:
        """See BookHand."""
        return ExcelSheetHand(sheet)


class ExcelSheetHand:
    """A worksheet open in Excel."""

    def __init__(self, sheet: Any) -> None:
        self._sheet, self._api = sheet, sheet.api

    @property
    def protected(self) -> bool:
        """See SheetHand."""
        return bool(self._api.ProtectContents)

    def _range(self, area: Area) -> Any:
        return self._api.Range(area.absolute)

    def put(self, area: Area, rows: Sequence[Sequence[Cell]]) -> None:
        """See SheetHand."""
        self._sheet.range((area.top, area.left), (area.bottom, area.right)).raw_value = rows

    def show_all(self) -> None:
        """See SheetHand."""
        tables = self._api.ListObjects
        for number in range(1, tables.Count + 1):
            table = tables.Item(number)
            if table.ShowAutoFilter and table.AutoFilter.FilterMode:
                table.AutoFilter.ShowAllData()
        if self._api.FilterMode:
            self._api.ShowAllData()

    def clear(self, area: Area) -> None:
        """See SheetHand."""
        cells = self._range(area)
        cells.ClearContents()
        cells.ClearHyperlinks()

    def link(self, links: Sequence[Link]) -> None:
        """See SheetHand."""
        links = links[:_MOST_LINKS]
        for link in links:
            anchor = self._range(Area(link.row, link.column, link.row, link.column))
            if isinstance(link.target, Path):
                self._api.Hyperlinks.Add(Anchor=anchor, Address=str(link.target))
            else:
                place = f"{quoted(link.target.sheet)}!{link.target.cell}"
                self._api.Hyperlinks.Add(Anchor=anchor, Address="", SubAddress=place)
        if links:  # the links have brought the look of their own
            column = links[0].column
            self.dress(Area(links[0].row, column, links[-1].row, column), LINKED)

    def dress(self, area: Area, look: Look) -> None:
        """See SheetHand."""
        cells = self._range(area)
        _dress_font(cells.Font, look)
        setters: dict[str, Callable[[Any], None]] = {
            "bg_color": lambda colour: setattr(cells.Interior, "Color", _colour(colour)),
            "align": lambda side: setattr(cells, "HorizontalAlignment", _HORIZONTAL[side]),
            "valign": lambda side: setattr(cells, "VerticalAlignment", _VERTICAL[side]),
            "text_wrap": lambda wraps: setattr(cells, "WrapText", bool(wraps)),
            "indent": lambda level: setattr(cells, "IndentLevel", level),
            "num_format": lambda code: setattr(cells, "NumberFormat", code),
            "border": lambda _: _rule(cells.Borders, look["border_color"]),
        }
        for word, setter in setters.items():
            if word in look:
                setter(look[word])
        for side, index in _SIDES.items():
            if side in look:
                _rule(cells.Borders(index), look[f"{side}_color"])

    def emphasise(self, row: int, column: int, spans: Sequence[tuple[int, int]], look: Look) -> None:
        """See SheetHand. Characters takes arguments, and as all of them are optional, pywin32 calls it GetCharacters."""
        cell = self._range(Area(row, column, row, column))
        for start, length in spans:
            _dress_font(cell.GetCharacters(start + 1, length).Font, look)

    def light(self, area: Area, formula: str, look: Look) -> None:
        """See SheetHand. Excel reads the formula as seen from the active cell."""
        cells = self._range(area)
        self._api.Activate()
        cells.Cells(1, 1).Select()
        rule = cells.FormatConditions.Add(Type=_EXPRESSION, Formula1=formula)
        _dress_font(rule.Font, look)
        if "bg_color" in look:
            rule.Interior.Color = _colour(look["bg_color"])

    def width(self, column: int, digits: float) -> None:
        """See SheetHand."""
        self._api.Columns(column).ColumnWidth = digits

    def height(self, first: int, last: int, points: float) -> None:
        """See SheetHand."""
        self._api.Range(f"{first}:{last}").RowHeight = points

    def merge_across(self, areas: Sequence[Area]) -> None:
        """See SheetHand."""
        for area in areas:
            self._range(area).Merge(True)

    def freeze(self, row: int) -> None:
        """See SheetHand."""
        self._api.Activate()
        window = self._api.Application.ActiveWindow
        window.FreezePanes = False
        window.ScrollRow = window.ScrollColumn = 1
        window.SplitColumn, window.SplitRow = 0, row
        window.FreezePanes = True

    def reveal(self, row: int, column: int) -> None:
        """See SheetHand."""
        cell = self._range(Area(row, column, row, column))
        self._api.Application.Goto(Reference=cell, Scroll=True)

    def set_up_page(self, header: int) -> None:
        """See SheetHand. Without a printer Excel knows of no pages, and the sheet does without."""
        from pywintypes import com_error

        page = self._api.PageSetup
        try:
            page.PaperSize, page.Orientation = _A4, _LANDSCAPE
            page.Zoom, page.FitToPagesWide, page.FitToPagesTall = False, 1, False
            page.PrintTitleRows = f"${header}:${header}"
        except com_error:
            return

    def calculate(self) -> None:
        """See SheetHand."""
        if self._api.Application.Calculation == _MANUAL:
            self._api.Calculate()


def _colour(colour: str) -> int:
    """#8C1D18 as Excel counts colours: blue, green, red."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return blue << 16 | green << 8 | red


def _dress_font(font: Any, look: Look) -> None:
    if "font_name" in look:
        font.Name = look["font_name"]
    if "font_size" in look:
        font.Size = look["font_size"]
    if "bold" in look:
        font.Bold = bool(look["bold"])
    if "font_color" in look:
        font.Color = _colour(look["font_color"])
    if "underline" in look:
        font.Underline = _UNDERLINED if look["underline"] else _NOT_UNDERLINED


def _rule(borders: Any, colour: str) -> None:
    borders.LineStyle, borders.Weight, borders.Color = _CONTINUOUS, _THIN, _colour(colour)
