"""Do names and head counts agree with the roster?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from pyxl.catalogue.model import CheckSpec, ColumnType, Kind
from pyxl.core.checks.conditions import joined, squeezed, text_of, texts_of
from pyxl.core.checks.model import Context, Sheet
from pyxl.core.checks.raising import at_cell, at_sheet, cell_name, label_of, spec_for
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry
from pyxl.text import phrase

__all__ = [
    "SCOPES",
    "at_most_members",
    "covers_roster",
    "equals_group_size",
    "member_is_formal",
    "names_counted",
    "names_in",
    "on_roster",
    "present_on",
    "role_is",
    "roster_filled",
]

SCOPES = ("members", "formal")


def present_on(member: Entry, day: date) -> bool:
    """Whether somebody belonged to the branch on a day: has joined and moved in, has not moved out before."""
    joined_on, moved_in, moved_out = member.day("joined"), member.day("moved_in"), member.day("moved_out")
    arrived = (joined_on is None or joined_on <= day) and (moved_in is None or moved_in <= day)
    return arrived and (moved_out is None or day <= moved_out)


def _formal_on(member: Entry, day: date) -> bool:
    confirmed = member.day("confirmed")
    return member.text("category") == phrase("checks", "values", "formal") and (confirmed is None or confirmed <= day)


def _members_on(context: Context, day: date | None, scope: str = "members") -> list[Entry]:
    on = day or context.as_of
    present = (member for member in context.members.values() if present_on(member, on))
    return [member for member in present if scope == "members" or _formal_on(member, on)]


def at_most_members(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[n] scope=members|formal: n is no more than the roster has on the row's date.

    Silent while the roster is empty.
    """
    (key,) = spec.columns
    number = entry.number(key)
    if number is None or not context.members:
        return
    day = context.day_of(entry) or context.as_of
    members = len(_members_on(context, day, spec.params["scope"]))
    if number > members:
        yield at_cell(entry, key, spec, context, "exceeds_roster", members=members, day=day.isoformat())


def equals_group_size(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[n, group]: n is the size of that group on the row's date.

    Whoever need not be counted as due (exempt) may be left out. Silent while the roster names no groups.
    """
    key, group_key = spec.columns
    number, group = entry.number(key), text_of(entry.get(group_key))
    if number is None or not group or not any(member.text("group") for member in context.members.values()):
        return
    people = [m for m in _members_on(context, context.day_of(entry)) if m.text("group").strip() == group]
    exempt = sum(member.get("exempt") is True for member in people)
    if not len(people) - exempt <= number <= len(people):
        yield at_cell(entry, key, spec, context, "group_size_differs", group=group, members=len(people))


def on_roster(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[…]: every name stands on the roster, and one alone where only one is asked for.

    Silent while the roster is empty.
    """
    if not context.members:
        return
    for key in spec.columns:
        strangers = [name for name in texts_of(entry.get(key)) if squeezed(name) not in context.members]
        several = names_in(joined(strangers))
        if len(several) > 1 and context.catalogue.activity(entry.activity).column(key).type is ColumnType.PERSON:
            code = "one_person_only"
            rule = spec_for(code, spec)
            yield at_cell(entry, key, rule, context, code, names=joined(several), count=len(several))
        elif strangers:
            yield at_cell(entry, key, spec, context, "not_on_roster", names=joined(strangers), count=len(strangers))


def names_in(person: str) -> list[str]:
    """The names in the cell of one person: where there are several, reading puts the list's sign between them."""
    return person.split(phrase("checks", "marks", "list"))


def role_is(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[person] roles=[…]: the post of that person is one of these. Silent when not on the roster."""
    (key,) = spec.columns
    roles = spec.params["roles"]
    for name in texts_of(entry.get(key)):
        member = context.members.get(squeezed(name))
        if member is not None and set(roles).isdisjoint(texts_of(member.get("post"))):
            yield at_cell(entry, key, spec, context, "role_unexpected", name=name, roles=joined(roles))
            return


def member_is_formal(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[person …]: whoever is named was a formal member on the row's date.

    Silent about whom the roster does not know, or does not call formal or probationary: other rules say so.
    """
    day = context.day_of(entry) or context.as_of
    for key in spec.columns:
        named = ((name, context.members.get(squeezed(name))) for name in texts_of(entry.get(key)))
        others = [name for name, who in named if who and who.text("category") and not _formal_on(who, day)]
        if others:
            yield at_cell(entry, key, spec, context, "not_formal", names=joined(others), day=day.isoformat())


def names_counted(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[text, n1, n2 …]: the text names n1 + n2 + … people; a remark in brackets belongs to its name.

    Every part of the list counts as a name. Where the roster is filled in, it will also do when
    as many parts begin with a member's name. Silent when the text is blank, nobody is missing, or a
    number could not be read.
    """
    key, *amounts = spec.columns
    if not entry.unreadable.isdisjoint(amounts):
        return
    text = text_of(entry.get(key))
    expected = sum(entry.number(amount) or 0 for amount in amounts)
    if not text or not expected:
        return
    parts = _parts(text)
    known = sum(any(squeezed(part).startswith(name) for name in context.members) for part in parts)
    if expected in (len(parts), known):
        return
    yield at_cell(
        entry,
        key,
        spec,
        context,
        "names_differ",
        names=len(parts),
        expected=text_of(expected),
        parts=joined(label_of(entry, amount, context) for amount in amounts),
        cells=joined(cell_name(entry, amount, context) for amount in amounts),
    )


def _parts(text: str) -> list[str]:
    brackets, separators = _signs()
    parts = separators.split(brackets.sub("", text))
    return [part for part in (part.strip() for part in parts) if part]


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What encloses a remark, and what stands between names."""
    separators = re.escape(phrase("checks", "marks", "separators"))
    return re.compile(phrase("checks", "marks", "brackets")), re.compile(f"[{separators}]")


def covers_roster(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[people …]: by the end of a full year every member has appeared; one issue with the number left."""
    if context.period.part != "FY":
        return
    seen = {squeezed(name) for entry in sheet.entries for key in spec.columns for name in texts_of(entry.get(key))}
    left = [m.text("name") for m in _members_on(context, context.as_of) if squeezed(m.text("name")) not in seen]
    if left:
        yield at_sheet(sheet, spec, "members_not_covered", count=len(left), names=joined(left[:3]))


def roster_filled(sheet: Sheet, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """This sheet, the roster, has rows once any activity has: without them every rule about people is silent."""
    takes_place = (each.key for each in context.catalogue.activities if each.kind is Kind.ACTIVITY)
    rows = sum(len(context.active.get(key, ())) for key in takes_place)
    if rows and not sheet.entries:
        yield at_sheet(sheet, spec, "roster_empty", count=rows)
