"""Where do the pages stand in the ledger that we build?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyxl.catalogue.model import Catalogue
from pyxl.core.place import CellRef
from pyxl.excel.building.fitting import lines_needed, row_height
from pyxl.excel.building.layout import FIRST_ROW, HEADER_ROW, SummaryLayout, sheet_name
from pyxl.excel.pages.line import Line

__all__ = ["FiguresLayout", "PreviewLayout", "ResultsLayout"]

_LEAST_RESULTS = 300
_SPARE_RESULTS = 50
_FIGURE_HEIGHT = 22.0


@dataclass(frozen=True)
class ResultsLayout:
    """The sheet 校验结果: status and time in row 2, the header, a line for each issue. Rows and columns from 1."""

    count: int = 0  # lines that it has to hold
    spare: bool = True  # whether there are to be blank ones, for who writes into the sheet later

    status_row = 2
    header = HEADER_ROW
    first = FIRST_ROW
    level = 1
    sheet = 2
    link = 3  # the column that leads to the cell it names
    columns = 6
    widths = (8.0, 20.0, 9.0, 26.0, 52.0, 52.0)

    @property
    def name(self) -> str:
        """Of the sheet and of its table."""
        return sheet_name("results")

    @property
    def status(self) -> CellRef:
        """What was found; a formula that counts the lines. Defined as 校验状态."""
        return CellRef(self.name, self.status_row, 1)

    @property
    def time(self) -> CellRef:
        """When; empty = never. Defined as 校验时间."""
        return CellRef(self.name, self.status_row, self.columns)

    @property
    def last(self) -> int:
        """The table's last row."""
        lines = max(_LEAST_RESULTS, self.count + _SPARE_RESULTS) if self.spare else max(1, self.count)
        return self.first - 1 + lines


@dataclass(frozen=True)
class FiguresLayout:
    """The figures on 半年汇总, below the chart: a heading, what they are of, the header, a line for each."""

    catalogue: Catalogue

    spans = (
        (1, 1),
        (2, 4),
        (5, 15),
        (16, 16),
        (17, 18),
        (19, 19),
    )  # first and last column of each, merged below the header
    value = 5  # the column that may hold a number
    link = 19  # the column that leads to the first of the rows

    @cached_property
    def summary(self) -> SummaryLayout:
        """What stands above."""
        return SummaryLayout(self.catalogue)

    @property
    def name(self) -> str:
        """Of the sheet."""
        return self.summary.name

    @property
    def title(self) -> int:
        """The row of the heading."""
        return self.summary.chart_end + 1

    @property
    def status(self) -> CellRef:
        """What they are of, or how they are filled. Defined as 汇总状态."""
        return CellRef(self.name, self.status_row, 1)

    @property
    def status_row(self) -> int:
        """The row below the heading."""
        return self.title + 1

    @property
    def header(self) -> int:
        """The row of the header."""
        return self.title + 2

    @property
    def first(self) -> int:
        """The first figure's row."""
        return self.header + 1

    @property
    def last(self) -> int:
        """The last figure's row: there is a line for every figure of the catalogue."""
        return self.header + sum(len(activity.totals) for activity in self.catalogue.activities)

    @property
    def widths(self) -> tuple[float, ...]:
        """How wide each span is."""
        return tuple(sum(self.summary.widths[first - 1 : last]) for first, last in self.spans)

    def height(self, line: Line) -> float:
        """Points that a line takes: in merged cells no spreadsheet fits a row to its text by itself."""
        texts = zip(line.cells, self.widths, strict=True)
        return row_height(max(lines_needed(str(words or ""), width - 2) for words, width in texts), _FIGURE_HEIGHT)


@dataclass(frozen=True)
class PreviewLayout:
    """The sheet 总结预览: status in row 2, the header, the title, then a line for each paragraph."""

    status_row = 2
    header = HEADER_ROW
    first = FIRST_ROW  # the document's title
    text = 1
    rows = 2
    link = 3  # the column that leads to the first of the rows
    kind = 4  # hidden; what the line is, by which it is set off
    columns = 4
    widths = (104.0, 34.0, 8.0, 10.0)
    last = FIRST_ROW + 299

    @property
    def name(self) -> str:
        """Of the sheet."""
        return sheet_name("preview")

    @property
    def status(self) -> CellRef:
        """How long the text is, or how it is filled. Defined as 预览状态."""
        return CellRef(self.name, self.status_row, 1)
