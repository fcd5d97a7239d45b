"""Where are the files that come with the program and that it reads itself?

A wheel carries them inside the package (_assets); a checkout has them beside it, at the root.
"""

from __future__ import annotations

from pathlib import Path

from pyxl.text import phrase

__all__ = [
    "CHECKSUMS",
    "checkout_root",
    "launcher_path",
    "record_template_path",
    "template_path",
    "templates_folder",
    "upper_template_path",
]

CHECKSUMS = "SHA256SUMS.txt"  # in a bundle: what each file of it holds
_PACKAGE = Path(__file__).resolve().parent
_PACKED = _PACKAGE / "_assets"


def template_path() -> Path:
    """The Word template that reports are written with, unless the user names another."""
    return _folder("templates") / phrase("assets", "files", "template")


def upper_template_path() -> Path:
    """The Word template of reports on many units."""
    return _folder("templates") / phrase("assets", "files", "upper_template")


def record_template_path() -> Path:
    """The Word template of the forms that a branch files, unless the user names another."""
    return _folder("templates") / phrase("assets", "files", "record_template")


def templates_folder() -> Path:
    """Where the Word templates that come with the program stand."""
    return _folder("templates")


def launcher_path() -> Path:
    """The one VBA module that is written by hand; a wheel does not carry it."""
    return _folder("workbook") / "vba" / "PyxlLaunch.bas"


def checkout_root() -> Path | None:
    """The root of the source checkout that runs; None when the program is installed."""
    root = _PACKAGE.parent
    return root if not _PACKED.is_dir() and (root / "pyproject.toml").is_file() else None


def _folder(name: str) -> Path:
    return _PACKED / name if _PACKED.is_dir() else _PACKAGE.parent / name
