"""What a template may ask for, by Chinese name: the report's own parts and the fields beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pyxl.core.document import Report
from pyxl.core.language import Known
from pyxl.text import phrases
from pyxl.word.layout import broken_title

__all__ = ["Anything", "Group", "Listing", "Plain", "Shape", "context", "known_names"]


@dataclass(frozen=True)
class Anything:
    """Something unknown that has been complained of already."""


@dataclass(frozen=True)
class Plain:
    """Something that prints. `choices` are its only values, where they are known."""

    choices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Listing:
    """Something that a loop runs over."""

    item: Shape


@dataclass(frozen=True)
class Group:
    """Something that has parts and does not print itself: 主题党日 in 主题党日.次数."""

    members: Mapping[str, Shape] = field(default_factory=dict)


Shape: TypeAlias = Anything | Plain | Listing | Group


def context(report: Report) -> dict[str, Any]:
    """Name → value, for one report."""
    names = phrases("document", "names")
    own = {
        "title": broken_title(report.title, report.unit),
        "unit": report.unit,
        "date": report.date_text,
        "body": _blocks(report),
        "draft": report.draft,
        "draft_notes": list(report.draft_notes),
        "sources": _sources(report),
    }
    return {**report.fields, **{names[key]: value for key, value in own.items()}}


def _blocks(report: Report) -> list[dict[str, Any]]:
    words, levels = phrases("document", "block"), phrases("document", "levels")
    return [
        {words["text"]: block.text, words["level"]: levels[block.level], words["sources"]: block.sources}
        for block in report.blocks
    ]


def _sources(report: Report) -> list[dict[str, str]]:
    words = phrases("document", "source")
    return [{words[key]: getattr(line, key) for key in words} for line in report.sources]


def known_names(fields: Mapping[str, Any], known: Known | None = None) -> Group:
    """Every name that a template may use, when `fields` are a report's further fields.

    `known` are names that count as known even when this report has no value for them.
    """
    names, block = phrases("document", "names"), phrases("document", "block")
    level = Plain(frozenset(phrases("document", "levels").values()))
    own: dict[str, Shape] = {
        "title": Plain(),
        "unit": Plain(),
        "date": Plain(),
        "body": Listing(Group({block["text"]: Plain(), block["level"]: level, block["sources"]: Listing(Plain())})),
        "draft": Plain(),
        "draft_notes": Listing(Plain()),
        "sources": Listing(Group(dict.fromkeys(phrases("document", "source").values(), Plain()))),
    }
    groups = {name: Group(dict.fromkeys(parts or (), Plain())) for name, parts in (known or {}).items()}
    others = groups | {name: _joined(groups.get(name), _shape(value)) for name, value in fields.items()}
    return Group({**others, **{names[key]: shape for key, shape in own.items()}})


def _joined(known: Group | None, shape: Shape) -> Shape:
    return Group({**known.members, **shape.members}) if known and isinstance(shape, Group) else shape


def _shape(value: object) -> Shape:
    if isinstance(value, Mapping):
        return Group({str(key): _shape(member) for key, member in value.items()})
    if isinstance(value, list | tuple):
        return Listing(_shape(value[0]) if value else Plain())
    return Plain()
