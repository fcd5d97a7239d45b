"""Which tag ends which block, and which has no partner?

Two passes, so that one forgotten end is told once and where it is missing: first what fits in every
way, from the inside out; then, of what is left, a beginning and an end that stand in different places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from pyxl.word.tags import Stray, Tag, container

__all__ = ["CLOSES", "Pairs", "paired", "words_of"]

CLOSES = {"endif": "if", "endfor": "for"}
_ENDS_AND_BEGINNINGS = (*CLOSES, *CLOSES.values())

_Key: TypeAlias = tuple[str, str, etree._Element | None]


@dataclass
class Pairs:
    """Positions of tags in a part: which end belongs to which beginning, and what is left over."""

    begun_at: dict[int, int] = field(default_factory=dict)  # end → beginning
    crossing: set[int] = field(default_factory=set)  # ends whose beginning stands where they cannot end it
    open: set[int] = field(default_factory=set)  # beginnings without an end
    stray: set[int] = field(default_factory=set)  # ends without a beginning


def words_of(item: Tag | Stray) -> tuple[str, str]:
    """The word that a statement begins with, and the rest of it; nothing for any other tag.

    A tag whose end is missing counts as what it was meant to be.
    """
    tag = item.tag if isinstance(item, Stray) else item
    if tag is None or tag.kind != "statement":
        return "", ""
    word, rest = [*tag.body.split(None, 1), "", ""][:2]
    return word, rest


def paired(items: Sequence[Tag | Stray]) -> Pairs:
    """Pairs the beginnings and ends of a part's blocks."""
    pairs, begun = Pairs(), list[int]()
    keys = {place: _key(item) for place, item in enumerate(items) if words_of(item)[0] in _ENDS_AND_BEGINNINGS}
    for place, key in keys.items():
        word, _ = words_of(items[place])
        if word not in CLOSES:
            begun.append(place)
            continue
        depth = next((depth for depth in range(len(begun) - 1, -1, -1) if keys[begun[depth]] == key), None)
        if depth is None:
            pairs.stray.add(place)
        else:
            pairs.begun_at[place] = begun[depth]
            pairs.open |= set(begun[depth + 1 :])
            del begun[depth:]
    pairs.open |= set(begun)
    _pair_crossing(keys, pairs)
    return pairs


def _key(item: Tag | Stray) -> _Key:
    """What a beginning and its end have in common: the word, the prefix, and what they stand in."""
    tag = item.tag if isinstance(item, Stray) else item
    assert tag  # words_of has found a word in it
    word, _ = words_of(item)
    return CLOSES.get(word, word), tag.prefix, container(tag)


def _pair_crossing(keys: Mapping[int, _Key], pairs: Pairs) -> None:
    """What would fit but for its place: what two such tags have between them cannot be left out."""
    for end in sorted(pairs.stray):
        starts = [start for start in pairs.open if start < end and keys[start][0] == keys[end][0]]
        starts = [start for start in starts if keys[start] != keys[end]]
        if starts:
            pairs.begun_at[end] = max(starts)
            pairs.crossing.add(end)
            pairs.open.discard(max(starts))
            pairs.stray.discard(end)
