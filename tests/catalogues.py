"""Catalogue folders made for a test, and the mistakes found in them."""

from __future__ import annotations

from pathlib import Path

from pyxl.catalogue.loader import load_catalogue, read_catalogue
from pyxl.text import phrase

__all__ = ["NEW_TYPE", "OURS", "mistakes", "overlay", "reasons", "told"]

OURS = load_catalogue()

NEW_TYPE = """
key = "volunteering"
label = "志愿服务"
purpose = "一次服务一行。"
order = 65
include = ["meeting", "record"]

[[columns]]
key = "hours_served"
label = "服务时长"
type = "decimal"

[[totals]]
key = "hours"
label = "服务总时长"
kind = "sum"
columns = ["hours_served"]

[[clauses]]
key = "志愿服务1"
section = "activities"
form = "sentence"
order = 70
when = "志愿服务.次数"
text = "开展志愿服务{{ 志愿服务.次数 }}次。"
"""


def overlay(folder: Path, **files: str | bytes) -> Path:
    """A catalogue folder; `activities__x` is written as activities/x.toml."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def mistakes(folder: Path) -> set[tuple[str, str]]:
    """(file, key) of every mistake; each comes with a reason."""
    _, problems = read_catalogue(folder)
    assert all(problem.reason for problem in problems)
    assert len(problems) == len(set(problems))
    return {(problem.file, problem.key) for problem in problems}


def reasons(folder: Path, file: str, key: str) -> list[str]:
    return [problem.reason for problem in read_catalogue(folder)[1] if (problem.file, problem.key) == (file, key)]


def told(reason: str, **params: object) -> str:
    return phrase("catalogue", "problems", reason, **params)
