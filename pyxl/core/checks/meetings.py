"""Were enough people present, and did enough of them agree? Halves are of those due, not of those present."""

from __future__ import annotations

from collections.abc import Iterator

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.model import Context
from pyxl.core.checks.raising import at_cell, spec_for
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry

__all__ = ["QUORUMS", "majority", "quorum"]

QUORUMS = ("half", "over_half", "over_four_fifths")


def quorum(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[present, due]: enough of those due have come; `at_least` is one of QUORUMS.

    Half itself satisfies “half” and gets a hint. Whether exactly four fifths satisfy an election is
    disputed among the sources: a warning instead of the rule's own severity. Silent when nobody is due.
    """
    present_key, due_key = spec.columns
    present, due = entry.number(present_key), entry.number(due_key)
    if present is None or due is None or due <= 0:
        return
    at_least = spec.params["at_least"]
    needed = _needed(at_least, due)
    if at_least == "half" and present * 2 == due:
        code = "quorum_exactly_half"
    elif at_least == "over_four_fifths" and present * 5 == due * 4:
        code = "quorum_exactly_four_fifths"
    elif present < needed:
        code = "quorum_missing"
    else:
        return
    rule = spec if code == "quorum_missing" else spec_for(code, spec, graded=True)
    yield at_cell(entry, present_key, rule, context, code, against=due_key, needed=needed)


def majority(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[yes, due]: more than half of those due are in favour. Silent when nobody is due."""
    yes_key, due_key = spec.columns
    yes, due = entry.number(yes_key), entry.number(due_key)
    if yes is not None and due is not None and due > 0 and yes * 2 <= due:
        needed = _needed("over_half", due)
        yield at_cell(entry, yes_key, spec, context, "majority_missing", against=due_key, needed=needed)


def _needed(rule: str, due: float) -> int:
    """The least whole number of people that satisfies `rule`."""
    if rule == "half":
        return int(-(-due // 2))
    if rule == "over_half":
        return int(due // 2) + 1
    return int(due * 4 // 5) + 1
