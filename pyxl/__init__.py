"""A spreadsheet-integrated toolkit for the half-year summary of a party branch (党支部半年工作总结)."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
