"""Workbooks in memory, as a reader would hand them over: header in row 3, entries from row 4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyxl.catalogue.model import Catalogue, Column
from pyxl.excel.grid import RawBook, RawSheet, RawValue

__all__ = ["FIRST_ROW", "HEADER_ROW", "address", "raw_book", "raw_sheet", "raw_value"]

HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1

Rows = Sequence[Mapping[str, Any]]


def raw_value(value: Any) -> RawValue:
    """A value as it is typed: several names and items in one cell, yes and no in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple | list):
        return "；".join(map(str, value))
    return value or None if isinstance(value, str) else value


def raw_sheet(name: str, columns: Sequence[Column], rows: Rows) -> RawSheet:
    """One sheet: title, required marks, header, entries."""
    head: list[tuple[RawValue, ...]] = [(name,), (), tuple(column.label for column in columns)]
    body = [tuple(raw_value(row.get(column.key)) for column in columns) for row in rows]
    return RawSheet(name, (*head, *body))


def raw_book(catalogue: Catalogue, cover: Mapping[str, Any], rows: Mapping[str, Rows], wording: Rows = ()) -> RawBook:
    """A whole workbook: cover with defined names, every activity's sheet, the wording if any is given."""
    lines = tuple((field.label, raw_value(cover.get(field.key))) for field in catalogue.cover)
    names = {field.label: ("基本信息", number, 2) for number, field in enumerate(catalogue.cover, 1)}
    sheets = [RawSheet("基本信息", lines)]
    sheets += [raw_sheet(each.label, each.columns, rows.get(each.key, ())) for each in catalogue.activities]
    if wording:
        sheets.append(raw_sheet("总结文字", catalogue.wording, wording))
    return RawBook("台账.xlsx", tuple(sheets), names)


def address(catalogue: Catalogue, activity: str, index: int, column: str) -> str:
    """The cell of an activity's row (counted from 0) in raw_book's layout: D4."""
    from pyxl.core.place import column_letters

    keys = [each.key for each in catalogue.activity(activity).columns]
    return f"{column_letters(keys.index(column) + 1)}{FIRST_ROW + index}"
