"""How does LibreOffice make a PDF, without a window, and without touching one that is open?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["converted", "program"]

_PLACES = {
    "win32": ("Program Files/LibreOffice*/program/soffice.exe", "Program Files (x86)/LibreOffice*/program/soffice.exe"),
    "darwin": ("Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
_ELSEWHERE = ("opt/libreoffice*/program/soffice", "usr/lib*/libreoffice/program/soffice")
_FOREIGN = {"PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "URE_BOOTSTRAP"}  # of our interpreter, not of the office's
_PATIENCE = 180  # seconds; a summary takes three, the first start on a slow machine a minute
# headings become the bookmarks that a PDF reader shows beside the pages
_FILTER = 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}'


def program() -> Path | None:
    """Where it is; None when there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    root = Path(Path.cwd().anchor)
    patterns = _PLACES.get(sys.platform, _ELSEWHERE)
    return next((path for pattern in patterns for path in sorted(root.glob(pattern), reverse=True)), None)


def converted(soffice: Path, document: Path, pdf: Path) -> None:
    """Makes `pdf` beside the document, under its name. Raises OSError when it does not come about.

    A profile of its own, that is thrown away: with that of a running office it would hand the work over to it.
    """
    with TemporaryDirectory(prefix="pyxl-office-", ignore_cleanup_errors=True) as profile:
        command = [str(soffice), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", _FILTER, "--outdir", str(pdf.parent), str(document)]
        environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        try:
            done = subprocess.run(  # noqa: S603 - a program that was found, our own words
                command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise TimeoutError(0, "", str(document)) from None
    if not pdf.is_file():
        told = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise OSError(done.returncode, told.splitlines()[-1] if told else str(done.returncode))
