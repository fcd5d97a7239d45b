"""LibreOffice Writer as a reader of documents and as a program that saves templates again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

__all__ = ["saved_by_writer"]

FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf", "txt": "txt:Text (encoded):UTF8"}


def saved_by_writer(documents: list[Path], folder: Path, ending: str = "docx") -> list[Path]:
    """Each document as Writer saves it, in `folder`, under its own name with this ending."""
    for tool in ("soffice", "timeout"):
        assert shutil.which(tool), f"{tool} is not installed; tests/run installs it"
    profile = (folder / "profile").as_uri()
    command = ["timeout", "180", "soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    done = subprocess.run(
        [*command, FILTERS[ending], "--outdir", folder, *documents],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    made = [folder / f"{path.stem}.{ending}" for path in documents]
    assert all(path.is_file() for path in made), done.stderr
    return made
