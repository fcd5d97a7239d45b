"""How does the ledger that a secretary fills in come about from the catalogue?"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from pyxl.catalogue.model import Catalogue
from pyxl.core.issue import Issue
from pyxl.core.ledger import Value
from pyxl.excel.building.cover import build_cover, with_defaults
from pyxl.excel.building.draft import Draft
from pyxl.excel.building.figures import build_figures
from pyxl.excel.building.formulas import name
from pyxl.excel.building.guide import build_guide
from pyxl.excel.building.layout import legal_name, sheet_name, sheet_names, summary_cells
from pyxl.excel.building.lists import build_lists
from pyxl.excel.building.live_values import LiveValues
from pyxl.excel.building.preview import build_preview
from pyxl.excel.building.results import build_results
from pyxl.excel.building.sheets import build_activity, build_wording
from pyxl.excel.building.styles import Styles, tab_colour
from pyxl.excel.building.summary import build_summary
from pyxl.excel.building.workbook import describe, finished, new_workbook
from pyxl.excel.pages.findings import nothing_yet
from pyxl.text import phrase

__all__ = ["build_ledger", "ledger_bytes", "summary_cells"]


def build_ledger(
    catalogue: Catalogue,
    path: Path,
    *,
    year: int | None,
    unit: str,
    cover: Mapping[str, Value] | None = None,
    rows: Mapping[str, Sequence[Mapping[str, Value]]] | None = None,
    issues: Sequence[Issue] | None = None,
) -> None:
    """Writes the ledger: blank, or with `rows` (activity key → rows of column key → value) filled in.

    `cover` (field key → value) prevails over the catalogue's defaults, `year` and `unit` over both
    where they are given. `issues` fill 校验结果; None = not yet checked.
    Raises ValueError for a catalogue whose labels Excel cannot take as names.
    """
    path.write_bytes(ledger_bytes(catalogue, year=year, unit=unit, cover=cover, rows=rows, issues=issues))


def ledger_bytes(
    catalogue: Catalogue,
    *,
    year: int | None,
    unit: str,
    cover: Mapping[str, Value] | None = None,
    rows: Mapping[str, Sequence[Mapping[str, Value]]] | None = None,
    issues: Sequence[Issue] | None = None,
) -> bytes:
    """The workbook that build_ledger writes."""
    _check_labels(catalogue)
    given: dict[str, Value] = {**(cover or {})}
    given |= {"unit": unit} if unit else {}
    given |= {"year": year} if year is not None else {}
    values = with_defaults(catalogue.cover, given)
    target = io.BytesIO()
    book = new_workbook(target)
    entries = rows or {}
    live = LiveValues(catalogue, values, entries)
    unit_name = str(values.get("unit") or "")
    _fill(Draft(book, Styles(book), catalogue, unit_name, values, entries, live, nothing_yet(issues)))
    last = len(sheet_names(catalogue))
    fitting = range(3, 4 + len(catalogue.activities))  # the activity sheets and the wording
    return finished(book, target, [*fitting, last - 1, last])


def _check_labels(catalogue: Catalogue) -> None:
    """A label that Excel takes neither for a sheet nor for a table nor for a name would break the file."""
    labels = [activity.label for activity in catalogue.activities] + [field.label for field in catalogue.cover]
    if wrong := [label for label in labels if not legal_name(label)]:
        raise ValueError(f"no names for sheets and tables: {wrong}")
    names = [label.lower() for label in sheet_names(catalogue)]
    if len(set(names)) < len(names):
        raise ValueError("two sheets would bear the same name")


def _fill(draft: Draft) -> None:
    """Makes the sheets in the order of the work, then fills them."""
    book, catalogue = draft.book, draft.catalogue
    sheets = {label: book.add_worksheet(label) for label in sheet_names(catalogue)}
    lists = book.add_worksheet(name("lists"))
    colours = {activity.label: tab_colour(activity.group) for activity in catalogue.activities}
    colours[sheet_name("wording")] = tab_colour("plans")
    for label, sheet in sheets.items():
        sheet.set_tab_color(colours.get(label, tab_colour("")))
    build_lists(draft, lists)
    build_guide(draft, sheets[sheet_name("guide")])
    build_cover(draft, sheets[sheet_name("cover")])
    for activity in catalogue.activities:
        build_activity(draft, sheets[activity.label], activity)
    build_wording(draft, sheets[sheet_name("wording")])
    build_summary(draft, sheets[sheet_name("summary")])
    build_figures(draft, sheets[sheet_name("summary")])
    build_preview(draft, sheets[sheet_name("preview")])
    build_results(draft, sheets[sheet_name("results")])
    properties = {"catalogue": catalogue.version}
    describe(book, phrase("sheets", "file", "title"), properties, sheets[sheet_name("guide")])
