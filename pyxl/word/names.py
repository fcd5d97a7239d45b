"""What a template may ask for, by Chinese name: the report's own parts and the fields beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from pyxl.core.sorts import Sort, item_sort
from pyxl.text import phrase, phrases

if TYPE_CHECKING:
    from pyxl.core.language import Known

__all__ = ["Anything", "Group", "Listing", "Plain", "Shape", "known_names"]


@dataclass(frozen=True)
class Anything:
    """Something unknown that has been complained of already."""


@dataclass(frozen=True)
class Plain:
    """Something that prints. `choices` are its only values, where they are known."""

    choices: frozenset[str] = frozenset()
    sort: Sort | None = None  # None: nobody knows


@dataclass(frozen=True)
class Listing:
    """Something that a loop runs over; `called` is what our own templates call an item of it."""

    item: Shape
    called: str = ""
    sort: Sort | None = None


@dataclass(frozen=True)
class Group:
    """Something that has parts and does not print itself: 主题党日 in 主题党日.次数."""

    members: Mapping[str, Shape] = field(default_factory=dict)


Shape: TypeAlias = Anything | Plain | Listing | Group


def known_names(fields: Mapping[str, Any], known: Known | None = None) -> Group:
    """Every name that a template may use, when `fields` are a report's further fields.

    `known` are names that count as known even when this report has no value for them.
    """
    names, block = phrases("document", "names"), phrases("document", "block")
    called = phrases("assets", "loops")
    level = Plain(frozenset(phrases("document", "levels").values()))
    own: dict[str, Shape] = {
        "title": Plain(),
        "unit": Plain(),
        "date": Plain(),
        "body": Listing(
            Group({block["text"]: Plain(), block["level"]: level, block["sources"]: Listing(Plain())}), called["body"]
        ),
        "draft": Plain(),
        "draft_notes": Listing(Plain(), called["draft_notes"]),
        "sources": Listing(Group(dict.fromkeys(phrases("document", "source").values(), Plain())), called["sources"]),
    }
    groups = {name: _group(parts or {}) for name, parts in (known or {}).items()}
    # of a unit, how often it held each activity
    unit: dict[str, Shape] = dict.fromkeys(known or fields, Plain(sort=Sort.COUNT))
    unit |= dict.fromkeys(phrases("document", "unit_line").values(), Plain())
    own |= {"units": Listing(Group(unit), called["units"]), "whole": Group(unit)}
    for key, group in (("details", "detail_line"), ("photos", "photo")):
        own[key] = Listing(Group(dict.fromkeys(phrases("document", group).values(), Plain())), called[key])
    own["attachments"] = Group(dict.fromkeys(phrases("document", "attachment").values(), Plain()))
    others = groups | {name: _joined(groups.get(name), _shape(value)) for name, value in fields.items()}
    return Group({**others, **{names[key]: shape for key, shape in own.items()}})


def _group(parts: Mapping[str, Sort]) -> Group:
    """The fields of one object, in their order: lists of what they list, and what prints."""
    line = phrase("assets", "loops", "sources")
    return Group(
        {
            name: Listing(Plain(sort=item), line, sort) if (item := item_sort(sort)) else Plain(sort=sort)
            for name, sort in parts.items()
        }
    )


def _joined(known: Group | None, shape: Shape) -> Shape:
    """What is known of an object before any report is made says more than its values, of which some are blank."""
    if known is None or not isinstance(shape, Group):
        return shape
    return Group({**known.members, **{name: each for name, each in shape.members.items() if name not in known.members}})


def _shape(value: object) -> Shape:
    if isinstance(value, Mapping):
        return Group({str(key): _shape(member) for key, member in value.items()})
    if isinstance(value, list | tuple):
        return Listing(_shape(value[0]) if value else Plain(), phrase("assets", "loops", "sources"))
    return Plain()
