"""Which kinds of check are there, and what do the rules of a catalogue find in a ledger?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pyxl.catalogue.model import ActivityType, Catalogue, CheckSpec
from pyxl.core.checks.conditions import applies, concerns, fits
from pyxl.core.checks.model import CheckKind, Context, Param, RowCheck, Sheet, SheetCheck
from pyxl.core.checks.raising import at_cell, at_cover, at_sheet
from pyxl.core.checks.table import OWN_CHECKS
from pyxl.core.issue import Issue
from pyxl.core.place import CellRef
from pyxl.errors import CatalogueProblem

__all__ = [
    "CHECKS",
    "PLUG_INS",
    "CheckKind",
    "Context",
    "Param",
    "RowCheck",
    "Sheet",
    "SheetCheck",
    "at_cell",
    "at_cover",
    "at_sheet",
    "fits",
    "kinds",
    "run_rules",
    "verify",
]

PLUG_INS = "pyxl.checks"  # entry points of this group add kinds of check, each under its own name

CHECKS: Mapping[str, CheckKind] = MappingProxyType(OWN_CHECKS)


def kinds(used: Iterable[str]) -> Mapping[str, CheckKind]:
    """CHECKS, and for the names in `used` that it lacks the kinds that installed packages offer.

    A package is imported only when a rule uses its kind; what its entry point names has to be a CheckKind.
    """
    lacking = set(used) - set(CHECKS)
    return {**CHECKS, **_plugged_in(lacking)} if lacking else CHECKS


def _plugged_in(names: set[str]) -> dict[str, CheckKind]:
    from importlib.metadata import entry_points

    offered = {entry.name: entry.load() for entry in entry_points(group=PLUG_INS) if entry.name in names}
    return {name: kind for name, kind in offered.items() if isinstance(kind, CheckKind)}


def verify(catalogue: Catalogue) -> list[CatalogueProblem]:
    """What is wrong with the rules of a catalogue, all of it; run_rules counts on there being nothing."""
    from pyxl.core.checks.verification import verified  # ours has been verified before it was built

    return verified(catalogue, _kinds_of(catalogue))


def _kinds_of(catalogue: Catalogue) -> Mapping[str, CheckKind]:
    return kinds(spec.check for _, spec in catalogue.rules())


def run_rules(context: Context) -> list[Issue]:
    """What all rules of the catalogue find in the rows to be checked, sheet after sheet, rule after rule."""
    known = _kinds_of(context.catalogue)
    return [
        found
        for activity, spec in context.catalogue.rules()
        if applies(spec, context)
        for found in _run(known[spec.check], activity, spec, context)
    ]


def _run(kind: CheckKind, activity: ActivityType, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    entries = context.active.get(activity.key, ())
    if "when" in spec.params or "unless" in spec.params:
        entries = tuple(entry for entry in entries if concerns(entry, spec))
    if kind.per == "row":
        for entry in entries:
            yield from kind.run(entry, spec, context)
    elif activity.key not in context.ledger.missing:
        yield from kind.run(Sheet(activity, entries, CellRef(context.sheet_name(activity))), spec, context)
