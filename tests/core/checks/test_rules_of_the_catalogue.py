"""What the rules of our catalogue say together, where one mutation for each does not show it."""

from __future__ import annotations

from datetime import date

import pytest

from pyxl.core.issue import Severity
from tests.mutations import ROWS, Cell, Mutation, changes, copy_of, expected, judged, ledger_of

ASSEMBLY = "member_assembly"


def new(mutation: Mutation) -> None:
    """Exactly what the mutation says is found besides what the sample has."""
    found, gone = changes(mutation, ledger_of(mutation))
    assert found == expected(mutation.found)
    assert not gone


def assembly(row: int, *found: Cell, **values: object) -> Mutation:
    return Mutation(found, {(ASSEMBLY, row, column): value for column, value in values.items()})


def test_an_admission_without_a_way_of_voting_is_still_counted() -> None:
    """Seven of fifteen cannot admit anybody, whether or not somebody filled in how they voted."""
    missing = Cell("required_here", ASSEMBLY, 2, "voting")
    few = Cell("quorum_missing", ASSEMBLY, 2, "voters_present")
    new(assembly(2, missing, few, voting=None, voters_present=7, written=8))


def test_votes_in_favour_are_counted_though_nobody_says_how_they_voted() -> None:
    missing = Cell("required_here", ASSEMBLY, 2, "voting")
    few = Cell("majority_missing", ASSEMBLY, 2, "yes")
    new(assembly(2, missing, few, voting=None, yes=7, no=7, abstain=1))


@pytest.mark.parametrize(("present", "code"), [(11, "quorum_missing"), (12, "quorum_exactly_four_fifths"), (13, "")])
def test_an_election_needs_more_than_four_fifths_though_the_way_of_voting_is_blank(present: int, code: str) -> None:
    cells = [Cell("required_here", ASSEMBLY, 1, "voting")]
    cells += [Cell(code, ASSEMBLY, 1, "voters_present")] if code else []
    new(assembly(1, *cells, agenda=("选举",), voting=None, voters_present=present, ballots=present, yes=present))


def test_an_admission_without_any_number_asks_for_the_way_of_voting_alone() -> None:
    """One cause, one issue: the numbers are asked for when the way of voting is given."""
    blank = dict.fromkeys(("voting", "voters_due", "voters_present", "written", "ballots", "yes", "abstain"))
    new(assembly(2, Cell("required_here", ASSEMBLY, 2, "voting"), **blank))


def test_an_assembly_that_only_studies_needs_no_quorum() -> None:
    new(assembly(0, voters_due=15, voters_present=7))


def test_two_members_of_one_name_are_asked_about_and_both_counted() -> None:
    mutation = Mutation((), add=(copy_of("roster", 17, name=ROWS["roster"][3]["name"]),))
    verdict = judged(ledger_of(mutation), mutation)
    (found,) = verdict.issues
    assert (found.code, found.severity) == ("duplicate_name", Severity.WARNING)
    assert "在姓名后加注，如：张三（女）" in found.hint
    assert len(verdict.counted["roster"]) == len(ROWS["roster"]) + 1
    assert not verdict.erroneous


def test_the_hint_on_telling_two_members_apart_works() -> None:
    new(Mutation((), add=(copy_of("roster", 17, name=f"{ROWS['roster'][3]['name']}（办公室）"),)))


def test_a_blank_ledger_is_not_asked_for_its_roster() -> None:
    everything = tuple((key, row) for key, rows in ROWS.items() for row in range(len(rows)))
    mutation = Mutation((), drop=everything)
    codes = {each.code for each in judged(ledger_of(mutation), mutation).issues}
    assert "roster_empty" not in codes
    assert "not_held_this_period" in codes


def test_a_kind_of_talk_that_is_lacking_is_named() -> None:
    rows = [number for number, row in enumerate(ROWS["heart_to_heart_talk"]) if row["relation"] == "党员之间"]
    put = {("heart_to_heart_talk", row, "relation"): "支委与党员" for row in rows}
    mutation = Mutation((), put, part="FY")
    issues = judged(ledger_of(mutation), mutation).issues
    (found,) = (each for each in issues if each.code == "pairs_not_covered")
    assert found.message == "2023 年“谈心谈话”中“党员之间”有 0 次，一般每年至少 1 次。"
    half = Mutation((), put)
    assert "pairs_not_covered" not in {each.code for each in judged(ledger_of(half), half).issues}


def test_an_introducer_confirmed_after_the_assembly_was_no_formal_member_then() -> None:
    late = {("roster", 2, "confirmed"): date(2023, 6, 29)}  # the introducer of the row of 28 June
    mutation = Mutation((), late)
    found = [each for each in judged(ledger_of(mutation), mutation).issues if each.code == "not_formal"]
    assert "发展党员!J7" in {each.where.address for each in found}
    assert {each.params["day"] for each in found} <= {"2023-01-05", "2023-04-28", "2023-06-28"}
