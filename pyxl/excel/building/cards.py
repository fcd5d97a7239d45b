"""The top of 半年汇总: what does the cover still lack, and which figures answer first?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyxl.core.place import CellRef, column_letters
from pyxl.excel.building.formulas import cover_name, name, text
from pyxl.excel.building.layout import sheet_name
from pyxl.excel.building.lists import gap_total
from pyxl.excel.building.styles import ACCENT, DARK, FAINT, QUIET
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pyxl.catalogue.model import ActivityType
    from pyxl.excel.building.draft import Draft

__all__ = ["attended", "build_cards", "say", "total_count", "total_rate", "total_sum"]

# 1-based first and last column of each card
_CARDS = {
    "card_period": (1, 2),
    "card_as_of": (3, 6),
    "card_count": (7, 10),
    "card_present": (11, 14),
    "card_rate": (15, 17),
    "card_gaps": (18, 19),
}


def build_cards(draft: Draft, sheet: Worksheet) -> None:
    """Rows 2 to 4."""
    _request(draft, sheet)
    _cards(draft, sheet)


def say(key: str, **words: str) -> str:
    """A word of the sheet 半年汇总."""
    return phrase("sheets", "summary", key, **words)


def _request(draft: Draft, sheet: Worksheet) -> None:
    """Row 2: what the cover lacks for the figures to be right; empty when it lacks nothing."""
    catalogue, live = draft.catalogue, draft.live
    year, period, as_of = (cover_name(catalogue, key) for key in ("year", "period", "as_of"))
    cover = sheet_name("cover")
    missing_year = say("missing_year", cover=cover, year=year)
    missing_period = say("missing_period", cover=cover, period=period)
    bad_as_of = say("bad_as_of", cover=cover, as_of=as_of)
    outside = f'AND(TRIM({as_of}&"")<>"",IF(ISNUMBER({as_of}),INT({as_of})<>{name("limit")},TRUE))'
    formula = (
        f'=IF({name("year")}="",{text(missing_year)},IF({name("limit")}="",{text(missing_period)},'
        f'IF({outside},{text(bad_as_of)},"")))'
    )
    shown = ""
    if live.year is None:
        shown = missing_year
    elif live.period is None:
        shown = missing_period
    elif draft.cover.get("as_of") is not None and not live.as_of_fits:
        shown = bad_as_of
    sheet.set_row(1, 20)
    draft.formula(sheet, 1, 0, formula, shown, draft.styles(bold=True, font_color=ACCENT, valign="vcenter", indent=1))


def _cards(draft: Draft, sheet: Worksheet) -> None:
    """Rows 3 and 4: the figures that answer first."""
    layout, live = draft.summary, draft.live
    totals = {
        key: CellRef(sheet_name("summary"), layout.total, getattr(layout, key)) for key in ("count", "present", "rate")
    }
    cells = {key: f"{column_letters(cell.column or 0)}{cell.row}" for key, cell in totals.items()}
    limit = name("limit")
    period = f'=IF({limit}="","",{_title_formula()})'
    gaps = f'=IF({limit}="","",SUM({gap_total(layout)}))'
    told = live.limit is not None
    contents: dict[str, tuple[str, object, str]] = {
        "card_period": (period, live.period.title if told and live.period else "", "@"),
        "card_as_of": (f'=IF({limit}="","",{limit})', live.setting("limit"), "yyyy-mm-dd"),
        "card_count": (f"={cells['count']}", total_count(draft), "0"),
        "card_present": (f"={cells['present']}", total_sum(draft, "present"), "0"),
        "card_rate": (f"={cells['rate']}", total_rate(draft), "0.0%"),
        "card_gaps": (gaps, sum(len(live.missing(a)) for a in layout.matrix) if told else "", "0"),
    }
    sheet.set_row(2, 18)
    sheet.set_row(3, 34)
    sheet.set_row(4, 8)
    for key, (first, last) in _CARDS.items():
        formula, value, number_format = contents[key]
        edge = {"left": 1, "left_color": FAINT} if first > 1 else {}
        title = draft.styles(font_size=9.5, font_color=QUIET, align="center", valign="vcenter", **edge)
        shown = draft.styles(
            bold=True, font_size=16, font_color=DARK, align="center", valign="vcenter", num_format=number_format, **edge
        )
        sheet.merge_range(2, first - 1, 2, last - 1, say(key), title)
        sheet.merge_range(3, first - 1, 3, last - 1, "", shown)
        draft.formula(sheet, 3, first - 1, formula, value, shown)


def _title_formula() -> str:
    """Year and period as the document calls them: 2023年上半年, and 2023年 for the whole year."""
    before, after = phrase("words", "period_title", "H1", year="{year}").split("{year}")
    after = after.replace(phrase("words", "periods", "H1"), "")
    whole = text(phrase("words", "periods", "FY"))
    return f'{text(before)}&{name("year")}&{text(after)}&IF({name("period_name")}={whole},"",{name("period_name")})'


def attended(draft: Draft) -> list[ActivityType]:
    """The activities of the matrix that record attendance."""
    return [activity for activity in draft.summary.matrix if activity.has("due") and activity.has("present")]


def total_count(draft: Draft) -> int | None:
    """Rows of the period, of all activities of the matrix."""
    counts = [draft.live.count(activity) for activity in draft.summary.matrix]
    return None if draft.live.limit is None else sum(count or 0 for count in counts)


def total_sum(draft: Draft, key: str) -> int | float | None:
    """Attendance in the period, due or present, of all of them."""
    sums = [draft.live.sum(activity, key) for activity in attended(draft)]
    return None if draft.live.limit is None else sum(value or 0 for value in sums)


def total_rate(draft: Draft) -> float | None:
    """Their present over their due; empty without any due."""
    due, present = (total_sum(draft, key) or 0 for key in ("due", "present"))
    return present / due if due else None
