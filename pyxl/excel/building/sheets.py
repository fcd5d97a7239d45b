"""The sheets with tables to fill in: one for each activity type, and the one with the wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from pyxl.catalogue.documents import shown
from pyxl.catalogue.model import ColumnType
from pyxl.core.place import column_letters
from pyxl.excel.building.band import column_width, title_band, write_marks
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.formulas import band_title, name, text
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW, LAST_ROW, absolute, capacity, sheet_name
from pyxl.excel.building.styles import NOTE_FILL
from pyxl.excel.building.validations import note, validation
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pyxl.catalogue.model import ActivityType, Catalogue, Column
    from pyxl.core.ledger import Value
    from pyxl.excel.building.draft import Draft

__all__ = ["build_activity", "build_wording", "clause_rows", "light_up", "write_value"]

_HEADER_HEIGHT = 36
_ENTRY_HEIGHT = 34  # two lines
_SPARE_CLAUSES = 40
_MANY = 888  # rows: as many digits as a title ever has to show

# severity → key of the level's word; the gravest first, for the first rule that fits wins
_LEVELS = ("error", "warning", "hint")


def build_activity(draft: Draft, sheet: Worksheet, activity: ActivityType) -> None:
    """The sheet of one activity type, with the rows it starts with."""
    rows = draft.rows.get(activity.key, ())
    count = draft.live.count(activity)
    title = band_title(activity, absolute(draft.summary.cell(activity, draft.summary.count)))
    shown = activity.label if count is None else _shown_title(title, count)
    widths = [column_width(column) for column in activity.columns]
    title_band(draft, sheet, title, activity.purpose, widths, shown, _shown_title(title, _MANY))
    _table(draft, sheet, activity.label, activity.columns, rows, capacity(activity, len(rows)))


def _shown_title(formula: str, count: int) -> str:
    """The band's text as its formula gives it: the strings in it, with the count between."""
    strings = formula.split('"')[1::2]
    return f"{strings[0]}{strings[1]}{count}{strings[2]}"


def clause_rows(catalogue: Catalogue) -> list[Mapping[str, Value]]:
    """The catalogue's wording, one clause a row: key of a column of the sheet → what stands there."""
    labels = {section.key: section.label for section in catalogue.sections}
    return [
        {
            "key": clause.key,
            "section": labels.get(clause.section, clause.section),
            "form": phrase("words", "forms", clause.form),
            "when": clause.when or None,
            "text": clause.text,
            "used": None if clause.used else False,
            "documents": shown(clause.documents) or None,
        }
        for clause in catalogue.clauses
    ]


def build_wording(draft: Draft, sheet: Worksheet) -> None:
    """总结文字: the catalogue's wording, one clause a row, to be changed as the unit likes."""
    rows = clause_rows(draft.catalogue)
    labels = {section.key: section.label for section in draft.catalogue.sections}
    columns = [_with_sections(column, tuple(labels.values())) for column in draft.catalogue.wording]
    label = sheet_name("wording")
    title_band(draft, sheet, label, phrase("sheets", "band", "wording"), [column_width(c) for c in columns])
    _table(draft, sheet, label, columns, rows, len(rows) + _SPARE_CLAUSES)


def _with_sections(column: Column, sections: tuple[str, ...]) -> Column:
    """The section column offers the report's sections."""
    if column.key != "section" or column.choices:
        return column
    return replace(column, type=ColumnType.CHOICE, choices=sections, open=True)


def _table(
    draft: Draft,
    sheet: Worksheet,
    label: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Value]],
    size: int,
) -> None:
    """Header, table, rows, drop-downs, highlighting and page set-up, from row 2 on."""
    write_marks(draft, sheet, columns)
    sheet.set_default_row(_ENTRY_HEIGHT)
    sheet.set_row(HEADER_ROW - 1, _HEADER_HEIGHT)
    formats = [draft.styles.entry(column) for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column_width(column), formats[place])
    _header(draft, sheet, label, columns, size)
    for number, row in enumerate(rows, FIRST_ROW - 1):
        _row(sheet, number, row, columns, formats)
    for place, column in enumerate(columns):
        if rule := validation(column, draft.catalogue, draft.long_choices):
            sheet.data_validation(FIRST_ROW - 1, place, LAST_ROW - 1, place, rule)
    light_up(draft, sheet, label, FIRST_ROW, 1, LAST_ROW, len(columns))
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:{column_letters(len(columns))}{LAST_ROW}"})
    sheet.freeze_panes(HEADER_ROW, 1)
    draft.page(sheet, repeat=HEADER_ROW - 1)


def _header(draft: Draft, sheet: Worksheet, label: str, columns: Sequence[Column], size: int) -> None:
    """The table with its header; each header carries its hint as a note."""
    draft.claim(label)
    made = sheet.add_table(
        HEADER_ROW - 1,
        0,
        HEADER_ROW - 1 + size,
        len(columns) - 1,
        {
            "name": label,
            "style": phrase("sheets", "style", "table_style"),
            "autofilter": False,
            "columns": [{"header": column.label, "header_format": draft.styles.header} for column in columns],
        },
    )
    if made != 0:
        raise ValueError(f"no table can be made of the columns of {label}")
    for place, column in enumerate(columns):
        if hint := note(column, draft.catalogue):
            sheet.write_comment(HEADER_ROW - 1, place, hint, _note_box(hint))


def _note_box(hint: str) -> dict[str, object]:
    lines = lines_needed(hint, 30)
    return {
        "author": "",
        "font_name": phrase("sheets", "style", "font"),
        "font_size": 9,
        "width": 250,
        "height": 16 * lines + 14,
        "color": NOTE_FILL,
    }


def _row(
    sheet: Worksheet, number: int, row: Mapping[str, Value], columns: Sequence[Column], formats: Sequence[Format]
) -> None:
    """One filled row (0-based number), as high as its longest text."""
    lines = 1
    for place, column in enumerate(columns):
        value = row.get(column.key)
        write_value(sheet, number, place, value, formats[place])
        if isinstance(value, str | tuple):
            lines = max(lines, lines_needed(_joined(value), column_width(column)))
    sheet.set_row(number, row_height(lines, _ENTRY_HEIGHT))


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else phrase("words", "grammar", "semicolon").join(value)


def write_value(sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    """Writes a value as a secretary would type it (0-based place); text is never taken for a formula."""
    match value:
        case None:
            sheet.write_blank(row, column, None, style)
        case bool():
            sheet.write_string(row, column, phrase("words", "yesno", "yes" if value else "no"), style)
        case int() | float():
            sheet.write_number(row, column, value, style)
        case time():
            sheet.write_datetime(row, column, value, style)
        case date():
            sheet.write_datetime(row, column, value, style)
        case _:
            sheet.write_string(row, column, _joined(value), style)


def light_up(draft: Draft, sheet: Worksheet, label: str, top: int, left: int, bottom: int, right: int) -> None:
    """Lets cells change colour while the results name them; nothing is ever written into them.

    A result that names a row only ("7") lights the row's first cell.
    """
    levels, sheets, cells = name("result_level"), name("result_sheet"), name("result_cell")
    for level in _LEVELS:
        word = text(phrase("sheets", "severity", level))
        named = f"COUNTIFS({levels},{word},{sheets},{text(label)},{cells},ADDRESS(ROW(),COLUMN(),4))>0"
        rows = f'SUMPRODUCT(({levels}={word})*({sheets}={text(label)})*({cells}&""=ROW()&""))>0'
        style = draft.styles.light(level)
        rule = {"type": "formula", "format": style, "stop_if_true": True}
        sheet.conditional_format(top - 1, left - 1, bottom - 1, right - 1, rule | {"criteria": f"={named}"})
        sheet.conditional_format(top - 1, left - 1, bottom - 1, left - 1, rule | {"criteria": f"={rows}"})
