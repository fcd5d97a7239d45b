"""How does the summary become a Word document beside the ledger?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.actions.examining import examine_file
from pyxl.actions.refusing import refuse_ending
from pyxl.errors import OutputError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.document import Report
    from pyxl.core.provenance import Provenance
    from pyxl.outcomes import Examination, ReportOutcome

__all__ = ["REPORT", "origins", "summarise", "write_report"]

REPORT = "report"  # what the document says that it is: see pyxl.stamp


def summarise(
    ledger: Path,
    *,
    out: Path | None = None,
    period: str | None = None,
    template: Path | None = None,
    draft: bool = False,
    sources: bool = False,
    catalogue_folder: Path | None = None,
    today: date,
) -> ReportOutcome:
    """Writes the summary as a Word document; not while error-level issues stand, unless as a draft."""
    if out and not out.is_dir():
        refuse_ending(out, ".docx", "report_ending")
    found = examine_file(ledger, period, catalogue_folder, today, ahead=_prepare_word)
    from pyxl.outcomes import ReportOutcome

    verdict = found.outcome(ledger)
    if verdict.blocked and not draft:
        return ReportOutcome(None, True, verdict)
    written, left_out = write_report(found, ledger, out, template, draft=draft, sources=sources)
    return ReportOutcome(written, verdict.blocked, verdict, left_out, out if out and out != written else None)


def write_report(
    found: Examination,
    ledger: Path,
    out: Path | None,
    template: Path | None,
    *,
    draft: bool,
    sources: bool,
    told: Provenance | None = None,
) -> tuple[Path, tuple[str, ...]]:
    """Writes the document of an examined ledger: to `out`, or under a free name beside `ledger`, the file's path.

    `told` is what its figures rest on, where that is known already; None: it follows from the ledger.
    What bears the name `out` is replaced when we wrote it and nobody has touched it since; anything else stays,
    and the document takes the next free name. Hands back the path and which parts of the report the template
    does not print.
    """
    from pyxl.core.fields import known_names
    from pyxl.core.summary import report_name
    from pyxl.outfile import safe_stem
    from pyxl.stamp import with_stamp
    from pyxl.word.report import render

    name = report_name(found.ledger, found.validation)
    if draft:
        name = phrase("words", "report", "draft_file", name=name)
    inputs = [ledger, *([template] if template else [])]
    target = _sparing(out, inputs) if out else ledger.parent / f"{safe_stem(name)}.docx"
    report = _composed(found, told or origins(found, ledger), draft=draft, sources=sources)
    chosen = template or _own_template(many=bool(report.units))
    known = known_names(found.catalogue)
    left_out: list[str] = []

    def write(path: Path) -> None:
        left_out.extend(render(report, chosen, path, known))
        path.write_bytes(with_stamp(path.read_bytes(), REPORT))

    replaces = out is not None and os.path.lexists(target)
    return _delivered(target, write, inputs, replaces=replaces), tuple(left_out)


def _delivered(target: Path, write: Callable[[Path], None], inputs: Iterable[Path], *, replaces: bool) -> Path:
    from pyxl.outfile import deliver
    from pyxl.stamp import is_untouched
    from pyxl.word.report import verify

    def check(path: Path) -> None:
        verify(path)
        if replaces and not is_untouched(target, REPORT):  # somebody has worked in it meanwhile
            raise OutputError("file_exists", file=target.name)

    return deliver(target, write, check, inputs=inputs, anew=not replaces)


def _sparing(out: Path, inputs: Iterable[Path]) -> Path:
    """`out`, or the next name by which nothing is lost; what cannot be written to at all is told by who tries."""
    from pyxl.outfile import free_name
    from pyxl.stamp import is_untouched

    if out.is_dir() or (out.exists() and any(each.exists() and out.samefile(each) for each in inputs)):
        return out
    return free_name(out, unless=lambda path: is_untouched(path, REPORT))


def _composed(found: Examination, told: Provenance, *, draft: bool, sources: bool) -> Report:
    from dataclasses import replace

    from pyxl.core.summary import summarise as compose

    report = compose(
        found.ledger, found.catalogue, found.validation, found.totals, found.narrative,
        issues=found.issues, draft=draft, sources=sources,
    )  # fmt: skip
    return replace(report, provenance=told)


def origins(found: Examination, ledger: Path, *, told: bool = True) -> Provenance:
    """What the figures of an examined ledger rest on; `told`: with the rows, where they have been read."""
    from pyxl import __version__
    from pyxl.core.provenance import provenance_of

    return provenance_of(
        found.ledger, found.catalogue, found.validation, found.totals,
        file=ledger.name, program=__version__, told=told,
    )  # fmt: skip


def _own_template(*, many: bool) -> Path:
    """The template that comes with the program, of one unit or of many. Raises TemplateError when it is gone."""
    from pyxl.assets import template_path, upper_template_path
    from pyxl.errors import TemplateError

    path = upper_template_path() if many else template_path()
    if not path.is_file():
        raise TemplateError("own_template_missing", file=path.name)
    return path


def _prepare_word() -> None:
    """Imports what a report needs while the ledger is being read."""
    import pyxl.word.report  # noqa: F401
