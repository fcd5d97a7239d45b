"""How is a sheet of ours changed in LibreOffice, by UNO, besides its values?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyxl.core.place import CellRef
from pyxl.excel.building.layout import quoted
from pyxl.excel.live.halving import Area
from pyxl.excel.live.hand import Link
from pyxl.excel.live.libreoffice.dressing import assign, cell_properties, character_properties, rule_all
from pyxl.excel.live.libreoffice.undoing import begin_step, end_stale_steps, end_step
from pyxl.excel.live.looks import LINKED, Look
from pyxl.excel.pages.line import Cell

if TYPE_CHECKING:
    from xlwings import Book, Sheet

__all__ = ["LibreOfficeBookHand", "LibreOfficeSheetHand"]

_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
_LONGEST_WORDS = 900  # characters that a text within a formula surely may have
_LITERAL = 255  # characters of a piece of it
_ESCAPE = re.compile("%(?=[0-9A-Fa-f]{2})")
_DIGIT, _PADDING = 8, 5  # pixels of a digit of our font, and beside the column's text
_MILLIMETRES = 2540  # hundredths of one in an inch
_PIXELS, _POINTS = 96, 72  # in an inch
_PAGE_STYLE = "pyxl"
_A4 = (29700, 21000)


class LibreOfficeBookHand:
    """A workbook open in LibreOffice."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._model: Any = book.api

    @property
    def structure_protected(self) -> bool:
        """Whether no sheet may be added."""
        return bool(self._model.isProtected())

    def add(self, name: str, after: str) -> Sheet:
        """See BookHand.

        In a step that ends at once: of one with many changes LibreOffice may forget the first ones.
        """
        within = end_step(self._model)
        begin_step(self._model)
        try:
            sheet = self._book.sheets.add(name, after=self._book.sheets[after])
        finally:
            end_step(self._model)
        if within:
            begin_step(self._model)
        self._hide_grid()
        return sheet

    def begin_step(self) -> None:
        """See BookHand."""
        end_stale_steps(self._model)
        begin_step(self._model)

    def end_step(self) -> None:
        """See BookHand."""
        end_step(self._model)

    def _hide_grid(self) -> None:
        """Of the new sheet in front, which has one. A property of the view would hide those of all sheets."""
        helper = self._book.impl.document.connection.service("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(self._model.CurrentController.Frame, ".uno:ToggleSheetGrid", "", 0, ())

    def define(self, name: str, sheet: str, area: Area) -> None:
        """See BookHand."""
        import uno

        names = self._model.NamedRanges
        content = f"${quoted(sheet)}.{area.absolute}"
        if names.hasByName(name):
            names.getByName(name).Content = content
        else:
            names.addNewByName(name, content, uno.createUnoStruct("com.sun.star.table.CellAddress"), 0)

    def sheet(self, sheet: Any) -> LibreOfficeSheetHand:
        """See BookHand."""
        return LibreOfficeSheetHand(sheet, self._model)


class LibreOfficeSheetHand:
    """A sheet open in LibreOffice.

    Of a workbook that was opened for reading only it refuses blocks of values and formulas, unless it is
    told otherwise: there results are shown for as long as it is open, as Excel shows them.
    """

    def __init__(self, sheet: Any, model: Any) -> None:
        self._sheet, self._model = sheet, model
        self._read_only = bool(model.isReadonly())

    @property
    def _api(self) -> Any:
        """LibreOffice's sheet, asked for anew each time: once it is deleted, it would stand for the one before it."""
        return self._sheet.api

    @property
    def protected(self) -> bool:
        """See SheetHand."""
        return bool(self._api.isProtected())

    def _range(self, area: Area) -> Any:
        return self._api.getCellRangeByPosition(area.left - 1, area.top - 1, area.right - 1, area.bottom - 1)

    def put(self, area: Area, rows: Sequence[Sequence[Cell]]) -> None:
        """See SheetHand."""
        cells = self._sheet.range((area.top, area.left), (area.bottom, area.right))
        self._let(lambda: setattr(cells, "raw_value", rows))

    def _let(self, write: Callable[[], None]) -> None:
        """Write, be it into a workbook that is open for reading only."""
        if not self._read_only:
            write()
            return
        before, self._model.IsChangeReadOnlyEnabled = self._model.IsChangeReadOnlyEnabled, True
        try:
            write()
        finally:
            self._model.IsChangeReadOnlyEnabled = before

    def show_all(self) -> None:
        """See SheetHand."""
        own = self._api.RangeAddress.Sheet
        tables = self._model.DatabaseRanges
        for name in tables.ElementNames:
            table = tables.getByName(name)
            if table.DataArea.Sheet == own:
                self._lift(table.ReferredCells)

    def _lift(self, cells: Any) -> None:
        """Lift the filter of a table; an empty one shows every row again."""
        cells.filter(cells.createFilterDescriptor(True))

    def clear(self, area: Area) -> None:
        """See SheetHand."""
        self._let(partial(self._range(area).clearContents, _CONTENTS))

    def link(self, links: Sequence[Link]) -> None:
        """See SheetHand. A formula for each; a link of its own in the text would take forty times as long."""
        for run in _runs(link for link in links if len(link.words) <= _LONGEST_WORDS):
            cells = self._range(Area(run[0].row, run[0].column, run[-1].row, run[0].column))
            self._let(partial(cells.setFormulaArray, tuple((_hyperlink(link),) for link in run)))
        if links:
            self.dress(Area(links[0].row, links[0].column, links[-1].row, links[0].column), LINKED)

    def dress(self, area: Area, look: Look) -> None:
        """See SheetHand."""
        cells = self._range(area)
        assign(cells, dict(cell_properties(look, self._model)))
        if "border" in look:
            rule_all(cells, look["border_color"])

    def emphasise(self, row: int, column: int, spans: Sequence[tuple[int, int]], look: Look) -> None:
        """See SheetHand."""
        text = self._api.getCellByPosition(column - 1, row - 1)
        cursor = text.createTextCursor()
        properties = dict(character_properties(look))
        for start, length in spans:
            cursor.gotoStart(False)
            cursor.goRight(start, False)
            cursor.goRight(length, True)
            assign(cursor, properties)

    def light(self, area: Area, formula: str, look: Look) -> None:
        """See SheetHand."""
        import uno

        cells = self._range(area)
        entries = cells.ConditionalFormat
        first = uno.createUnoStruct("com.sun.star.table.CellAddress")
        first.Sheet, first.Column, first.Row = self._api.RangeAddress.Sheet, area.left - 1, area.top - 1
        operator = uno.Enum("com.sun.star.sheet.ConditionOperator", "FORMULA")
        conditions = {
            "Operator": operator,
            "Formula1": formula.removeprefix("="),
            "SourcePosition": first,
            "StyleName": self._cell_style(look),
        }
        entries.addNew(_values(conditions))
        cells.ConditionalFormat = entries

    def _cell_style(self, look: Look) -> str:
        """The name of a cell style with this look, made when there is none yet."""
        name = "_".join([_PAGE_STYLE, *(f"{word}{value}" for word, value in sorted(look.items()))])
        family = self._model.StyleFamilies.getByName("CellStyles")
        if not family.hasByName(name):
            family.insertByName(name, self._model.createInstance("com.sun.star.style.CellStyle"))
            style = family.getByName(name)
            for key, value in cell_properties(look, self._model):
                style.setPropertyValue(key, value)
        return name

    def width(self, column: int, digits: float) -> None:
        """See SheetHand."""
        columns = self._range(Area(1, column, 1, column)).Columns
        if digits:
            columns.Width = round((digits * _DIGIT + _PADDING) * _MILLIMETRES / _PIXELS)
        columns.IsVisible = bool(digits)

    def height(self, first: int, last: int, points: float) -> None:
        """See SheetHand."""
        self._range(Area(first, 1, last, 1)).Rows.Height = round(points * _MILLIMETRES / _POINTS)

    def merge_across(self, areas: Sequence[Area]) -> None:
        """See SheetHand."""
        for area in areas:
            for row in range(area.top, area.bottom + 1):
                self._range(Area(row, area.left, row, area.right)).merge(True)

    def freeze(self, row: int) -> None:
        """See SheetHand."""
        self._sheet.freeze_panes.freeze_at(f"1:{row}")

    def reveal(self, row: int, column: int) -> None:
        """See SheetHand. Of a frozen sheet it is the lower pane that scrolls."""
        self._sheet.activate()
        controller = self._model.CurrentController
        controller.select(self._api.getCellByPosition(column - 1, row - 1))
        controller.getByIndex(controller.Count - 1).FirstVisibleRow = row - 1

    def set_up_page(self, header: int) -> None:
        """See SheetHand."""
        family = self._model.StyleFamilies.getByName("PageStyles")
        if not family.hasByName(_PAGE_STYLE):
            family.insertByName(_PAGE_STYLE, self._model.createInstance("com.sun.star.style.PageStyle"))
            style = family.getByName(_PAGE_STYLE)
            style.IsLandscape, (style.Width, style.Height) = True, _A4
            style.ScaleToPagesX, style.ScaleToPagesY = 1, 0
        self._api.PageStyle = _PAGE_STYLE
        self._api.setPrintTitleRows(True)
        self._api.setTitleRows(self._range(Area(header, 1, header, 1)).RangeAddress)

    def calculate(self) -> None:
        """See SheetHand. LibreOffice calculates all that waits, or nothing."""
        if not self._model.isAutomaticCalculationEnabled():
            self._model.calculate()


def _runs(links: Iterable[Link]) -> Iterator[list[Link]]:
    """Links that stand directly below each other."""
    run: list[Link] = []
    for link in links:
        if run and link.row != run[-1].row + 1:
            yield run
            run = []
        run.append(link)
    if run:
        yield run


def _hyperlink(link: Link) -> str:
    target = link.target
    place = _place(target) if isinstance(target, CellRef) else Path(target).as_uri()
    return f"=HYPERLINK({_literal(place)};{_literal(link.words)})"


def _place(target: CellRef) -> str:
    """Where a percent sign before two digits (of base 16) would be taken for another sign."""
    return f"#{_ESCAPE.sub('%25', quoted(target.sheet))}!{target.cell}"


def _literal(text: str) -> str:
    """In pieces: Excel calls a file damaged, be it LibreOffice that has saved it, in which one is longer."""
    pieces = [text[start : start + _LITERAL] for start in range(0, len(text), _LITERAL)]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _values(properties: dict[str, Any]) -> tuple[Any, ...]:
    import uno

    made = []
    for name, value in properties.items():
        entry = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        entry.Name, entry.Value = name, value
        made.append(entry)
    return tuple(made)
