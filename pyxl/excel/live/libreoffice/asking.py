"""What does LibreOffice say of a workbook, by UNO?

A cursor that is asked after its sheet or its workbook has gone ends LibreOffice, and with it all that is
open there; a range says that it is gone. So a cursor lives for a single question, and only where no range answers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyxl.errors import HostError
from pyxl.excel.live.halving import Area, stretches, touched
from pyxl.excel.live.references import first_cell, is_built_in

if TYPE_CHECKING:
    from xlwings import Book

    from pyxl.excel.live.host import Names

__all__ = ["LibreOfficeBook", "LibreOfficeSheet"]

_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
_MANY = 100_000  # cells that are worth finding out which of them are filled
_MACROS = "VBAProject"


class LibreOfficeBook:
    """A workbook open in LibreOffice."""

    numbers_may_be_times = False  # our engine hands over days and times as such

    def __init__(self, book: Book) -> None:
        self._book = book
        self._model: Any = book.api
        self._codes: dict[int, str] = {}
        self._seen: list[Any] = []  # sheets that came over the bridge already

    @property
    def date1904(self) -> bool:
        """Whether the workbook counts days from 1904."""
        return bool(self._model.NullDate.Year == 1904)

    def file(self) -> Path | None:
        """See BookView."""
        address = str(self._model.URL)
        if not address:
            return None
        if not address.startswith("file:"):
            raise HostError("book_in_cloud", book=self._book.name)
        return Path(self._book.fullname)

    def names(self) -> Names:
        """See BookView."""
        found = _names(self._model.NamedRanges)
        for sheet in self._seen:
            found = {**_names(sheet.NamedRanges), **found}
        return found

    def notes(self) -> list[str]:
        """See BookView."""
        model = self._model
        told = [
            ("has_macros", model.BasicLibraries.hasByName(_MACROS)),
            ("external_links", bool(model.ExternalDocLinks.ElementNames)),
            ("read_only", bool(model.isReadonly())),
            ("not_calculated", not model.isAutomaticCalculationEnabled()),
        ]
        return [key for key, holds in told if holds]

    def sheet(self, sheet: Any) -> LibreOfficeSheet:
        """See BookView."""
        api = sheet.api
        self._seen.append(api)
        return LibreOfficeSheet(api, self)

    def format_code(self, key: int) -> str:
        """The number format of that key."""
        if key not in self._codes:
            self._codes[key] = self._formats.getByKey(key).FormatString
        return self._codes[key]

    @cached_property
    def _formats(self) -> Any:
        return self._model.NumberFormats


def _names(ranges: Any) -> Names:
    own = (name for name in ranges.ElementNames if not is_built_in(name))
    found = ((name, first_cell(ranges.getByName(name).Content)) for name in own)
    return {name: place for name, place in found if place}


class LibreOfficeSheet:
    """A sheet open in LibreOffice."""

    def __init__(self, api: Any, book: LibreOfficeBook) -> None:
        self._api, self._book = api, book

    @property
    def state(self) -> str:
        """See SheetView. LibreOffice knows no sheets that are more than hidden."""
        return "visible" if self._api.IsVisible else "hidden"

    @cached_property
    def _used(self) -> Area:
        cursor = self._api.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        return Area(1, 1, last.EndRow + 1, last.EndColumn + 1)

    def _at(self, area: Area) -> Any:
        return self._api.getCellRangeByPosition(area.left - 1, area.top - 1, area.right - 1, area.bottom - 1)

    def extent(self, reach: Area) -> Area | None:
        """See SheetView."""
        used = self._used
        area = Area(1, 1, min(used.bottom, reach.bottom), min(used.right, reach.right))
        if area.size <= _MANY:
            return area
        filled = self._filled(area)
        if not filled:
            return None
        return Area(1, 1, max(each.bottom for each in filled), max(each.right for each in filled))

    def _filled(self, area: Area) -> list[Area]:
        return _areas(self._at(area).queryContentCells(_CONTENTS).RangeAddresses)

    def far(self, reach: Area, most: int) -> list[tuple[int, int]]:
        """See SheetView."""
        used = self._used
        beyond = []
        if used.right > reach.right:
            beyond.append(Area(1, reach.right + 1, min(used.bottom, reach.bottom), used.right))
        if used.bottom > reach.bottom:
            beyond.append(Area(reach.bottom + 1, 1, used.bottom, used.right))
        filled = sorted(each for area in beyond for each in self._filled(area))
        shown = (cell for area in filled for cell in self._shown(area, most))
        return sorted(islice(shown, most))

    def _shown(self, area: Area, most: int) -> Iterator[tuple[int, int]]:
        """The cells of a filled area that are not blank after all, of its first rows and columns."""
        bottom, right = min(area.bottom, area.top + most - 1), min(area.right, area.left + most - 1)
        rows = self._at(Area(area.top, area.left, bottom, right)).DataArray
        for row, values in enumerate(rows, area.top):
            for column, value in enumerate(values, area.left):
                if value != "":
                    yield row, column

    def hidden(self, reach: Area) -> tuple[frozenset[int], frozenset[int]]:
        """See SheetView."""
        shown = _areas(self._at(reach).queryVisibleCells().RangeAddresses)
        if not shown:
            return frozenset(range(1, reach.bottom + 1)), frozenset(range(1, reach.right + 1))
        rows = _complement(((each.top, each.bottom) for each in shown), reach.bottom)
        return rows, _complement(((each.left, each.right) for each in shown), reach.right)

    def merges(self, reach: Area) -> list[Area]:
        """See SheetView."""
        return list(touched(reach, lambda area: bool(self._at(area).getIsMerged()), self._merged_around))

    def _merged_around(self, cell: Area) -> Area:
        cursor = self._api.createCursorByRange(self._at(cell))
        cursor.collapseToMergedArea()
        return _areas([cursor.RangeAddress])[0]

    def formats(self, column: int, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """See SheetView."""

        def ask(start: int, end: int) -> int | None:
            cells = self._at(Area(start, column, end, column))
            several = cells.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE"
            return None if several else int(cells.NumberFormat)

        return ((start, end, self._book.format_code(key)) for start, end, key in stretches(first, last, ask))


def _areas(addresses: Iterable[Any]) -> list[Area]:
    return [Area(at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1) for at in addresses]


def _complement(shown: Iterable[tuple[int, int]], last: int) -> frozenset[int]:
    """The numbers from 1 to `last` in none of the stretches."""
    seen: set[int] = set()
    for first, end in set(shown):
        seen.update(range(first, min(end, last) + 1))
    return frozenset(range(1, last + 1)) - seen if len(seen) < last else frozenset()
