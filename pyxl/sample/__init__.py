"""What does a well-kept ledger hold? One half-year of a fictional branch, true to every rule of the catalogue.

branch.toml           the cover and the roster
entries/<key>.toml    the rows of one activity, in the order of the sheet
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from pyxl.core.ledger import Value

__all__ = ["sample"]


def sample() -> tuple[dict[str, Value], dict[str, list[dict[str, Value]]]]:
    """The cover's values by field key, and the rows by activity key, each by column key.

    Days, times and numbers have their own types, yes and no are bool, lists are tuples; a cell that
    is left empty has no key. A few rows do not count on purpose: a draft, a void one, two of the
    second half-year.
    """
    folder = resources.files(__package__)
    branch = tomllib.loads(folder.joinpath("branch.toml").read_text(encoding="utf-8"))
    rows = {"roster": _rows(branch["roster"])}
    for file in sorted(folder.joinpath("entries").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            rows[file.name.removesuffix(".toml")] = _rows(content["rows"])
    return _row(branch["cover"]), rows


def _rows(tables: list[dict[str, Any]]) -> list[dict[str, Value]]:
    return [_row(table) for table in tables]


def _row(table: dict[str, Any]) -> dict[str, Value]:
    """TOML knows lists only; a cell of several items is a tuple."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
