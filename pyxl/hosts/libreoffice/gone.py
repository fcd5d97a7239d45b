"""What is raised when the office, the book or the sheet that we were working on is no longer there?"""

from __future__ import annotations

from xlwings import XlwingsError

__all__ = ["BookGone", "HostGone", "SheetGone"]


class HostGone(XlwingsError):  # noqa: N818 - it says what has happened
    """LibreOffice does not answer any more: it was closed, or it crashed."""


class BookGone(HostGone):
    """LibreOffice runs, but the book that we were working on was closed."""


class SheetGone(HostGone):
    """The book is open, but the sheet that we were working on was deleted."""
