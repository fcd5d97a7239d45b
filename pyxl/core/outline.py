"""Which wording applies: the catalogue's clauses, with what the secretary changed on the sheet laid over?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from pyxl.catalogue.documents import meant_for, parts_named
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


def arrange(catalogue: Catalogue, ledger: Ledger, part: str) -> tuple[dict[str, list[Wording]], list[Issue]]:
    """Section key → its wording in order, and what is wrong with rows of the sheet.

    `part` of the year (H1 … Q4) says which document it is. A row with a known number replaces that
    clause; a new row stands where it stands; a clause that is not on the sheet keeps its place after the
    clause before it.
    """
    known = {clause.key: clause for clause in catalogue.clauses}
    taken = {clause.instead_of for clause in catalogue.clauses if clause.instead_of and part in clause.documents}
    sections: dict[str, list[Wording]] = {
        section.key: [] for section in catalogue.sections if meant_for(section.documents, part)
    }
    labels = {section.label: section.key for section in catalogue.sections}
    issues: list[Issue] = []
    present: set[str] = set()
    kept: set[str] = set()
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
        if stays := row.key in taken and _changed_before(row, clause):
            kept.add(row.key)
        if last not in sections or not (stays or _goes_into(row, clause, part, issues)):
            continue
        form = _form(row, clause, issues)
        offered = clause.used if clause else True
        if (offered if row.used is None else row.used) and row.text and form:
            sections[last].append(_from_row(row, clause, last, form))
    missing = [clause for clause in catalogue.clauses if clause.key not in present and clause.instead_of not in kept]
    _fill(sections, catalogue.clauses, [clause for clause in missing if meant_for(clause.documents, part)])
    return sections, issues


def _changed_before(row: WordingRow, clause: Clause | None) -> bool:
    """Whether the secretary changed a row when wording was the same for every document: there it still is."""
    if clause is None or "documents" in row.places:
        return False
    when = row.when if "when" in row.places else clause.when
    return (row.text, when) != (clause.text, clause.when) or row.used not in (None, clause.used)


def _goes_into(row: WordingRow, clause: Clause | None, part: str, issues: list[Issue]) -> bool:
    """Whether a row is for this document: as its cell says, else as its clause does, else for every one."""
    if not row.documents:
        return clause is None or meant_for(clause.documents, part)
    documents, unknown = parts_named(row.documents)
    if unknown:
        listing = phrase("words", "grammar", "separator").join(phrases("words", "documents").values())
        where = row.places.get("documents", row.place)
        issues.append(issue("documents_unknown", where, found=row.documents, name=unknown[0], known=listing))
    return part in documents


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


def _fill(sections: dict[str, list[Wording]], clauses: Sequence[Clause], missing: Sequence[Clause]) -> None:
    """Puts the clauses that are not on the sheet before the first that follows them in the catalogue."""
    rank = {clause.key: number for number, clause in enumerate(clauses)}
    for clause in missing:
        if clause.section not in sections or not clause.used:
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
