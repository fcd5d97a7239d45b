"""The hidden sheet: what do drop-downs offer, and between which days does the summary count?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pyxl.core.period import PARTS
from pyxl.core.place import CellRef, column_letters
from pyxl.excel.building import formulas
from pyxl.excel.building.formulas import cover_name, name
from pyxl.excel.building.layout import (
    FIRST_ROW,
    LAST_ROW,
    MONTHS,
    SummaryLayout,
    absolute,
    absolute_range,
    entry_range,
    monthly_rule,
    sheet_name,
)
from pyxl.text import phrase, phrases

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pyxl.catalogue.model import Catalogue
    from pyxl.excel.building.draft import Draft

__all__ = ["build_lists", "gap_cell", "gap_count", "gap_total", "long_choices"]

_LONGEST_INLINE = 255  # characters of a drop-down's list written out, in Excel
_SETTINGS = ("year", "first_month", "last_month", "start", "limit", "period_name")
_GAPS_ROW = 12  # header of the monthly counts
_CHOICES_COLUMN = 17


def long_choices(catalogue: Catalogue) -> Mapping[tuple[str, ...], str]:
    """Lists of choices too long to be written out → the defined name that holds them."""
    lists: list[tuple[str, ...]] = [c.choices for activity in catalogue.activities for c in activity.columns]
    lists += [field.choices for field in catalogue.cover]
    lists.append(tuple(section.label for section in catalogue.sections))
    long = [choices for choices in dict.fromkeys(lists) if not _fits_inline(choices)]
    return {choices: phrase("sheets", "names", "choices", number=n) for n, choices in enumerate(long, 1)}


def _fits_inline(choices: tuple[str, ...]) -> bool:
    return len(",".join(choices)) <= _LONGEST_INLINE and not any("," in choice for choice in choices)


def build_lists(draft: Draft, sheet: Worksheet) -> None:
    """Fills the hidden sheet and defines the names that formulas and drop-downs use."""
    _periods(draft, sheet)
    _settings(draft, sheet)
    _gaps(draft, sheet)
    _choices(draft, sheet)
    _names(draft)
    sheet.very_hidden()


def _periods(draft: Draft, sheet: Worksheet) -> None:
    """Name, first and last month of every reporting period."""
    for column, key in enumerate(("period", "first_month", "last_month")):
        sheet.write_string(0, column, phrase("sheets", "lists", key), draft.styles.header)
    labels = phrases("words", "periods")
    for row, (part, (first, last)) in enumerate(PARTS.items(), 1):
        sheet.write_string(row, 0, labels[part])
        sheet.write_number(row, 1, first)
        sheet.write_number(row, 2, last)


def _setting(key: str) -> CellRef:
    return CellRef(name("lists"), 2 + _SETTINGS.index(key), 6)


def _settings(draft: Draft, sheet: Worksheet) -> None:
    """What the cover says, as numbers that formulas can use; empty where it cannot be told."""
    sheet.write_string(0, 4, phrase("sheets", "lists", "setting"), draft.styles.header)
    sheet.write_string(0, 5, phrase("sheets", "lists", "value"), draft.styles.header)
    expressions = _setting_formulas(draft.catalogue)
    for row, key in enumerate(_SETTINGS, 1):
        sheet.write_string(row, 4, name(key))
        style = draft.styles(num_format="yyyy-mm-dd" if key in ("start", "limit") else "General", align="left")
        draft.formula(sheet, row, 5, expressions[key], draft.live.setting(key), style)
        draft.define(name(key), absolute(_setting(key)))


def _setting_formulas(catalogue: Catalogue) -> dict[str, str]:
    year, period, as_of = (cover_name(catalogue, key) for key in ("year", "period", "as_of"))
    lists = name("lists")
    last = 1 + len(PARTS)
    labels, firsts, lasts = (absolute_range(lists, column, 2, last) for column in (1, 2, 3))
    written = f'VALUE(LEFT(TRIM({year}&""),4))'
    chosen = f'IF(TRIM({period}&"")="",1,MATCH(TRIM({period}&""),{labels},0))'
    told = f'{name("year")}=""'
    end = f"DATE({name('year')},{name('last_month')}+1,0)"
    inside = f"AND(INT({as_of})>={name('start')},INT({as_of})<={end})"
    return {
        "year": f'=IFERROR(IF(AND({written}>=2000,{written}<=2099),{written},""),"")',
        "first_month": f'=IF({told},"",IFERROR(INDEX({firsts},{chosen}),""))',
        "last_month": f'=IF({told},"",IFERROR(INDEX({lasts},{chosen}),""))',
        "period_name": f'=IF({told},"",IFERROR(INDEX({labels},{chosen}),""))',
        "start": f'=IF({name("first_month")}="","",DATE({name("year")},{name("first_month")},1))',
        "limit": f'=IF({name("start")}="","",IF(ISNUMBER({as_of}),IF({inside},INT({as_of}),{end}),{end}))',
    }


def gap_cell(layout: SummaryLayout, row: int, month: int) -> CellRef:
    """How often the activity of a line of the summary was held in a month that is due; else empty text."""
    return CellRef(name("lists"), _GAPS_ROW + 1 + row - layout.first, 1 + month)


def gap_count(layout: SummaryLayout, row: int) -> CellRef:
    """How many months that are due lack the activity of that line."""
    return gap_cell(layout, row, 13)


def gap_total(layout: SummaryLayout) -> str:
    """All such months of all activities."""
    return absolute_range(
        name("lists"), gap_count(layout, layout.first).column or 0, _GAPS_ROW + 1, _GAPS_ROW + len(layout.matrix)
    )


def _gaps(draft: Draft, sheet: Worksheet) -> None:
    """Counts month by month up to the last day that counts, for activities with a monthly rule."""
    layout = draft.summary
    sheet.write_string(_GAPS_ROW - 1, 0, phrase("sheets", "lists", "months"), draft.styles.header)
    for month in MONTHS:
        sheet.write_number(_GAPS_ROW - 1, month, month, draft.styles.header)
    sheet.write_string(_GAPS_ROW - 1, 13, phrase("sheets", "lists", "gaps"), draft.styles.header)
    for activity in layout.matrix:
        spec = monthly_rule(activity)
        if not spec:
            continue
        row = gap_cell(layout, layout.row(activity), 1).row or 0
        sheet.write_string(row - 1, 0, activity.label)
        condition = formulas.applies(draft.catalogue, spec)
        for month in MONTHS:
            due = formulas.month_is_due(str(month))
            year = name("year")
            counted = formulas.count_between(
                activity, f"DATE({year},{month},1)", f"MIN(DATE({year},{month}+1,1),{name('limit')}+1)"
            )
            test = f"AND({due},{condition})" if condition else due
            value = draft.live.held_when_due(activity, month)
            draft.formula(sheet, row - 1, month, f'=IF({test},{counted},"")', value)
        cells = f"{column_letters(2)}{row}:{column_letters(13)}{row}"
        draft.formula(sheet, row - 1, 13, f"=COUNTIF({cells},0)", len(draft.live.missing(activity)))


def _choices(draft: Draft, sheet: Worksheet) -> None:
    """The lists that are too long for a drop-down's own definition, one a column."""
    for column, (choices, label) in enumerate(draft.long_choices.items(), _CHOICES_COLUMN):
        sheet.write_string(0, column - 1, phrase("sheets", "lists", "choices"), draft.styles.header)
        for row, choice in enumerate(choices, 1):
            sheet.write_string(row, column - 1, choice)
        draft.define(label, absolute_range(name("lists"), column, 2, 1 + len(choices)))


def _names(draft: Draft) -> None:
    """The roster's names, however many, and the columns of the results."""
    roster = draft.catalogue.by_key.get("roster")
    if roster and roster.has("name"):
        cells = entry_range(roster, "name")
        first = cells.split(":")[0]
        length = f'MAX(1,SUMPRODUCT(MAX(({cells}<>"")*(ROW({cells})-{FIRST_ROW - 1}))))'
        draft.define(name("members"), f"{first}:INDEX({cells},{length})")
    for column, key in enumerate(("result_level", "result_sheet", "result_cell"), 1):
        draft.define(name(key), absolute_range(sheet_name("results"), column, FIRST_ROW, LAST_ROW))
