"""The command line: the same use cases as the ribbon, on closed files, in Chinese."""

from __future__ import annotations

from pyxl.cli.boundary import main

__all__ = ["main"]
