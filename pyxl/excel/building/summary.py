"""The sheet 半年汇总: how many of each, which month is missing, who came; all by live formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyxl.core.place import CellRef, column_letters
from pyxl.excel.building import formulas
from pyxl.excel.building.band import title_band
from pyxl.excel.building.cards import build_cards, say, total_count, total_rate, total_sum
from pyxl.excel.building.formulas import name, text
from pyxl.excel.building.layout import MONTHS, SummaryLayout, absolute, monthly_rule, sheet_name
from pyxl.excel.building.lists import gap_cell, gap_count, gap_total
from pyxl.excel.building.styles import ACCENT, DARK, FAINT, HEADER_FILL, LABEL_FILL, MUTED_FILL, NOTE_FILL, QUIET, RULE
from pyxl.excel.pages.layout import FiguresLayout
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pyxl.catalogue.model import ActivityType
    from pyxl.excel.building.draft import Draft

__all__ = ["build_summary"]

_WIDTHS = SummaryLayout.widths
_LINE = 24.0
_SCALE = 64  # per cent
_ZERO = '0;-0;"0"'


def build_summary(draft: Draft, sheet: Worksheet) -> None:
    """Cards, matrix with attendance, registers, chart."""
    layout = draft.summary
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    title_band(draft, sheet, sheet_name("summary"), draft.band("summary"), _WIDTHS)
    build_cards(draft, sheet)
    _header(draft, sheet)
    for activity in layout.matrix:
        _activity(draft, sheet, activity)
    _total(draft, sheet)
    _registers(draft, sheet)
    _highlight(draft, sheet)
    _chart(draft, sheet)
    sheet.freeze_panes(layout.header, 1)
    _page(draft, sheet)


def _page(draft: Draft, sheet: Worksheet) -> None:
    """Everything down to the chart on the first page, the figures on the next ones.

    A scale of its own, because spreadsheets that fit to pages heed no page break.
    """
    draft.page(sheet)
    sheet.set_print_scale(_SCALE)
    sheet.set_h_pagebreaks([draft.summary.chart_end])
    sheet.repeat_rows(FiguresLayout(draft.catalogue).header - 1)


def _header(draft: Draft, sheet: Worksheet) -> None:
    layout, styles = draft.summary, draft.styles
    row = layout.header - 1
    sheet.set_row(row, 26)
    labels = {getattr(layout, key) - 1: say(label) for key, label in _COLUMN_LABELS.items()}
    if draft.source:
        labels[layout.irregular - 1] = say("in_error")
    for place, label in labels.items():
        sheet.write_string(row, place, label, styles.header)
    month = styles(
        bold=True, font_color=DARK, bg_color=HEADER_FILL, align="center", valign="vcenter", border=1,
        border_color=RULE, num_format=f'0"{say("month")}"',
    )  # fmt: skip
    for number in MONTHS:
        sheet.write_number(row, layout.month(number) - 1, number, month)
    for key in ("missing", "irregular"):
        options = {"author": "", "width": 250, "height": 96, "font_size": 9, "color": NOTE_FILL}
        options["font_name"] = phrase("sheets", "style", "font")
        note = "in_error_note" if draft.source and key == "irregular" else f"{key}_note"
        sheet.write_comment(row, getattr(layout, key) - 1, say(note), options)


_COLUMN_LABELS = {
    "label": "activity",
    "count": "count",
    "due": "due",
    "present": "present",
    "rate": "rate",
    "missing": "missing",
    "irregular": "irregular",
}


def _activity(draft: Draft, sheet: Worksheet, activity: ActivityType) -> None:
    """One line of the matrix."""
    layout, live = draft.summary, draft.live
    row = layout.row(activity)
    sheet.set_row(row - 1, _LINE)
    for place in range(layout.columns):
        sheet.write_blank(row - 1, place, None, _number(draft))
    _label(draft, sheet, row, activity)
    values: dict[str | int, tuple[str, object, Format]] = {
        "count": (formulas.count_in_period(activity), live.count(activity), _number(draft, bold=True)),
        "irregular": (formulas.irregular(activity), live.irregular(activity), _number(draft, num_format="0;-0;")),
    }
    for month in MONTHS:
        reference = f"{column_letters(layout.month(month))}${layout.header}"
        values[month] = (formulas.count_in_month(activity, reference), live.month(activity, month), _number(draft))
    if (activity.key, "due") in draft.figures:
        for key in ("due", "present"):
            values[key] = (formulas.sum_in_period(activity, key), live.sum(activity, key), _number(draft))
        rate = formulas.rate_in_period(activity, "present", "due")
        values["rate"] = (rate, live.rate(activity, "present", "due"), _number(draft, num_format="0.0%"))
    if spec := monthly_rule(activity):
        condition = formulas.applies(draft.catalogue, spec)
        values["missing"] = (
            _missing(draft, row, condition),
            _shown_missing(draft, activity),
            _number(draft, text_wrap=True, font_size=8.5),
        )
    for figure, (formula, value, style) in values.items():
        cell = draft.figures[activity.key, figure]
        draft.formula(sheet, row - 1, (cell.column or 0) - 1, formula, value, style)


def _number(draft: Draft, **properties: Any) -> Format:
    return draft.styles.cell(align="center", **{"num_format": _ZERO, **properties})


def _label(draft: Draft, sheet: Worksheet, row: int, activity: ActivityType) -> None:
    """The activity's name, which leads to its sheet."""
    style = draft.styles.cell(font_color=DARK, indent=1, underline=0)
    if tab := draft.tab(activity):
        draft.link(sheet, row - 1, 0, CellRef(tab, 1, 1), activity.label, style)
    else:
        sheet.write_string(row - 1, 0, activity.label, style)


def _missing(draft: Draft, row: int, condition: str) -> str:
    """The months that lack the activity, by name; two words instead where none lacks it or the rule does not apply."""
    unit, separator = say("month"), phrase("words", "grammar", "separator")
    tests = [
        f'IF(COUNTIF({absolute(gap_cell(draft.summary, row, month))},0),{text(f"{month}{unit} ")},"")'
        for month in MONTHS
    ]
    listed = f'SUBSTITUTE(TRIM({"&".join(tests)})," ",{text(separator)})'
    count = absolute(gap_count(draft.summary, row))
    listed = f"IF({count}=0,{text(say('no_gap'))},{listed})"
    if condition:
        listed = f"IF({condition},{listed},{text(say('none'))})"
    return f'=IF({name("limit")}="","",{listed})'


def _shown_missing(draft: Draft, activity: ActivityType) -> str:
    if draft.live.limit is None:
        return ""
    if not draft.live.applies(activity):
        return say("none")
    months = [f"{month}{say('month')}" for month in draft.live.missing(activity)]
    return phrase("words", "grammar", "separator").join(months) or say("no_gap")


def _total(draft: Draft, sheet: Worksheet) -> None:
    """The line that adds the matrix up; empty while the cover lacks what the figures need."""
    layout, live = draft.summary, draft.live
    row = layout.total
    sheet.set_row(row - 1, _LINE)
    bold = {"bold": True, "top": 2, "top_color": FAINT, "bg_color": LABEL_FILL}
    for place in range(layout.columns):
        sheet.write_blank(row - 1, place, None, draft.styles.cell(**bold))
    sheet.write_string(row - 1, 0, say("total"), draft.styles.cell(indent=1, **bold))
    number = _number(draft, **bold)

    def write(column: int, condition: str, value: object) -> None:
        letters = column_letters(column)
        total = f"SUM({letters}{layout.first}:{letters}{layout.last})"
        draft.formula(sheet, row - 1, column - 1, f'=IF({name(condition)}="","",{total})', value, number)

    write(layout.count, "limit", total_count(draft))
    for month in MONTHS:
        counts = [live.month(activity, month) or 0 for activity in layout.matrix]
        write(layout.month(month), "year", "" if live.year is None else sum(counts))
    write(layout.due, "limit", total_sum(draft, "due"))
    write(layout.present, "limit", total_sum(draft, "present"))
    write(layout.irregular, "year", "" if live.year is None else sum(live.irregular(a) for a in layout.matrix))
    due, present = (f"{column_letters(column)}{row}" for column in (layout.due, layout.present))
    rate = f'=IF(N({due})=0,"",{present}/{due})'
    draft.formula(
        sheet, row - 1, layout.rate - 1, rate, total_rate(draft), _number(draft, **{**bold, "num_format": "0.0%"})
    )
    gaps = f'=IF({name("limit")}="","",SUM({gap_total(layout)}))'
    value = "" if live.limit is None else sum(len(live.missing(activity)) for activity in layout.matrix)
    draft.formula(sheet, row - 1, layout.missing - 1, gaps, value, number)


def _registers(draft: Draft, sheet: Worksheet) -> None:
    """The sheets that only have a count."""
    layout = draft.summary
    if not layout.registers:
        return
    title = draft.styles(font_size=9.5, font_color=QUIET, valign="bottom", indent=1)
    sheet.set_row(layout.registers_title - 1, _LINE)
    sheet.write_string(layout.registers_title - 1, 0, say("registers"), title)
    for activity in layout.registers:
        row = layout.row(activity)
        sheet.set_row(row - 1, _LINE)
        _label(draft, sheet, row, activity)
        unit = _number(draft, bold=True, num_format='0" "' + text(activity.measure))
        draft.formula(
            sheet, row - 1, layout.count - 1, formulas.count_in_period(activity), draft.live.count(activity), unit
        )


def _highlight(draft: Draft, sheet: Worksheet) -> None:
    """Months outside the period recede, months that are missing stand out, zeros are grey."""
    layout, styles = draft.summary, draft.styles
    first, last = layout.first, layout.last
    left, right = layout.month(1), layout.month(12)
    corner = f"{column_letters(left)}{first}"
    month = f"{column_letters(left)}${layout.header}"
    area = (first - 1, left - 1, last - 1, right - 1)
    months = f"${column_letters(layout.missing)}{first}"
    separator, unit = text(phrase("words", "grammar", "separator")), text(say("month"))
    lacking = f"=ISNUMBER(FIND({separator}&{month}&{unit}&{separator},{separator}&{months}&{separator}))"
    gap = styles(bold=True, font_color="#7A0C06", bg_color="#F4D3CE", num_format=f'0;-0;"{say("gap")}"')
    outside = f'=OR({name("first_month")}="",{month}<N({name("first_month")}),{month}>N({name("last_month")}))'
    muted = styles(font_color=FAINT, bg_color=MUTED_FILL)
    rule = {"type": "formula", "stop_if_true": True}
    sheet.conditional_format(*area, rule | {"criteria": lacking, "format": gap})
    sheet.conditional_format(*area, rule | {"criteria": outside, "format": muted})
    sheet.conditional_format(*area, rule | {"criteria": f"={corner}=0", "format": styles(font_color=FAINT)})
    counts = (first - 1, layout.count - 1, last - 1, layout.count - 1)
    zero = f"={column_letters(layout.count)}{first}=0"
    sheet.conditional_format(*counts, rule | {"criteria": zero, "format": styles(font_color=FAINT)})
    places = (first - 1, layout.irregular - 1, last, layout.irregular - 1)
    wrong = f"=N({column_letters(layout.irregular)}{first})>0"
    sheet.conditional_format(*places, rule | {"criteria": wrong, "format": styles.light("warning")})


def _chart(draft: Draft, sheet: Worksheet) -> None:
    """One bar for each activity, in the order of the sheets."""
    layout, font = draft.summary, phrase("sheets", "style", "font")
    rows = (layout.first - 1, layout.last - 1)
    own = sheet_name("summary")
    chart = draft.book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": say("chart"),
            "categories": [own, rows[0], layout.label - 1, rows[1], layout.label - 1],
            "values": [own, rows[0], layout.count - 1, rows[1], layout.count - 1],
            "fill": {"color": ACCENT},
            "border": {"none": True},
            "gap": 70,
            "data_labels": {"value": True, "num_format": "0;-0;;", "font": {"name": font, "size": 9, "color": DARK}},
        }
    )
    chart.set_title({"name": say("chart"), "name_font": {"name": font, "size": 11, "bold": True, "color": DARK}})
    chart.set_legend({"none": True})
    labels = {"name": font, "size": 9, "color": DARK}
    chart.set_x_axis({"num_font": labels, "line": {"color": FAINT}, "major_tick_mark": "none"})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": int(sum(width * 8 + 5 for width in _WIDTHS)), "height": 240})
    sheet.insert_chart(layout.end, 0, chart, {"x_offset": 0, "y_offset": 12, "object_position": 2})
