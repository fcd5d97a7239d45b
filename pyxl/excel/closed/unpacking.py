"""How does the child's answer become a RawBook again?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from pyxl.excel.closed.wire import DAY, ERROR, INSTANT, SPAN, TIME, UNCACHED
from pyxl.excel.grid import CellError, RawBook, RawSheet, RawValue, Uncached

__all__ = ["unpacked"]

_UNPACK: dict[str, Callable[[Any], RawValue]] = {
    DAY: date.fromisoformat,
    INSTANT: datetime.fromisoformat,
    TIME: time.fromisoformat,
    SPAN: lambda milliseconds: timedelta(milliseconds=milliseconds),
    ERROR: CellError,
    UNCACHED: Uncached,
}


def unpacked(name: str, answer: dict[str, Any], notes: tuple[str, ...]) -> RawBook:
    """The workbook called `name`. Raises ValueError and its like when the answer makes no sense."""
    return RawBook(
        name=name,
        sheets=tuple(_sheet(sheet) for sheet in answer["sheets"]),
        names={name: (sheet, row, column) for name, (sheet, row, column) in answer["names"].items()},
        notes=notes,
    )


def _sheet(answer: dict[str, Any]) -> RawSheet:
    return RawSheet(
        name=answer["name"],
        rows=tuple([tuple(_row(row)) for row in answer["rows"]]),
        state=answer["state"],
        hidden_rows=frozenset(answer["hidden_rows"]),
        hidden_columns=frozenset(answer["hidden_columns"]),
        merges=tuple((top, left, low, right) for top, left, low, right in answer["merges"]),
        far=tuple((row, column) for row, column in answer["far"]),
    )


def _row(row: list[Any]) -> list[RawValue]:
    return [_UNPACK[cell[0]](cell[1]) if cell.__class__ is list else cell for cell in row]
