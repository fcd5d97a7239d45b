"""What does Excel say of a workbook, by COM?

Written from Microsoft's description of Excel's objects; no machine that this was built on has Excel.
Every question is a call into another process, so whole ranges are asked: where an answer differs
within a range, Excel says Null (None), and halving.py asks further.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyxl.core.place import column_letters
from pyxl.errors import HostError
from pyxl.excel.live.halving import Area, last_filled, stretches, touched
from pyxl.excel.live.references import first_cell, is_built_in

if TYPE_CHECKING:
    from xlwings import Book

    from pyxl.excel.live.host import Names

__all__ = ["ExcelBook", "ExcelSheet"]

_STATES = {-1: "visible", 0: "hidden", 2: "veryHidden"}  # XlSheetVisibility
_EXCEL_LINKS = 1  # XlLink.xlExcelLinks
_EMBEDDED = 1  # XlOLEType.xlOLEEmbed
_MANUAL, _DONE = -4135, 0  # XlCalculation.xlCalculationManual, XlCalculationState.xlDone
_MANY = 100_000  # cells that are worth finding out how many of them are filled
_ROWS, _COLUMNS = 1_048_576, 16_384


class ExcelBook:
    """A workbook open in Excel."""

    numbers_may_be_times = True  # Range.Value gives dates as dates, but times of day as numbers

    def __init__(self, book: Book) -> None:
        self._book = book
        self._api: Any = book.api

    @property
    def date1904(self) -> bool:
        """Whether the workbook counts days from 1904."""
        return bool(self._api.Date1904)

    def file(self) -> Path | None:
        """See BookView. Of a book in OneDrive Excel tells a web address; xlwings knows the folder that is kept alike.

        Not by Book.fullname, which lets a sheet of the workbook, wherever that comes from, name the folder.
        """
        from xlwings import XlwingsError
        from xlwings.utils import fullname_url_to_local_path

        if not self._api.Path:
            return None
        address = str(self._api.FullName)
        try:
            path = Path(fullname_url_to_local_path(address) if "://" in address else address)
        except XlwingsError:
            raise HostError("book_in_cloud", book=self._book.name) from None
        if not path.is_absolute():
            raise HostError("book_in_cloud", book=self._book.name)
        return path

    def names(self) -> Names:
        """See BookView."""
        found: Names = {}
        local: Names = {}
        for entry in self._api.Names:
            owner, _, name = str(entry.Name).rpartition("!")
            if is_built_in(name):
                continue
            place = first_cell(str(entry.RefersTo))
            if place:
                (local if owner else found).setdefault(name, place)
        return {**local, **found}

    def notes(self) -> list[str]:
        """See BookView."""
        book = self._api
        told = [
            ("has_macros", bool(book.HasVBProject)),
            ("external_links", book.LinkSources(_EXCEL_LINKS) is not None),
            ("connections", book.Connections.Count > 0),
            ("embedded_objects", any(_embeds(sheet) for sheet in book.Worksheets)),
            ("read_only", bool(book.ReadOnly)),
            ("not_calculated", self._waits_for_calculation()),
        ]
        return [key for key, holds in told if holds]

    def _waits_for_calculation(self) -> bool:
        app = self._api.Application
        return bool(app.Calculation == _MANUAL and app.CalculationState != _DONE)

    def sheet(self, sheet: Any) -> ExcelSheet:
        """See BookView."""
        return ExcelSheet(sheet.api)


def _embeds(sheet: Any) -> bool:
    objects = sheet.OLEObjects()
    return any(objects.Item(number).OLEType == _EMBEDDED for number in range(1, objects.Count + 1))


class ExcelSheet:
    """A worksheet open in Excel."""

    def __init__(self, api: Any) -> None:
        self._api = api

    @property
    def state(self) -> str:
        """See SheetView."""
        return _STATES.get(self._api.Visible, "visible")

    def _range(self, area: Area) -> Any:
        first = f"{column_letters(area.left)}{area.top}"
        return self._api.Range(f"{first}:{column_letters(area.right)}{area.bottom}")

    def _used(self) -> Area:
        used = self._api.UsedRange
        top, left = used.Row, used.Column
        return Area(1, 1, top + used.Rows.Count - 1, left + used.Columns.Count - 1)

    def _is_filled(self, area: Area) -> bool:
        return bool(self._api.Application.WorksheetFunction.CountA(self._range(area)))

    def extent(self, reach: Area) -> Area | None:
        """See SheetView."""
        used = self._used()
        area = Area(1, 1, min(used.bottom, reach.bottom), min(used.right, reach.right))
        if area.size > _MANY:  # formatted far down; what is filled may be little
            bottom = last_filled(1, area.bottom, lambda first, last: self._is_filled(Area(first, 1, last, area.right)))
            right = last_filled(1, area.right, lambda first, last: self._is_filled(Area(1, first, bottom or 1, last)))
            area = Area(1, 1, bottom, right)
        return area if area.bottom and area.right else None

    def far(self, reach: Area, most: int) -> list[tuple[int, int]]:
        """See SheetView."""
        used = self._used()
        beyond = []
        if used.right > reach.right:
            beyond.append(Area(1, reach.right + 1, min(used.bottom, reach.bottom), used.right))
        if used.bottom > reach.bottom:
            beyond.append(Area(reach.bottom + 1, 1, used.bottom, used.right))
        cells = (cell for area in beyond for cell in touched(area, self._is_filled, lambda cell: cell))
        shown = ((cell.top, cell.left) for cell in cells if self._range(cell).Value not in (None, ""))
        return sorted(islice(shown, most))

    def hidden(self, reach: Area) -> tuple[frozenset[int], frozenset[int]]:
        """See SheetView."""
        rows = _hidden(reach.bottom, lambda first, last: self._api.Range(f"{first}:{last}"))
        columns = _hidden(
            reach.right, lambda first, last: self._api.Range(f"{column_letters(first)}:{column_letters(last)}")
        )
        return rows, columns

    def merges(self, reach: Area) -> list[Area]:
        """See SheetView."""
        used = self._used()
        area = Area(1, 1, min(used.bottom, reach.bottom), min(used.right, reach.right))

        def any_merged(part: Area) -> bool:
            return self._range(part).MergeCells is not False

        return list(touched(area, any_merged, self._merged_around))

    def _merged_around(self, cell: Area) -> Area:
        merged = self._range(cell).MergeArea
        top, left = merged.Row, merged.Column
        return Area(top, left, top + merged.Rows.Count - 1, left + merged.Columns.Count - 1)

    def formats(self, column: int, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """See SheetView."""

        def ask(start: int, end: int) -> str | None:
            code: str | None = self._range(Area(start, column, end, column)).NumberFormat
            return code

        return stretches(first, last, ask)


def _hidden(last: int, lines: Any) -> frozenset[int]:
    """The hidden ones of the rows or columns 1 to `last`."""

    def ask(first: int, end: int) -> bool | None:
        hidden: bool | None = lines(first, end).Hidden
        return hidden

    found = stretches(1, last, ask)
    return frozenset(number for first, end, hidden in found if hidden for number in range(first, end + 1))
