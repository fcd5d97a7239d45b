"""What does one click on 收集 ask for: the workbook, the report and the slips, all beside the folder?"""

from __future__ import annotations

from pathlib import Path

from pyxl.actions.collecting import Collecting
from pyxl.text import phrase

__all__ = ["everything_beside"]


def everything_beside(
    folder: Path, *, unit: str = "", code: str = "", catalogue_folder: Path | None = None
) -> Collecting:
    """Collecting such a folder with everything that can be made of it, under names that nobody has to choose."""
    from pyxl.outfile import safe_stem

    report = safe_stem(phrase("words", "files", "consolidated_report", folder=folder.absolute().name))
    return Collecting(
        folder,
        report=folder.parent / f"{report}.docx",
        slips=folder.parent / phrase("words", "files", "slips"),
        unit=unit,
        code=code,
        catalogue_folder=catalogue_folder,
    )
