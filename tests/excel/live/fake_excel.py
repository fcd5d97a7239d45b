# ruff: noqa: N802, N803 - Excel's own names
"""Excel's objects, as Microsoft describes them, over a dictionary of cells.

Excel cannot run where these tests do. What stands here is only what pyxl.excel.live asks of it, with the
traits that matter: a range answers None where its cells differ, a single cell's Value is no tuple, times
of day come as numbers, and a filter that stands hides rows from nobody but the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyxl.excel.live.halving import Area

__all__ = ["FakeBook", "FakeSheet"]

ADDRESS = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found


class Items(list):
    @property
    def Count(self) -> int:
        return len(self)

    def Item(self, index: int) -> Any:
        return self[index - 1]


class Named:
    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)


class FakeSheet:
    """One worksheet: values, formats and what is hidden or merged, by row and column."""

    def __init__(self, name: str, cells: dict[tuple[int, int], Any], application: Any = None) -> None:
        self.Name, self.cells, self.Application = name, cells, application
        self.formats: dict[tuple[int, int], str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[Area] = []
        self.Visible, self.ProtectContents, self.FilterMode = -1, False, False
        self.ListObjects, self.Hyperlinks = Items(), Links(self)
        self.objects = Items()
        self.asked: list[str] = []
        self.extent: Area | None = None  # formatted further than filled
        self.looks: dict[str, dict[str, Any]] = {}
        self.parts: dict[tuple[int, int, int, int], Any] = {}  # fonts of parts of a text

    def OLEObjects(self) -> Items:
        return self.objects

    @property
    def UsedRange(self) -> FakeRange:
        if self.extent:
            return FakeRange(self, self.extent)
        rows, columns = ([place[n] for place in self.cells] or [1] for n in (0, 1))
        return FakeRange(self, Area(min(rows), min(columns), max(rows), max(columns)))

    def Range(self, address: str) -> Any:
        self.asked.append(address)
        if re.fullmatch(r"\d+:\d+", address):
            return Lines(self.hidden_rows, *map(int, address.split(":")))
        if re.fullmatch(r"[A-Z]+:[A-Z]+", address):
            return Lines(self.hidden_columns, *map(number, address.split(":")))
        left, top, right, bottom = ADDRESS.fullmatch(address).groups()
        area = Area(int(top), number(left), int(bottom or top), number(right or left))
        return FakeRange(self, area)


class Lines:
    """Whole rows or columns."""

    def __init__(self, hidden: set[int], first: int, last: int) -> None:
        self.lines = range(first, last + 1)
        self._hidden = hidden

    @property
    def Hidden(self) -> bool | None:
        found = {line in self._hidden for line in self.lines}
        return found.pop() if len(found) == 1 else None


class FakeRange:
    def __init__(self, sheet: FakeSheet, area: Area) -> None:
        self.sheet, self.area = sheet, area
        self.Row, self.Column = area.top, area.left
        self.Rows = Named(Count=area.bottom - area.top + 1)
        self.Columns = Named(Count=area.right - area.left + 1)

    def places(self) -> Iterator[tuple[int, int]]:
        rows = range(self.area.top, self.area.bottom + 1)
        return ((row, column) for row in rows for column in range(self.area.left, self.area.right + 1))

    @property
    def Value(self) -> Any:
        rows = [
            tuple(self.sheet.cells.get((row, column)) for column in range(self.area.left, self.area.right + 1))
            for row in range(self.area.top, self.area.bottom + 1)
        ]
        return rows[0][0] if self.area.is_cell else tuple(rows)

    @Value.setter
    def Value(self, rows: Any) -> None:
        lines = [[rows]] if self.area.is_cell and not isinstance(rows, list | tuple) else rows
        for (row, column), value in zip(self.places(), (cell for line in lines for cell in line), strict=True):
            self.sheet.cells[row, column] = value.removeprefix("'") if isinstance(value, str) else value

    @property
    def Characters(self) -> Any:
        """Without its arguments, which are all optional: pywin32 gives the object, and that takes none."""
        return Named(Font=Named())

    def GetCharacters(self, start: int, length: int) -> Any:
        """What pywin32 makes of the same property for those who have arguments."""
        return Named(Font=self.sheet.parts.setdefault((self.Row, self.Column, start, length), Named()))

    @property
    def NumberFormat(self) -> str | None:
        found = {self.sheet.formats.get(place, "General") for place in self.places()}
        return found.pop() if len(found) == 1 else None

    @property
    def MergeCells(self) -> bool | None:
        inside = [any(block.holds(Area(*place, *place)) for block in self.sheet.merged) for place in self.places()]
        return inside[0] if len(set(inside)) == 1 else None

    @property
    def MergeArea(self) -> FakeRange:
        own = Area(self.area.top, self.area.left, self.area.top, self.area.left)
        return FakeRange(self.sheet, next(block for block in self.sheet.merged if block.holds(own)))

    def ClearContents(self) -> None:
        for place in self.places():
            self.sheet.cells.pop(place, None)

    def ClearHyperlinks(self) -> None:
        self.sheet.Hyperlinks.made = [link for link in self.sheet.Hyperlinks.made if link[0] not in self.places()]


class Links:
    def __init__(self, sheet: FakeSheet) -> None:
        self.sheet, self.made = sheet, []

    def Add(self, Anchor: FakeRange, Address: str, SubAddress: str = "") -> None:
        self.made.append(((Anchor.Row, Anchor.Column), Address, SubAddress))


class FakeBook:
    """One workbook, with as much of xlwings around it as the readers use."""

    def __init__(self, *sheets: FakeSheet, path: str = "C:\\台账", **attributes: Any) -> None:
        mark = "/" if "://" in path else "\\"
        counted = Named(CountA=lambda cells: sum(cells.sheet.cells.get(place) is not None for place in cells.places()))
        application = Named(WorksheetFunction=counted, Calculation=-4105, CalculationState=0)
        for sheet in sheets:
            sheet.Application = application
        self.api = Named(
            Name="台账.xlsx", Path=path, FullName=f"{path}{mark}台账.xlsx", Names=[], Worksheets=list(sheets), Connections=Named(Count=0),
            Date1904=False, ReadOnly=False, HasVBProject=False, ProtectStructure=False, Application=application,
            LinkSources=lambda _: None,
        )  # fmt: skip
        self.api.__dict__.update(attributes)
        self.name = "台账.xlsx"
        self.app = Named(engine=Named(name="excel"))
        self.sheets = [FakeXlwingsSheet(sheet) for sheet in sheets]


class FakeXlwingsSheet:
    def __init__(self, api: FakeSheet) -> None:
        self.api, self.name = api, api.Name

    def range(self, first: tuple[int, int], last: tuple[int, int] | None = None) -> Any:
        cells = FakeRange(self.api, Area(*first, *(last or first)))
        return Named(raw_value=cells.Value)
