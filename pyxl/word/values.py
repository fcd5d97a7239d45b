"""What does a report put into a document: which values under which names, and how is one written?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pyxl.core import grammar
from pyxl.core.attachments import attachments
from pyxl.core.document import Picture, Report, UnitLine
from pyxl.text import phrase, phrases
from pyxl.word.layout import broken_title

__all__ = ["context", "photos", "text_of"]

# What XML 1.0 cannot hold at all.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def context(report: Report, pictures: Sequence[object] = ()) -> dict[str, Any]:
    """Name → value, for one report; `pictures`: what prints each of its photographs that has an image."""
    names = phrases("document", "names")
    own = {
        "title": broken_title(report.title, report.unit),
        "unit": report.unit,
        "date": report.date_text,
        "body": _blocks(report),
        "draft": report.draft,
        "draft_notes": list(report.draft_notes),
        "sources": _lines(report.sources, "source"),
        "units": [_unit(line) for line in report.units],
        "whole": _unit(report.whole) if report.whole else {},
        "details": _lines(report.details, "detail_line"),
        "photos": photos(report.photos, pictures),
        "attachments": _attachments(report),
    }
    return {**report.fields, **{names[key]: value for key, value in own.items()}}


def _blocks(report: Report) -> list[dict[str, Any]]:
    words, levels = phrases("document", "block"), phrases("document", "levels")
    text, level, sources = words["text"], words["level"], words["sources"]
    return [{text: block.text, level: levels[block.level], sources: block.sources} for block in report.blocks]


def _lines(lines: Iterable[object], group: str) -> list[dict[str, Any]]:
    """Each line as its parts by the names of [group]."""
    words = phrases("document", group)
    return [{words[key]: getattr(line, key) for key in words} for line in lines]


def _attachments(report: Report) -> dict[str, str]:
    found = attachments(report.appendices)
    return {name: found[key] for key, name in phrases("document", "attachment").items()}


def photos(taken: Iterable[Picture], pictures: Sequence[object]) -> list[dict[str, object]]:
    """What each photograph prints: its picture, of those in turn, or that it is missing; and its caption."""
    words, missing, drawn = phrases("document", "photo"), phrase("document", "photo_words", "missing"), iter(pictures)
    return [
        {words["picture"]: next(drawn) if each.image else missing, words["caption"]: each.caption} for each in taken
    ]


def _unit(line: UnitLine) -> dict[str, Any]:
    own = {name: getattr(line, key) for key, name in phrases("document", "unit_line").items()}
    return {**line.counts, **{name: "" if value is None else value for name, value in own.items()}}


def text_of(value: object) -> str:
    """A value as people write it, its lines parted by line feeds.

    Raises ValueError for characters that no XML can hold; whoever makes the text removes them.
    """
    text = _text(value).replace("\r\n", "\n").replace("\r", "\n")
    if illegal := _ILLEGAL.search(text):
        raise ValueError(f"character U+{ord(illegal[0]):04X} cannot be written to a document")
    return text


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    words = phrases("document", "values")
    if value is None:
        return words["none"]
    if isinstance(value, bool):
        return words["true"] if value else words["false"]
    if type(value) is float:  # a rate is one that knows itself how it prints
        return f"{value:.10g}"
    if isinstance(value, date):
        return grammar.day_text(value)
    if isinstance(value, list | tuple):
        return grammar.listed(_text(item) for item in value)
    return str(value)
