"""How does a document that was written become a PDF besides?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pyxl.outcomes import RecordOutcome, ReportOutcome
    from pyxl.printing.printer import Printer

Outcome = TypeVar("Outcome", "ReportOutcome", "RecordOutcome")

__all__ = ["find_printer", "with_pdf"]


def find_printer() -> Printer:
    """The program that will print; OutputError where there is none, so that nothing is begun in vain."""
    from pyxl.printing.printer import printer

    return printer()


def with_pdf(outcome: Outcome, by: Printer, *, anew: bool) -> Outcome:
    """The same with a PDF beside the document, under its name or, with `anew`, the first free one like it."""
    if outcome.written is None:
        return outcome
    from pyxl.printing.printer import print_pdf

    return replace(outcome, pdf=print_pdf(outcome.written, outcome.written.with_suffix(".pdf"), by, anew=anew))
