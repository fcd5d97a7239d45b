"""How does LibreOffice make a PDF, without a window, and without touching one that is open?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pyxl.children import answered
from pyxl.soffice import environment

__all__ = ["converted"]

_PATIENCE = 180  # seconds; a summary takes three, the first start on a slow machine a minute
# headings become the bookmarks that a PDF reader shows beside the pages
_FILTER = 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}'


def converted(soffice: Path, document: Path, pdf: Path) -> None:
    """Makes `pdf` beside the document, under its name. Raises OSError when it does not come about.

    A profile of its own, that is thrown away: with that of a running office it would hand the work over to it.
    """
    with TemporaryDirectory(prefix="pyxl-office-", ignore_cleanup_errors=True) as profile:
        command = [str(soffice), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", _FILTER, "--outdir", str(pdf.parent), str(document)]
        try:
            code, told = answered(command, environment(), _PATIENCE)
        except TimeoutError:
            raise TimeoutError(0, "", str(document)) from None
    if not pdf.is_file():
        raise OSError(code, told.splitlines()[-1] if told else str(code))
