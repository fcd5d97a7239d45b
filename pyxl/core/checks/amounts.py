"""Do the numbers of a row go together?"""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.conditions import joined, text_of
from pyxl.core.checks.model import Context
from pyxl.core.checks.raising import at_cell, cell_name, label_of
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry
from pyxl.text import phrase

__all__ = ["not_greater", "sum_equals"]


def not_greater(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[a, b]: a ≤ b."""
    first, second = spec.columns
    a, b = entry.number(first), entry.number(second)
    if a is not None and b is not None and a > b:
        yield at_cell(entry, first, spec, context, "greater_than", against=second)


def sum_equals(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[total, p1, p2 …]: the total is the sum of its parts; a blank part is 0.

    Silent while no part is filled in or one could not be read, and when the first part exceeds the total:
    a rule of its own says so, at the very same cells.
    """
    whole, *parts = spec.columns
    total = entry.number(whole)
    if total is None or not entry.unreadable.isdisjoint(parts):
        return
    numbers = [entry.number(part) for part in parts]
    if numbers.count(None) == len(numbers):
        return
    amounts = [number or 0 for number in numbers]
    if amounts[0] > total or isclose(sum(amounts), total):
        return
    plus = phrase("checks", "marks", "plus")
    yield at_cell(
        entry,
        whole,
        spec,
        context,
        "sum_differs",
        parts=plus.join(label_of(entry, part, context) for part in parts),
        sum=text_of(sum(amounts)),
        cells=joined(cell_name(entry, part, context) for part in parts),
    )
