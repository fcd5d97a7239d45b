"""What does 半年汇总 show once the rows were judged: those that count, and how many are in error?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyxl.catalogue.model import ActivityType, Catalogue
from pyxl.core.ledger import Ledger, Value
from pyxl.core.validation import Validation
from pyxl.excel.building.live_values import LiveValues

__all__ = ["JudgedValues", "judged"]


@dataclass(frozen=True)
class JudgedValues(LiveValues):
    """As the live sheet counts, but of the period only the rows that the figures of the summary rest on."""

    validation: Validation
    in_error: Mapping[str, int]  # activity key → rows in error

    def count(self, activity: ActivityType) -> int | None:
        """Rows that count."""
        return len(self.validation.counted.get(activity.key, ()))

    def irregular(self, activity: ActivityType) -> int:
        """Rows in error; the live sheet, which cannot know them, has those without a date in this place."""
        return self.in_error.get(activity.key, 0)

    def _in_period(self, activity: ActivityType) -> list[Mapping[str, Value]]:
        return [row.values for row in self.validation.counted.get(activity.key, ())]


def judged(ledger: Ledger, catalogue: Catalogue, validation: Validation) -> JudgedValues:
    """The values for a ledger, in the period of the verdict, whatever the cover says."""
    period, wrong = validation.period, set(validation.erroneous)
    cover = {**ledger.cover, "year": period.year, "period": period.name, "as_of": validation.as_of}
    rows = {key: [row.values for row in rows if row.ref not in wrong] for key, rows in ledger.entries.items()}
    in_error = {key: sum(row.ref in wrong for row in rows) for key, rows in ledger.entries.items()}
    return JudgedValues(catalogue, cover, rows, validation, in_error)
