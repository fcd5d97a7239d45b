"""The consolidated workbook: a ledger of many units, with what became of every file and how the units compare."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from pyxl.catalogue.model import ActivityType, Catalogue
from pyxl.core.comparison import Comparison
from pyxl.core.consolidation import Consolidation, register_rows
from pyxl.core.ledger import Value
from pyxl.core.matrix import lines
from pyxl.core.place import column_letters
from pyxl.core.telling import counts
from pyxl.core.travelling import REGISTER
from pyxl.errors import OutputError
from pyxl.excel.building.band import column_width
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW, sheet_name
from pyxl.excel.building.sheets import clause_rows
from pyxl.excel.building.styles import Styles, tab_colour
from pyxl.excel.building.workbook import describe, finished_parts, new_workbook
from pyxl.excel.consolidating.comparing import build_comparison, build_earlier
from pyxl.excel.consolidating.formats import reserved
from pyxl.excel.consolidating.fragment import Piece, piece
from pyxl.excel.consolidating.kept import Kept
from pyxl.excel.consolidating.mark import BLANK
from pyxl.excel.consolidating.splice import Spliced, write_package
from pyxl.excel.consolidating.standing import build_standings
from pyxl.excel.consolidating.survey import build_survey
from pyxl.excel.submitting.book import build_cover, build_table
from pyxl.excel.submitting.page import Page
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Source", "write_book"]

Source = Callable[[str], Iterable[Piece | None]]  # activity key → its rows, unit by unit

_MOST_ROWS = 1_048_576  # of a sheet, in Excel and LibreOffice
_REACH = re.compile(rb'(<dimension ref="A1:[A-Z]+)\d+("/>)')
_MARK = re.compile(rb"</sheetData>|<sheetData/>")


def write_book(
    out: BinaryIO,
    catalogue: Catalogue,
    kept: Kept,
    found: Consolidation,
    source: Source,
    expected: int = 0,
    comparison: Comparison | None = None,
) -> None:
    """Writes the workbook, by the travelling `catalogue`. The same contents give the same bytes.

    `kept` is the upper unit's cover and wording; `source` hands out the rows. Raises OutputError when a sheet
    would have more rows than any program reads, or the file grows past 4 GB.
    """
    totals = _rows_of(found, catalogue)
    target = io.BytesIO()
    book = new_workbook(target)
    styles = Styles(book)
    formats = reserved(book, styles)
    page = Page(book, styles, str(kept.cover.get("unit") or ""))
    names, shown = _names(comparison), _shown(found, catalogue)
    _refuse(totals, shown)
    names_after = [*(each.label for each in shown), sheet_name("wording")]
    sheets = [book.add_worksheet(name) for name in (*names, *names_after)]
    _front(page, [*sheets[:2], sheets[len(names) - 1]], catalogue, kept.cover, found, expected)
    if comparison:
        _compared(page, sheets[2], sheets[3], comparison)
    _ledger(page, sheets[len(names) :], shown, totals, catalogue, kept)
    properties = {"catalogue": catalogue.version, "pyxl": "consolidated", "digest": BLANK}
    describe(book, phrase("collecting", "book", "title"), properties, sheets[0])
    parts = finished_parts(book, target, range(1, len(sheets) + 1))
    grown = {f"xl/worksheets/sheet{number}.xml": activity for number, activity in enumerate(shown, len(names) + 1)}

    def pieces(activity: ActivityType) -> Iterator[Piece]:
        rows = _register(found, catalogue, formats) if activity.key == REGISTER else source(activity.key)
        return (each for each in rows if each)

    opened = {part: _opened(parts[part], pieces(activity), totals[activity.key]) for part, activity in grown.items()}
    write_package(out, {**parts, **opened})


def _refuse(rows: Mapping[str, int], shown: Iterable[ActivityType]) -> None:
    """More rows than a sheet can have: programs would cut them off, or not open the file at all."""
    for activity in shown:
        if rows[activity.key] > _MOST_ROWS - HEADER_ROW:
            raise OutputError("consolidated_rows", sheet=activity.label, rows=rows[activity.key], most=_MOST_ROWS)


def _shown(found: Consolidation, catalogue: Catalogue) -> tuple[ActivityType, ...]:
    """The sheets of rows: all, or none where some rows were not read: it would pass for a ledger without them.

    The wording stands there all the same: what was typed into it must not be lost by a glance at the totals.
    """
    return catalogue.activities if all(each.received.full for each in found.units) else ()


def _ledger(
    page: Page, sheets: list[Worksheet], shown: tuple[ActivityType, ...], totals: Mapping[str, int],
    catalogue: Catalogue, kept: Kept,
) -> None:  # fmt: skip
    """The sheets of rows, still without them, and the wording behind them."""
    for activity, sheet in zip(shown, sheets, strict=False):
        _begin(page, sheet, activity, totals[activity.key])
    _wording(page, sheets[-1], catalogue, kept)


def _names(comparison: Comparison | None) -> list[str]:
    """The sheets that stand before the rows."""
    keys = ("survey", "standing", *(("comparison", "earlier") if comparison else ()))
    return [*(phrase("collecting", "sheets", key) for key in keys), sheet_name("cover")]


def _front(
    page: Page, sheets: list[Worksheet], catalogue: Catalogue, cover: Mapping[str, Value], found: Consolidation,
    expected: int,
) -> None:  # fmt: skip
    table = lines([each.part for each in found.units], catalogue)
    period, is_read = found.period.title if found.period else "", bool(_shown(found, catalogue))
    band = "survey" if is_read else "survey_unread"
    sentence = phrase("collecting", "bands", band, period=period, units=len(found.units))
    register = catalogue.activity(REGISTER).label if is_read else ""
    build_survey(page, sheets[0], table, catalogue, sentence, register)
    told = phrase("collecting", "bands", "standing", counts=counts(found, expected))
    build_standings(page, sheets[1], found, told)
    build_cover(
        page, sheets[2], catalogue, cover, phrase("collecting", "bands", "cover" if is_read else "cover_unread")
    )
    for sheet in sheets:
        sheet.set_tab_color(tab_colour(""))


def _compared(page: Page, sheet: Worksheet, earlier: Worksheet, comparison: Comparison) -> None:
    build_comparison(page, sheet, comparison)
    build_earlier(page, earlier, comparison)
    for each in (sheet, earlier):
        each.set_tab_color(tab_colour(""))


def _wording(page: Page, sheet: Worksheet, catalogue: Catalogue, kept: Kept) -> None:
    """总结文字: what was typed there, or the catalogue's."""
    rows = clause_rows(catalogue) if kept.wording is None else kept.wording
    sheet.set_tab_color(tab_colour("plans"))
    build_table(page, sheet, sheet_name("wording"), phrase("collecting", "bands", "wording"), catalogue.wording, rows)


def _rows_of(found: Consolidation, catalogue: Catalogue) -> dict[str, int]:
    rows = {each.key: sum(unit.part.rows.get(each.key, 0) for unit in found.units) for each in catalogue.activities}
    return {**rows, REGISTER: len(found.units)}


def _begin(page: Page, sheet: Worksheet, activity: ActivityType, rows: int) -> None:
    """Title, header and filter; the rows come later."""
    key = "register" if activity.key == REGISTER else "rows"
    widths = [column_width(column) for column in activity.columns]
    page.begin(sheet, activity.label, phrase("collecting", "bands", key, count=rows), widths)
    sheet.set_tab_color(tab_colour(activity.group))
    sheet.set_row(HEADER_ROW - 1, 36)
    for place, column in enumerate(activity.columns):
        sheet.write_string(HEADER_ROW - 1, place, column.label, page.styles.header)
    last = max(FIRST_ROW, HEADER_ROW + rows)
    sheet.autofilter(HEADER_ROW - 1, 0, last - 1, len(activity.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:{column_letters(len(activity.columns))}{last}"})


def _opened(content: bytes, pieces: Iterable[Piece], rows: int) -> Spliced:
    """The sheet, with room for so many rows behind its header; it says from the start how far it reaches."""
    content = _REACH.sub(rb"\g<1>%d\g<2>" % (HEADER_ROW + rows), content, count=1)
    found = _MARK.search(content)
    assert found
    return Spliced(content[: found.start()], pieces, content[found.start() :])


def _register(found: Consolidation, catalogue: Catalogue, formats: Mapping[str, int]) -> Iterator[Piece]:
    entries = register_rows((each.part for each in found.units), catalogue)
    yield piece((entry.values for entry in entries), catalogue.activity(REGISTER), formats)
