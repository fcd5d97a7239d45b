"""Is a raw cell such that reading it would find nothing to clean, to convert or to tell?

So it is with most cells, and to see that takes a fraction of what reading them takes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeAlias

from pyxl.catalogue.model import Column, ColumnType
from pyxl.core.ledger import Value
from pyxl.excel.cells import HUGE, answers
from pyxl.excel.dates import read_date, read_time

__all__ = ["Glance", "glance"]

Glance: TypeAlias = Callable[[Any, Column], tuple[Value, str] | None]


def glance(kind: ColumnType) -> Glance:
    """For a column of this type: what gives value and text of a plain cell, and None for any other."""
    return _GLANCES.get(kind, _hidden)


def _hidden(raw: Any, column: Column) -> tuple[Value, str] | None:
    return None


def _plain_text(raw: Any, column: Column) -> tuple[Value, str] | None:
    # nothing that clean would take away is printable, but for spaces around
    if raw.__class__ is str and raw.isprintable() and raw and raw == raw.strip(" "):
        return raw, raw
    return None


def _plain_choice(raw: Any, column: Column) -> tuple[Value, str] | None:
    return _plain_text(raw, column) if raw in column.choices else None


def _plain_person(raw: Any, column: Column) -> tuple[Value, str] | None:
    return (raw, raw) if raw.__class__ is str and raw.isalpha() else None


def _plain_number(raw: Any, column: Column) -> tuple[Value, str] | None:
    most = HUGE if column.maximum is None else column.maximum
    return (raw, str(raw)) if raw.__class__ is int and 0 <= raw <= most else None


def _plain_day(raw: Any, column: Column) -> tuple[Value, str] | None:
    return (raw, raw.isoformat()) if raw.__class__ is date and read_date(raw, None) else None


def _plain_time(raw: Any, column: Column) -> tuple[Value, str] | None:
    return (raw, raw.isoformat("minutes")) if raw.__class__ is time and raw == read_time(raw) else None


def _plain_answer(raw: Any, column: Column) -> tuple[Value, str] | None:
    return (answers()[raw], raw) if raw.__class__ is str and raw in answers() else None


_GLANCES: dict[ColumnType, Glance] = {
    ColumnType.TEXT: _plain_text,
    ColumnType.LONGTEXT: _plain_text,
    ColumnType.CHOICE: _plain_choice,
    ColumnType.PERSON: _plain_person,
    ColumnType.INTEGER: _plain_number,
    ColumnType.DECIMAL: _plain_number,
    ColumnType.DATE: _plain_day,
    ColumnType.TIME: _plain_time,
    ColumnType.YESNO: _plain_answer,
}
