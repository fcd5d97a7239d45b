"""How do Word and WPS make a PDF? Through COM, in an instance of our own that nobody sees (Windows only)."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["is_there", "printed"]

_PDF = 17  # wdExportFormatPDF
_DISCARD = 0  # wdDoNotSaveChanges
_NO_MACROS = 3  # msoAutomationSecurityForceDisable


def is_there(name: str) -> bool:
    """Whether Windows knows a program by this name (Word.Application, KWPS.Application)."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, rf"{name}\CLSID"):
            return True
    return False


def printed(name: str, document: Path, pdf: Path) -> None:
    """Makes `pdf` of the document. Raises OSError when the program does not do it."""
    import pywintypes
    from win32com.client import DispatchEx

    try:
        application = DispatchEx(name)
        try:
            _export(application, document, pdf)
        finally:
            with suppress(pywintypes.com_error):
                application.Quit(_DISCARD)
    except pywintypes.com_error as error:
        raise OSError(0, str(error.strerror)) from error


def _export(application: Any, document: Path, pdf: Path) -> None:
    """Read-only, kept out of the list of recent files; headings become the PDF's bookmarks."""
    application.Visible = False
    application.DisplayAlerts = 0
    application.AutomationSecurity = _NO_MACROS
    opened = application.Documents.Open(str(document), False, True, False)
    try:
        opened.ExportAsFixedFormat(str(pdf), _PDF, False, CreateBookmarks=1)
    finally:
        opened.Close(_DISCARD)
