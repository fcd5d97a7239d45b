"""What does a workbook hold that is open in a spreadsheet program, unsaved edits included?

The same RawBook as pyxl.excel.closed gives of the saved file, so that everything above cannot tell the
two apart. Values come in one bulk read for each sheet; nothing is changed, selected or calculated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from pyxl.excel.building.layout import sheet_name
from pyxl.excel.closed.facts import MAX_COLUMN, MAX_ROW
from pyxl.excel.grid import RawBook, RawSheet, RawValue
from pyxl.excel.live.halving import Area
from pyxl.excel.live.host import BookView, SheetView, host_of
from pyxl.excel.live.own import OWN, unread_sheets
from pyxl.excel.live.values import doubts, plain_rows, settled, trimmed

if TYPE_CHECKING:
    from xlwings import Book, Sheet

__all__ = ["read_book", "read_own"]

_REACH = Area(1, 1, MAX_ROW, MAX_COLUMN)
_Rows: TypeAlias = tuple[tuple[RawValue, ...], ...]
_MAX_LISTED = 100  # far cells that are listed, as for closed files


def read_book(book: Book, passing: Callable[[str], None] | None = None) -> RawBook:
    """The open workbook; `passing` is told the name of each sheet before it is read."""
    host = host_of(book)
    unread = unread_sheets()
    sheets = []
    for sheet in book.sheets:
        name = sheet.name
        if passing is not None:
            passing(name)
        view = host.sheet(sheet)
        rows = _rows(sheet, view, host)
        # Nobody types into some of our sheets, and one of them has hundreds of merged cells.
        sheets.append(RawSheet(name, rows, view.state) if name in unread else _sheet(name, rows, view))
    return RawBook(book.name, tuple(sheets), host.names(), tuple(host.notes()))


def read_own(book: Book) -> RawBook:
    """Only the sheets that we write, and the names: enough to find a page and to empty it."""
    host = host_of(book)
    names = set(book.sheet_names)
    own = [book.sheets[name] for name in map(sheet_name, OWN) if name in names]
    sheets = tuple(RawSheet(sheet.name, _rows(sheet, host.sheet(sheet), host)) for sheet in own)
    return RawBook(book.name, sheets, host.names())


def _sheet(name: str, rows: _Rows, view: SheetView) -> RawSheet:
    hidden_rows, hidden_columns = view.hidden(_REACH)
    return RawSheet(
        name=name,
        rows=rows,
        state=view.state,
        hidden_rows=hidden_rows,
        hidden_columns=hidden_columns,
        merges=tuple((area.top, area.left, area.bottom, area.right) for area in sorted(view.merges(_REACH))),
        far=tuple(view.far(_REACH, _MAX_LISTED)),
    )


def _rows(sheet: Sheet, view: SheetView, host: BookView) -> _Rows:
    extent = view.extent(_REACH)
    if extent is None:
        return ()
    data = sheet.range((1, 1), (extent.bottom, extent.right)).raw_value
    rows = plain_rows(data, numbers_may_be_times=host.numbers_may_be_times)
    doubtful = tuple(doubts(rows))
    date1904 = bool(doubtful) and host.date1904
    for column, first, last in doubtful:
        settled(rows, column, view.formats(column, first, last), date1904=date1904)
    return trimmed(rows)
