"""The sample, examined, and what its pages say."""

from __future__ import annotations

from functools import cache

from pyxl.core.document import Report
from pyxl.core.summary import summarise
from tests.reports import CATALOGUE, ROWS, Written, written

__all__ = ["changed", "report_of", "sample_report"]


def report_of(found: Written) -> Report:
    """The document that an examined ledger becomes."""
    return summarise(
        found.ledger, CATALOGUE, found.verdict, found.totals, found.narrative,
        issues=found.issues, draft=False, sources=False,
    )  # fmt: skip


@cache
def sample_report() -> Report:
    return report_of(written())


def changed(activity: str, number: int, **values: object) -> dict[str, list[dict[str, object]]]:
    """The sample's rows with one of them changed."""
    rows = [{**row, **values} if place == number else row for place, row in enumerate(ROWS[activity])]
    return {**ROWS, activity: rows}
