"""How is a stranger's text shown, so that no sign in it hides, moves what stands beside it, or turns the writing round?"""

from __future__ import annotations

import re

from pyxl.xmltext import NEVER

__all__ = ["legible"]

_UNFIT = re.compile(
    f"[{NEVER}\x7f-\x9f"  # what no XML file can hold, and no screen should be sent
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"  # what turns the direction of writing, or ends a line
)


def legible(text: str) -> str:
    """The text with a replacement character for each such sign; breaks and tabs stay."""
    return text if text.isprintable() else _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
