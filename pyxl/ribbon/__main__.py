"""What does `python -m pyxl.ribbon` run? One click."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from pyxl.ribbon.boundary import main

__all__ = ["run"]


def run(words: Sequence[str]) -> NoReturn:
    """Answer the click and end the process.

    Not by sys.exit: everything is written and flushed, and an interpreter that takes itself apart while
    a thread of LibreOffice's bridge still lives crashes now and then.
    """
    os._exit(main(words))


if __name__ == "__main__":
    run(sys.argv[1:])
