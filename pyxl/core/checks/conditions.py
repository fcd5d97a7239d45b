"""Does a row fulfil a condition, and how does a value read as text?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.model import Context
from pyxl.core.ledger import Entry, Value
from pyxl.text import phrase

__all__ = ["applies", "blank", "concerned", "condition", "fits", "joined", "squeezed", "text_of", "texts_of"]

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
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return joined(value)
    return str(value)


def texts_of(value: Value) -> tuple[str, ...]:
    """A value as texts to compare: the items of a list, one text for anything else, none for a blank."""
    if isinstance(value, tuple):
        return tuple(text for text in (item.strip() for item in value) if text)
    text = value.strip() if isinstance(value, str) else text_of(value)  # which has no blanks around it
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
    return not where or condition(where)(entry)


def condition(where: Mapping[str, Any]) -> Callable[[Entry], bool]:
    """What `fits` asks, for who asks it of many rows: what is allowed is looked at once."""
    asked = [(key, *_allowed(values)) for key, values in where.items()]

    def holds(entry: Entry) -> bool:
        get = entry.values.get
        for key, wanted, is_any in asked:  # noqa: SIM110 - to make a generator costs more than it has to do
            if not _is_among(get(key), wanted, is_any=is_any):
                return False
        return True

    return holds


def _is_among(value: Value, wanted: frozenset[str], *, is_any: bool) -> bool:
    if isinstance(value, str):  # most values
        text = value.strip()
        return text in wanted or (is_any and text != "")
    texts = texts_of(value)
    if not texts:
        return "" in wanted
    return is_any or not wanted.isdisjoint(texts)


def _allowed(values: Any) -> tuple[frozenset[str], bool]:
    several = isinstance(values, list | tuple | frozenset | set)
    return _wanted(*values) if several else _wanted(values)


@lru_cache(maxsize=1024, typed=True)  # conditions stand in the catalogue: there are a few dozen
def _wanted(*given: Value) -> tuple[frozenset[str], bool]:
    """The values of a condition as texts, and whether anything will do."""
    wanted = frozenset(map(text_of, given))
    return wanted, phrase("checks", "values", "any") in wanted


def applies(spec: CheckSpec, context: Context) -> bool:
    """Whether the cover says that a rule is of concern here (`applies_if`); a blank field does not."""
    wanted: Mapping[str, Any] | None = spec.params.get("applies_if")
    if not wanted:  # most rules
        return True
    cover = context.ledger.cover
    for key, values in wanted.items():
        allowed, is_any = _allowed(values)
        if blank(cover.get(key)) or not _is_among(cover.get(key), allowed, is_any=is_any):
            return False
    return True


def concerned(entries: tuple[Entry, ...], spec: CheckSpec) -> tuple[Entry, ...]:
    """The rows that a rule is about (`when`, `unless`); not those of which their cells do not tell."""
    when: Mapping[str, Any] = spec.params.get("when", _NOTHING)
    unless: Mapping[str, Any] = spec.params.get("unless", _NOTHING)
    if not when and not unless:
        return entries
    wanted, unwanted, asked = condition(when), condition(unless), {*when, *unless}
    return tuple(
        [
            entry
            for entry in entries
            if wanted(entry)
            and not (unless and unwanted(entry))
            and (not entry.unreadable or entry.unreadable.isdisjoint(asked))
        ]
    )
