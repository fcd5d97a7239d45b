"""How merged TOML tables become the frozen types of the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pyxl.catalogue.documents import EVERY, KINDS, parts_of
from pyxl.catalogue.model import (
    ActivityType,
    Catalogue,
    CheckSpec,
    Clause,
    ClauseForm,
    Column,
    ColumnType,
    CoverField,
    Kind,
    OnForm,
    PeriodRule,
    Section,
    Settlement,
    Severity,
    TotalKind,
    TotalSpec,
)
from pyxl.catalogue.rules import check_activity, check_catalogue, check_column, check_cover_field, check_section
from pyxl.catalogue.table import Table, merged, name_of
from pyxl.errors import CatalogueProblem
from pyxl.text import phrase

__all__ = ["assemble"]

_LISTS = ("columns", "checks", "totals", "clauses")  # of an activity, and of a group that it includes


def assemble(
    shared: dict[str, Any],
    activities: dict[str, Any],
    files: dict[str, str],
    problems: list[CatalogueProblem],
) -> Catalogue:
    """The catalogue that the tables describe; every mistake is added to `problems`."""

    def table(name: str) -> Table:
        return Table(shared.get(name, {}), files.get(name, f"{name}.toml"), name, problems)

    names = ("catalogue", "cover", "common", "outline", "upper", "wording")
    whole, cover, common, outline, upper, wording = map(table, names)
    groups = _groups(common)
    types = [_activity(Table(data, files[key], key, problems), groups) for key, data in activities.items() if data]
    types.sort(key=lambda activity: (activity.order, activity.key))
    fields = tuple(_cover_field(field) for field in cover.tables("fields"))
    sections, clauses = _wording(outline, [clause for activity in types for clause in activity.clauses])
    upper_sections, upper_clauses = _wording(upper, [])
    catalogue = Catalogue(
        version=whole.text("version"),
        cover=fields,
        activities=tuple(types),
        sections=sections,
        clauses=clauses,
        verbs=outline.texts("verbs"),
        wording=tuple(_column(column) for column in wording.tables("columns")),
        register=(_register(upper.table("register"), fields),),
        upper_sections=upper_sections,
        upper_clauses=upper_clauses,
        upper_main=upper.texts("main"),
    )
    for each in (whole, cover, common, outline, upper, wording):
        each.close()
    check_catalogue(catalogue, files.get("catalogue", "catalogue.toml"), problems)
    return catalogue


def _wording(outline: Table, more: list[Clause]) -> tuple[tuple[Section, ...], tuple[Clause, ...]]:
    """Sections in their order, and their clauses in theirs, those of the activities among them."""
    sections = tuple(sorted(map(_section, outline.tables("sections")), key=lambda section: section.order))
    clauses = [*(_clause(clause, clause.text("activity", "")) for clause in outline.tables("clauses")), *more]
    rank = {section.key: number for number, section in enumerate(sections)}
    clauses.sort(key=lambda clause: (rank.get(clause.section, len(rank)), clause.order))
    return sections, tuple(_apart(clauses, sections))


def _apart(clauses: list[Clause], sections: tuple[Section, ...]) -> Iterator[Clause]:
    """Each clause with the documents it is for: those of its section, without those where another stands for it."""
    of_section = {section.key: section.documents or EVERY for section in sections}
    taken: dict[str, set[str]] = {}
    for clause in clauses:
        if clause.instead_of:
            taken.setdefault(clause.instead_of, set()).update(clause.documents or EVERY)
    for clause in clauses:
        section = of_section.get(clause.section, EVERY)
        without = taken.get(clause.key, ())
        left = tuple(part for part in clause.documents or EVERY if part in section and part not in without)
        if left:
            yield replace(clause, documents=() if left == EVERY else left)  # every one is told by none
        else:  # others stand for it everywhere, or the check of the catalogue tells what is wrong
            yield replace(clause, used=False)


def _register(data: Table, cover: tuple[CoverField, ...]) -> ActivityType:
    """The sheet of units: of each the fields of its cover that go up, then what upper.toml asks for."""
    said = tuple(
        Column(field.key, field.label, field.type, hint=field.hint, choices=field.choices, aliases=field.aliases)
        for field in cover
        if not field.private
    )
    return _activity(data, {}, said)


def _groups(common: Table) -> dict[str, Table]:
    """Name → what the activities that include it share."""
    groups = common.table("groups")
    found = {name: groups.table(name) for name in groups.data}
    for group in found.values():
        for name in _LISTS:
            group.tables(name)
        group.close()
    return found


def _activity(data: Table, groups: dict[str, Table], before: tuple[Column, ...] = ()) -> ActivityType:
    included = [groups[name] for name in data.texts("include") if _known_group(data, name, groups)]
    columns, checks, totals, clauses = (_items(data, name, included) for name in _LISTS)
    key = data.text("key")
    kind = data.member("kind", Kind, Kind.ACTIVITY)
    activity = ActivityType(
        key=key,
        label=data.text("label"),
        group=data.text("group", "work"),
        order=data.number("order", 500.0),
        purpose=data.text("purpose"),
        columns=(*before, *(_column(column) for column in _in_place(columns))),
        kind=kind,
        date=data.text("date", "date" if kind is Kind.ACTIVITY else ""),
        period_rule=data.member("period_rule", PeriodRule, PeriodRule.WITHIN),
        measure=data.text("measure", phrase("catalogue", "defaults", "measure")),
        checks=tuple(_check(check) for check in checks),
        totals=_with_count(tuple(_total(total) for total in totals)),
        clauses=tuple(_clause(clause, key) for clause in clauses),
        aliases=data.texts("aliases"),
        in_matrix=data.flag("in_matrix", default=kind is Kind.ACTIVITY),
        told_by=data.texts("told_by"),
        settlement=_settlement(data.table("settlement")) if "settlement" in data.data else None,
    )
    data.close()
    check_activity(activity, data, of_ledger=not before)
    return activity


def _settlement(data: Table) -> Settlement:
    settlement = Settlement(
        data.text("column"), data.texts("values"), data.text("date"), data.text("before"), data.texts("known")
    )
    data.close()
    return settlement


def _known_group(data: Table, name: str, groups: dict[str, Table]) -> bool:
    if name not in groups:
        data.problem("include", "unknown_group", value=name)
    return name in groups


def _items(data: Table, name: str, included: list[Table]) -> list[Table]:
    """The activity's tables of one list, the groups' before them; each knows the file it comes from."""
    found: dict[str, Table] = {}
    for number, item in enumerate([*(item for group in included for item in group.tables(name)), *data.tables(name)]):
        label = name_of(item.data) or f"#{number}"
        whole = merged(found[label].data, item.data) if label in found else item.data
        found[label] = Table(whole, item.file, item.path, item.problems)
    return list(found.values())


def _in_place(columns: list[Table]) -> list[Table]:
    """Columns marked `after_own` behind the others."""
    return sorted(columns, key=lambda column: column.data.get("after_own") is True)


def _with_count(totals: tuple[TotalSpec, ...]) -> tuple[TotalSpec, ...]:
    """Every activity has the plain count of its rows."""
    if any(total.key == "count" for total in totals):
        return totals
    return (TotalSpec("count", phrase("catalogue", "defaults", "count"), TotalKind.COUNT), *totals)


def _column(data: Table) -> Column:
    data.flag("after_own")
    column = Column(
        key=data.text("key"),
        label=data.text("label"),
        type=data.member("type", ColumnType, ColumnType.TEXT),
        required=data.flag("required"),
        hint=data.text("hint", ""),
        choices=data.texts("choices"),
        aliases=data.texts("aliases"),
        width=data.number("width", 12.0),
        open=data.flag("open"),
        private=data.flag("private"),
        upward=data.flag("upward"),
        maximum=data.optional_number("maximum"),
        on_form=data.member("on_form", OnForm, OnForm.ALWAYS),
        on_form_with=data.text("on_form_with", ""),
        signs=data.flag("signs"),
        photos=data.flag("photos"),
    )
    data.close()
    check_column(column, data)
    return column


def _check(data: Table) -> CheckSpec:
    spec = CheckSpec(
        id=data.text("id"),
        check=data.text("check"),
        severity=data.member("severity", Severity),
        basis=data.text("basis", ""),
        columns=data.texts("columns"),
        code=data.text("code", ""),
        params=data.rest(),
    )
    if not spec.basis:
        data.problem("basis", "no_basis")
    return spec


def _total(data: Table) -> TotalSpec:
    total = TotalSpec(
        key=data.text("key"),
        label=data.text("label"),
        kind=data.member("kind", TotalKind),
        columns=data.texts("columns"),
        where=data.conditions("where"),
        unit=data.text("unit", ""),
        present=data.flag("present"),
    )
    data.close()
    return total


def _clause(data: Table, activity: str) -> Clause:
    clause = Clause(
        key=data.text("key"),
        section=data.text("section"),
        form=data.member("form", ClauseForm),
        text=data.text("text"),
        when=data.text("when", ""),
        order=data.number("order", 500.0),
        activity=data.text("activity", activity),
        where=data.conditions("where"),
        used=data.flag("used", default=True),
        file=data.file,
        documents=_documents(data),
        instead_of=data.text("instead_of", ""),
    )
    data.close()
    return clause


def _section(data: Table) -> Section:
    section = Section(
        key=data.text("key"),
        title=data.text("title", ""),
        level=int(data.number("level", 0)),
        label=data.text("label"),
        order=data.number("order", 500.0),
        documents=_documents(data),
        titles=data.words("titles", tuple(KINDS)),
    )
    data.close()
    check_section(section, data)
    return section


def _documents(data: Table) -> tuple[str, ...]:
    """Which documents a clause or a section is for; a name that is none is a mistake."""
    try:
        return parts_of(data.texts("documents"))
    except KeyError as unknown:
        data.problem("documents", "not_one_of", value=unknown.args[0], allowed=" / ".join((*KINDS, *EVERY)))
        return ()


def _cover_field(data: Table) -> CoverField:
    field = CoverField(
        key=data.text("key"),
        label=data.text("label"),
        type=data.member("type", ColumnType, ColumnType.TEXT),
        required=data.flag("required"),
        hint=data.text("hint", ""),
        choices=data.texts("choices"),
        default=data.text("default", ""),
        instead=data.text("instead", ""),
        advised=data.flag("advised"),
        private=data.flag("private"),
        aliases=data.texts("aliases"),
    )
    data.close()
    check_cover_field(field, data)
    return field
