"""One sheet of a workbook in memory, changed in some way, and what reading says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.ledger import Ledger
from pyxl.excel.grid import RawBook, RawSheet, RawValue
from pyxl.sample import sample
from tests.books import FIRST_ROW, address, raw_book

__all__ = [
    "CATALOGUE",
    "COVER",
    "KEYS",
    "MEETING",
    "ROWS",
    "THEME",
    "TODAY",
    "book",
    "cell",
    "changed",
    "sheet_of",
    "told",
    "values",
    "with_cell",
    "with_sheet",
]

CATALOGUE = load_catalogue()
COVER, ROWS = sample()
THEME = CATALOGUE.activity("theme_day")
KEYS = [column.key for column in THEME.columns]
TODAY = date(2024, 1, 1)

MEETING = {
    "date": date(2023, 3, 17), "place": "三楼会议室", "topic": "学雷锋", "host": "周明远", "recorder": "顾晓岚",
    "due": 17, "present": 17, "content": "学习雷锋精神，到查档大厅开展便民志愿服务，接待群众。",
}  # fmt: skip


def book(*rows: Mapping[str, Any], cover: Mapping[str, Any] = COVER, activity: str = "theme_day") -> RawBook:
    return raw_book(CATALOGUE, cover, {activity: rows})


def sheet_of(book: RawBook, name: str = "主题党日") -> RawSheet:
    found = book.sheet(name)
    assert found
    return found


def with_sheet(book: RawBook, sheet: RawSheet, name: str = "主题党日") -> RawBook:
    """The book with `sheet` in the place of the one called `name`."""
    return replace(book, sheets=tuple(sheet if each.name == name else each for each in book.sheets))


def changed(
    book: RawBook, change: Callable[[list[list[RawValue]]], Iterable[Iterable[RawValue]]], **more: Any
) -> RawBook:
    """The book with the rows of 主题党日 changed."""
    sheet = sheet_of(book)
    width = max(map(len, sheet.rows))
    grid = [[*row, *[None] * (width - len(row))] for row in sheet.rows]
    return with_sheet(book, replace(sheet, rows=tuple(tuple(row) for row in change(grid)), **more))


def with_cell(book: RawBook, row: int, key: str, value: RawValue) -> RawBook:
    def change(grid: list[list[RawValue]]) -> list[list[RawValue]]:
        grid[row - 1][KEYS.index(key)] = value
        return grid

    return changed(book, change)


def cell(key: str, row: int = FIRST_ROW) -> str:
    return address(CATALOGUE, "theme_day", row - FIRST_ROW, key)


def told(ledger: Ledger, *, sheet: str = "主题党日") -> list[tuple[str, str]]:
    """(code, cell) of what was found on one sheet, in order."""
    return [(found.code, found.where.cell) for found in ledger.issues if found.where.sheet == sheet]


def values(ledger: Ledger, key: str, activity: str = "theme_day") -> list[Any]:
    return [row.get(key) for row in ledger.rows(activity)]
