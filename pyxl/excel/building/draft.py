"""What do the builders of the single sheets share while one workbook is being made?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pyxl.core.place import column_letters
from pyxl.excel.building.layout import SummaryLayout, quoted, summary_cells
from pyxl.excel.building.lists import long_choices
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pyxl.catalogue.model import ActivityType, Catalogue
    from pyxl.core.ledger import Value
    from pyxl.core.place import CellRef
    from pyxl.excel.building.live_values import LiveValues
    from pyxl.excel.building.styles import Styles
    from pyxl.excel.pages.findings import Findings

__all__ = ["STAND_IN", "Draft"]

_LONGEST_UNIT = 40  # characters of a footer's left part: more would run into the page number

STAND_IN = "ledger.xlsx"  # what links to the ledger lead to until the package is packed


@dataclass
class Draft:
    """A workbook in the making: its catalogue, its contents, its formats, its names."""

    book: Workbook
    styles: Styles
    catalogue: Catalogue
    unit: str
    cover: Mapping[str, Value]
    rows: Mapping[str, Sequence[Mapping[str, Value]]]
    live: LiveValues
    findings: Findings
    source: str = ""  # the ledger's file name, when this is a workbook of results beside it
    tabs: Mapping[str, str] | None = None  # activity key → name of its sheet in that ledger, where there is one
    defined: set[str] = field(default_factory=set)  # names taken so far, in lower case

    @cached_property
    def summary(self) -> SummaryLayout:
        """Where everything stands on 半年汇总."""
        return SummaryLayout(self.catalogue)

    @cached_property
    def figures(self) -> Mapping[tuple[str, str | int], CellRef]:
        """The cells of 半年汇总 by activity and figure."""
        return summary_cells(self.catalogue)

    @cached_property
    def long_choices(self) -> Mapping[tuple[str, ...], str]:
        """Lists too long to be written into a drop-down → their defined names."""
        return long_choices(self.catalogue)

    def define(self, name: str, reference: str) -> None:
        """Defines a name. Raises ValueError when it is taken: Excel would call the file damaged."""
        self.claim(name)
        self.book.define_name(name, f"={reference}")

    def claim(self, name: str) -> None:
        """Notes that a table or a defined name bears this name."""
        if name.lower() in self.defined:
            raise ValueError(f"the name {name} is wanted twice in one workbook")
        self.defined.add(name.lower())

    def formula(
        self, sheet: Worksheet, row: int, column: int, text: str, value: object, style: Format | None = None
    ) -> None:
        """Writes a formula (0-based place) with its present value, for programs that show files without calculating.

        Beside a ledger only the value: what a formula would count is in another workbook.
        """
        shown = "" if value is None else value
        if not self.source:
            sheet.write_formula(row, column, text, style, shown)
        elif isinstance(shown, str) and shown:
            sheet.write_string(row, column, shown, style)
        else:
            sheet.write(row, column, None if shown == "" else shown, style)

    def link(self, sheet: Worksheet, row: int, column: int, to: CellRef, words: str, style: Format) -> None:
        """Writes words (0-based place) that lead to a cell of the ledger."""
        target = f"{quoted(to.sheet)}!{column_letters(to.column or 1)}{to.row or 1}"
        where = f"external:{STAND_IN}#{target}" if self.source else f"internal:{target}"
        sheet.write_url(row, column, where, style, words)

    def tab(self, activity: ActivityType) -> str:
        """The name of the activity's sheet in the ledger; nothing when it has none."""
        return activity.label if self.tabs is None else self.tabs.get(activity.key, "")

    def band(self, key: str) -> str:
        """The sentence on one of our own sheets' title band."""
        return phrase("sheets", "beside" if self.source else "band", key, file=self.source)

    def page(self, sheet: Worksheet, *, portrait: bool = False, repeat: int | None = None) -> None:
        """A4, one page wide, the unit's name and the page number below."""
        sheet.set_paper(9)
        if portrait:
            sheet.set_portrait()
        else:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.35, right=0.35, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        font = f'&"{phrase("sheets", "style", "print_font")}"&9 '
        unit = self.unit[:_LONGEST_UNIT].replace("&", "&&")  # cut before, or a lone & would take the next sign along
        page = phrase("sheets", "footer", "page")
        sheet.set_footer(f"&L{font}{unit}&C{font}{page}&R{font}&A", {"margin": 0.35})
        if repeat is not None:
            sheet.repeat_rows(repeat)
        sheet.hide_gridlines(2)
