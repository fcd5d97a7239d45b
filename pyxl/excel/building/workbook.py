"""What do all workbooks that we build have in common: fonts, what they say of themselves, how they are packed?"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pyxl.excel.building.layout import HEADER_ROW
from pyxl.excel.building.package import Edit, add_table_style, edited, repack, self_fitting_rows
from pyxl.excel.building.styles import RULE, STRIPE_FILL, default_font
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["describe", "finished", "finished_parts", "new_workbook"]

_CREATED = datetime(2023, 1, 1, tzinfo=UTC)  # fixed: same contents, same bytes


def new_workbook(target: io.BytesIO) -> Workbook:
    """An empty workbook in our font; texts stay texts, whatever they look like."""
    from xlsxwriter import Workbook

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": default_font(),
        "default_row_height": 22,  # pixels, of this font
        "default_column_width": 72,
    }
    return Workbook(target, options)


def describe(book: Workbook, title: str, properties: Mapping[str, str], first: Worksheet) -> None:
    """What the file says of itself: no person, no clock; and which sheet it opens on."""
    book.set_properties({"title": title, "created": _CREATED, "author": "", "comments": ""})
    for name, value in properties.items():
        book.set_custom_property(name, value)
    book.set_size(2400, 1500)
    first.activate()
    first.set_first_sheet()


def finished(book: Workbook, target: io.BytesIO, fitting: Collection[int], *edits: Edit) -> bytes:
    """The closed workbook, packed; on the sheets `fitting` (from 1) rows below the header fit their text."""
    book.close()
    return repack(target.getvalue(), *_own_edits(fitting), *edits)


def finished_parts(book: Workbook, target: io.BytesIO, fitting: Collection[int]) -> dict[str, bytes]:
    """The same, not packed yet, for who has more to put in."""
    book.close()
    return edited(target.getvalue(), *_own_edits(fitting))


def _own_edits(fitting: Collection[int]) -> tuple[Edit, ...]:
    style = add_table_style(phrase("sheets", "style", "table_style"), STRIPE_FILL, RULE)
    return self_fitting_rows(fitting, HEADER_ROW), style
