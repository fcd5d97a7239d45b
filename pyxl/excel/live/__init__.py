"""The ledger while it is open in a spreadsheet: reading all of it, writing only the sheets made for that."""

from __future__ import annotations

from pyxl.excel.live.reading import read_book

__all__ = ["read_book"]
