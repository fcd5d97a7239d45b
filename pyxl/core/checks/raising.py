"""How does a check say what it found: where, in which words, how grave?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pyxl.catalogue.model import CheckSpec, ColumnType, Severity
from pyxl.core.checks.conditions import text_of
from pyxl.core.checks.model import Context, Sheet, Words
from pyxl.core.issue import Issue, issue
from pyxl.core.ledger import Entry
from pyxl.core.place import CellRef
from pyxl.text import phrase, table

__all__ = ["at_cell", "at_cover", "at_sheet", "cell_name", "cover_label", "label_of", "reads", "shown", "spec_for"]


def label_of(entry: Entry, key: str, context: Context) -> str:
    """The header of a column of this row's sheet."""
    return context.catalogue.activity(entry.activity).column(key).label


def reads(entry: Entry, key: str, context: Context) -> str:
    """How the value of a cell reads in a sentence; a birth month without its day."""
    value = entry.get(key)
    if isinstance(value, date) and context.catalogue.activity(entry.activity).column(key).type is ColumnType.MONTH:
        return value.strftime("%Y-%m")
    return text_of(value)


def cell_name(entry: Entry, key: str, context: Context) -> str:
    """How a sentence calls a cell: D7, or row and column in words where the sheet lacks that column."""
    where = entry.at(key)
    if where.column:
        return where.cell
    return phrase("checks", "marks", "no_cell", row=entry.row, label=label_of(entry, key, context))


def shown(entry: Entry, key: str) -> str:
    """What stands in a cell: as typed where that is known, else as its value reads."""
    return entry.typed.get(key) or text_of(entry.get(key))


def cover_label(key: str, context: Context) -> str:
    """What the cover sheet calls a field."""
    return next(field.label for field in context.catalogue.cover if field.key == key)


def spec_for(code: str, spec: CheckSpec, *, graded: bool = False) -> CheckSpec:
    """The rule, for a finding whose code it cannot replace; `graded`: issues.toml says how grave it is."""
    severity = Severity(table("issues")[code]["severity"]) if graded else spec.severity
    return replace(spec, code=code, severity=severity)


def at_cell(
    entry: Entry,
    key: str,
    spec: CheckSpec,
    context: Context,
    code: str,
    *,
    against: str = "",
    words: Words | None = None,
    **params: object,
) -> Issue:
    """An issue at the cell of column `key`; its sentences may always quote {label} and {value}.

    `against` names the column it was compared with: {other_label}, {other_value} and {other_cell}.
    The rule's own code replaces `code`, and its severity holds; a check that finds something else besides
    passes `spec_for` instead. `words` are those of a plug-in, for a `code` that issues.toml does not know.
    """
    if against:
        params["other_label"] = label_of(entry, against, context)
        params["other_value"] = reads(entry, against, context)
        params["other_cell"] = cell_name(entry, against, context)
    params["label"] = label_of(entry, key, context)
    params["value"] = reads(entry, key, context)
    where = entry.at(key)
    if not where.column:
        params["cell"] = cell_name(entry, key, context)
    return issue(
        spec.code or code,
        where,
        severity=spec.severity,
        found=shown(entry, key),
        basis=spec.basis,
        words=None if spec.code else words,
        **params,
    )


def at_sheet(sheet: Sheet, spec: CheckSpec, code: str, *, words: Words | None = None, **params: object) -> Issue:
    """An issue about a whole sheet; {label} is the name of its activity."""
    params["label"] = sheet.activity.label
    return issue(
        spec.code or code,
        sheet.place,
        severity=spec.severity,
        found="",
        basis=spec.basis,
        words=None if spec.code else words,
        **params,
    )


def at_cover(key: str, spec: CheckSpec, context: Context, code: str, **params: object) -> Issue:
    """An issue at the cell of a cover field; {label} is the field's, {value} what stands there.

    As with at_cell, the rule's own code replaces `code`.
    """
    label = cover_label(key, context)
    params["label"] = label
    params["value"] = value = text_of(context.ledger.cover.get(key))
    return issue(
        spec.code or code,
        context.ledger.cover_places.get(key, CellRef(label)),
        severity=spec.severity,
        found=value,
        basis=spec.basis,
        words=None,
        **params,
    )
