"""Which kinds of check are there, and what do the rules of a catalogue find in a ledger?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pyxl.catalogue.model import ActivityType, Catalogue, CheckSpec
from pyxl.core.checks.conditions import applies, concerned, fits
from pyxl.core.checks.model import CheckKind, Context, Param, RowCheck, Sheet, SheetCheck
from pyxl.core.checks.raising import at_cell, at_cover, at_sheet
from pyxl.core.checks.table import OWN_CHECKS
from pyxl.core.issue import Issue
from pyxl.core.place import CellRef
from pyxl.errors import CatalogueProblem
from pyxl.text import phrase

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

    A package is imported only when a rule uses its kind. What it offers is left out if it cannot be
    loaded or is no CheckKind: `verify` says so, before any rule is run.
    """
    lacking = set(used) - set(CHECKS)
    return {**CHECKS, **_plugged_in(lacking)[0]} if lacking else CHECKS


def _plugged_in(names: set[str]) -> tuple[dict[str, CheckKind], dict[str, str]]:
    """The kinds that packages offer under these names; and for each name that leads nowhere, why."""
    from importlib.metadata import entry_points

    found: dict[str, CheckKind] = {}
    broken: dict[str, str] = {}
    for entry in entry_points(group=PLUG_INS):
        if entry.name not in names:
            continue
        package = entry.dist.name if entry.dist else entry.module
        try:
            kind = entry.load()
        except Exception as error:  # noqa: BLE001 - somebody else's code may run into anything
            said = f"{type(error).__name__}: {error}"
            broken[entry.name] = phrase("catalogue", "problems", "plug_in_broken", package=package, reason=said)
            continue
        if isinstance(kind, CheckKind):
            found[entry.name] = kind
        else:
            broken[entry.name] = phrase("catalogue", "problems", "plug_in_no_kind", package=package, value=entry.value)
    return found, broken


def verify(catalogue: Catalogue) -> list[CatalogueProblem]:
    """What is wrong with the rules of a catalogue, all of it; run_rules counts on there being nothing."""
    from pyxl.core.checks.verification import verified  # ours has been verified before it was built

    lacking = {spec.check for _, spec in catalogue.rules()} - set(CHECKS)
    found, broken = _plugged_in(lacking) if lacking else ({}, {})
    return verified(catalogue, {**CHECKS, **found}, broken)


def run_rules(context: Context) -> list[Issue]:
    """What all rules of the catalogue find in the rows to be checked, sheet after sheet, rule after rule."""
    rules = list(context.catalogue.rules())
    known = kinds(spec.check for _, spec in rules)
    issues: list[Issue] = []
    for activity, spec in rules:
        kind = known[spec.check]
        can_fire = context.active.get(activity.key) if kind.per == "row" else activity.key not in context.ledger.missing
        if can_fire and applies(spec, context):
            _run(kind, activity, spec, context, issues)
    return issues


def _run(kind: CheckKind, activity: ActivityType, spec: CheckSpec, context: Context, issues: list[Issue]) -> None:
    entries = concerned(context.active.get(activity.key, ()), spec)
    if kind.per == "row":
        for entry in entries:
            issues += kind.run(entry, spec, context)
    else:
        issues += kind.run(Sheet(activity, entries, CellRef(context.sheet_name(activity))), spec, context)
