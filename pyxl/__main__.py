"""Lets `python -m pyxl` do what the `pyxl` command does."""

from __future__ import annotations

import sys

from pyxl.cli import main

if __name__ == "__main__":
    sys.exit(main())
