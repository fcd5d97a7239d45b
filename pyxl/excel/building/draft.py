"""What do the builders of the single sheets share while one workbook is being made?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pyxl.excel.building.layout import SummaryLayout, summary_cells
from pyxl.excel.building.lists import long_choices
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pyxl.catalogue.model import Catalogue
    from pyxl.core.issue import Issue
    from pyxl.core.ledger import Value
    from pyxl.core.place import CellRef
    from pyxl.excel.building.live_values import LiveValues
    from pyxl.excel.building.styles import Styles

__all__ = ["Draft"]


@dataclass
class Draft:
    """A workbook in the making: its catalogue, its contents, its formats, its names."""

    book: Workbook
    styles: Styles
    catalogue: Catalogue
    unit: str
    cover: Mapping[str, Value]
    rows: Mapping[str, Sequence[Mapping[str, Value]]]
    issues: Sequence[Issue] | None
    live: LiveValues
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
        """Writes a formula (0-based place) with its present value, for programs that show files without calculating."""
        sheet.write_formula(row, column, text, style, "" if value is None else value)

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
        unit = self.unit.replace("&", "&&")[:80]
        page = phrase("sheets", "footer", "page")
        sheet.set_footer(f"&L{font}{unit}&C{font}{page}&R{font}&A", {"margin": 0.35})
        if repeat is not None:
            sheet.repeat_rows(repeat)
        sheet.hide_gridlines(2)
