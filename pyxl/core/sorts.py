"""Of which sort is the value behind a placeholder: a count, a rate, a day, a list of texts?

Known before any ledger is read, so that a filter on the wrong sort is told where it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pyxl.catalogue.model import ColumnType, TotalKind, TotalSpec

__all__ = ["Sort", "column_sort", "item_sort", "total_sort"]


class Sort(StrEnum):
    """What a value is, as far as wording and templates have to know."""

    TEXT = "text"
    TEXTS = "texts"  # several
    COUNT = "count"  # how many: of rows, of people, a sum
    NUMBER = "number"  # typed in a cell: a year, a number in a series
    NUMBERS = "numbers"  # several
    DECIMAL = "decimal"  # typed in a cell, a share for instance
    RATE = "rate"  # of two sums
    MONTHS = "months"  # several, by their numbers
    DAY = "day"
    YESNO = "yesno"


_COLUMNS: Mapping[ColumnType, Sort] = {
    ColumnType.INTEGER: Sort.NUMBER,
    ColumnType.DECIMAL: Sort.DECIMAL,
    ColumnType.DATE: Sort.DAY,
    ColumnType.MONTH: Sort.DAY,
    ColumnType.YESNO: Sort.YESNO,
    ColumnType.CHOICES: Sort.TEXTS,
    ColumnType.PEOPLE: Sort.TEXTS,
    ColumnType.ITEMS: Sort.TEXTS,
}
_TOTALS: Mapping[TotalKind, Sort] = {TotalKind.RATIO: Sort.RATE, TotalKind.MONTHS_WITHOUT: Sort.MONTHS}
_ITEMS: Mapping[Sort, Sort] = {Sort.TEXTS: Sort.TEXT, Sort.NUMBERS: Sort.NUMBER, Sort.MONTHS: Sort.NUMBER}


def column_sort(kind: ColumnType) -> Sort:
    """The sort of what stands in a cell."""
    return _COLUMNS.get(kind, Sort.TEXT)


def total_sort(total: TotalSpec, columns: Mapping[str, ColumnType]) -> Sort:
    """The sort of a figure; `columns`: key → type of the columns that it may be made of."""
    if total.kind is not TotalKind.LIST:
        return _TOTALS.get(total.kind, Sort.COUNT)
    whole = all(columns.get(key) is ColumnType.INTEGER for key in total.columns)
    return Sort.NUMBERS if whole else Sort.TEXTS


def item_sort(sort: Sort | None) -> Sort | None:
    """The sort of each item of a list; None for what is no list."""
    return _ITEMS.get(sort) if sort else None
