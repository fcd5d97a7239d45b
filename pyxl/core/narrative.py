"""What does the summary say? Finished paragraphs, each number in them tied to its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyxl.catalogue.documents import kind_of
from pyxl.catalogue.model import Catalogue, ClauseForm, Section
from pyxl.core import fields, grammar
from pyxl.core.checks.conditions import fits
from pyxl.core.composition import Piece, compose
from pyxl.core.filters import filters, purpose
from pyxl.core.issue import Issue, issue
from pyxl.core.language import Fault, Known, RenderError, evaluate, examine, examine_condition, traced
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.marks import Span, Spanned
from pyxl.core.outline import Wording, arrange
from pyxl.core.place import CellRef
from pyxl.core.proofreading import proofread
from pyxl.core.totals import Figure, Totals
from pyxl.core.tracing import located
from pyxl.core.validation import Validation
from pyxl.errors import CatalogueError, CatalogueProblem
from pyxl.text import phrase

__all__ = ["Narrative", "Paragraph", "narrate"]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or heading: its text, the figures in it, the rows quoted in it."""

    level: int  # 0 body, 1 and 2 headings
    text: str
    figures: tuple[Figure, ...] = ()
    rows: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()  # where which figure is printed


@dataclass(frozen=True)
class Narrative:
    """正文: the paragraphs in order, and what is wrong with the wording."""

    paragraphs: tuple[Paragraph, ...]
    issues: tuple[Issue, ...]

    @property
    def text(self) -> str:
        """The whole text, one paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


def narrate(ledger: Ledger, catalogue: Catalogue, validation: Validation, totals: Totals) -> Narrative:
    """Writes the summary. Nothing is claimed without a row: wording whose condition fails is left out.

    Raises CatalogueError when wording is broken that the secretary cannot mend: it is not on the sheet.
    """
    part = validation.period.part
    wording, issues = arrange(catalogue, ledger, part)
    writer = _Writer(ledger, catalogue, validation, totals)
    bodies = {key: writer.section(pieces) for key, pieces in wording.items()}
    sections = [each for each in catalogue.sections if each.key in wording]
    paragraphs = writer.with_headings(sections, bodies, kind_of(part))
    if writer.problems:
        raise CatalogueError(writer.problems)
    return Narrative(tuple(paragraphs), (*issues, *writer.issues))


class _Writer:
    """Renders wording for one ledger, noting which figures each piece reads."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue, validation: Validation, totals: Totals) -> None:
        self.ledger = ledger
        self.catalogue = catalogue
        self.counted = validation.counted
        self.issues: list[Issue] = []
        self.problems: list[CatalogueProblem] = []
        self._read: list[Figure] = []
        self._values = fields.values(ledger, catalogue, validation, totals, self._read.append)
        self._known = fields.known_names(catalogue)

    def section(self, wording: list[Wording]) -> list[Paragraph]:
        """The paragraphs of one section, without its heading."""
        pieces = [piece for each in wording for piece in self._pieces(each)]
        paragraphs = []
        for body in compose(pieces, self.catalogue.verbs):
            found, problems = proofread(body, self.ledger, self.catalogue, self.counted)
            self.issues += problems
            figures = tuple(dict.fromkeys(figure for piece in body.pieces for figure in piece.figures))
            rows = tuple(piece.row.ref for piece in body.pieces if piece.row)
            printed = located(found, [Spanned(piece.text, piece.spans) for piece in body.pieces], self.catalogue.verbs)
            paragraphs.append(Paragraph(0, found, figures, rows, printed))
        return paragraphs

    def with_headings(
        self, sections: Sequence[Section], bodies: Mapping[str, list[Paragraph]], kind: str
    ) -> list[Paragraph]:
        """All paragraphs under their headings; a section with nothing to say has no heading and no number."""
        paragraphs: list[Paragraph] = []
        count = {1: 0, 2: 0}
        for number, section in enumerate(sections):
            if not self._has_body(sections, number, bodies):
                continue
            if section.level:
                count[section.level] += 1
                if section.level == 1:
                    count[2] = 0
                title = self._title(section, section.titles.get(kind, section.title))
                text = grammar.heading(section.level, count[section.level], title.text)
                paragraphs.append(Paragraph(section.level, text, spans=located(text, [title])))
            paragraphs += bodies[section.key]
        return paragraphs

    def _has_body(self, sections: Sequence[Section], number: int, bodies: Mapping[str, list[Paragraph]]) -> bool:
        if bodies[sections[number].key]:
            return True
        level = sections[number].level
        for later in sections[number + 1 :]:
            if level != 1 or later.level < 2:
                return False
            if bodies[later.key]:
                return True
        return False

    def _title(self, section: Section, title: str) -> Spanned:
        self._read.clear()
        faults = examine(title, self._known)
        try:
            if not faults:
                return self._traced(title, self._values)
            reason = faults[0].fragment
        except RenderError as error:
            reason = str(error)
        message = issue("wording_broken", CellRef(""), reason=reason).message
        self.problems.append(_problem("outline.toml", f"sections[{section.key}].title", message))
        return Spanned("")

    def _traced(self, source: str, values: Mapping[str, Any]) -> Spanned:
        """The text filled, and where in it figures are printed, not names of the unit or cells of a row."""
        found = traced(source, values).stripped()
        figures = {figure.path for figure in self._read}
        return Spanned(found.text, tuple(span for span in found.spans if span.name in figures))

    def _pieces(self, wording: Wording) -> list[Piece]:
        """What a row of wording becomes: one piece, or one for each row of its activity."""
        activity = self.catalogue.by_key.get(wording.activity) if wording.form is ClauseForm.EACH else None
        known = fields.known_names(self.catalogue, activity)
        if self._faulty(wording, known):
            return []
        if activity is None:
            return [self._piece(wording, None, {})]
        rows = [row for row in self.counted.get(activity.key, ()) if fits(row, wording.where)]
        name = phrase("words", "objects", "row")
        return [self._piece(wording, row, {name: fields.row_fields(row, activity)}) for row in rows]

    def _faulty(self, wording: Wording, known: Known) -> bool:
        """Notes what is wrong with a row's text and condition; true when it cannot be rendered."""
        faults = [(fault, "text", "wording_broken") for fault in examine(wording.text, known)]
        if wording.when:
            condition = examine_condition(wording.when, known)
            faults += [(fault, "when", "condition_broken") for fault in condition]
        for fault, part, code in faults:
            found = _fault_issue(fault, wording, code)
            if wording.text_cell:
                self.issues.append(found)
            else:
                self.problems.append(_problem(wording.file, f"clauses[{wording.key}].{part}", found.message))
        return bool(faults)

    def _piece(self, wording: Wording, row: Entry | None, extra: dict[str, Any]) -> Piece:
        self._read.clear()
        values, text = self._values | extra, Spanned("")
        try:
            applies = not wording.when or evaluate(wording.when, values)
        except RenderError as error:
            self.issues.append(_broken(wording, "condition_broken", str(error)))
            return Piece(wording, "", applies=False)
        try:
            text = self._traced(wording.text, values) if applies else text
        except RenderError as error:
            self.issues.append(_broken(wording, "wording_broken", str(error)))
        said = applies and bool(text.text)
        return Piece(wording, text.text, applies=said, figures=tuple(self._read), row=row, spans=text.spans)


def _problem(file: str, key: str, message: str) -> CatalogueProblem:
    return CatalogueProblem(file, key, phrase("catalogue", "problems", "bad_wording", reason=message))


def _fault_issue(fault: Fault, wording: Wording, code: str) -> Issue:
    where = (wording.when_cell if code == "condition_broken" else None) or wording.place
    if fault.code == "full_width":
        return issue("fullwidth_braces", where, found=fault.fragment)
    if fault.code == "unknown_name":
        code = "placeholder_unknown_near" if fault.nearest else "placeholder_unknown"
        return issue(code, where, found=fault.fragment, name=fault.fragment, nearest=fault.nearest)
    if fault.code == "unknown_filter":
        known = phrase("words", "grammar", "separator").join(filters())
        return issue("filter_unknown", where, found=fault.fragment, name=fault.fragment, known=known)
    if fault.code == "wrong_filter":
        return issue(
            "filter_misused", where, found=fault.fragment, reason=fault.fragment, purpose=purpose(fault.filter)
        )
    if fault.code == "forbidden" and code == "wording_broken":
        return issue("wording_forbidden", where, found=fault.fragment, reason=fault.fragment)
    return _broken(wording, code, fault.fragment)


def _broken(wording: Wording, code: str, reason: str) -> Issue:
    where = (wording.when_cell if code == "condition_broken" else None) or wording.place
    found = wording.when if code == "condition_broken" else wording.text
    return issue(code, where, found=found, reason=reason)
