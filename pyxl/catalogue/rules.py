"""What a catalogue must hold to be usable, beyond the shape of its tables."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping

from pyxl.catalogue.documents import EVERY, meant_for
from pyxl.catalogue.model import (
    ActivityType,
    Catalogue,
    Clause,
    ClauseForm,
    Column,
    ColumnType,
    CoverField,
    PeriodRule,
    Section,
    TotalKind,
    TotalSpec,
)
from pyxl.catalogue.naming import is_like_a_cell
from pyxl.catalogue.table import Table
from pyxl.errors import CatalogueProblem
from pyxl.text import phrase, phrases

__all__ = ["check_activity", "check_catalogue", "check_column", "check_cover_field", "check_section"]

_KEY = re.compile(r"[a-z][a-z0-9_]*")

_OF_EXCEL = ("history", "print_area", "print_titles")

# kind of total → how many columns it needs (of a list, at least)
_TOTAL_COLUMNS = {
    TotalKind.COUNT: 0,
    TotalKind.SUM: 1,
    TotalKind.RATIO: 2,
    TotalKind.DISTINCT: 1,
    TotalKind.LIST: 1,
    TotalKind.MONTHS_WITHOUT: 0,
}

_NUMBERS = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL})
# What can be added up: numbers, and lists by how many they hold.
_SUMMABLE = _NUMBERS | {ColumnType.PEOPLE, ColumnType.ITEMS, ColumnType.CHOICES}
_DEEPEST_LEVEL = 2
_LONGEST_HEADER = 255  # characters of the name of a table's column, in Excel


def check_column(column: Column, data: Table) -> None:
    """Notes what is wrong with one column taken by itself."""
    _check_key(column.key, data)
    label = column.label
    if len(label) > _LONGEST_HEADER:
        data.problem("label", "long_label", most=_LONGEST_HEADER)
    if unicodedata.normalize("NFKC", label) != label or label != label.strip():
        data.problem("label", "bad_label", value=label)
    _check_choices(column.type, column.choices, data)


def check_cover_field(field: CoverField, data: Table) -> None:
    """Notes what is wrong with one cover field: its label is a cell's defined name and a placeholder."""
    _check_key(field.key, data)
    if not _is_placeholder(field.label):
        data.problem("label", "bad_label", value=field.label)
    elif is_like_a_cell(field.label):
        data.problem("label", "bad_sheet_name", value=field.label)
    if _is_defined(field.label):
        data.problem("label", "reserved_label", value=field.label)
    _check_choices(field.type, field.choices, data)


def check_section(section: Section, data: Table) -> None:
    """Notes what is wrong with one section of the report."""
    if section.level not in range(_DEEPEST_LEVEL + 1):
        allowed = " / ".join(map(str, range(_DEEPEST_LEVEL + 1)))
        data.problem("level", "not_one_of", value=section.level, allowed=allowed)


def check_activity(activity: ActivityType, data: Table, *, of_ledger: bool = True) -> None:
    """Notes what is wrong with one activity type taken by itself; `of_ledger`: a sheet that people fill in."""
    _check_key(activity.key, data)
    _check_label(activity.label, data)
    _repeated((name for column in activity.columns for name in (column.label, *column.aliases)), data, "columns")
    if of_ledger and not activity.has("state"):
        data.problem("include", "no_state")
    _check_known(activity.told_by, activity, data, "told_by")
    _check_known((c.on_form_with for c in activity.columns if c.on_form_with), activity, data, "on_form_with")
    _check_dating(activity, data)
    _check_settlement(activity, data)
    _check_totals(activity, data)
    for spec in activity.checks:
        _check_known(spec.columns, activity, data, f"checks[{spec.id}].columns")


def check_catalogue(catalogue: Catalogue, file: str, problems: list[CatalogueProblem]) -> None:
    """Notes what is wrong between activity types, cover fields, sections and clauses; `file` answers for all."""
    whole = Table({}, file, "catalogue", problems)
    if not catalogue.activities:
        whole.problem("activities", "empty")
    _repeated((name for a in catalogue.activities for name in (a.label, *a.aliases)), whole, "activities")
    # names of tables and of cells share one space in a workbook, in which case does not count
    sheets = [*catalogue.register, *catalogue.activities]
    labels = [*(a.label for a in sheets), *(field.label for field in catalogue.cover)]
    _repeated((label.casefold() for label in labels), whole, "cover")
    fields = {field.key for field in catalogue.cover}
    for field in catalogue.cover:
        if field.instead and field.instead not in fields:
            whole.problem(f"cover[{field.key}].instead", "unknown_field", value=field.instead)
    _check_wording(catalogue.sections, catalogue.clauses, catalogue.by_key, whole)
    # what is said of each row is said of units: a report may be written before the other rows are put together
    upper = {each.key: each for each in catalogue.register}
    _check_wording(catalogue.upper_sections, catalogue.upper_clauses, upper, whole)
    for key in catalogue.upper_main:
        if key not in catalogue.by_key:
            whole.problem("main", "unknown_activity", value=key)


def _check_wording(
    sections: tuple[Section, ...], clauses: tuple[Clause, ...], sheets: Mapping[str, ActivityType], whole: Table
) -> None:
    """One report's sections and clauses against each other, and against the sheets that they may speak of."""
    _repeated((section.label for section in sections), whole, "sections")
    _repeated((clause.key for clause in clauses), whole, "clauses")
    known = {section.key: section for section in sections}
    keys = {clause.key for clause in clauses}
    for clause in clauses:
        table = Table({}, clause.file, f"clauses[{clause.key}]", whole.problems)
        if clause.section not in known:
            table.problem("section", "unknown_section", value=clause.section)
        elif not any(meant_for(known[clause.section].documents, part) for part in clause.documents or EVERY):
            table.problem("documents", "never_written", value=clause.section)
        if clause.instead_of and clause.instead_of not in keys:
            table.problem("instead_of", "unknown_clause", value=clause.instead_of)
        _check_clause(clause, sheets, table)


def _check_clause(clause: Clause, sheets: Mapping[str, ActivityType], table: Table) -> None:
    if clause.form is ClauseForm.EACH and not clause.activity:
        table.problem("form", "no_activity")
    if not clause.activity:
        return
    activity = sheets.get(clause.activity)
    if activity is None:
        table.problem("activity", "unknown_activity", value=clause.activity)
    else:
        _check_where(clause.where, activity, table, "where")


def _check_key(key: str, data: Table) -> None:
    if not _KEY.fullmatch(key):
        data.problem("key", "bad_key", value=key)


def _check_label(label: str, data: Table) -> None:
    """A label is a sheet's name, a table's name, and a placeholder in templates."""
    if not _is_placeholder(label):
        data.problem("label", "bad_label", value=label)
    elif len(label) > 31 or is_like_a_cell(label):
        data.problem("label", "bad_sheet_name", value=label)
    if label in phrase("catalogue", "reserved", "sheets").split("|") or _is_defined(label):
        data.problem("label", "reserved_label", value=label)


def _is_defined(label: str) -> bool:
    """Whether a ledger has this name already for a range or its hidden sheet, or Excel for something of its own."""
    patterns = [re.escape(name).replace(r"\{number\}", r"\d+") for name in phrases("sheets", "names").values()]
    return any(re.fullmatch(pattern, label, re.IGNORECASE) for pattern in (*patterns, *_OF_EXCEL))


def _is_placeholder(label: str) -> bool:
    """Jinja does not normalise names and has words of its own; Excel's table names know no spaces or signs."""
    if keyword.iskeyword(label.lower()) or keyword.iskeyword(label.capitalize()) or label.startswith("_"):
        return False
    return label.isidentifier() and unicodedata.normalize("NFKC", label) == label


def _check_choices(kind: ColumnType, choices: tuple[str, ...], data: Table) -> None:
    if kind in (ColumnType.CHOICE, ColumnType.CHOICES) and not choices:
        data.problem("choices", "no_choices")
    _repeated(choices, data, "choices")


def _check_dating(activity: ActivityType, data: Table) -> None:
    """What dates a row has to be there in every row: one without a date would count in every period."""
    if activity.period_rule is PeriodRule.NAMED and not activity.has("for_period"):
        data.problem("period_rule", "unknown_column", value="for_period")
    if not activity.date:
        return
    if not activity.has(activity.date):
        data.problem("date", "unknown_column", value=activity.date)
        return
    column = activity.column(activity.date)
    if column.type is not ColumnType.DATE or not column.required:
        data.problem("date", "bad_date_column", value=activity.date)


def _check_settlement(activity: ActivityType, data: Table) -> None:
    """The states are choices of a column, and only a row that stays from period to period comes to an end."""
    end = activity.settlement
    if end is None:
        return
    if activity.period_rule is not PeriodRule.UNTIL:
        data.problem("settlement", "not_standing")
    _check_known((end.date, *end.known), activity, data, "settlement")
    _check_where({end.column: (*end.values, end.before)}, activity, data, "settlement")
    if activity.has(end.date) and activity.column(end.date).type is not ColumnType.DATE:
        data.problem("settlement.date", "not_a_date_column", value=end.date)


def _check_totals(activity: ActivityType, data: Table) -> None:
    for total in activity.totals:
        key = f"totals[{total.key}]"
        if not _is_placeholder(total.label):
            data.problem(f"{key}.label", "bad_label", value=total.label)
        expected = _TOTAL_COLUMNS[total.kind]
        several = total.kind in (TotalKind.LIST, TotalKind.DISTINCT)
        if len(total.columns) != expected and not (several and total.columns):
            data.problem(f"{key}.columns", "total_columns", kind=total.kind, expected=expected)
        _check_known(total.columns, activity, data, f"{key}.columns")
        _check_where(total.where, activity, data, f"{key}.where")
        if total.kind is TotalKind.MONTHS_WITHOUT and not activity.date:
            data.problem(f"{key}.kind", "no_date")
        for name in total.columns:
            if activity.has(name):
                _check_total_column(total, activity.column(name), data, f"{key}.columns")
    _repeated((total.label for total in activity.totals), data, "totals")


def _check_total_column(total: TotalSpec, column: Column, data: Table, key: str) -> None:
    summable = {TotalKind.SUM: _SUMMABLE, TotalKind.RATIO: _NUMBERS}.get(total.kind)
    if summable is not None and column.type not in summable:
        data.problem(key, "not_summable", value=column.key)
    if column.private and total.kind is TotalKind.LIST:
        data.problem(key, "private_column", value=column.key)


def _check_where(where: Mapping[str, tuple[str, ...]], activity: ActivityType, data: Table, key: str) -> None:
    """A condition on a column or a choice that is not there would never hold, and nobody would notice."""
    _check_known(where, activity, data, key)
    free = {"", phrase("checks", "values", "any")}
    for name, values in where.items():
        column = activity.column(name) if activity.has(name) else None
        if (
            column is None
            or column.open
            or column.type not in (ColumnType.CHOICE, ColumnType.CHOICES, ColumnType.YESNO)
        ):
            continue
        known = column.choices or tuple(phrases("words", "yesno").values())
        for value in values:
            if value not in known and value not in free:
                data.problem(f"{key}.{name}", "not_one_of", value=value, allowed=" / ".join(known))


def _check_known(columns: Iterable[str], activity: ActivityType, data: Table, key: str) -> None:
    for name in columns:
        if not activity.has(name):
            data.problem(key, "unknown_column", value=name)


def _repeated(values: Iterable[str], data: Table, key: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            data.problem(key, "repeated", value=value)
        seen.add(value)
