"""Which documents is a piece of wording meant for: the half-year's summary, the year's, the quarter's?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pyxl.text import phrase, phrases

__all__ = ["EVERY", "KINDS", "kind_of", "meant_for", "parts_named", "parts_of", "shown"]

# kind of document → the parts of the year that it is written for (keys of words.toml [periods])
KINDS: dict[str, tuple[str, ...]] = {
    "half": ("H1", "H2"),
    "year": ("FY",),
    "quarter": ("Q1", "Q2", "Q3", "Q4"),
}
EVERY = tuple(part for parts in KINDS.values() for part in parts)


def kind_of(part: str) -> str:
    """The kind of document that a part of the year gets: half, year or quarter."""
    return next(kind for kind, parts in KINDS.items() if part in parts)


def meant_for(documents: Sequence[str], part: str) -> bool:
    """Whether wording for these parts of the year goes into the document of `part`; none named: into every one."""
    return not documents or part in documents


def parts_of(names: Iterable[str]) -> tuple[str, ...]:
    """Kinds (half, year, quarter) and parts (H1 … Q4) as parts of the year, in their order.

    Raises KeyError, with the name, for what is neither.
    """
    found: set[str] = set()
    for name in names:
        found.update(KINDS[name] if name in KINDS else (name,) if name in EVERY else _unknown(name))
    return tuple(part for part in EVERY if part in found)


def _unknown(name: str) -> tuple[str, ...]:
    raise KeyError(name)


def shown(documents: Sequence[str]) -> tuple[str, ...]:
    """How the sheet of wording names these parts, whole kinds in one word; nothing when it is every one."""
    left = [part for part in EVERY if part in documents]
    if len(left) in (0, len(EVERY)):
        return ()
    names = []
    for kind, parts in KINDS.items():
        if set(parts) <= set(left):
            names.append(phrase("words", "documents", kind))
        else:
            names += [phrase("words", "periods", part) for part in parts if part in left]
    return tuple(names)


def parts_named(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a cell of the sheet of wording names: the parts of the year, and the words that name none."""
    words = [word for word in _between().split(text) if word]
    named = _names()
    unknown = tuple(word for word in words if word not in named)
    return parts_of(named[word] for word in words if word in named), unknown


@cache
def _names() -> dict[str, str]:
    """Word on the sheet → kind or part."""
    parts = {word: part for part, word in phrases("words", "periods").items()}
    return parts | {word: kind for kind, word in phrases("words", "documents").items()}


@cache
def _between() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(phrase('words', 'wording', 'between_documents'))}\\s]+")
