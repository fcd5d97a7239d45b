"""Where do the cells of a range lie, and how do they move, merge, and change their size?"""

from __future__ import annotations

from typing import Any

from pyxl.hosts.libreoffice.addresses import COLUMNS, ROWS, Block
from pyxl.hosts.libreoffice.bridge import enumerated
from pyxl.hosts.libreoffice.cells import Cells

__all__ = ["Layout"]

_POINT = 2540 / 72  # in hundredths of a millimetre, which is what LibreOffice measures in
_PIXEL = 2540 / 96
_POINTS_IN_PIXEL = 0.75
_DIGIT = 7  # pixels: the widest digit of Excel's standard font, which widths are counted in
_PADDING = 5  # pixels
_BELOW_ONE = _DIGIT + _PADDING  # pixels: widths under one character are a part of this


class Layout(Cells):
    """Sizes, places, and the moving of cells."""

    @property
    def column_width(self) -> float | None:
        """In characters; None when the columns differ."""
        columns = self.cells.getColumns()
        count = self._until(self.sheet.used_range.block.last_column, self.block.column, self.block.columns)
        widths = {columns.getByIndex(index).Width for index in range(count)}
        if len(widths) > 1:
            return None
        pixels = float(widths.pop() / _PIXEL)
        return round((pixels - _PADDING) / _DIGIT if pixels >= _BELOW_ONE else pixels / _BELOW_ONE, 2)

    @column_width.setter
    def column_width(self, value: float) -> None:
        pixels = value * _DIGIT + _PADDING if value >= 1 else value * _BELOW_ONE
        self.cells.getColumns().Width = round(pixels * _PIXEL)

    @property
    def row_height(self) -> float | None:
        """In points; None when the rows differ."""
        rows = self.cells.getRows()
        count = self._until(self.sheet.used_range.block.last_row, self.block.row, self.block.rows)
        heights = {rows.getByIndex(index).Height for index in range(count)}
        return None if len(heights) > 1 else round(heights.pop() / _POINT, 1)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.cells.getRows().Height = round(value * _POINT)

    @staticmethod
    def _until(used: int, first: int, count: int) -> int:
        """How many lines must be asked for their size: behind the used ones they are all alike."""
        return min(count, max(used - first, 0) + 2)

    @property
    def width(self) -> float:
        """In points."""
        return _points(self.cells.Size.Width)

    @property
    def height(self) -> float:
        """In points."""
        return _points(self.cells.Size.Height)

    @property
    def left(self) -> float:
        """From the left edge of the sheet, in points."""
        return _points(self.cells.Position.X)

    @property
    def top(self) -> float:
        """From the upper edge of the sheet, in points."""
        return _points(self.cells.Position.Y)

    @property
    def row_hidden(self) -> bool | None:
        """Whether its rows are hidden; None when only some are."""
        shown = self._shown(self.block._replace(column=1, columns=COLUMNS))
        rows = {row for each in shown for row in range(each.StartRow, each.EndRow + 1)}
        return _none_of(len(rows), self.block.rows)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.cells.getRows().IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        """Whether its columns are hidden; None when only some are."""
        shown = self._shown(self.block._replace(row=1, rows=ROWS))
        columns = {column for each in shown for column in range(each.StartColumn, each.EndColumn + 1)}
        return _none_of(len(columns), self.block.columns)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.cells.getColumns().IsVisible = not value

    def _shown(self, lines: Block) -> Any:
        return self.sheet.block(lines).cells.queryVisibleCells().getRangeAddresses()

    def autofit(self, axis: str | None = None) -> None:
        """Make rows, columns or both as large as their contents."""
        if axis in {None, "c", "columns"}:
            self.cells.getColumns().OptimalWidth = True
        if axis in {None, "r", "rows"}:
            self.cells.getRows().OptimalHeight = True

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Make room for as many cells, pushing these down or to the right."""
        sheet, block = self.sheet.api, self.block
        if block.rows == ROWS:
            sheet.getColumns().insertByIndex(block.column - 1, block.columns)
        elif block.columns == COLUMNS:
            sheet.getRows().insertByIndex(block.row - 1, block.rows)
        else:
            way = shift or ("down" if block.columns >= block.rows else "right")
            sheet.insertCells(self.range_address, enumerated("sheet.CellInsertMode", way.upper()))

    def delete(self, shift: str | None = None) -> None:
        """Take the cells out, letting others move up or to the left."""
        sheet, block = self.sheet.api, self.block
        if block.rows == ROWS:
            sheet.getColumns().removeByIndex(block.column - 1, block.columns)
        elif block.columns == COLUMNS:
            sheet.getRows().removeByIndex(block.row - 1, block.rows)
        else:
            way = shift or ("up" if block.columns > block.rows else "left")
            sheet.removeRange(self.range_address, enumerated("sheet.CellDeleteMode", way.upper()))

    def copy(self, destination: Any = None) -> None:
        """Put a copy at another place of the same book."""
        if destination is None:
            raise NotImplementedError("Nothing is copied to the clipboard; give a destination")
        target = self._inside_book(destination)
        self.sheet.api.copyRange(target.start, self.range_address)

    def move(self, destination: Any) -> None:
        """Put the cells at another place of the same book."""
        self.sheet.api.moveRange(self._inside_book(destination).start, self.range_address)

    def _inside_book(self, destination: Any) -> Cells:
        target: Cells = getattr(destination, "impl", destination)
        if target.sheet.book.document.model.RuntimeUID != self.document.model.RuntimeUID:
            raise NotImplementedError("Cells are not copied from one book to another")
        return target

    def merge(self, across: bool = False) -> None:
        """Make one cell of them, or one of each row."""
        self.cells.merge(False)
        if not across:
            self.cells.merge(True)
            return
        for row in range(self.block.rows):
            self.cells.getCellRangeByPosition(0, row, self.block.columns - 1, row).merge(True)

    def unmerge(self) -> None:
        """Make single cells of merged ones."""
        self.cells.merge(False)

    @property
    def merge_cells(self) -> bool:
        """Whether a cell of it is part of a merged one."""
        return bool(self.cells.getIsMerged()) or self.merged_block != Block(self.row, self.column, 1, 1)

    @property
    def merged_block(self) -> Block:
        """The merged cell that its first cell is part of."""
        cursor = self.sheet.api.createCursorByRange(self.first_cell)
        cursor.collapseToMergedArea()
        return self.sheet.range_at(cursor.getRangeAddress()).block

    def group(self, by: str) -> None:
        """Bind its rows or columns together, to be folded away."""
        self.sheet.api.group(self.range_address, _lines(by))

    def ungroup(self, by: str) -> None:
        """Undo `group`."""
        self.sheet.api.ungroup(self.range_address, _lines(by))


def _points(hundredths: int) -> float:
    """From hundredths of a millimetre; as in Excel, whole pixels."""
    return round(hundredths / _PIXEL) * _POINTS_IN_PIXEL


def _none_of(shown: int, count: int) -> bool | None:
    return not shown if shown in {0, count} else None


def _lines(by: str) -> Any:
    return enumerated("table.TableOrientation", "COLUMNS" if by.startswith("c") else "ROWS")
