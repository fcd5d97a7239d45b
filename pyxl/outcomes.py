"""What do the use cases hand back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyxl.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyxl.catalogue.model import Catalogue
    from pyxl.core.changes import NumberChange
    from pyxl.core.consolidation import Consolidation, Expected
    from pyxl.core.document import Report
    from pyxl.core.issue import Issue
    from pyxl.core.ledger import Ledger
    from pyxl.core.mentions import Mention
    from pyxl.core.narrative import Narrative
    from pyxl.core.provenance import Provenance
    from pyxl.core.totals import Figure, Totals
    from pyxl.core.validation import Validation
    from pyxl.word.sourcepart import Mark
    from pyxl.word.sourcereading import Sources

__all__ = [
    "BuildOutcome",
    "BundleOutcome",
    "CheckOutcome",
    "CollectOutcome",
    "DemoOutcome",
    "DoctorOutcome",
    "Examination",
    "ExplainOutcome",
    "InstallOutcome",
    "MissingPhoto",
    "NewOutcome",
    "PreviewOutcome",
    "RecordOutcome",
    "ReportOutcome",
    "SubmitOutcome",
    "TemplateFields",
    "TemplateOutcome",
    "TemplateRemark",
    "TemplatesOutcome",
    "TotalsOutcome",
]


@record
class CheckOutcome:
    """What a check found: issues, and how many rows count, do not count, or are in error."""

    unit: str
    period: str  # 2023H1
    issues: tuple[Issue, ...]
    read: int
    counted: int
    excluded: int
    error: int
    exclusions: tuple[tuple[str, str], ...]  # row and reason
    ledger: Path
    notes: tuple[str, ...] = ()  # about the file as a whole, e.g. that it holds macros
    written: Path | None = None  # the workbook of results, when one was asked for

    @property
    def blocked(self) -> bool:
        """Whether error-level issues stand."""
        return any(found.blocks for found in self.issues)


@record
class TotalsOutcome:
    """The figures of one ledger and period, and the check that they rest on."""

    unit: str
    period: str
    figures: tuple[Figure, ...]
    check: CheckOutcome


@record
class PreviewOutcome:
    """The summary as it would read, and the check that it rests on."""

    report: Report
    check: CheckOutcome


@record
class ReportOutcome:
    """The document written, or none when error-level issues stood in the way."""

    written: Path | None
    blocked: bool
    check: CheckOutcome
    left_out: tuple[str, ...] = ()  # of title, text, signature and date: what the template does not print
    kept: Path | None = None  # what bore the name that was asked for, and was not ours to replace
    photos: tuple[MissingPhoto, ...] = ()
    pdf: Path | None = None  # the same as a PDF, when one was asked for
    leftovers: tuple[str, ...] = ()  # what the template prints that somebody meant to fill in, a line each


@record
class MissingPhoto:
    """A photograph that a cell names and that is not in the document."""

    where: str  # 主题党日!R7
    name: str
    reason: str  # in Chinese


@record
class RecordOutcome:
    """The forms written: how many, and which rows of the sheet have none, each with the reason."""

    written: Path
    activity: str
    count: int
    left_out: tuple[tuple[str, str], ...]  # row and reason
    erroneous: tuple[str, ...]  # rows in error
    check: CheckOutcome
    photos: tuple[MissingPhoto, ...] = ()
    unasked: tuple[str, ...] = ()  # what the template has no place for: the photographs
    kept: Path | None = None  # as in ReportOutcome
    pdf: Path | None = None  # the same, printed


@record
class SubmitOutcome:
    """The submission and the summary written, or none when error-level issues stood in the way."""

    written: Path | None
    report: Path | None
    check: CheckOutcome
    left_out: tuple[str, ...] = ()  # of the summary: what the template does not print
    mentions: tuple[Mention, ...] = ()  # cells that have gone up with names of the roster in their text


@record
class CollectOutcome:
    """What became of a folder of submissions; `found` is None when it was cancelled."""

    folder: Path
    found: Consolidation | None
    written: Path | None
    expected: tuple[Expected, ...]
    looked: int  # files that are known now
    report: Path | None = None  # the report on all units, when it was asked for
    wording_errors: int = 0  # on 总结文字: they keep the report from being written
    slips: tuple[Path, ...] = ()  # what goes back to units
    too_large: bool = False  # the workbook: `check` and `submit` would refuse it
    notes: tuple[str, ...] = ()  # what is to be said besides: of the roster, of files that were not replaced

    @property
    def is_settled(self) -> bool:
        """Whether everything expected counts, and everything asked for was written."""
        from pyxl.core.standing import Status

        if self.found is None or not self.found.units or self.wording_errors:
            return False
        is_waiting = self.found.of(Status.REJECTED) or self.found.of(Status.MISSING) or self.found.has_conflicts
        return not is_waiting


@record
class NewOutcome:
    """The ledger written."""

    written: Path


@record
class DemoOutcome:
    """The sample ledger and what was made of it."""

    ledger: Path
    report: ReportOutcome
    check: CheckOutcome
    totals: TotalsOutcome
    kept: tuple[tuple[Path, Path], ...] = ()  # a file that was there and differs, and where the new one went


@record
class BuildOutcome:
    """The built files that were made anew, or, when only compared, those that are stale."""

    built: tuple[str, ...]
    stale: tuple[str, ...]


@record
class Examination:
    """One ledger, read and judged: what every use case starts from."""

    ledger: Ledger
    catalogue: Catalogue
    validation: Validation
    totals: Totals
    narrative: Narrative
    issues: tuple[Issue, ...]
    notes: tuple[str, ...]
    is_submission: bool = False  # what goes up, and no ledger that anybody keeps

    def outcome(self, path: Path) -> CheckOutcome:
        """The verdict as a value for the skins."""
        verdict = self.validation
        return CheckOutcome(
            unit=self.ledger.unit,
            period=verdict.period.code,
            issues=self.issues,
            read=verdict.rows_read,
            counted=verdict.rows_counted,
            excluded=len(verdict.excluded),
            error=len(verdict.erroneous),
            exclusions=tuple((row.ref, row.text) for row in verdict.excluded),
            ledger=path,
            notes=self.notes,
        )


@record
class ExplainOutcome:
    """What the numbers of a document rest on, and what has become of it since."""

    document: Path
    sources: Sources
    names: tuple[str, ...]  # of the numbers asked for
    all: bool  # whether those are all that the document has
    ledger: Path | None  # what it was compared with; None: with none
    now: Provenance | None  # what that ledger says
    changes: Mapping[str, NumberChange]  # by name; empty when it was not compared
    trouble: str = ""  # why the ledger beside the document could not be read

    @property
    def changed(self) -> bool:
        """Whether the ledger has changed since, as far as it was asked for, or a number in the document has."""
        in_ledger = self.ledger_changed or any(change.changed for change in self.changes.values())
        return in_ledger or bool(self.edited or self.lost)

    @property
    def ledger_changed(self) -> bool:
        """Whether anything in the ledger has; asked for one number, only that counts."""
        return self.all and self.now is not None and self.now.digest != self.sources.provenance.digest

    @property
    def edited(self) -> tuple[Mark, ...]:
        """Where the document no longer says what was printed."""
        there = self.sources.present
        return tuple(mark for mark in self._printed() if there.get(mark.name, mark.text) != mark.text)

    @property
    def lost(self) -> tuple[Mark, ...]:
        """What was printed, and whose place is no longer in the document: somebody has deleted it."""
        return tuple(mark for mark in self._printed() if mark.name not in self.sources.present)

    def _printed(self) -> Iterator[Mark]:
        return (mark for mark in self.sources.marks if mark.figure in self.names and mark.text)


@record
class InstallOutcome:
    """What was put in place or taken away, one sentence each."""

    steps: tuple[str, ...]


@record
class DoctorOutcome:
    """The text written, and what it says: group, key, value, and what to do about it, "" when all is well."""

    path: Path
    findings: tuple[tuple[str, str, str, str], ...]

    @property
    def troubles(self) -> int:
        """How many findings ask for something to be done."""
        return len(self.advice)

    @property
    def advice(self) -> tuple[str, ...]:
        """What has to be done."""
        return tuple(trouble for *_, trouble in self.findings if trouble)


@record
class BundleOutcome:
    """The zip file for Windows."""

    written: Path
    files: int
    size: int  # bytes
    unknown_python: str = ""  # sha256 of an interpreter that we have not looked at; "" for the one we have


@record
class TemplateRemark:
    """One thing that a check of a template says."""

    reason: str  # a key of document.toml [problems] or [advice]
    where: str  # 正文第3段, 表2第1行第2格, 页眉 …
    paragraph: str  # the paragraph's text; "" where there is none
    found: str  # what stands there
    message: str
    proposal: str  # what was probably meant; "" where nothing is near
    line: str  # all of it, as one line of a listing


@record
class TemplateOutcome:
    """What is wrong with a template, what is hardly meant, and what it does not print."""

    template: Path
    problems: tuple[TemplateRemark, ...]
    advice: tuple[TemplateRemark, ...]
    missing: tuple[str, ...]  # of title, text, signature and date
    levels: tuple[str, ...]  # of text, that it has no branch for
    annotated: Path | None = None  # the copy with comments, when one was asked for and there is anything to say
    of_forms: bool = False  # for `record`, not for `report`
    kept: Path | None = None  # as in ReportOutcome


@record
class TemplatesOutcome:
    """The templates that come with the program, each with what it is for, and the user's own."""

    shipped: tuple[tuple[Path, str], ...]
    own: tuple[Path, ...]
    folder: Path  # where the user's own belong


@record
class TemplateFields:
    """What may be written in a template: as written, and what it means."""

    parts: tuple[tuple[str, str], ...]  # of a report
    fields: tuple[tuple[str, str], ...]
    upper: tuple[tuple[str, str], ...]  # only in a report on many units
    filters: tuple[tuple[str, str, str], ...]  # with an example
