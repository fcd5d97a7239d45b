"""The sheet 使用说明: a page with three steps, the buttons and what they never do; below it what to look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyxl.buttons import buttons
from pyxl.core.fields import available
from pyxl.core.place import CellRef
from pyxl.excel.building.band import title_band
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import sheet_name
from pyxl.excel.building.ribbon import draw_ribbon, places
from pyxl.excel.building.styles import ACCENT, DARK, QUIET
from pyxl.text import phrase, phrases, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from pyxl.excel.building.draft import Draft

__all__ = ["build_guide"]

_WIDTH = 115.0  # of the page; a column for each place of the ribbon, all alike
_NAMED = 2  # so many of them bear a name, the others the text beside it
_LINE = 22.0
_NO_MARKS = str.maketrans("", "", "`\\")


def build_guide(draft: Draft, sheet: Worksheet) -> None:
    """Everything from the catalogue, the table of commands and sheets.toml, to read from the top."""
    sheet.set_column(0, places() - 1, _WIDTH / places())
    widths = [_WIDTH / places()] * places()
    title_band(draft, sheet, sheet_name("guide"), phrase("sheets", "band", "guide"), widths)
    row = _pairs(draft, sheet, 2, "steps", _numbered(table("sheets")["guide_steps"]))
    row = draw_ribbon(draft, sheet, _heading(draft, sheet, row + 1, "ribbon"))
    row = _pairs(draft, sheet, row + 1, "buttons", [(button.label, button.supertip) for button in buttons()])
    row = _pairs(draft, sheet, row + 1, "never", _told_pairs("guide_never"))
    page_end = _pairs(draft, sheet, row + 1, "habits", _told_pairs("guide_habits"))
    row = _sheets(draft, sheet, page_end + 1)
    row = _pairs(draft, sheet, row + 1, "glossary", [(e["term"], e["text"]) for e in table("sheets")["glossary"]])
    row = _fields(draft, sheet, row + 1)
    _filters(draft, sheet, row + 1)
    draft.page(sheet, portrait=True)
    sheet.print_area(0, 0, page_end - 1, places() - 1)
    sheet.fit_to_pages(1, 1)


def _numbered(steps: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(f"{number}  {step['title']}", step["text"]) for number, step in enumerate(steps, 1)]


def _told_pairs(key: str) -> list[tuple[str, str]]:
    return [(each["title"], each["text"]) for each in table("sheets")[key]]


def _heading(draft: Draft, sheet: Worksheet, row: int, key: str) -> int:
    """A heading with a rule below it; returns the row after."""
    style = draft.styles(bold=True, font_size=12, font_color=ACCENT, valign="vcenter", bottom=2, bottom_color=ACCENT)
    sheet.set_row(row, 26)
    for place in range(places()):
        sheet.write(row, place, phrase("sheets", "guide", key) if place == 0 else None, style)
    return row + 1


def _line(draft: Draft, sheet: Worksheet, row: int, title: str, words: str, link: str = "") -> int:
    """A name and a running text beside it; returns the row after."""
    named = draft.styles.cell(bold=True, font_color=DARK, text_wrap=True, indent=1)
    sheet.merge_range(row, 0, row, _NAMED - 1, title, named)
    if link:
        draft.link(sheet, row, 0, CellRef(link, 1, 1), title, named)
    sheet.merge_range(row, _NAMED, row, places() - 1, words, draft.styles.cell(text_wrap=True, indent=1))
    beside = _WIDTH * _NAMED / places()
    lines = max(lines_needed(words, _WIDTH - beside - 2), lines_needed(title, beside - 2))
    sheet.set_row(row, row_height(lines, _LINE))
    return row + 1


def _sheets(draft: Draft, sheet: Worksheet, row: int) -> int:
    """What every sheet is for, each name leading to its sheet."""
    row = _heading(draft, sheet, row, "sheets")
    own = phrases("words", "sheets")
    told = phrases("sheets", "guide")
    lines = [(own["cover"], told["cover"])]
    lines += [(activity.label, activity.purpose) for activity in draft.catalogue.activities]
    lines += [(own[key], told[key]) for key in ("wording", "summary", "preview", "results")]
    for label, purpose in lines:
        row = _line(draft, sheet, row, label, purpose, link=label)
    return row


def _pairs(draft: Draft, sheet: Worksheet, row: int, key: str, pairs: Sequence[tuple[str, str]]) -> int:
    row = _heading(draft, sheet, row, key)
    for title, words in pairs:
        row = _line(draft, sheet, row, title, words)
    return row


def _fields(draft: Draft, sheet: Worksheet, row: int) -> int:
    """Every object and its fields; what each of our own objects' fields means."""
    row = _heading(draft, sheet, row, "fields")
    fields = _by_object(draft)
    last = list(fields)[-1]
    example = f"{{{{ {last}.{fields[last][0][0]} }}}}"
    lead = phrase("sheets", "guide", "fields_lead", wording=sheet_name("wording"), example=example)
    style = draft.styles(font_size=9.5, font_color=QUIET, valign="vcenter", text_wrap=True, indent=1)
    sheet.merge_range(row, 0, row, places() - 1, lead, style)
    sheet.set_row(row, row_height(lines_needed(lead, _WIDTH), _LINE))
    row += 1
    separator = phrase("words", "grammar", "separator")
    for name, pairs in fields.items():
        told = [field if name in draft.catalogue.by_label else _told(field, meaning) for field, meaning in pairs]
        row = _line(draft, sheet, row, name, separator.join(told))
    return row


def _filters(draft: Draft, sheet: Worksheet, row: int) -> int:
    """What may follow a placeholder's upright stroke."""
    told = phrases("assets", "filters")  # written for Markdown: without its marks here
    pairs = [(name, told[key].translate(_NO_MARKS)) for key, name in phrases("words", "filters").items()]
    return _pairs(draft, sheet, row, "filters", pairs)


def _by_object(draft: Draft) -> dict[str, list[tuple[str, str]]]:
    """Object → its fields and what they mean."""
    found: dict[str, list[tuple[str, str]]] = {}
    for written, meaning in available(draft.catalogue):
        name, _, field = written.partition(".")
        found.setdefault(name, []).append((field, meaning))
    return found


def _told(field: str, meaning: str) -> str:
    """The field with its meaning, unless that only repeats the field's name."""
    return field if field in meaning else phrase("sheets", "guide", "field_told", field=field, meaning=meaning)
