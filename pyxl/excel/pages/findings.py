"""What is there to put down once a ledger was examined, or before anybody has?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pyxl.core.document import Report
from pyxl.core.issue import Issue
from pyxl.core.totals import Totals
from pyxl.core.validation import Validation
from pyxl.excel.pages import figures, preview
from pyxl.excel.pages.line import Line
from pyxl.record import record

__all__ = ["Findings", "found", "nothing_yet"]


@record
class Findings:
    """All three pages: the issues (None = not yet checked), the figures and the summary with their status lines."""

    issues: tuple[Issue, ...] | None
    figures: tuple[Line, ...]
    figures_status: str
    preview: tuple[Line, ...]
    preview_status: str
    moment: datetime | None = None  # of the check, where it is to be told


def nothing_yet(issues: Sequence[Issue] | None = None) -> Findings:
    """Pages that say how they are filled; `issues` when a check was made after all."""
    checked = None if issues is None else tuple(issues)
    return Findings(checked, (), figures.status(None), (), preview.status(None))


def found(
    issues: tuple[Issue, ...],
    validation: Validation,
    totals: Totals,
    report: Report,
    moment: datetime | None = None,
) -> Findings:
    """The pages of an examined ledger; `moment` when it was examined."""
    errors = sum(each.blocks for each in issues)
    return Findings(
        issues,
        figures.figures(totals),
        figures.status(validation, live=False),
        preview.preview(report),
        preview.status(report, errors),
        moment,
    )
