"""What does a ledger of many units say of each of them, and of all together?

Rules are about one branch: whether it met each month, whether its committee is as large as its cover
says. So each unit's rows are judged by themselves, by what its line on the sheet of units says of it;
the rows that count are then counted together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pyxl.catalogue.model import ActivityType, Catalogue
from pyxl.core.issue import Issue, in_order, issue
from pyxl.core.ledger import Entry, Ledger, Value
from pyxl.core.period import Period
from pyxl.core.regularity import monthly, regularity
from pyxl.core.totals import shares
from pyxl.core.travelling import CODE, REGISTER, ROWS, UNIT
from pyxl.core.validation import Exclusion, Validation, sheet_order, validate
from pyxl.text import phrase

__all__ = ["UnitLedger", "UnitVerdict", "gaps", "identity_of", "judge", "judge_units", "units_of"]


class UnitLedger(NamedTuple):
    """What one unit has in a ledger of many: its line on the sheet of units, and a ledger of its rows."""

    row: Entry
    ledger: Ledger

    @property
    def identity(self) -> str:
        """What tells the unit from others: its code, or its name where it has none."""
        return identity_of(self.row.get("code"), self.row.get("unit"))


class UnitVerdict(NamedTuple):
    """One unit's part of the verdict."""

    unit: UnitLedger
    validation: Validation


def identity_of(code: Value, name: Value) -> str:
    """What tells a unit from others."""
    return str(code or name or "")


def units_of(ledger: Ledger, catalogue: Catalogue) -> tuple[UnitLedger, ...]:
    """The units of a travelling ledger in the order of their lines; none for a branch's own ledger."""
    if REGISTER not in catalogue.by_key:
        return ()
    rows = _by_unit(ledger)
    listed: dict[str, Entry] = {}
    for row in ledger.rows(REGISTER):
        listed.setdefault(identity_of(row.get("code"), row.get("unit")), row)
    return tuple(UnitLedger(row, _of_unit(ledger, row, rows.get(name, {}))) for name, row in listed.items())


def _by_unit(ledger: Ledger) -> dict[str, dict[str, list[Entry]]]:
    """Identity → activity key → rows."""
    found: dict[str, dict[str, list[Entry]]] = {}
    for key, entries in ledger.entries.items():
        if key == REGISTER:
            continue
        for entry in entries:
            found.setdefault(identity_of(entry.get(CODE), entry.get(UNIT)), {}).setdefault(key, []).append(entry)
    return found


def _of_unit(ledger: Ledger, row: Entry, rows: Mapping[str, list[Entry]]) -> Ledger:
    places = {key: row.at(key) for key in row.values}
    return replace(
        ledger,
        cover=row.values,
        cover_places=places,
        entries={key: tuple(rows.get(key, ())) for key in ledger.entries if key != REGISTER},
        wording=(),
        skipped=(),
        issues=(),
    )


def judge(ledger: Ledger, catalogue: Catalogue, period: Period, today: date) -> Validation:
    """The verdict on a ledger, be it of one unit or of many; see pyxl.core.validation.validate."""
    if REGISTER not in catalogue.by_key:
        return validate(ledger, catalogue, period, today)
    return judge_units(ledger, catalogue, period, today)[0]


def judge_units(
    ledger: Ledger, catalogue: Catalogue, period: Period, today: date
) -> tuple[Validation, tuple[UnitVerdict, ...]]:
    """The verdict on a ledger of many units, and on each of them."""
    units = units_of(ledger, catalogue)
    inner = replace(catalogue, activities=tuple(each for each in catalogue.activities if each.key != REGISTER))
    verdicts = tuple(UnitVerdict(unit, validate(unit.ledger, inner, period, today)) for unit in units)
    own = identity_of(ledger.cover.get("code"), ledger.cover.get("unit"))
    issues = [found for verdict in verdicts for found in _placed(verdict, own)]
    issues += [*ledger.issues, *_listed_twice(ledger, units), *_strangers(ledger, units), *_recounted(units)]
    asked = monthly(inner)
    register = tuple(_surveyed(verdict, asked) for verdict in verdicts)
    wrong = {(found.where.sheet, found.where.row) for found in issues if found.blocks}
    counted = {
        each.key: tuple(
            row
            for verdict in verdicts
            for row in verdict.validation.counted.get(each.key, ())
            if (row.sheet, row.row) not in wrong
        )
        for each in inner.activities
    }
    whole = Validation(
        period=period,
        as_of=max((verdict.validation.as_of for verdict in verdicts), default=period.end),
        issues=in_order(issues, sheet_order(ledger, catalogue)),
        counted={REGISTER: register, **counted},
        excluded=(
            *(each for verdict in verdicts for each in verdict.validation.excluded),
            *(Exclusion(row.ref, row.reason) for row in ledger.skipped),
        ),
        erroneous=tuple(row.ref for rows in ledger.entries.values() for row in rows if (row.sheet, row.row) in wrong),
        not_due=_due_nowhere(verdicts),
    )
    return whole, verdicts


def gaps(validation: Validation) -> tuple[str, ...]:
    """What should have taken place and is on no row, an entry for each activity: 支委会缺2、4至6月."""
    found: dict[str, dict[str, list[int]]] = {}
    for each in validation.issues:
        key = _GAPS.get(each.code)
        if key:
            label = f"{each.params.get('group', '')}{each.params['label']}"
            found.setdefault(label, {}).setdefault(key, []).append(int(str(each.params.get("number", 0))))
    return tuple(
        phrase("words", "gaps", key, label=label, numbers=_numbered(numbers))
        for label, kinds in found.items()
        for key, numbers in kinds.items()
    )


def _numbered(numbers: Iterable[int]) -> str:
    """Months or quarters; three and more in a row are told by the first and the last."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    comma = phrase("words", "gaps", "comma")
    return comma.join(
        phrase("words", "gaps", "range", first=run[0], last=run[-1]) if len(run) >= _RUN else comma.join(map(str, run))
        for run in runs
    )


_RUN = 3
_GAPS = {
    "month_without_meeting": "months",
    "quarter_without_meeting": "quarters",
    "not_held_this_period": "period",
}


def _surveyed(verdict: UnitVerdict, asked: Sequence[ActivityType]) -> Entry:
    """The unit's line, with what follows from its rows; `asked`: what may be asked for every month."""
    row, missed = verdict.unit.row, gaps(verdict.validation)
    labels = [each.label for each in asked for _ in each.totals]
    held = regularity(zip(labels, shares(verdict.validation, asked), strict=True), missed)
    return replace(row, values={**row.values, "gaps": missed or None, "complete": not missed, **held._asdict()})


def _placed(verdict: UnitVerdict, own: str) -> Iterator[Issue]:
    """Its issues, with its name unless the ledger is its `own`; one without a row is told at the unit's line."""
    row = verdict.unit.row
    for found in verdict.validation.issues:
        where = row.at() if found.where.row is None else found.where
        message = found.message
        if verdict.unit.identity != own:
            message = phrase("words", "trace", "of_unit", unit=row.text("unit"), message=message)
        yield replace(found, where=where, message=message)


def _listed_twice(ledger: Ledger, units: Iterable[UnitLedger]) -> Iterator[Issue]:
    first = {unit.identity: unit.row for unit in units}
    for row in ledger.rows(REGISTER):
        name = identity_of(row.get("code"), row.get("unit"))
        if first[name] is not row:
            yield issue("unit_twice", row.at("unit"), found=name, first=first[name].row)


def _strangers(ledger: Ledger, units: Iterable[UnitLedger]) -> Iterator[Issue]:
    """Rows of a unit that has no line: nothing says by which rules they are to be judged."""
    known = {unit.identity for unit in units}
    for key, entries in ledger.entries.items():
        for entry in entries if key != REGISTER else ():
            name = identity_of(entry.get(CODE), entry.get(UNIT))
            if name not in known:
                yield issue("unit_unlisted", entry.at(UNIT), found=name)


def _recounted(units: Iterable[UnitLedger]) -> Iterator[Issue]:
    """Units of which rows were taken away or added since they have sent them."""
    for unit in units:
        sent, here = unit.row.number(ROWS), sum(map(len, unit.ledger.entries.values()))
        if sent is not None and sent != here:
            yield issue("unit_rows_differ", unit.row.at(ROWS), found=str(sent), unit=unit.row.text("unit"), here=here)


def _due_nowhere(verdicts: Iterable[UnitVerdict]) -> frozenset[str]:
    """Activities that no unit has to hold every month."""
    each = [verdict.validation.not_due for verdict in verdicts]
    return frozenset.intersection(*each) if each else frozenset()
