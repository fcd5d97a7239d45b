"""What does a value in Python become in a cell, and the other way round?"""

from __future__ import annotations

import datetime as dt
import math
import numbers
import sys
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["EPOCH", "CellError", "cleaned", "moment", "prepared", "rows_of", "serial"]

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no time zone
_DAY = 86400
_ERRORS = {
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    523: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


class CellError(str):
    """What a cell shows instead of a value: #DIV/0!, #N/A …"""

    __slots__ = ()

    @classmethod
    def of(cls, number: int) -> CellError:
        """Excel's name for LibreOffice's number; all that Excel does not know is #VALUE!, as in a saved file."""
        return cls(_ERRORS.get(number, "#VALUE!"))


def serial(value: dt.date | dt.time | dt.timedelta, epoch: dt.datetime = EPOCH) -> float:
    """The number that a cell keeps for a point in time, a time of day or a span; a time zone is left out."""
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - epoch).total_seconds() / _DAY
    if isinstance(value, dt.date):
        return float((value - epoch.date()).days)
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / _DAY
    return value.total_seconds() / _DAY


def moment(number: float, epoch: dt.datetime = EPOCH) -> dt.datetime | float:
    """The point in time that a number stands for, to the millisecond; a number out of reach stays one."""
    try:
        return epoch + dt.timedelta(milliseconds=round(number * _DAY * 1000))
    except (OverflowError, ValueError):
        return number


def prepared(value: Any, options: dict[str, Any]) -> Any:
    """A value of whatever library as one that a cell can hold: None for what says that nothing is there."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if _missing(value):
        return None
    if isinstance(value, dt.datetime):
        return value.to_pydatetime(warn=False) if hasattr(value, "to_pydatetime") else value
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return value
    if hasattr(value, "item") and hasattr(value, "dtype"):  # numpy's scalars
        return prepared(value.astype("datetime64[us]").item() if value.dtype.kind == "M" else value.item(), options)
    if isinstance(value, numbers.Number):
        return float(value)  # type: ignore[arg-type]
    return value


def _missing(value: Any) -> bool:
    """Whether it is NaN, NaT or NA; pandas is asked only where somebody has loaded it."""
    if isinstance(value, float):
        return math.isnan(value)
    pandas = sys.modules.get("pandas")
    return pandas is not None and pandas.api.types.is_scalar(value) and bool(pandas.isna(value))


def cleaned(
    data: Sequence[Sequence[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Values as they were read, in the types that a caller of xlwings asked for."""

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, CellError):
            return str(value) if err_to_str else None
        if isinstance(value, dt.datetime):
            return datetime_builder(
                year=value.year,
                month=value.month,
                day=value.day,
                hour=value.hour,
                minute=value.minute,
                second=value.second,
                microsecond=value.microsecond,
                tzinfo=None,
            )
        return number_builder(value) if number_builder is not None and type(value) is float else value

    return [[clean(value) for value in row] for row in data]


def rows_of(data: Any, rows: int, columns: int) -> list[list[Any]]:
    """What is to be written, as rows that fit: one value fills all cells, a flat list is a row or a column."""
    if not isinstance(data, (list, tuple)):
        return [[data] * columns for _ in range(rows)]
    table = [list(row) if isinstance(row, (list, tuple)) else [row] for row in data]
    if data and not isinstance(data[0], (list, tuple)) and columns > 1:
        table = [list(data)]
    if len(table) != rows or any(len(row) != columns for row in table):
        message = f"{rows} rows of {columns} values are needed"
        raise ValueError(message)
    return table
