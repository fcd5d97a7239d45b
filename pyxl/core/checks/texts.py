"""Is what was written complete, long enough, and free of leftovers?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.conditions import blank, joined, squeezed, text_of, texts_of
from pyxl.core.checks.model import Context
from pyxl.core.checks.raising import at_cell, spec_for
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry, Value
from pyxl.text import phrase, phrases

__all__ = [
    "differs",
    "discouraged",
    "equals",
    "max_length",
    "min_length",
    "no_blanks_left",
    "no_figure_without_value",
    "no_own_quotes",
    "required_when",
]


def required_when(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[target, c1, c2 …]: the target is filled in when a number among c1 … is above 0 or a text is there.

    With the target alone, whenever the rule's `when` holds.
    """
    target, *reasons = spec.columns
    if not blank(entry.get(target)) or target in entry.unreadable:
        return
    if reasons:
        reason = next((key for key in reasons if _says_something(entry.get(key))), None)
    else:
        reason = next((key for key in spec.params.get("when", ()) if not blank(entry.get(key))), None)
    if reason is not None:
        yield at_cell(entry, target, spec, context, "required_here", against=reason)
    elif not reasons:
        rule = spec_for("required_missing", spec)
        yield at_cell(entry, target, rule, context, rule.code)


def _says_something(value: Value) -> bool:
    """A number above 0, a yes, a text, a list with items."""
    return bool(value) and not blank(value)


def differs(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[a, b]: not the same; of lists, no item in common."""
    a, b = spec.columns
    if not _compared(entry.get(a)).isdisjoint(_compared(entry.get(b))):
        yield at_cell(entry, a, spec, context, "same_as", against=b)


def equals(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[a, b]: the same; of lists, the same items in any order. Silent when either is blank."""
    a, b = spec.columns
    first, second = _compared(entry.get(a)), _compared(entry.get(b))
    if first and second and first != second:
        yield at_cell(entry, a, spec, context, "differs_from", against=b)


def _compared(value: Value) -> frozenset[str]:
    return frozenset(squeezed(text) for text in texts_of(value))


def min_length(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[c …] length=N: at least N characters; an empty cell is not short."""
    for key in spec.columns:
        length = len(text_of(entry.get(key)))
        if 0 < length < spec.params["length"]:
            yield at_cell(entry, key, spec, context, "text_short", length=length, limit=spec.params["length"])


def max_length(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[c …] length=N: at most N characters."""
    for key in spec.columns:
        length = len(text_of(entry.get(key)))
        if length > spec.params["length"]:
            yield at_cell(entry, key, spec, context, "text_long", length=length, limit=spec.params["length"])


def no_blanks_left(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[…]: nothing stands there for “to be filled in”: * XX {{ and the like.

    The same patterns (words.toml: residue) that keep a finished report from leaving.
    """
    for key in spec.columns:
        text = text_of(entry.get(key))
        left = _residue().search(text) if text else None
        if left:
            yield at_cell(entry, key, spec, context, "blank_left", fragment=left[0])


@cache
def _residue() -> re.Pattern[str]:
    return re.compile("|".join(phrase("words", "residue", name) for name in ("blank", "braces", "brackets")))


def no_own_quotes(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[…]: the text brings no quotation marks or book title marks around itself; the report sets them."""
    for key in spec.columns:
        wrapped = next((text for text in texts_of(entry.get(key)) if _wrapped(text)), None)
        if wrapped is not None:
            yield at_cell(entry, key, spec, context, "own_quotes", fragment=wrapped)


def _wrapped(text: str) -> bool:
    """Whether one pair of marks holds the whole text: “A” does, “A”和“B” does not."""
    closing = _quotes().get(text[0])
    return len(text) > 1 and text[-1] == closing and _held_by(text, text[0], text[-1])


@cache
def _quotes() -> dict[str, str]:
    """Opening mark → closing mark."""
    return {pair[0]: pair[1] for pair in phrases("checks", "quotes").values()}


def _held_by(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for mark in text[1:-1]:
        if mark == closing and depth == 0:
            return False
        depth += (mark == opening) - (mark == closing)
    return depth == 0


def discouraged(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[c] values=[…]: none of these is chosen, though the drop-down has them."""
    (key,) = spec.columns
    unwanted: Collection[str] = spec.params["values"]
    if any(text in unwanted for text in texts_of(entry.get(key))):
        column = context.catalogue.activity(entry.activity).column(key)
        choices = column.choices or phrases("words", "yesno").values()  # without choices of its own, yes or no
        others = joined(choice for choice in choices if choice not in unwanted)
        yield at_cell(entry, key, spec, context, "choice_discouraged", others=others)


def no_figure_without_value(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[text, value]: a text that claims so many per cent of growth has its value recorded."""
    text_key, value_key = spec.columns
    claim = re.search(phrase("checks", "patterns", "claim"), text_of(entry.get(text_key)))
    if claim and blank(entry.get(value_key)) and value_key not in entry.unreadable:
        yield at_cell(entry, text_key, spec, context, "claim_unmeasured", against=value_key, fragment=claim[0])
