"""A spreadsheet-integrated toolkit for the half-year summary of a party branch (党支部半年工作总结)."""

from __future__ import annotations

__all__ = ["COLLECT_AFTER", "__version__"]

__version__ = "0.1.0"
COLLECT_AFTER = 100_000  # objects; a run or a click is short, and Python's 700 cost it a tenth of its time
