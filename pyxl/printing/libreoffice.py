"""How does LibreOffice make a PDF, without a window, and without touching one that is open?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

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
        with subprocess.Popen(  # noqa: S603 - a program that was found, our own words
            command, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process:  # fmt: skip
            try:
                told, _ = process.communicate(timeout=_PATIENCE)
            except subprocess.TimeoutExpired:
                _end(process)
                raise TimeoutError(0, "", str(document)) from None
    if not pdf.is_file():
        lines = told.decode(errors="replace").strip().splitlines()
        raise OSError(process.returncode, lines[-1] if lines else str(process.returncode))


def _end(process: subprocess.Popen[bytes]) -> None:
    """With everything that it has started: what is called soffice is a script that starts the program."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
