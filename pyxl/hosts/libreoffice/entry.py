"""What becomes of an entry that somebody is still typing?

LibreOffice has no call to end it. Bring another sheet to the front, and it goes into the cell of the same
address there; select another cell, and it goes where it belongs and can be undone. A formula alone waits
for its Enter key, and keeps its place, whatever is selected.

The extension takes this file along: it runs in LibreOffice's own Python (3.8 or newer) as well.
"""

from __future__ import annotations

from typing import Any

__all__ = ["finish_entry"]


def finish_entry(controller: Any) -> None:
    """Put what is being typed into its cell, in a view of a book's sheets; the selection stays as it was."""
    selection = controller.getSelection()
    if not (hasattr(selection, "RangeAddress") or hasattr(selection, "RangeAddresses")):
        return  # a drawing: no cell is open
    pane = controller.getByIndex(controller.getCount() - 1)
    seen = pane.getFirstVisibleRow(), pane.getFirstVisibleColumn()
    controller.select(_beside(controller, selection))
    controller.select(selection)
    if seen != (pane.getFirstVisibleRow(), pane.getFirstVisibleColumn()):
        pane.setFirstVisibleRow(seen[0])
        pane.setFirstVisibleColumn(seen[1])


def _beside(controller: Any, selection: Any) -> Any:
    """A cell in sight that is not the selected one. The open one may be any of a larger selection."""
    sheet, sight = controller.getActiveSheet(), controller.getVisibleRange()
    addresses = selection.RangeAddresses if hasattr(selection, "RangeAddresses") else [selection.RangeAddress]
    for row in range(sight.StartRow, sight.EndRow + 1):
        for column in range(sight.StartColumn, sight.EndColumn + 1):
            if not any(_holds(address, row, column) for address in addresses):
                return sheet.getCellByPosition(column, row)
    below = sight.EndRow + 1
    return sheet.getCellByPosition(sight.StartColumn, below if below < sheet.Rows.Count else 0)


def _holds(address: Any, row: int, column: int) -> bool:
    within_rows = bool(address.StartRow <= row <= address.EndRow)
    return within_rows and bool(address.StartColumn <= column <= address.EndColumn)
