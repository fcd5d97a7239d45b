"""Does the cover agree with the rows, and with the calendar?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.conditions import blank, condition, joined, squeezed, text_of, texts_of
from pyxl.core.checks.dates import after
from pyxl.core.checks.limits import outside, range_of
from pyxl.core.checks.model import Context, Sheet
from pyxl.core.checks.people import names_in, present_on
from pyxl.core.checks.raising import at_cell, at_cover, at_sheet, cover_label, spec_for
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry

__all__ = [
    "cover_date_near",
    "cover_expects",
    "cover_number_between",
    "cover_on_roster",
    "empty_unless",
    "equals_cover",
    "size_between",
]


def equals_cover(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[n] field=…: the same as that cover field. Silent when either is blank."""
    (key,) = spec.columns
    field = spec.params["field"]
    here, there = text_of(entry.get(key)), text_of(context.ledger.cover.get(field))
    if here and there and squeezed(here) != squeezed(there):
        place = context.ledger.cover_places.get(field)
        yield at_cell(
            entry,
            key,
            spec,
            context,
            "differs_from_cover",
            field=cover_label(field, context),
            expected=there,
            field_cell=place.address if place else cover_label(field, context),
        )


def empty_unless(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """field=… value=…: no rows, when the cover field is filled in with anything else."""
    field = spec.params["field"]
    given = text_of(context.ledger.cover.get(field))
    if sheet.entries and given and given != spec.params["value"]:
        first = sheet.entries[0]
        yield at_cell(
            first,
            sheet.activity.date or sheet.activity.columns[0].key,
            spec,
            context,
            "sheet_not_applicable",
            field=cover_label(field, context),
            given=given,
            expected=spec.params["value"],
        )


def _counted(sheet: Sheet, spec: CheckSpec, context: Context) -> int:
    """The rows that fit, without whoever has moved out or not yet come by the closing date."""
    fitting = filter(condition(spec.params.get("where", {})), sheet.entries)
    return sum(present_on(entry, context.as_of) for entry in fitting)


def size_between(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """minimum=N maximum=N where={…}: so many rows fit, as of the closing date. Silent on an empty sheet."""
    count = _counted(sheet, spec, context)
    if sheet.entries and outside(count, spec.params):
        yield at_sheet(sheet, spec, "size_outside", what=_what(sheet, spec), count=count, range=range_of(spec.params))


def _what(sheet: Sheet, spec: CheckSpec) -> str:
    """What is counted: the values asked for, or the sheet."""
    where: Mapping[str, Any] = spec.params.get("where", {})
    named = (joined([values] if isinstance(values, str) else values) for values in where.values())
    return joined(named) or sheet.activity.label


def cover_expects(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """where={…} minimum=N field=… value=…: with so many rows that fit, the cover field has that value."""
    field, expected = spec.params["field"], spec.params["value"]
    given = text_of(context.ledger.cover.get(field))
    count = _counted(sheet, spec, context)
    if given and given != expected and count >= spec.params["minimum"]:
        yield at_cover(field, spec, context, "cover_expected", expected=expected, what=_what(sheet, spec), count=count)


def cover_date_near(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """field=… months=N: that day is more than N months after the closing date; past days have a code of their own."""
    field = spec.params["field"]
    day = context.ledger.cover.get(field)
    if not isinstance(day, date):
        return
    months, as_of = spec.params["months"], context.as_of.isoformat()
    if day < context.as_of:
        rule = spec_for("term_ended", spec)
        yield at_cover(field, rule, context, rule.code, months=months, as_of=as_of)
    elif day <= after(context.as_of, {"months": months}):
        yield at_cover(field, spec, context, "term_ends_soon", months=months, as_of=as_of)


def cover_number_between(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """field=… minimum=N maximum=N: that number lies within these limits."""
    field = spec.params["field"]
    number = context.ledger.cover.get(field)
    if isinstance(number, int | float) and not isinstance(number, bool) and outside(number, spec.params):
        yield at_cover(field, spec, context, "cover_number_outside", range=range_of(spec.params))


def cover_on_roster(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """field=… roles=[…]: that person stands on the roster, with one of these posts. Silent while that is empty."""
    field = spec.params["field"]
    name = text_of(context.ledger.cover.get(field))
    if blank(name) or not context.members:
        return
    member = context.members.get(squeezed(name))
    roles = spec.params.get("roles", ())
    several = names_in(name)
    if member is None and len(several) > 1:
        code = "one_person_only"
        rule = spec_for(code, spec)
    elif member is None:
        code, rule = "not_on_roster", spec
    elif roles and set(roles).isdisjoint(texts_of(member.get("post"))):
        code = "role_unexpected"
        rule = spec_for(code, spec)
    else:
        return
    yield at_cover(field, rule, context, code, names=name, name=name, roles=joined(roles), count=len(several))
