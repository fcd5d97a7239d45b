"""Numbers of a row against each other, to the last unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

HEADS = st.integers(0, 300)


@given(a=st.one_of(st.none(), HEADS), b=st.one_of(st.none(), HEADS))
def test_not_greater_fires_exactly_when_both_are_given_and_the_first_is_greater(new_lab, a, b):
    found = new_lab().add(present=a, due=b).found("not_greater", "present", "due")
    broken = a is not None and b is not None and a > b
    assert found == ([("greater_than", "error", "会议!H4")] if broken else [])


@given(total=HEADS, parts=st.lists(st.one_of(st.none(), HEADS), min_size=3, max_size=3))
def test_sum_equals_fires_exactly_when_the_first_part_fits_but_the_parts_do_not_add_up(new_lab, total, parts):
    present, leave, absent = parts
    lab = new_lab().add(due=total, present=present, leave=leave, absent=absent)
    given_parts = [part for part in parts if part is not None]
    broken = bool(given_parts) and (present or 0) <= total and sum(given_parts) != total
    assert bool(lab.found("sum_equals", "due", "present", "leave", "absent")) is broken


def test_sums_of_decimals_are_not_upset_by_rounding(lab):
    lab.add(amount=0.3, due=0.1, present=0.2)
    assert lab.found("sum_equals", "amount", "due", "present") == []


def test_the_sum_names_both_sides(lab):
    lab.add(due=20, present=17, leave=2)
    (issue,) = lab.issues("sum_equals", ("due", "present", "leave", "absent"), code="attendance_differs")
    assert issue.message == "应到 20 人，实到＋请假＋缺席合计 19 人，两者不等。"
    assert "G4 与 H4、I4、J4" in issue.hint


def test_a_comparison_names_both_cells_and_both_values(lab):
    lab.add(present=25, due=20)
    (issue,) = lab.issues("not_greater", ("present", "due"), code="present_exceeds_due")
    assert issue.message == "实到 25 人，多于应到的 20 人。"
    assert issue.hint.startswith("请核对 H4 与 G4")
    assert issue.found == "25"


@pytest.mark.parametrize(
    ("at_least", "present", "due", "code", "severity"),
    [
        ("half", 8, 15, None, None),
        ("half", 7, 15, "quorum_missing", "error"),
        ("half", 7, 14, "quorum_exactly_half", "hint"),
        ("half", 8, 14, None, None),
        ("half", 6, 14, "quorum_missing", "error"),
        ("half", 0, 0, None, None),
        ("half", 0, 1, "quorum_missing", "error"),
        ("over_half", 8, 15, None, None),
        ("over_half", 7, 14, "quorum_missing", "error"),
        ("over_half", 8, 14, None, None),
        ("over_half", 7, 15, "quorum_missing", "error"),
        ("over_four_fifths", 12, 15, "quorum_exactly_four_fifths", "warning"),
        ("over_four_fifths", 13, 15, None, None),
        ("over_four_fifths", 11, 15, "quorum_missing", "error"),
        ("over_four_fifths", 12, 14, None, None),
        ("over_four_fifths", 11, 14, "quorum_missing", "error"),
    ],
)
def test_quorums_to_the_last_person(lab, at_least, present, due, code, severity):
    lab.add(present=present, due=due)
    expected = [(code, severity, "会议!H4")] if code else []
    assert lab.found("quorum", "present", "due", at_least=at_least) == expected


@given(at_least=st.sampled_from(["half", "over_half", "over_four_fifths"]), due=st.integers(1, 300), data=st.data())
def test_the_number_needed_is_the_least_that_is_no_longer_missing(new_lab, at_least, due, data):
    present = data.draw(st.integers(0, due))
    issues = new_lab().add(present=present, due=due).issues("quorum", ("present", "due"), at_least=at_least)
    if [issue.code for issue in issues] != ["quorum_missing"]:
        return
    needed = issues[0].params["needed"]
    assert present < needed <= due
    at = new_lab().add(present=needed, due=due).found("quorum", "present", "due", at_least=at_least)
    below = new_lab().add(present=needed - 1, due=due).found("quorum", "present", "due", at_least=at_least)
    assert [code for code, _, _ in at] in ([], ["quorum_exactly_half"])
    assert [code for code, _, _ in below] in (["quorum_missing"], ["quorum_exactly_four_fifths"])


def test_a_code_of_the_rule_replaces_only_the_missing_quorum(lab):
    lab.add(present=7, due=14)
    lab.add(present=6, due=14)
    found = lab.found("quorum", "present", "due", at_least="half", code="majority_missing", severity="warning")
    assert found == [("quorum_exactly_half", "hint", "会议!H4"), ("majority_missing", "warning", "会议!H5")]


@pytest.mark.parametrize(
    ("yes", "due", "passes"), [(8, 15, True), (7, 14, False), (8, 14, True), (7, 15, False), (0, 1, False)]
)
def test_a_majority_is_more_than_half_of_those_due(lab, yes, due, passes):
    lab.add(present=yes, due=due)
    assert (lab.found("majority", "present", "due") == []) is passes


@pytest.mark.parametrize(
    ("part", "whole", "limits", "percent"),
    [
        (17, 20, {"minimum": 85}, None),
        (16, 20, {"minimum": 85}, "80"),
        (16, 19, {"minimum": 85}, "84.21"),
        (3, 10, {"maximum": 30}, None),
        (4, 10, {"maximum": 30}, "40"),
        (4, 10, {"minimum": 20, "maximum": 40}, None),
        (1, 10, {"minimum": 20, "maximum": 40}, "10"),
        (0, 10, {"minimum": 20}, "0"),
        (0, 0, {"minimum": 20}, None),
        (7, 10, {"minimum": 70}, None),
        (29, 100, {"maximum": 29}, None),  # 29 / 100 * 100 is more than 29
    ],
)
def test_a_share_is_compared_exactly(lab, part, whole, limits, percent):
    found = lab.add(present=part, due=whole).issues("ratio_between", ("present", "due"), **limits)
    assert [each.params["percent"] for each in found] == ([] if percent is None else [percent])


@pytest.mark.parametrize(("number", "outside"), [(2.9, True), (3, False), (7, False), (8, True), (0, True)])
def test_a_number_lies_within_both_limits(lab, number, outside):
    found = lab.add(amount=number).found("number_between", "amount", minimum=3, maximum=7)
    assert found == ([("number_outside", "error", "会议!Q4")] if outside else [])
