"""What is a workbook that came without a manifest, and whose is it as far as it says so itself?"""

from __future__ import annotations

from pathlib import Path

from pyxl.catalogue.model import Catalogue
from pyxl.core.units import identity_of
from pyxl.errors import WorkbookError
from pyxl.excel.cover import read_cover
from pyxl.excel.grid import RawBook
from pyxl.excel.parse import parse
from pyxl.excel.tabs import find_sheet
from pyxl.text import phrase

__all__ = ["presumed", "what_else"]

_MOST = 100  # characters of what somebody has typed there


def what_else(book: RawBook, path: str, catalogue: Catalogue) -> str:
    """One that lost it, a ledger that somebody sent instead, or anything else."""
    from pyxl.excel.consolidating.own import is_consolidated  # few are without

    if is_consolidated(Path(path)):
        return "consolidated"
    if find_sheet(book, phrase("words", "sheets", "front")):
        return "seal_missing"
    try:
        parse(book, catalogue)
    except WorkbookError:
        return "not_submission"
    return "is_ledger"


def presumed(book: RawBook, catalogue: Catalogue) -> dict[str, str]:
    """Whose it says that it is: enough to know where it goes back to, and no more."""
    cover = read_cover(book, catalogue)[0]
    code, unit = (str(cover.get(key) or "")[:_MOST] for key in ("code", "unit"))
    return {"presumed_identity": identity_of(code, unit), "presumed_unit": unit} if code or unit else {}
