"""What do the sheets look like: colours, fonts, number formats?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyxl.catalogue.model import Column, ColumnType
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

__all__ = [
    "ACCENT",
    "BLUE",
    "DARK",
    "FAINT",
    "HEADER_FILL",
    "LABEL_FILL",
    "LINK",
    "MUTED_FILL",
    "NARROW",
    "NOTE_FILL",
    "QUIET",
    "RULE",
    "STRIPE_FILL",
    "Styles",
    "default_font",
    "tab_colour",
]

ACCENT = "#8C1D18"  # deep red: bands, tabs of the activity sheets, the chart
DARK = "#262626"
QUIET = "#7F7F7F"
FAINT = "#BFBFBF"
RULE = "#D9D9D9"
HEADER_FILL = "#EDEBE9"
STRIPE_FILL = "#FAF8F7"
MUTED_FILL = "#F5F5F5"
_BROWN = "#7A5C3E"
BLUE = "#2F5D8A"
_FONT_SIZE = 10.5

LINK: dict[str, Any] = {"font_color": BLUE, "underline": 1}

LABEL_FILL = "#F7F5F4"
NOTE_FILL = "#FFFDF5"

# group of an activity type → colour of its tab; four colours in all
_TAB_COLOURS = {"meetings": ACCENT, "work": _BROWN, "plans": BLUE}

_NUMBER_FORMATS = {
    ColumnType.DATE: "yyyy-mm-dd",
    ColumnType.MONTH: "yyyy-mm",
    ColumnType.TIME: "hh:mm",
    ColumnType.INTEGER: "0",
    ColumnType.DECIMAL: "0.##",
    ColumnType.TEXT: "@",  # what looks like a number or a formula stays as typed
}

# short values, which stand in the middle of narrow columns
NARROW = (ColumnType.TIME, ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.YESNO)
_CENTRED = (*NARROW, ColumnType.DATE, ColumnType.MONTH, ColumnType.CHOICE, ColumnType.PERSON)

# how an issue lights up its cell: fill and font; severities differ in lightness too, for grey prints
_LIGHTS: dict[str, dict[str, Any]] = {
    "error": {"bg_color": "#F4B6AE", "font_color": "#7A0C06", "bold": True},
    "warning": {"bg_color": "#FFDC73", "font_color": "#4A3800"},
    "hint": {"bg_color": "#E3EEF9", "font_color": "#1F3F60"},
}


def tab_colour(group: str) -> str:
    """The colour of a tab, by the group of its activity type; grey for our own sheets."""
    return _TAB_COLOURS.get(group, QUIET)


def default_font() -> dict[str, Any]:
    """The font that every cell has unless its format says otherwise."""
    return {"font_name": phrase("sheets", "style", "font"), "font_size": _FONT_SIZE}


class Styles:
    """The workbook's formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """The format with these XlsxWriter properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    @property
    def band(self) -> Format:
        """The title of a sheet, white on the accent."""
        return self(bold=True, font_size=14, font_color="#FFFFFF", bg_color=ACCENT, valign="vcenter", indent=1)

    @property
    def band_text(self) -> Format:
        """The sentence beside the title."""
        return self(font_size=10, font_color="#FFFFFF", bg_color=ACCENT, valign="vcenter")

    @property
    def mark(self) -> Format:
        """The word above the header of a required column."""
        return self(font_size=8.5, font_color=ACCENT, align="center", valign="bottom")

    @property
    def header(self) -> Format:
        """A column's header."""
        return self(
            bold=True,
            font_color=DARK,
            bg_color=HEADER_FILL,
            align="center",
            valign="vcenter",
            text_wrap=True,
            **_ruled(),
        )

    def entry(self, column: Column) -> Format:
        """A cell to type into, by the type of its column."""
        properties: dict[str, Any] = {"valign": "vcenter", "text_wrap": True, **_ruled()}
        if column.type in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[column.type]
        if column.type in _CENTRED:
            properties["align"] = "center"
        return self(**properties)

    def cell(self, **properties: Any) -> Format:
        """A ruled cell of our own sheets."""
        return self(valign="vcenter", **_ruled(), **properties)

    def light(self, severity: str) -> Format:
        """How a cell with an issue of this severity lights up."""
        return self(**_LIGHTS[severity])


def _ruled() -> dict[str, Any]:
    return {"border": 1, "border_color": RULE}
