"""Which names would a spreadsheet take for the address of a cell?"""

from __future__ import annotations

import re

__all__ = ["is_like_a_cell"]

_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[RrCc][0-9]*([RrCc][0-9]*)?")


def is_like_a_cell(name: str) -> bool:
    """A1, r1c1 or R: no sheet and no defined name can be called so."""
    return bool(_LIKE_A_CELL.fullmatch(name))
