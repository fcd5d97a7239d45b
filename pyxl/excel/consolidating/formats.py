"""Which number does each cell format have, so that pieces of sheets can be made before the workbook is?"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pyxl.catalogue.model import Column, ColumnType
from pyxl.excel.building.styles import Styles
from pyxl.excel.building.workbook import new_workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook

__all__ = ["entry_formats", "reserved"]


def reserved(book: Workbook, styles: Styles) -> dict[str, int]:
    """Column type → number of its format; to be called before anything else of the workbook has a format.

    XlsxWriter numbers a format when it is first written; asked for its number, it has it from then on.
    """
    assert not book.xf_format_indices
    return {kind.value: styles.entry(Column("", "", kind))._get_xf_index() for kind in ColumnType}  # noqa: SLF001


def entry_formats() -> dict[str, int]:
    """The same, for who makes pieces."""
    book = new_workbook(io.BytesIO())
    return reserved(book, Styles(book))
