"""How do ledger, figures and narrative make one report, ready for a template?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyxl.catalogue.model import Catalogue, TotalKind
from pyxl.core import fields, grammar
from pyxl.core.document import Block, Report, SourceLine
from pyxl.core.issue import Issue
from pyxl.core.ledger import Ledger
from pyxl.core.narrative import Narrative
from pyxl.core.totals import Figure, Totals
from pyxl.core.validation import Validation
from pyxl.text import phrase

__all__ = ["printed", "report_name", "summarise"]

_LEVELS = {0: "body", 1: "heading1", 2: "heading2"}
_NOTES = 8  # so many open problems are named on a draft


def report_name(ledger: Ledger, validation: Validation) -> str:
    """What the document is called, as a title and as a file: unit, period, 工作总结."""
    return phrase("words", "report", "title", unit=ledger.unit, period=validation.period.title)


def summarise(
    ledger: Ledger,
    catalogue: Catalogue,
    validation: Validation,
    totals: Totals,
    narrative: Narrative,
    *,
    issues: tuple[Issue, ...],
    draft: bool,
    sources: bool,
) -> Report:
    """The report for one ledger and period. A draft bears its open errors; `sources` adds the appendix."""
    return Report(
        title=report_name(ledger, validation),
        unit=ledger.unit,
        date_text=grammar.day_text(_signed(ledger, validation)),
        blocks=tuple(_blocks(narrative)),
        draft=draft,
        draft_notes=_notes(issues) if draft else (),
        sources=tuple(map(_source, totals)) if sources else (),
        fields=fields.values(ledger, catalogue, validation, totals),
    )


def _signed(ledger: Ledger, validation: Validation) -> date:
    """成文日期; the last day that counts when it is not filled in: a report never depends on the clock."""
    day = ledger.cover.get("signed_on")
    return day if isinstance(day, date) else validation.as_of


def _blocks(narrative: Narrative) -> Iterator[Block]:
    for paragraph in narrative.paragraphs:
        behind = dict.fromkeys(ref for figure in paragraph.figures for ref in figure.rows)
        yield Block(_LEVELS[paragraph.level], paragraph.text, tuple(behind | dict.fromkeys(paragraph.rows)))


def _notes(issues: tuple[Issue, ...]) -> tuple[str, ...]:
    """The error-level issues, shortened: where and what."""
    errors = [found for found in issues if found.blocks]
    notes = [phrase("words", "report", "note", where=e.where.address, message=e.message) for e in errors[:_NOTES]]
    more = len(errors) - len(notes)
    return tuple([*notes, phrase("words", "report", "more", count=more)] if more else notes)


def _source(figure: Figure) -> SourceLine:
    return SourceLine(figure.activity, figure.name, printed(figure), _rows(figure))


def _rows(figure: Figure) -> str:
    """The rows behind a figure, each sheet named once: 主题党日第4、5、6行."""
    sheets: dict[str, list[str]] = {}
    for ref in figure.rows:
        sheet, _, row = ref.rpartition("!")
        sheets.setdefault(sheet, []).append(row)
    parts = [
        phrase("words", "report", "rows", sheet=sheet, rows=grammar.listed(rows)) for sheet, rows in sheets.items()
    ]
    return phrase("words", "grammar", "semicolon").join(parts) or phrase("words", "report", "no_rows")


def printed(figure: Figure) -> str:
    """A figure's value as a person reads it, with its unit."""
    value = figure.value
    if figure.kind is TotalKind.RATIO:
        return grammar.percent(value if isinstance(value, int | float) else None) or phrase(
            "words", "report", "no_value"
        )
    if figure.kind is TotalKind.MONTHS_WITHOUT and isinstance(value, tuple):
        months = (phrase("words", "grammar", "month", month=month) for month in value)
        return grammar.listed(months) or phrase("words", "report", "no_rows")
    if isinstance(value, tuple):
        return phrase("words", "grammar", "semicolon").join(map(str, value)) or phrase("words", "report", "no_rows")
    return phrase("words", "report", "no_value") if value is None else f"{value}{figure.unit}"
