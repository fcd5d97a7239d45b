"""Which cell does a reference lead to, written as Excel or as LibreOffice writes it?"""

from __future__ import annotations

import re

__all__ = ["first_cell", "is_built_in"]

# '年 度'!$B$4, Sheet1!$A$1:$C$9, $'年 度'.$B$4
_REFERENCE = re.compile(
    r"=?\$?(?:'((?:[^'\[\]]|'')+)'|([^'!.\[\]$=#]+))[!.]\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::[$A-Z\d]+)?"
)
# Names that a program makes for itself: files mark them, and LibreOffice does; Excel does not.
_MARK = "_xlnm."
_BUILT_IN = frozenset({"print_area", "print_titles", "_filterdatabase", "criteria", "extract", "sheet_title"})


def first_cell(reference: str) -> tuple[str, int, int] | None:
    """Sheet, row and column of the first cell; None for a formula, a constant, or a place in another workbook."""
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None:
        return None
    column = 0
    for letter in match[3]:
        column = column * 26 + ord(letter) - 64
    return (match[1] or match[2]).replace("''", "'"), int(match[4]), column


def is_built_in(name: str) -> bool:
    """Whether a program has made the name for itself: a print area and the like."""
    return name.startswith(_MARK) or name.lower() in _BUILT_IN
