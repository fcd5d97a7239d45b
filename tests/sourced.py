"""The sample's report with what its numbers rest on, as the tests of documents want it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from docx import Document

from pyxl.core.document import Report
from pyxl.core.provenance import Provenance, provenance_of
from pyxl.core.summary import summarise
from tests.reports import CATALOGUE, Written, written

__all__ = ["LEDGER", "body", "provenance", "report"]

LEDGER = "台账.xlsx"


def provenance(found: Written | None = None, **changes: Any) -> Provenance:
    """What the numbers of a ledger rest on; without one, of the sample."""
    found = found or written(**changes)
    return provenance_of(found.ledger, CATALOGUE, found.verdict, found.totals, file=LEDGER, program="9.9")


def report(found: Written | None = None, *, sources: bool = False, told: bool = True, **changes: Any) -> Report:
    """The report on a ledger; `told`: with what its numbers rest on."""
    found = found or written(**changes)
    made = summarise(
        found.ledger, CATALOGUE, found.verdict, found.totals, found.narrative, issues=(), draft=False, sources=sources
    )
    return replace(made, provenance=provenance(found)) if told else made


def body(package: bytes) -> list[str]:
    """Every paragraph of the body and of its tables."""
    document = Document(io.BytesIO(package))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]
