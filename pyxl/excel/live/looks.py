"""What do cells of our own sheets look like, in the same words as when a workbook is built?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias, cast

from pyxl.excel.building.styles import LINK, Styles, default_font

__all__ = ["LINKED", "Look", "look", "styles"]

Look: TypeAlias = Mapping[str, Any]  # XlsxWriter's words: bold, font_color, bg_color, align, text_wrap …

LINKED: Look = LINK


class _Words:
    """Stands in for XlsxWriter's workbook: a format is the words that describe it."""

    def add_format(self, properties: dict[str, Any]) -> dict[str, Any]:
        return {**default_font(), **properties}


@cache
def styles() -> Styles:
    """The builder's styles; what they give back is a Look (see `look`)."""
    return Styles(cast("Any", _Words()))


def look(style: object) -> Look:
    """One of the styles as the words that describe it."""
    return cast("Look", style)
