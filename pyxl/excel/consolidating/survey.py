"""各单位情况: which unit has held what how often, where it stands among the others, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pyxl.catalogue.model import Catalogue
from pyxl.core.matrix import Line, activities_of
from pyxl.excel.building.fitting import lines_needed, row_height, text_width
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW, quoted
from pyxl.excel.building.styles import ACCENT, BLUE, LABEL_FILL, LINK
from pyxl.excel.submitting.page import Page
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["build_survey"]

_BEFORE, _AFTER = (6.0, 14.0, 34.0), (8.0, 8.0, 60.0)
_WIDEST = 76.0  # of the names; LibreOffice cuts a link off where it would have to wrap it
_COUNT = 8.0
_INDENT = 2.0  # digits
_LEAST = 22.0  # points
_BARS = 420  # pixels of the chart of units, without their names
_DIGIT = 7.0  # pixels of a digit in the charts' font
_SHOWN = 60  # units in the chart; more bars than that are no picture


def build_survey(
    page: Page, sheet: Worksheet, table: Sequence[Line], catalogue: Catalogue, sentence: str, register: str
) -> None:
    """The table with its totals, and two charts below it; a unit's name leads to its line on `register`, if there is one."""
    shown = activities_of(catalogue)
    longest = max((text_width(line.name) for line in table), default=0.0)
    names = min(max(_BEFORE[2], longest + _INDENT + 1.0), _WIDEST)
    widths = (*_BEFORE[:2], names, *(_COUNT for _ in shown), *_AFTER)
    page.begin(sheet, phrase("collecting", "sheets", "survey"), sentence, widths)
    labels = [each.label for each in shown]
    before, after = ("number", "code", "unit"), ("total", "rank", "gaps")
    heads = [*(phrase("collecting", "survey", key) for key in before), *labels]
    heads += [phrase("collecting", "survey", key) for key in after]
    sheet.set_row(HEADER_ROW - 1, 52)
    for place, head in enumerate(heads):
        sheet.write_string(HEADER_ROW - 1, place, head, page.styles.header)
    looks = _Looks(
        page.styles.cell(indent=1, align="left", text_wrap=True),
        page.styles.cell(align="center"),
        page.styles.cell(indent=1, align="left", text_wrap=True, **LINK),
        page.styles.cell(text_wrap=True, indent=1),
    )
    for number, line in enumerate(table):
        _line(sheet, number, line, register, looks)
        sheet.set_row(FIRST_ROW - 1 + number, _height(line, widths))
    last = FIRST_ROW - 1 + len(table)
    _all(page, sheet, last, table, len(shown))
    sheet.autofilter(HEADER_ROW - 1, 0, max(last - 1, HEADER_ROW), len(heads) - 1)
    sheet.freeze_panes(HEADER_ROW, len(_BEFORE))
    if table and shown:
        room = max(text_width(line.name) for line in table[:_SHOWN]) * _DIGIT
        _charts(page, sheet, last, len(shown), min(len(table), _SHOWN), room)


class _Looks(NamedTuple):
    """How the cells of a unit's line look; made once for all lines."""

    text: Format
    centred: Format
    link: Format
    wrapped: Format


def _line(sheet: Worksheet, number: int, line: Line, register: str, looks: _Looks) -> None:
    row = FIRST_ROW - 1 + number
    sheet.write_number(row, 0, number + 1, looks.centred)
    sheet.write_string(row, 1, line.code, looks.text)
    if register:
        link = f"internal:{quoted(register)}!A{FIRST_ROW + number}"
        sheet.write_url(row, 2, link, looks.link, string=line.name)
    else:
        sheet.write_string(row, 2, line.name, looks.text)
    for place, value in enumerate((*line.counts, line.total, line.rank), len(_BEFORE)):
        sheet.write_number(row, place, value, looks.centred)
    sheet.write_string(row, len(_BEFORE) + len(line.counts) + 2, _gaps(line), looks.wrapped)


def _height(line: Line, widths: Sequence[float]) -> float:
    texts = ((line.code, widths[1]), (line.name, widths[2]), (_gaps(line), widths[-1]))
    return row_height(max(lines_needed(text, width - _INDENT) for text, width in texts), _LEAST)


def _gaps(line: Line) -> str:
    return phrase("words", "grammar", "semicolon").join(line.gaps)


def _all(page: Page, sheet: Worksheet, row: int, table: Sequence[Line], width: int) -> None:
    style = page.styles.cell(bold=True, bg_color=LABEL_FILL, align="center")
    for place in range(len(_BEFORE) + width + len(_AFTER)):
        sheet.write_blank(row, place, None, style)
    sheet.write_string(row, 2, phrase("collecting", "survey", "all"), style)
    sums = [sum(column) for column in zip(*(line.counts for line in table), strict=True)] or [0] * width
    for place, value in enumerate(chain(sums, [sum(sums)]), len(_BEFORE)):
        sheet.write_number(row, place, value, style)


def _charts(page: Page, sheet: Worksheet, last: int, width: int, units: int, room: float) -> None:
    """How often each kind of activity took place; how often each of the first units held one.

    `room`: pixels that the longest name takes; left to themselves programs let long names run out of the frame.
    """
    name, first = phrase("collecting", "sheets", "survey"), len(_BEFORE)
    font = {"name": phrase("sheets", "style", "font"), "size": 9}
    whole = {
        "categories": [name, HEADER_ROW - 1, first, HEADER_ROW - 1, first + width - 1],
        "values": [name, last, first, last, first + width - 1],
    }
    each = {
        "categories": [name, FIRST_ROW - 1, 2, FIRST_ROW - 2 + units, 2],
        "values": [name, FIRST_ROW - 1, first + width, FIRST_ROW - 2 + units, first + width],
    }
    for kind, series, colour, title in (
        ("column", whole, ACCENT, "chart_activities"), ("bar", each, BLUE, "chart_units"),
    ):  # fmt: skip
        chart = page.book.add_chart({"type": kind})
        chart.add_series({**series, "fill": {"color": colour}, "gap": 60, "data_labels": {"value": True, "font": font}})
        chart.set_title({"name": phrase("collecting", "survey", title), "name_font": {**font, "size": 12}})
        chart.set_legend({"none": True})
        # bars that do not begin at nought would make small differences look large
        values = {"num_font": font, "major_gridlines": {"visible": False}, "min": 0, "visible": False}
        names = {"num_font": font, "reverse": kind == "bar"}
        across, upright = (values, names) if kind == "bar" else (names, values)
        chart.set_x_axis(across)
        chart.set_y_axis(upright)
        breadth, height = (560, 320) if kind == "column" else (_BARS + room, max(320, 22 * units + 90))
        chart.set_size({"width": breadth, "height": height})
        if kind == "bar":
            chart.set_plotarea({"layout": _inside(room, breadth, height)})
        sheet.insert_chart(last + 2, 1 if kind == "column" else first + 4, chart)


def _inside(room: float, width: float, height: float) -> dict[str, float]:
    """Where in the chart the bars stand, in parts of it: names that take so much room to their left, a title above."""
    left, right, above, below = room + 24, 56, 48, 16  # pixels between the bars and the frame
    return {
        "x": left / width, "width": (width - left - right) / width,
        "y": above / height, "height": (height - above - below) / height,
    }  # fmt: skip
