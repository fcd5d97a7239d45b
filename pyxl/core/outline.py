"""Which wording applies: the catalogue's clauses, with what the secretary changed on the sheet laid over?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from pyxl.catalogue.model import Catalogue, Clause, ClauseForm
from pyxl.core.issue import Issue, issue
from pyxl.core.ledger import Ledger, WordingRow
from pyxl.core.place import CellRef
from pyxl.record import record
from pyxl.text import phrase, phrases

__all__ = ["Wording", "arrange"]


@record
class Wording:
    """One piece of wording as it applies, and the cells to name when something is wrong with it."""

    key: str
    section: str
    form: ClauseForm
    text: str
    when: str
    activity: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text_cell: CellRef | None = None
    when_cell: CellRef | None = None
    own: bool = False  # changed or added by the secretary
    file: str = ""  # of the catalogue, where it was not on the sheet

    @property
    def place(self) -> CellRef:
        """Where the text stands; the sheet itself when it is not on it."""
        return self.text_cell or CellRef(phrase("words", "sheets", "wording"))


def arrange(catalogue: Catalogue, ledger: Ledger) -> tuple[dict[str, list[Wording]], list[Issue]]:
    """Section key → its wording in order, and what is wrong with rows of the sheet.

    A row with a known number replaces that clause; a new row stands where it stands; a clause
    that is not on the sheet keeps its place after the clause before it.
    """
    known = {clause.key: clause for clause in catalogue.clauses}
    sections: dict[str, list[Wording]] = {section.key: [] for section in catalogue.sections}
    labels = {section.label: section.key for section in catalogue.sections}
    issues: list[Issue] = []
    present: set[str] = set()
    last = catalogue.sections[0].key if catalogue.sections else ""
    for row in ledger.wording:
        clause = known.get(row.key)
        section = labels.get(row.section) or (clause.section if clause and not row.section else "")
        if row.section and not section:
            issues.append(issue("section_unknown", row.places.get("section", row.place), found=row.section,
                                name=row.section, known=phrase("words", "grammar", "separator").join(labels)))  # fmt: skip
            present.add(row.key)
            continue
        last = section or last
        present.add(row.key)
        form = _form(row, clause, issues)
        offered = clause.used if clause else True
        if (offered if row.used is None else row.used) and row.text and form:
            sections[last].append(_from_row(row, clause, last, form))
    _fill(sections, catalogue.clauses, present)
    return sections, issues


def _form(row: WordingRow, clause: Clause | None, issues: list[Issue]) -> ClauseForm | None:
    """The form a row names; a blank is the clause's own, or a sentence."""
    if not row.form:
        return clause.form if clause else ClauseForm.SENTENCE
    forms = {name: key for key, name in phrases("words", "forms").items()}
    if row.form in forms:
        return ClauseForm(forms[row.form])
    known = phrase("words", "grammar", "separator").join(forms)
    issues.append(issue("form_unknown", row.places.get("form", row.place), found=row.form, name=row.form, known=known))
    return None


def _from_row(row: WordingRow, clause: Clause | None, section: str, form: ClauseForm) -> Wording:
    when = row.when if "when" in row.places or clause is None else clause.when
    return Wording(
        key=row.key,
        section=section,
        form=form,
        text=row.text,
        when=when,
        activity=clause.activity if clause else "",
        where=clause.where if clause else {},
        text_cell=row.places.get("text"),
        when_cell=row.places.get("when"),
        own=clause is None or clause.text != row.text,
    )


def _fill(sections: dict[str, list[Wording]], clauses: Sequence[Clause], present: set[str]) -> None:
    """Puts the clauses that are not on the sheet before the first that follows them in the catalogue."""
    rank = {clause.key: number for number, clause in enumerate(clauses)}
    for clause in clauses:
        if clause.key in present or clause.section not in sections or not clause.used:
            continue
        pieces = sections[clause.section]
        later = (number for number, piece in enumerate(pieces) if rank.get(piece.key, -1) > rank[clause.key])
        pieces.insert(next(later, len(pieces)), _from_clause(clause))


def _from_clause(clause: Clause) -> Wording:
    return Wording(
        key=clause.key,
        section=clause.section,
        form=clause.form,
        text=clause.text,
        when=clause.when,
        activity=clause.activity,
        where=clause.where,
        file=clause.file,
    )
