"""One change to the sample ledger, and what has to be found then: the table is in mutations_of_*.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from pyxl.catalogue.loader import load_catalogue
from pyxl.catalogue.model import Catalogue, Severity
from pyxl.core.issue import Issue, in_order
from pyxl.core.ledger import Ledger
from pyxl.core.narrative import narrate
from pyxl.core.period import Period
from pyxl.core.totals import compute
from pyxl.core.validation import Validation, validate
from pyxl.excel.grid import RawBook
from pyxl.excel.parse import parse
from pyxl.sample import sample
from pyxl.text import phrases
from tests.books import address, raw_book

__all__ = [
    "CATALOGUE",
    "ROWS",
    "Cell",
    "Mutation",
    "changes",
    "copy_of",
    "counted",
    "everything",
    "expected",
    "graded",
    "judged",
    "ledger_of",
    "one",
    "twice",
    "without",
]

CATALOGUE = load_catalogue()
COVER, ROWS = sample()
TODAY = date(2024, 1, 10)

Key = tuple[str, str, str]  # code, sheet, cell


@dataclass(frozen=True)
class Cell:
    """Where something is found: on an activity's sheet, on the cover, or at a cell by name."""

    code: str
    sheet: str = ""  # key of an activity, "cover", or the name of a sheet
    row: int | None = None  # of an activity, counted from 0
    column: str = ""  # key of a column, or of a cover field
    cell: str = ""  # for places outside the entries
    times: int = 1

    def keys(self) -> Counter[Key]:
        """As the issues name it."""
        if self.sheet == "cover":
            number = [each.key for each in CATALOGUE.cover].index(self.column) + 1
            return Counter({(self.code, "基本信息", f"B{number}"): self.times})
        activity = CATALOGUE.by_key.get(self.sheet)
        cell = self.cell
        if activity and self.row is not None:
            cell = address(CATALOGUE, self.sheet, self.row, self.column) if self.column else str(self.row + 4)
        return Counter({(self.code, activity.label if activity else self.sheet, cell): self.times})


@dataclass(frozen=True, eq=False)
class Mutation:
    """What is changed in the sample, and what is found that was not there before."""

    found: tuple[Cell, ...]
    put: Mapping[tuple[str, int, str], Any] = field(default_factory=dict)  # activity, row from 0, column → value
    drop: tuple[tuple[str, int], ...] = ()  # rows left empty: the others keep their places
    add: tuple[tuple[str, Mapping[str, Any]], ...] = ()  # rows below the last one
    cover: Mapping[str, Any] = field(default_factory=dict)
    wording: Mapping[tuple[str, str], Any] = field(default_factory=dict)  # clause, column → value
    reshape: Callable[[RawBook], RawBook] = lambda book: book
    part: str = "H1"
    today: date = TODAY


def one(code: str, activity: str, row: int, column: str, value: Any) -> Mutation:
    """One cell changed, and one thing found in it."""
    return Mutation((Cell(code, activity, row, column),), {(activity, row, column): value})


def copy_of(activity: str, row: int, **values: Any) -> tuple[str, dict[str, Any]]:
    """A further row like one of the sample, for `add`."""
    return activity, {**ROWS[activity][row], **values}


def without(activity: str, rule: str) -> Catalogue:
    """The catalogue with one rule switched off."""
    return graded(activity, rule, Severity.OFF)


def graded(activity: str, rule: str, severity: Severity) -> Catalogue:
    """The catalogue with one rule as grave as that, as an overlay would have it."""
    changed = replace(
        CATALOGUE.activity(activity),
        checks=tuple(
            replace(spec, severity=severity) if spec.id == rule else spec
            for spec in CATALOGUE.activity(activity).checks
        ),
    )
    others = (changed if each.key == activity else each for each in CATALOGUE.activities)
    return replace(CATALOGUE, activities=tuple(others))


def ledger_of(mutation: Mutation) -> Ledger:
    """The changed sample, read from raw cells."""
    rows = {key: [dict(row) for row in kept] for key, kept in ROWS.items()}
    for (activity, number, column), value in mutation.put.items():
        rows[activity][number][column] = value
    for activity, number in mutation.drop:
        rows[activity][number].clear()
    for activity, row in mutation.add:
        rows[activity].append(dict(row))
    wording = _wording()
    for (clause, column), value in mutation.wording.items():
        wording[clause][column] = value
    book = raw_book(CATALOGUE, {**COVER, **mutation.cover}, rows, list(wording.values()))
    return parse(mutation.reshape(book), CATALOGUE)


def judged(ledger: Ledger, mutation: Mutation, catalogue: Catalogue = CATALOGUE) -> Validation:
    """The verdict on every row, by the rules of `catalogue`."""
    return validate(ledger, catalogue, Period(2023, mutation.part), mutation.today)


def _wording() -> dict[str, dict[str, Any]]:
    """The sheet 总结文字 as it is delivered: every clause a row."""
    sections = {section.key: section.label for section in CATALOGUE.sections}
    forms = phrases("words", "forms")
    return {
        clause.key: {
            "key": clause.key,
            "section": sections[clause.section],
            "form": forms[clause.form],
            "when": clause.when,
            "text": clause.text,
        }
        for clause in CATALOGUE.clauses
    }


def counted(issues: Iterable[Issue]) -> Counter[Key]:
    """The issues by code, sheet and cell."""
    return Counter((found.code, found.where.sheet, found.where.cell) for found in issues)


@cache
def _before(part: str, today: date) -> Counter[Key]:
    nothing = Mutation((), part=part, today=today)
    return counted(everything(nothing, ledger_of(nothing)))


def everything(mutation: Mutation, ledger: Ledger) -> tuple[Issue, ...]:
    """All that is found in the changed sample, down to the finished text."""
    validation = judged(ledger, mutation)
    narrative = narrate(ledger, CATALOGUE, validation, compute(validation, CATALOGUE))
    return in_order([*validation.issues, *narrative.issues], [])


def changes(mutation: Mutation, ledger: Ledger) -> tuple[Counter[Key], Counter[Key]]:
    """What is found that was not found in the sample as it is, and what is found no longer."""
    before, after = _before(mutation.part, mutation.today), counted(everything(mutation, ledger))
    return after - before, before - after


def expected(cells: Iterable[Cell]) -> Counter[Key]:
    """What a mutation says is found, as the issues name it."""
    return sum((cell.keys() for cell in cells), Counter())


def twice(activity: str, row: int) -> Mutation:
    """A row entered a second time."""
    return Mutation(
        (Cell("duplicate_entry", activity, len(ROWS[activity]), next(iter(ROWS[activity][row]))),),
        add=(copy_of(activity, row),),
    )
