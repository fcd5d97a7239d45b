"""How does the summary become a Word document beside the ledger?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyxl.actions.examining import examine_file
from pyxl.actions.refusing import refuse_ending
from pyxl.errors import UsageError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.document import Report
    from pyxl.core.provenance import Provenance
    from pyxl.outcomes import Examination, MissingPhoto, ReportOutcome

__all__ = ["REPORT", "Appendices", "Written", "origins", "prepare_word", "summarise", "write_report"]

REPORT = "report"  # what the document says that it is: see pyxl.stamp


class Appendices(NamedTuple):
    """What is wanted behind the text of a report: where each figure comes from, the table of activities, photographs.

    `photos` is a folder to look for them in first, `Path()` for where the ledger is; None for none.
    """

    sources: bool = False
    details: bool = False
    photos: Path | None = None


_NO_APPENDICES = Appendices()


class Written(NamedTuple):
    """A document written, and how its template has served: see pyxl.word.report.Printed."""

    path: Path
    left_out: tuple[str, ...]
    leftovers: tuple[str, ...]


def summarise(
    ledger: Path,
    *,
    out: Path | None = None,
    period: str | None = None,
    template: Path | None = None,
    draft: bool = False,
    appendices: Appendices = _NO_APPENDICES,
    catalogue_folder: Path | None = None,
    today: date,
) -> ReportOutcome:
    """Writes the summary as a Word document; not while error-level issues stand, unless as a draft.

    Raises UsageError when details of many units are wanted, or photographs from a folder that is not there.
    """
    if out and not out.is_dir():
        refuse_ending(out, ".docx", "report_ending")
    found = examine_file(ledger, period, catalogue_folder, today, ahead=prepare_word)
    from pyxl.outcomes import ReportOutcome

    verdict = found.outcome(ledger)
    if verdict.blocked and not draft:
        return ReportOutcome(None, True, verdict)
    more, missing = _gathered(found, ledger, appendices)
    made = write_report(found, ledger, out, template, draft=draft, sources=appendices.sources, **more)
    kept = out if out and out != made.path else None
    return ReportOutcome(made.path, verdict.blocked, verdict, made.left_out, kept, missing, leftovers=made.leftovers)


def _gathered(
    found: Examination, ledger: Path, appendices: Appendices
) -> tuple[dict[str, Any], tuple[MissingPhoto, ...]]:
    """What of a report stands in these appendices, by the names of its fields; and the photographs that are missing."""
    more: dict[str, Any] = {}
    missing: tuple[MissingPhoto, ...] = ()
    if appendices.details:
        from pyxl.core.chronology import details

        if found.totals.survey:
            raise UsageError("details_of_many")
        more["details"] = details(found.validation, found.catalogue)
    if appendices.photos is not None:
        from pyxl.actions.photographing import pictures
        from pyxl.core.evidence import photos_of

        named = photos_of(found.validation, found.catalogue)
        more["photos"], missing = pictures(named, ledger, appendices.photos)
    return more, missing


def write_report(
    found: Examination,
    ledger: Path,
    out: Path | None,
    template: Path | None,
    *,
    draft: bool,
    sources: bool,
    told: Provenance | None = None,
    **more: Any,
) -> Written:
    """Writes the document of an examined ledger: to `out`, or under a free name beside `ledger`, the file's path.

    `told` is what its figures rest on, where that is known already; None: it follows from the ledger.
    What bears the name `out` is replaced when we wrote it and nobody has touched it since; anything else stays,
    and the document takes the next free name. `more` are further fields of the report.
    """
    from pyxl.actions.delivering import delivered
    from pyxl.core.fields import known_names
    from pyxl.core.summary import report_name
    from pyxl.outfile import safe_stem
    from pyxl.word.report import Printed, render

    name = report_name(found.ledger, found.validation)
    if draft:
        name = phrase("words", "report", "draft_file", name=name)
    inputs = [ledger, *([template] if template else [])]
    report = replace(_composed(found, told or origins(found, ledger), draft=draft, sources=sources), **more)
    chosen = template or _own_template(many=bool(report.units))
    known = known_names(found.catalogue)
    printed = Printed()

    def write(path: Path) -> None:
        nonlocal printed
        printed = render(report, chosen, path, known)

    written = delivered(out, ledger.parent / f"{safe_stem(name)}.docx", write, REPORT, inputs)
    return Written(written, printed.left_out, printed.leftovers)


def _composed(found: Examination, told: Provenance, *, draft: bool, sources: bool) -> Report:
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


def prepare_word() -> None:
    """Imports what a report needs while the ledger is being read."""
    import pyxl.word.report  # noqa: F401
