"""Each rule, and each thing found without a rule, is found where it is broken; and nothing else changes."""

from __future__ import annotations

import pytest

from pyxl.catalogue.model import Severity
from pyxl.core.checks import CHECKS, verify
from pyxl.text import table
from tests.mutations import CATALOGUE, Mutation, changes, counted, expected, graded, judged, ledger_of, without
from tests.mutations_of_meetings import SHARED
from tests.mutations_of_reading import READING
from tests.mutations_of_rules import DORMANT, OWN
from tests.mutations_of_work import WORK

RULES: dict[tuple[str, str], Mutation] = {**SHARED, **OWN, **WORK}
SPECS = {(activity.key, spec.id): spec for activity, spec in CATALOGUE.rules()}

# An overlap is told on the later of two sheets: on the first one nothing can come of this rule.
NEVER = {("group_study", "times_apart")}
# It depends on the day of the run and on no cell: tests/core/test_validation.py.
OF_THE_CLOCK = {"as_of_ahead"}
# A branch's ledger has no sheet of units: tests/actions/test_edited_consolidation.py.
OF_MANY_UNITS = {"unit_rows_differ", "unit_twice", "unit_unlisted"}

# Rules of the group that an activity has better ones for: who is due there, and two meetings on one day.
TAKEN_BACK = {
    ("committee_meeting", "due_within_roster"),
    ("group_meeting", "due_within_roster"),
    ("group_meeting", "one_a_day"),
}

FOUND = {cell.code for each in (RULES, READING, DORMANT) for mutation in each.values() for cell in mutation.found}


def test_every_rule_of_the_catalogue_has_its_mutation_and_no_other():
    assert len({*SHARED}) + len({*OWN}) + len({*WORK}) == len(RULES)
    assert set(RULES) == set(SPECS) - NEVER
    assert {activity for activity, _ in NEVER} == {
        next(each.key for each in CATALOGUE.activities if each.has("start_time") and each.has("end_time"))
    }


def test_every_rule_that_is_switched_off_has_its_mutation_too():
    """Those that take back a rule of their group are its own, switched off for good."""
    off = {
        (activity.key, spec.id)
        for activity in CATALOGUE.activities
        for spec in activity.checks
        if spec.severity is Severity.OFF
    }
    assert set(DORMANT) == off - TAKEN_BACK


def test_every_sentence_is_found_by_some_mutation():
    assert set(table("issues")) == FOUND | OF_THE_CLOCK | OF_MANY_UNITS


def test_every_code_of_every_kind_is_found_by_some_mutation():
    replaced = {CHECKS[spec.check].codes[0] for spec in SPECS.values() if spec.code}
    assert {code for kind in CHECKS.values() for code in kind.codes} - replaced <= FOUND


def assert_found(mutation, ledger):
    new, gone = changes(mutation, ledger)
    assert new == expected(mutation.found)
    assert gone == expected(())
    assert new


@pytest.mark.parametrize("mutation", READING.values(), ids=READING)
def test_what_is_wrong_without_a_rule_is_found_and_nothing_else(mutation):
    assert_found(mutation, ledger_of(mutation))


@pytest.mark.parametrize("rule", sorted(RULES), ids="/".join)
def test_what_breaks_a_rule_is_found_by_that_rule_and_nothing_else_is(rule):
    mutation, spec = RULES[rule], SPECS[rule]
    ledger = ledger_of(mutation)
    assert_found(mutation, ledger)
    issues = judged(ledger, mutation).issues
    by_it = counted(issues) - counted(judged(ledger, mutation, without(*rule)).issues)
    assert by_it
    assert set(by_it) <= set(expected(mutation.found))
    found = [each for each in issues if (each.code, each.where.sheet, each.where.cell) in by_it]
    assert {each.basis for each in found} == {spec.basis}
    assert {each.severity for each in found} == {spec.severity}


@pytest.mark.parametrize("rule", sorted(DORMANT), ids="/".join)
def test_what_breaks_a_rule_that_is_off_is_found_once_it_is_switched_on(rule):
    mutation, on = DORMANT[rule], graded(*rule, Severity.HINT)
    ledger, untouched = ledger_of(mutation), ledger_of(Mutation(()))
    assert verify(on) == []
    assert counted(judged(untouched, mutation, on).issues) == counted(judged(untouched, mutation).issues)
    by_it = counted(judged(ledger, mutation, on).issues) - counted(judged(ledger, mutation).issues)
    assert by_it == expected(mutation.found)


def test_a_rule_without_mutation_would_be_missed():
    """The comparison above can fail."""
    assert set(RULES) - {("theme_day", "held_monthly")} != set(SPECS) - NEVER
    nothing = Mutation(())
    assert changes(nothing, ledger_of(nothing)) == (expected(()), expected(()))
