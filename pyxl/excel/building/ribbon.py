"""How does the ribbon look, drawn in cells for who reads about it before seeing it?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyxl.buttons import Group, groups
from pyxl.excel.building.styles import ACCENT, DARK, FAINT, LABEL_FILL, QUIET
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pyxl.excel.building.draft import Draft

__all__ = ["draw_ribbon", "places"]

_STACKED = 3  # so many small buttons stand above each other in the place of a large one
_TAB_HEIGHT, _BUTTON_HEIGHT, _LABEL_HEIGHT = 22, 18, 16


def _columns(group: Group) -> list[list[str]]:
    """The labels of a group as they stand: each large button alone, small ones one above another."""
    large = [[button.label] for button in group.buttons if button.large]
    small = [button.label for button in group.buttons if not button.large]
    return large + [small[start : start + _STACKED] for start in range(0, len(small), _STACKED)]


@cache
def places() -> int:
    """How many buttons stand side by side on the tab."""
    return sum(len(_columns(group)) for group in groups())


def draw_ribbon(draft: Draft, sheet: Worksheet, row: int) -> int:
    """The tab, its buttons and the names of their groups, from 0-based `row` on; returns the row after."""
    tab = draft.styles(bold=True, font_color=ACCENT, align="center", valign="vcenter", bottom=2, bottom_color=ACCENT)
    beside = draft.styles(bottom=1, bottom_color=FAINT)
    sheet.set_row(row, _TAB_HEIGHT)
    sheet.write_string(row, 0, phrase("ribbon", "tab", "label"), tab)
    for place in range(1, places()):
        sheet.write_blank(row, place, None, beside)
    for number in range(_STACKED):
        sheet.set_row(row + 1 + number, _BUTTON_HEIGHT)
    sheet.set_row(row + 1 + _STACKED, _LABEL_HEIGHT)
    place = 0
    for group in groups():
        _draw_group(draft, sheet, row + 1, place, group)
        place += len(_columns(group))
    return row + 2 + _STACKED


def _draw_group(draft: Draft, sheet: Worksheet, row: int, place: int, group: Group) -> None:
    columns = _columns(group)
    last = place + len(columns) - 1
    alone = [button.label for button in group.buttons if button.large]
    for number, labels in enumerate(columns, place):
        edge = number == last
        if labels[0] in alone:
            sheet.merge_range(row, number, row + _STACKED - 1, number, labels[0], _button(draft, edge=edge, large=True))
        else:
            for below in range(_STACKED):
                label = labels[below] if below < len(labels) else ""
                sheet.write_string(row + below, number, label, _button(draft, edge=edge))
    named = {"font_size": 8.5, "font_color": QUIET, "bg_color": LABEL_FILL, "align": "center", "valign": "vcenter"}
    style = draft.styles(**named, bottom=1, bottom_color=FAINT, right=1, right_color=FAINT)
    if last > place:
        sheet.merge_range(row + _STACKED, place, row + _STACKED, last, group.label, style)
    else:
        sheet.write_string(row + _STACKED, place, group.label, style)


def _button(draft: Draft, *, edge: bool, large: bool = False) -> Format:
    """A button's cell; the last of a group has the line that parts groups on its right."""
    size = {"font_size": 11, "bold": True} if large else {"font_size": 9.5}
    right = {"right": 1, "right_color": FAINT} if edge else {}
    looks = {"font_color": DARK, "bg_color": LABEL_FILL, "align": "center", "valign": "vcenter"}
    return draft.styles(**looks, **size, **right)
