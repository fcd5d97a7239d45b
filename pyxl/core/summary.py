"""How do ledger, figures and narrative make one report, ready for a template?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pyxl.catalogue.documents import kind_of
from pyxl.catalogue.model import Catalogue, TotalKind
from pyxl.core import fields, grammar
from pyxl.core.document import Block, Report, SourceLine, UnitLine
from pyxl.core.issue import Issue
from pyxl.core.ledger import Ledger
from pyxl.core.legible import legible
from pyxl.core.narrative import Narrative
from pyxl.core.totals import Figure, Totals
from pyxl.core.travelling import REGISTER
from pyxl.core.validation import Validation
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.survey import Survey

__all__ = ["printed", "report_name", "rows_in_words", "summarise"]

_LEVELS = {0: "body", 1: "heading1", 2: "heading2"}
_NOTES = 8  # so many open problems are named on a draft


def report_name(ledger: Ledger, validation: Validation) -> str:
    """What the document is called, as a title and as a file: unit, period, and 工作总结, 工作小结 or 工作情况汇总."""
    own = "title_quarter" if kind_of(validation.period.part) == "quarter" else "title"
    kind = "upper_title" if REGISTER in validation.counted else own
    return phrase("words", "report", kind, unit=ledger.unit, period=validation.period.title)


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
        blocks=tuple(_blocks(narrative, legible if REGISTER in catalogue.by_key else str)),
        draft=draft,
        draft_notes=_notes(issues) if draft else (),
        sources=tuple(map(_source, totals)) if sources else (),
        units=_units(totals.survey, catalogue) if totals.survey else (),
        whole=_whole(totals.survey, catalogue) if totals.survey else None,
        fields=fields.values(ledger, catalogue, validation, totals),
    )


def _signed(ledger: Ledger, validation: Validation) -> date:
    """成文日期; the last day that counts when there is none: a report never depends on the clock.

    The day on the cover is that of the cover's own period; of another one it holds only if it comes after it,
    and not for a part of the cover's own, which was over earlier.
    """
    day, own = ledger.cover.get("signed_on"), ledger.period or validation.period
    if not isinstance(day, date):
        return validation.as_of
    fits = validation.period == own or (day >= validation.as_of and validation.period.end >= own.end)
    return day if fits else validation.as_of


def _blocks(narrative: Narrative, told: Callable[[str], str]) -> Iterator[Block]:
    """The paragraphs, each as it is `told`: of many units it holds names that strangers have given themselves.

    Telling replaces sign by sign, so what figures have printed stays where it is.
    """
    for paragraph in narrative.paragraphs:
        behind = dict.fromkeys(ref for figure in paragraph.figures for ref in figure.rows)
        sources = tuple(behind | dict.fromkeys(paragraph.rows))
        yield Block(_LEVELS[paragraph.level], told(paragraph.text), sources, paragraph.spans)


def _units(survey: Survey, catalogue: Catalogue) -> tuple[UnitLine, ...]:
    """The table of units, in the order of the ledger."""
    return tuple(
        _unit_line(line.counts, catalogue, number, line.code, line.name, line.rank, line.gaps)
        for number, line in enumerate(survey.lines, 1)
    )


def _whole(survey: Survey, catalogue: Catalogue) -> UnitLine | None:
    counts = tuple(map(sum, zip(*(line.counts for line in survey.lines), strict=True)))
    return _unit_line(counts, catalogue) if survey.lines else None


def _unit_line(
    counts: Sequence[int], catalogue: Catalogue, number: int | None = None, code: str = "", name: str = "",
    rank: int | None = None, gaps: Sequence[str] = (),
) -> UnitLine:  # fmt: skip
    from pyxl.core.matrix import activities_of

    shown = activities_of(catalogue)
    main = sum(count for each, count in zip(shown, counts, strict=True) if each.key in catalogue.upper_main)
    labelled = {each.label: count for each, count in zip(shown, counts, strict=True)}
    told = phrase("words", "grammar", "semicolon").join(gaps)
    return UnitLine(number, code, name, rank, sum(counts), sum(counts) - main, told, labelled)


def _notes(issues: tuple[Issue, ...]) -> tuple[str, ...]:
    """The error-level issues, shortened: where and what."""
    errors = [found for found in issues if found.blocks]
    notes = [phrase("words", "report", "note", where=e.where.address, message=e.message) for e in errors[:_NOTES]]
    more = len(errors) - len(notes)
    return tuple([*notes, phrase("words", "report", "more", count=more)] if more else notes)


def _source(figure: Figure) -> SourceLine:
    rows = rows_in_words(figure.rows) or phrase("words", "report", "no_rows")
    return SourceLine(figure.activity, figure.name, printed(figure), rows)


def rows_in_words(refs: Iterable[str], own: str = "") -> str:
    """Row references by sheet, runs of rows shortened: 主题党日第4–6、9行; the sheet `own` is not named."""  # noqa: RUF002
    sheets: dict[str, list[int]] = {}
    for ref in refs:
        sheet, _, row = ref.rpartition("!")
        sheets.setdefault(sheet, []).append(int(row))
    parts = [
        phrase("words", "report", "rows", sheet="" if sheet == own else sheet, rows=grammar.listed(_runs(rows)))
        for sheet, rows in sheets.items()
    ]
    return phrase("words", "grammar", "semicolon").join(parts)


def _runs(rows: Iterable[int]) -> Iterator[str]:
    """Row numbers in order, three or more in a row written as first-to-last."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in runs:
        if len(run) < 3:
            yield from map(str, run)
        else:
            yield phrase("words", "report", "row_run", first=run[0], last=run[-1])


def printed(figure: Figure) -> str:
    """A figure's value as a person reads it, with its unit."""
    value = figure.value
    if figure.kind is TotalKind.RATIO:
        return grammar.percent(value if isinstance(value, int | float) else None) or phrase(
            "words", "report", "no_value"
        )
    if figure.kind is TotalKind.MONTHS_WITHOUT and value is None:  # the cover says that nobody has to
        return phrase("words", "report", "not_due")
    if figure.kind is TotalKind.MONTHS_WITHOUT and isinstance(value, tuple):
        months = (phrase("words", "grammar", "month", month=month) for month in value)
        return grammar.listed(months) or phrase("words", "report", "no_rows")
    if isinstance(value, tuple):
        return phrase("words", "grammar", "semicolon").join(map(str, value)) or phrase("words", "report", "no_rows")
    return phrase("words", "report", "no_value") if value is None else f"{value}{figure.unit}"
