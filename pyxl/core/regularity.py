"""What has a unit held every month, of what it has to, and what not?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from pyxl.catalogue.model import ActivityType, Catalogue, TotalKind
from pyxl.core.ledger import Value
from pyxl.core.totals import Share

__all__ = ["Regularity", "monthly", "regularity"]


class Regularity(NamedTuple):
    """Labels of activities; None where there is none."""

    regular: Value
    irregular: Value


def monthly(catalogue: Catalogue) -> tuple[ActivityType, ...]:
    """The activities that may be asked for every month, with no other figure than the months without."""
    found = (
        (each, [total for total in each.totals if total.kind is TotalKind.MONTHS_WITHOUT])
        for each in catalogue.activities
    )
    return tuple(replace(each, totals=tuple(totals)) for each, totals in found if totals)


def regularity(months: Iterable[tuple[str, Share]], gaps: Iterable[str]) -> Regularity:
    """`months`: label and share of each (see pyxl.core.totals); what has a gap of another kind is not regular either."""
    gaps = tuple(gaps)
    regular: list[str] = []
    irregular: list[str] = []
    for label, share in months:
        if share is None or not share[0] or not share[1]:
            continue
        lacking = not set(share[1]) <= set(share[2]) or any(label in gap for gap in gaps)
        (irregular if lacking else regular).append(label)
    return Regularity(tuple(regular) or None, tuple(irregular) or None)
