"""From typed rows to the finished text, in memory; and the sheet 总结文字 as it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyxl.catalogue.documents import shown
from pyxl.catalogue.loader import load_catalogue
from pyxl.catalogue.model import Catalogue
from pyxl.core.issue import Issue, in_order
from pyxl.core.ledger import Ledger
from pyxl.core.narrative import Narrative, narrate
from pyxl.core.place import column_letters
from pyxl.core.totals import Totals, compute
from pyxl.core.validation import Validation, choose_period, validate
from pyxl.excel.parse import parse
from pyxl.sample import sample
from pyxl.text import phrases
from tests.books import FIRST_ROW, Rows, raw_book

__all__ = ["CATALOGUE", "COVER", "ROWS", "TODAY", "Written", "sheet_wording", "wording_cell", "written"]

CATALOGUE = load_catalogue()
COVER, ROWS = sample()
TODAY = date(2024, 1, 10)

WordingRows = list[dict[str, Any]]


@dataclass(frozen=True)
class Written:
    """A ledger and everything that was made of it."""

    ledger: Ledger
    verdict: Validation
    totals: Totals
    narrative: Narrative

    @property
    def text(self) -> str:
        return self.narrative.text

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All that was found, reading and judging and writing."""
        return in_order([*self.verdict.issues, *self.narrative.issues], [])

    def told(self) -> list[tuple[str, str]]:
        """(code, address) of what writing found."""
        return [(found.code, found.where.address) for found in self.narrative.issues]


def written(
    rows: Mapping[str, Rows] = ROWS,
    wording: WordingRows | None = None,
    *,
    cover: Mapping[str, Any] = COVER,
    catalogue: Catalogue = CATALOGUE,
    **changes: Any,
) -> Written:
    """The sample's report, with other rows, wording or cover fields."""
    book = raw_book(catalogue, {**cover, **changes}, rows, wording or ())
    ledger = parse(book, catalogue)
    verdict = validate(ledger, catalogue, choose_period(ledger, TODAY), TODAY)
    totals = compute(verdict, catalogue)
    return Written(ledger, verdict, totals, narrate(ledger, catalogue, verdict, totals))


def sheet_wording(catalogue: Catalogue = CATALOGUE) -> WordingRows:
    """Every clause a row, in order."""
    sections = {section.key: section.label for section in catalogue.sections}
    forms = phrases("words", "forms")
    return [
        {
            "key": clause.key,
            "section": sections[clause.section],
            "form": forms[clause.form],
            "when": clause.when,
            "text": clause.text,
            "used": None if clause.used else False,
            "documents": shown(clause.documents) or None,
        }
        for clause in catalogue.clauses
    ]


def wording_cell(rows: WordingRows, key: str, column: str) -> str:
    """The address of a cell of the row with this number."""
    place = [each.key for each in CATALOGUE.wording].index(column) + 1
    row = next(number for number, row in enumerate(rows) if row["key"] == key)
    return f"总结文字!{column_letters(place)}{FIRST_ROW + row}"
