"""How is a sheet of ours changed in LibreOffice, by UNO, besides its values?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyxl.core.place import CellRef, column_letters
from pyxl.excel.building.layout import quoted
from pyxl.excel.live.halving import Area
from pyxl.excel.live.hand import Link
from pyxl.excel.live.looks import LINKED, Look
from pyxl.excel.pages.line import Cell

if TYPE_CHECKING:
    from xlwings import Book

__all__ = ["LibreOfficeBookHand", "LibreOfficeSheetHand"]

_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
_LONGEST_WORDS = 900  # characters that a text within a formula surely may have
_DIGIT, _PADDING = 8, 5  # pixels of a digit of our font, and beside the column's text
_MILLIMETRES = 2540  # hundredths of one in an inch
_PIXELS, _POINTS = 96, 72  # in an inch
_INDENT = 353  # hundredths of a millimetre: ten points
_THIN = 26
_BOLD, _NORMAL = 150.0, 100.0
_SIDES = {"left": "LeftBorder2", "top": "TopBorder2", "bottom": "BottomBorder2", "right": "RightBorder2"}
_VERTICAL = {"top": 1, "vcenter": 2, "bottom": 3}  # com.sun.star.table.CellVertJustify2
_PAGE_STYLE = "pyxl"
_A4 = (29700, 21000)


class LibreOfficeBookHand:
    """A workbook open in LibreOffice."""

    def __init__(self, book: Book) -> None:
        self._model: Any = book.api

    @property
    def structure_protected(self) -> bool:
        """Whether no sheet may be added."""
        return bool(self._model.isProtected())

    def define(self, name: str, sheet: str, area: Area) -> None:
        """See BookHand."""
        import uno

        names = self._model.NamedRanges
        content = f"${quoted(sheet)}.{_absolute(area)}"
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
        self._model.IsChangeReadOnlyEnabled = True
        try:
            write()
        finally:
            self._model.IsChangeReadOnlyEnabled = False

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
        self._range(area).clearContents(_CONTENTS)

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
        _set(cells, dict(_cell_properties(look, self._model)))
        if "border" in look:
            _rule_all(cells, look["border_color"])

    def emphasise(self, row: int, column: int, spans: Sequence[tuple[int, int]], look: Look) -> None:
        """See SheetHand."""
        text = self._api.getCellByPosition(column - 1, row - 1)
        cursor = text.createTextCursor()
        properties = dict(_character_properties(look))
        for start, length in spans:
            cursor.gotoStart(False)
            cursor.goRight(start, False)
            cursor.goRight(length, True)
            _set(cursor, properties)

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
            for key, value in _cell_properties(look, self._model):
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
        self._model.CurrentController.ShowGrid = False

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


def _absolute(area: Area) -> str:
    first = f"${column_letters(area.left)}${area.top}"
    return first if area.is_cell else f"{first}:${column_letters(area.right)}${area.bottom}"


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
    place = f"#{quoted(target.sheet)}!{target.cell}" if isinstance(target, CellRef) else Path(target).as_uri()
    return f"=HYPERLINK({_literal(place)};{_literal(link.words)})"


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _colour(colour: str) -> int:
    return int(colour.lstrip("#"), 16)


def _character_properties(look: Look) -> Iterator[tuple[str, Any]]:
    """What the look says of characters, for Western, Asian and complex scripts alike where that is told apart."""
    for key, name in (("font_name", "CharFontName"), ("font_size", "CharHeight")):
        if key in look:
            yield from ((f"{name}{script}", look[key]) for script in ("", "Asian", "Complex"))
    if "bold" in look:
        weight = _BOLD if look["bold"] else _NORMAL
        yield from ((f"CharWeight{script}", weight) for script in ("", "Asian", "Complex"))
    if "font_color" in look:
        yield "CharColor", _colour(look["font_color"])
    if "underline" in look:
        yield "CharUnderline", int(bool(look["underline"]))


def _cell_properties(look: Look, model: Any) -> Iterator[tuple[str, Any]]:
    import uno

    yield from _character_properties(look)
    if "bg_color" in look:
        yield "CellBackColor", _colour(look["bg_color"])
    if "align" in look:
        yield "HoriJustify", uno.Enum("com.sun.star.table.CellHoriJustify", look["align"].upper())
    if "valign" in look:
        yield "VertJustify", _VERTICAL[look["valign"]]
    if "text_wrap" in look:
        yield "IsTextWrapped", bool(look["text_wrap"])
    if look.get("indent"):
        yield "ParaIndent", look["indent"] * _INDENT
        if "align" not in look:  # only what is aligned can be indented
            yield "HoriJustify", uno.Enum("com.sun.star.table.CellHoriJustify", "LEFT")
    if "num_format" in look:
        yield "NumberFormat", _format_key(look["num_format"], model)
    for side, name in _SIDES.items():
        if side in look:
            yield name, _line(look[f"{side}_color"])


def _format_key(code: str, model: Any) -> int:
    import uno

    formats, english = model.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
    key: int = formats.queryKey(code, english, False)
    return formats.addNew(code, english) if key < 0 else key


def _line(colour: str) -> Any:
    import uno

    line = uno.createUnoStruct("com.sun.star.table.BorderLine2")
    line.Color, line.LineWidth, line.OuterLineWidth = _colour(colour), _THIN, _THIN
    return line


def _rule_all(cells: Any, colour: str) -> None:
    """A thin line around every cell."""
    border = cells.TableBorder2
    for side in ("Top", "Bottom", "Left", "Right", "Horizontal", "Vertical"):
        setattr(border, f"{side}Line", _line(colour))
        setattr(border, f"Is{side}LineValid", True)
    cells.TableBorder2 = border


def _set(target: Any, properties: dict[str, Any]) -> None:
    """Several properties in one call; UNO wants their names in order."""
    names = tuple(sorted(properties))
    if names:
        target.setPropertyValues(names, tuple(properties[name] for name in names))


def _values(properties: dict[str, Any]) -> tuple[Any, ...]:
    import uno

    made = []
    for name, value in properties.items():
        entry = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        entry.Name, entry.Value = name, value
        made.append(entry)
    return tuple(made)
