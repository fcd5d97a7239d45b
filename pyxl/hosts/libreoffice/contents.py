"""What do the cells of a range hold?"""

from __future__ import annotations

from typing import Any

from pyxl.hosts.libreoffice import reading, writing
from pyxl.hosts.libreoffice.bridge import enumerated
from pyxl.hosts.libreoffice.cells import Cells
from pyxl.hosts.libreoffice.formulas import to_office
from pyxl.hosts.libreoffice.values import rows_of

__all__ = ["VALUES", "Contents"]

# com.sun.star.sheet.CellFlags
VALUES = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas
_FORMATS = 32 | 64 | 256 | 512  # of cells, by style, of a part of a text
_EVERYTHING = 1023


class Contents(Cells):
    """Values and formulas."""

    @property
    def raw_value(self) -> Any:
        """None, str, float, bool, datetime or CellError; rows of them for more than one cell."""
        if not len(self):
            return None
        rows = reading.values(self.document, self.cells)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if len(self):
            writing.write(self.document, self.cells, rows_of(value, *self.shape))

    @property
    def formula(self) -> Any:
        """The formula, or what one would type to get the value; rows of them for more than one cell."""
        rows = reading.formulas(self.cells)
        return rows[0][0] if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, str) and value.startswith("=") and len(self) > 1:
            self._fill(value)
        else:
            self.raw_value = value

    def _fill(self, formula: str) -> None:
        """One formula for all cells: its references move along, as seen from the first cell."""
        self.first_cell.setFormula(to_office(formula))
        rows, columns = self.shape
        if rows > 1:
            first_column = self.cells.getCellRangeByPosition(0, 0, 0, rows - 1)
            first_column.fillAuto(enumerated("sheet.FillDirection", "TO_BOTTOM"), 1)
        if columns > 1:
            self.cells.fillAuto(enumerated("sheet.FillDirection", "TO_RIGHT"), 1)

    @property
    def formula_array(self) -> str | None:
        """The one formula that fills the whole range; None when there is no such."""
        return reading.formulas(self.cells)[0][0] if self.has_array else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.cells.setArrayFormula(to_office(value))

    @property
    def has_array(self) -> bool:
        """Whether one formula fills the whole range."""
        return bool(len(self) and self.cells.getArrayFormula())

    def filled(self) -> bool:
        """Whether any of its cells is not empty."""
        return bool(self.cells.queryContentCells(VALUES).getRangeAddresses())

    def clear_contents(self) -> None:
        """Take away values and formulas."""
        if len(self):
            self.cells.clearContents(VALUES)

    def clear_formats(self) -> None:
        """Take away formats."""
        if len(self):
            self.cells.clearContents(_FORMATS)

    def clear(self) -> None:
        """Take away values, formulas, formats and notes."""
        if len(self):
            self.cells.clearContents(_EVERYTHING)
