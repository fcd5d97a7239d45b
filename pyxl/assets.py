"""Where are the files that come with the program: the blank ledger and the Word template?

A wheel carries them inside the package (_assets); a checkout has them beside it, at the root.
"""

from __future__ import annotations

from pathlib import Path

from pyxl.text import phrase

__all__ = ["blank_ledger_path", "checkout_root", "template_path"]

_PACKAGE = Path(__file__).resolve().parent
_PACKED = _PACKAGE / "_assets"


def template_path() -> Path:
    """The Word template that reports are written with, unless the user names another."""
    return _folder("templates") / phrase("assets", "files", "template")


def blank_ledger_path() -> Path:
    """The blank ledger as we build and commit it."""
    return _folder("workbook") / phrase("assets", "files", "ledger")


def checkout_root() -> Path | None:
    """The root of the source checkout that runs; None when the program is installed."""
    root = _PACKAGE.parent
    return root if not _PACKED.is_dir() and (root / "pyproject.toml").is_file() else None


def _folder(name: str) -> Path:
    return _PACKED / name if _PACKED.is_dir() else _PACKAGE.parent / name
