"""What does a report put into a document: which values under which names, and how is one written?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pyxl.core import grammar
from pyxl.core.attachments import attachments
from pyxl.core.document import Block, Picture, Report, SourceLine, UnitLine
from pyxl.text import phrase, phrases
from pyxl.word.bookmarks import enclosed, unmarked
from pyxl.word.layout import broken_title
from pyxl.word.sourcing import figures_of
from pyxl.xmltext import ILLEGAL

__all__ = ["IllegalCharacterError", "Printed", "context", "photos", "text_of"]


class IllegalCharacterError(ValueError):
    """A text that no XML can hold."""


class Printed(str):
    """A text that knows where in it figures are printed; for everything but printing it is that text."""

    __slots__ = ("places",)
    places: tuple[tuple[int, int, int], ...]  # from, to, number of the figure

    @classmethod
    def of(cls, text: str, places: Iterable[tuple[int, int, int]]) -> Printed:
        """A text with these places in it."""
        made = cls(text)
        made.places = tuple(places)
        return made

    def marked(self) -> str:
        """The text with marks around what the figures have printed. See pyxl.word.bookmarks."""
        pieces, last = [], 0
        for start, end, number in self.places:
            if start >= last:
                pieces += [unmarked(self[last:start]), enclosed(unmarked(self[start:end]), number)]
                last = end
        return "".join([*pieces, unmarked(self[last:])])


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
        "sources": _sources(report),
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
    figures = figures_of(report)
    return [
        {text: _printed(block, figures), level: levels[block.level], sources: block.sources} for block in report.blocks
    ]


def _printed(block: Block, figures: Mapping[str, int]) -> str:
    places = [(span.start, span.end, figures[span.name]) for span in block.spans if span.name in figures]
    return Printed.of(block.text, places) if places else block.text


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


def _sources(report: Report) -> list[dict[str, str]]:
    words = phrases("document", "source")
    figures = figures_of(report)
    return [{words[key]: _of_source(line, key, figures) for key in words} for line in report.sources]


def _of_source(line: SourceLine, key: str, figures: Mapping[str, int]) -> str:
    text = str(getattr(line, key))
    number = figures.get(f"{line.activity}.{line.name}") if key == "value" else None
    return text if number is None else Printed.of(text, [(0, len(text), number)])


def _unit(line: UnitLine) -> dict[str, Any]:
    own = {name: getattr(line, key) for key, name in phrases("document", "unit_line").items()}
    return {**line.counts, **{name: "" if value is None else value for name, value in own.items()}}


def text_of(value: object) -> str:
    """A value as people write it, its lines parted by line feeds.

    Raises IllegalCharacterError for characters that no XML can hold; whoever makes the text removes them.
    """
    text = value.marked() if isinstance(value, Printed) else unmarked(_text(value))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if illegal := ILLEGAL.search(text):
        raise IllegalCharacterError(f"character U+{ord(illegal[0]):04X} cannot be written to a document")
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
