"""The consolidated workbook: a ledger of many units, with what became of every file and how the units compare."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from pyxl.catalogue.model import ActivityType, Catalogue
from pyxl.core.consolidation import Consolidation, register_rows
from pyxl.core.ledger import Value
from pyxl.core.matrix import lines
from pyxl.core.place import column_letters
from pyxl.core.travelling import REGISTER
from pyxl.excel.building.band import column_width
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW, sheet_name
from pyxl.excel.building.sheets import clause_rows
from pyxl.excel.building.styles import Styles, tab_colour
from pyxl.excel.building.workbook import describe, finished, new_workbook
from pyxl.excel.consolidating.formats import reserved
from pyxl.excel.consolidating.fragment import Piece, piece
from pyxl.excel.consolidating.kept import Kept
from pyxl.excel.consolidating.splice import Spliced, write_package
from pyxl.excel.consolidating.standing import build_standings, counts
from pyxl.excel.consolidating.survey import build_survey
from pyxl.excel.submitting.book import build_cover, build_table
from pyxl.excel.submitting.page import Page
from pyxl.package import unpacked
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Source", "write_book"]

Source = Callable[[str], Iterable[Piece | None]]  # activity key → its rows, unit by unit

_MARK = re.compile(rb"</sheetData>|<sheetData/>")


def write_book(
    out: BinaryIO,
    catalogue: Catalogue,
    kept: Kept,
    found: Consolidation,
    source: Source,
    expected: int = 0,
) -> None:
    """Writes the workbook, by the travelling `catalogue`. The same contents give the same bytes.

    `kept` is the upper unit's cover and wording; `source` hands out the rows. Raises ValueError when it
    grows past 4 GB.
    """
    target = io.BytesIO()
    book = new_workbook(target)
    styles = Styles(book)
    formats = reserved(book, styles)
    page = Page(book, styles, str(kept.cover.get("unit") or ""))
    names = [phrase("collecting", "sheets", "survey"), phrase("collecting", "sheets", "standing"), sheet_name("cover")]
    shown = _shown(found, catalogue)
    names_after = [*(each.label for each in shown), *([sheet_name("wording")] if shown else [])]
    sheets = [book.add_worksheet(name) for name in (*names, *names_after)]
    _front(page, sheets, catalogue, kept.cover, found, expected)
    totals = _rows_of(found, catalogue)
    for activity, sheet in zip(shown, sheets[len(names) :], strict=False):
        _begin(page, sheet, activity, totals[activity.key])
    if shown:
        _wording(page, sheets[-1], catalogue, kept)
    properties = {"catalogue": catalogue.version, "pyxl": "consolidated"}
    describe(book, phrase("collecting", "book", "title"), properties, sheets[0])
    parts: dict[str, bytes | Spliced] = dict(unpacked(finished(book, target, range(1, len(sheets) + 1))))
    for number, activity in enumerate(shown, len(names) + 1):
        part = f"xl/worksheets/sheet{number}.xml"
        content = parts[part]
        assert isinstance(content, bytes)
        rows = _register(found, activity, formats) if activity.key == REGISTER else source(activity.key)
        parts[part] = _opened(content, (each for each in rows if each))
    write_package(out, parts)


def _shown(found: Consolidation, catalogue: Catalogue) -> tuple[ActivityType, ...]:
    """The sheets of rows: all, or none where some rows were not read: it would pass for a ledger without them."""
    return catalogue.activities if all(each.received.full for each in found.units) else ()


def _front(
    page: Page, sheets: list[Worksheet], catalogue: Catalogue, cover: Mapping[str, Value], found: Consolidation,
    expected: int,
) -> None:  # fmt: skip
    table = lines([each.part for each in found.units], catalogue)
    sentence = phrase("collecting", "bands", "survey", period=found.period.title, units=len(found.units))
    register = catalogue.activity(REGISTER).label if _shown(found, catalogue) else ""
    build_survey(page, sheets[0], table, catalogue, sentence, register)
    build_standings(page, sheets[1], found, counts(found, expected))
    build_cover(page, sheets[2], catalogue, cover, phrase("collecting", "bands", "cover"))
    for sheet in sheets[:3]:
        sheet.set_tab_color(tab_colour(""))


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


def _opened(content: bytes, pieces: Iterable[Piece]) -> Spliced:
    """The sheet, with room for rows behind its header."""
    found = _MARK.search(content)
    assert found
    return Spliced(content[: found.start()], pieces, content[found.start() :])


def _register(found: Consolidation, catalogue: Catalogue, formats: Mapping[str, int]) -> Iterator[Piece]:
    entries = register_rows((each.part for each in found.units), catalogue)
    yield piece((entry.values for entry in entries), catalogue.activity(REGISTER), formats)
