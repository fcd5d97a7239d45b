"""Which rows and columns of a sheet stay in sight?"""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from xlwings import base_classes

from pyxl.hosts.libreoffice.addresses import COLUMNS, ROWS
from pyxl.hosts.libreoffice.guard import Guarded

if TYPE_CHECKING:
    from pyxl.hosts.libreoffice.sheets import Sheet

__all__ = ["FreezePanes"]

_TRIES, _PAUSE = 20, 0.05  # seconds


class FreezePanes(Guarded, base_classes.FreezePanes):
    """The frozen rows above and columns beside the rest of a sheet; the sheet comes to the front for it."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.link = sheet.link

    def freeze_at(self, frozen_range: str) -> None:
        """Keep all rows and columns of a range in sight: of 1:2 the rows, of A:B the columns, of A1:B2 both."""
        block = self._sheet.range(frozen_range).block
        rows = 0 if block.rows == ROWS else block.last_row
        columns = 0 if block.columns == COLUMNS else block.last_column
        self._freeze(columns, rows)

    def unfreeze(self) -> None:
        """Let everything scroll."""
        self._freeze(0, 0)

    def _freeze(self, columns: int, rows: int) -> None:
        """LibreOffice counts in pixels from what is in sight: scrolled, or not yet laid out, it freezes elsewhere.

        By how much it missed, the next try aims further.
        """
        self._sheet.activate()
        controller = self._sheet.book.controller
        if controller is None:
            return
        aim = columns, rows
        for _ in range(_TRIES):
            controller.FirstVisibleRow, controller.FirstVisibleColumn = 0, 0
            controller.freezeAtPosition(*aim)
            beside, above = columns - controller.getSplitColumn(), rows - controller.getSplitRow()
            if not (beside or above):
                return
            aim = max(0, aim[0] + beside), max(0, aim[1] + above)
            sleep(_PAUSE)
