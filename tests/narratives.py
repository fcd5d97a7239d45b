"""The sample's finished text with rows or wording changed, and where to look in it."""

from __future__ import annotations

from typing import Any

from tests.reports import ROWS, Written, sheet_wording, written

__all__ = ["BLANK_COVER", "SAMPLE", "change", "each", "headings", "insert", "rows", "section"]

SAMPLE = written()
BLANK_COVER = {"unit": "某支部", "short_name": "某支部", "year": 2023, "period": "上半年"}


def rows(**changes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The sample's rows with whole activities replaced."""
    return {**ROWS, **changes}


def each(activity: str, **changes: Any) -> dict[str, list[dict[str, Any]]]:
    """The sample with a column changed in every row of one activity."""
    return rows(**{activity: [{**row, **changes} for row in ROWS[activity]]})


def change(key: str, **values: Any) -> list[dict[str, Any]]:
    wording = sheet_wording()
    next(row for row in wording if row["key"] == key).update(values)
    return wording


def insert(after: str, *new: dict[str, Any]) -> list[dict[str, Any]]:
    wording = sheet_wording()
    place = next(number for number, row in enumerate(wording) if row["key"] == after) + 1
    return [*wording[:place], *({"key": None, **row} for row in new), *wording[place:]]


def headings(found: Written) -> list[str]:
    return [paragraph.text for paragraph in found.narrative.paragraphs if paragraph.level]


def section(found: Written, title: str) -> list[str]:
    """The paragraphs under the heading that holds `title`."""
    paragraphs = iter(found.narrative.paragraphs)
    for paragraph in paragraphs:
        if paragraph.level and title in paragraph.text:
            break
    texts = []
    for paragraph in paragraphs:
        if paragraph.level:
            break
        texts.append(paragraph.text)
    return texts
