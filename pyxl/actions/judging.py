"""What does a check of a ledger find, and which figures follow from it?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.actions.examining import examine_file

if TYPE_CHECKING:
    from pyxl.outcomes import CheckOutcome, TotalsOutcome

__all__ = ["check", "total"]


def check(
    ledger: Path, *, period: str | None = None, catalogue_folder: Path | None = None, today: date
) -> CheckOutcome:
    """Reads a closed ledger and judges every row and every piece of wording in it."""
    return examine_file(ledger, period, catalogue_folder, today).outcome(ledger)


def total(
    ledger: Path, *, period: str | None = None, catalogue_folder: Path | None = None, today: date
) -> TotalsOutcome:
    """Computes every figure from the rows that count."""
    found = examine_file(ledger, period, catalogue_folder, today)
    from pyxl.outcomes import TotalsOutcome

    verdict = found.outcome(ledger)
    return TotalsOutcome(verdict.unit, verdict.period, found.totals.figures, verdict)
