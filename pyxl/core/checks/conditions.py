"""Does a row fulfil a condition, and how does a value read as text?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.model import Context
from pyxl.core.ledger import Entry, Value
from pyxl.text import phrase

__all__ = ["applies", "blank", "concerns", "fits", "joined", "squeezed", "text_of", "texts_of"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def text_of(value: Value) -> str:
    """How a value reads in a sentence and in a condition: whole numbers without a point, days as 2023-05-10."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return phrase("words", "yesno", "yes" if value else "no")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(round(value, 4))
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return joined(value)
    return str(value)


def texts_of(value: Value) -> tuple[str, ...]:
    """A value as texts to compare: the items of a list, one text for anything else, none for a blank."""
    if isinstance(value, tuple):
        return tuple(text for text in (item.strip() for item in value) if text)
    text = text_of(value)  # which has no blanks around it
    return (text,) if text else ()


def joined(texts: Iterable[str]) -> str:
    """Texts one after another, as a Chinese list."""
    return phrase("checks", "marks", "list").join(texts)


def squeezed(text: str) -> str:
    """A text without its spaces, for comparing: people put them into names to make columns line up."""
    return "".join(text.split())


def blank(value: Value) -> bool:
    """Whether nothing is recorded: no value, blank text, or no items."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or not texts_of(value)


def fits(entry: Entry, where: Mapping[str, Any]) -> bool:
    """Whether every column named in `where` holds one of the values allowed for it.

    `where` maps a column's key to one value or several. `*` allows anything but a blank, an empty
    text allows a blank. Of a list, one item is enough. Yes and no are written in Chinese.
    """
    return not where or all(_matches(entry.get(key), allowed) for key, allowed in where.items())


def _matches(value: Value, allowed: Any) -> bool:
    several = isinstance(allowed, list | tuple | frozenset | set)
    wanted, is_any = _wanted(*allowed) if several else _wanted(allowed)
    texts = texts_of(value)
    if not texts:
        return "" in wanted
    return is_any or not wanted.isdisjoint(texts)


@lru_cache(maxsize=1024, typed=True)  # conditions stand in the catalogue: there are a few dozen
def _wanted(*given: Value) -> tuple[frozenset[str], bool]:
    """The values of a condition as texts, and whether anything will do."""
    wanted = frozenset(map(text_of, given))
    return wanted, phrase("checks", "values", "any") in wanted


def applies(spec: CheckSpec, context: Context) -> bool:
    """Whether the cover says that a rule is of concern here (`applies_if`); a blank field does not."""
    wanted: Mapping[str, Any] = spec.params.get("applies_if", _NOTHING)
    cover = context.ledger.cover
    return all(not blank(cover.get(key)) and _matches(cover.get(key), value) for key, value in wanted.items())


def concerns(entry: Entry, spec: CheckSpec) -> bool:
    """Whether a rule is about this row (`when`, `unless`); not when that cannot be told from its cells."""
    when: Mapping[str, Any] = spec.params.get("when", _NOTHING)
    unless: Mapping[str, Any] = spec.params.get("unless", _NOTHING)
    if entry.unreadable and not entry.unreadable.isdisjoint({*when, *unless}):
        return False
    return fits(entry, when) and not (unless and fits(entry, unless))
