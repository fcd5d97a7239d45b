"""What does a check of a ledger find, which figures follow from it, and how would the summary read?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.actions.examining import examine_file
from pyxl.errors import OutputError

if TYPE_CHECKING:
    from pyxl.core.document import Report
    from pyxl.outcomes import CheckOutcome, Examination, PreviewOutcome, TotalsOutcome

__all__ = ["check", "preview", "results_path", "total", "totals_of"]


def check(
    ledger: Path,
    *,
    out: Path | None = None,
    period: str | None = None,
    catalogue_folder: Path | None = None,
    today: date,
    moment: datetime | None = None,
) -> CheckOutcome:
    """Reads a closed ledger and judges every row and every piece of wording in it.

    With `out` it also writes 校验结果, 半年汇总 and 总结预览 as a workbook, which tells the `moment`: to that
    file, or, when it is a folder, under the name that `results_path` gives in it. An earlier workbook of
    results is replaced. Raises OutputError when another file bears that name: it may be somebody's ledger.
    """
    if out is None:
        return examine_file(ledger, period, catalogue_folder, today).outcome(ledger)
    target = results_path(ledger, out) if out.is_dir() else out
    _refuse(target, ledger)
    found = examine_file(ledger, period, catalogue_folder, today, ahead=_prepare_workbook)
    return replace(found.outcome(ledger), written=_write(found, ledger, target, moment))


def results_path(ledger: Path, folder: Path | None = None) -> Path:
    """Where the results of a ledger go when nobody names a file: <台账名>_校验结果.xlsx, beside it or in `folder`.

    Earlier results of the same ledger are the ones to replace; any other file of that name, another
    ledger's results too, stays, and the first number that is free, or bears such results, is added.
    """
    from pyxl.excel.building.results_book import is_results_book, link_target
    from pyxl.outfile import free_name, safe_stem
    from pyxl.text import phrase

    stem = phrase("words", "files", "results", stem=safe_stem(ledger.stem))
    target = (folder or ledger.parent) / f"{stem}.xlsx"
    own = link_target(ledger, target)
    return free_name(target, unless=lambda path: is_results_book(path, own))


def total(
    ledger: Path, *, period: str | None = None, catalogue_folder: Path | None = None, today: date
) -> TotalsOutcome:
    """Computes every figure from the rows that count."""
    return totals_of(examine_file(ledger, period, catalogue_folder, today), ledger)


def totals_of(found: Examination, ledger: Path) -> TotalsOutcome:
    """The same of a ledger that has been examined; `ledger` is its file."""
    from pyxl.outcomes import TotalsOutcome

    verdict = found.outcome(ledger)
    return TotalsOutcome(verdict.unit, verdict.period, found.totals.figures, verdict)


def preview(
    ledger: Path, *, period: str | None = None, catalogue_folder: Path | None = None, today: date
) -> PreviewOutcome:
    """The summary's text without a document; rows in error are left out of it, as they are of every figure."""
    found = examine_file(ledger, period, catalogue_folder, today)
    from pyxl.outcomes import PreviewOutcome

    return PreviewOutcome(_report(found), found.outcome(ledger))


def _refuse(target: Path, ledger: Path) -> None:
    """What is wrong with the file to write is said before the ledger is read."""
    from pyxl.actions.refusing import refuse_ending
    from pyxl.excel.building.results_book import is_results_book

    refuse_ending(target, ".xlsx", "results_ending")
    if target.exists() and not is_results_book(target):
        code = "output_is_input" if ledger.exists() and target.samefile(ledger) else "results_not_ours"
        raise OutputError(code, file=target.name)


def _write(found: Examination, ledger: Path, target: Path, moment: datetime | None) -> Path:
    """The workbook of results, read back before it gets its name."""
    from pyxl.excel.building.results_book import link_target, results_bytes
    from pyxl.excel.pages.findings import found as findings
    from pyxl.outfile import deliver_bytes

    content = results_bytes(
        found.ledger,
        found.catalogue,
        found.validation,
        findings(found.issues, found.validation, found.totals, _report(found), moment),
        source=ledger.name,
        target=link_target(ledger, target),
    )

    def verify(path: Path) -> None:
        _verify(path)
        _refuse(target, ledger)  # reading takes its time, and somebody may have taken the name meanwhile

    return deliver_bytes(target, content, verify, inputs=[ledger])


def _verify(written: Path) -> None:
    """Raises when the workbook cannot be read, or is none of results."""
    from pyxl.excel.building.results_book import is_results_book
    from pyxl.excel.closed.reading import read_book

    read_book(written)
    if not is_results_book(written):
        raise OutputError("document_unreadable", file=written.name)


def _report(found: Examination) -> Report:
    from pyxl.core.summary import summarise

    return summarise(
        found.ledger, found.catalogue, found.validation, found.totals, found.narrative,
        issues=found.issues, draft=False, sources=False,
    )  # fmt: skip


def _prepare_workbook() -> None:
    """Imports what the workbook needs while the ledger is being read."""
    import xlsxwriter

    import pyxl.core.summary
    import pyxl.excel.building.results_book  # noqa: F401

    del xlsxwriter
