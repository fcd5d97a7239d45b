"""What verify() says about rules that could not run, and what it says about ours: nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.catalogue.model import CheckSpec, Severity
from pyxl.core.checks import CHECKS, verify
from pyxl.text import phrase


def rule(check, *columns, code="", **params):
    return CheckSpec("rule", check, Severity.ERROR, "依据", columns, code, params)


def reason(name, **params):
    return phrase("catalogue", "problems", name, **params)


WHERE = {"tags": ["会前"]}

MISTAKES = {
    "unknown kind": (rule("no_greater", "present", "due"), [("check", "unknown_check", {"value": "no_greater"})]),
    "too few columns": (
        rule("not_greater", "present"),
        [("columns", "column_count", {"check": "not_greater", "expected": "2", "given": 1})],
    ),
    "too many columns": (
        rule("unique", "topic", "date"),
        [("columns", "column_count", {"check": "unique", "expected": "1", "given": 2})],
    ),
    "no columns where some are needed": (
        rule("min_length", length=3),
        [("columns", "column_count", {"check": "min_length", "expected": "1+", "given": 0})],
    ),
    "unknown column": (rule("unique", "subject"), [("columns", "unknown_column", {"value": "subject"})]),
    "unknown parameter": (
        rule("unique", "topic", length=3),
        [("length", "unknown_param", {"check": "unique", "value": "length"})],
    ),
    "missing parameter": (
        rule("min_length", "topic"),
        [("length", "missing_param", {"check": "min_length", "value": "length"})],
    ),
    "none of several parameters": (
        rule("interval_at_most", "deadline", "date"),
        [("years", "one_param", {"check": "interval_at_most", "names": "years / months / days"})],
    ),
    "a number as text": (rule("min_length", "topic", length="20"), [("length", "bad_param", {"value": "length"})]),
    "a negative number": (rule("min_length", "topic", length=-1), [("length", "bad_param", {"value": "length"})]),
    "yes for a number": (rule("min_length", "topic", length=True), [("length", "bad_param", {"value": "length"})]),
    "a name as a number": (rule("answers", other=3), [("other", "bad_param", {"value": "other"})]),
    "an empty name": (rule("answers", other=""), [("other", "bad_param", {"value": "other"})]),
    "a flag as text": (
        rule("later_than", "end", "start", or_equal="是"),
        [("or_equal", "bad_param", {"value": "or_equal"})],
    ),
    "a list as text": (rule("role_is", "host", roles="书记"), [("roles", "bad_param", {"value": "roles"})]),
    "an empty list": (rule("discouraged", "form", values=[]), [("values", "bad_param", {"value": "values"})]),
    "another option": (
        rule("quorum", "present", "due", at_least="two_thirds"),
        [("at_least", "not_one_of", {"value": "two_thirds", "allowed": "half / over_half / over_four_fifths"})],
    ),
    "another rhythm": (
        rule("held_every", every="week"),
        [("every", "not_one_of", {"value": "week", "allowed": "month / quarter"})],
    ),
    "another reach": (
        rule("related", "topic", other="talk", within="week"),
        [("within", "not_one_of", {"value": "week", "allowed": "day / month / period"})],
    ),
    "another scope": (
        rule("at_most_members", "due", scope="all"),
        [("scope", "not_one_of", {"value": "all", "allowed": "members / formal"})],
    ),
    "unknown activity": (
        rule("answers", other="talks", where=WHERE),
        [("other", "unknown_activity", {"value": "talks"})],
    ),
    "unknown cover field": (
        rule("equals_cover", "due", field="committee"),
        [("field", "unknown_field", {"value": "committee"})],
    ),
    "unknown group column": (
        rule("held_every", every="month", per="group"),
        [("per", "unknown_column", {"value": "group"})],
    ),
    "unknown column in when": (
        rule("unique", "topic", when={"tags": ["会前"]}),
        [("when.tags", "unknown_column", {"value": "tags"})],
    ),
    "unknown column in unless": (
        rule("unique", "topic", unless={"tags": ["会前"]}),
        [("unless.tags", "unknown_column", {"value": "tags"})],
    ),
    "unknown column in where, of the other sheet": (
        rule("answers", other="talk", where={"form": ["座谈"]}),
        [("where.form", "unknown_column", {"value": "form"})],
    ),
    "unknown column in where, of this sheet": (
        rule("size_between", where=WHERE, maximum=3),
        [("where.tags", "unknown_column", {"value": "tags"})],
    ),
    "a condition as text": (rule("unique", "topic", when="form = 座谈"), [("when", "bad_param", {"value": "when"})]),
    "an empty condition": (rule("unique", "topic", when={}), [("when", "bad_param", {"value": "when"})]),
    "a condition without values": (
        rule("unique", "topic", when={"form": []}),
        [("when", "bad_param", {"value": "when"})],
    ),
    "unknown cover field in applies_if": (
        rule("unique", "topic", applies_if={"committee": "是"}),
        [("applies_if.committee", "unknown_field", {"value": "committee"})],
    ),
    "unknown code": (rule("unique", "topic", code="title_twice"), [("code", "unknown_code", {"value": "title_twice"})]),
    "a code whose words need more than there is": (
        rule("unique", "topic", code="text_short"),
        [("code", "code_misfit", {"check": "unique", "value": "text_short", "names": "length, limit"})],
    ),
    "everything at once": (
        rule("min_length", "subject", code="nothing", size=3),
        [
            ("columns", "unknown_column", {"value": "subject"}),
            ("size", "unknown_param", {"check": "min_length", "value": "size"}),
            ("length", "missing_param", {"check": "min_length", "value": "length"}),
            ("code", "unknown_code", {"value": "nothing"}),
        ],
    ),
}

RIGHT = [
    rule("not_greater", "present", "due", code="present_exceeds_due"),
    rule("unique", "topic", when={"form": "座谈", "due": ["3"]}, unless={"link": ["*"]}),
    rule("unique", "topic", applies_if={"has_committee": "是"}),
    rule("unique", "topic", applies_if={"has_committee": ["是", "否"]}),
    rule("related", "topic", other="talk", where=WHERE, days_before=30),
    rule("related", "topic", other="talk", days_before=0),
    rule("related", "topic", "date", other="talk", within="period"),
    rule("size_between", where={"form": ["座谈"]}, maximum=3),
    rule("interval_at_least", "deadline", "date", years=1, months=6),
    rule("lasts_at_most", "end", "start", hours=7.5),
    rule("cover_on_roster", field="secretary"),
]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_file_and_key(name, lab):
    spec, expected = MISTAKES[name]
    found = [tuple(problem) for problem in verify(lab.catalogue("meeting", spec))]
    assert found == [
        ("meeting.toml", f"meeting.checks[rule].{part}", reason(text, **params)) for part, text, params in expected
    ]


@pytest.mark.parametrize("spec", RIGHT, ids=lambda spec: spec.check)
def test_a_rule_that_can_run_is_right(spec, lab):
    assert verify(lab.catalogue("meeting", spec)) == []


def test_rules_that_are_switched_off_are_left_alone(lab):
    off = replace(rule("no_greater", "nothing"), severity=Severity.OFF)
    assert verify(lab.catalogue("meeting", off)) == []


def test_all_mistakes_of_all_rules_are_found_together(lab):
    catalogue = lab.catalogue("meeting", rule("no_greater"), rule("unique", "topic"), rule("unique", "subject"))
    assert [problem.key for problem in verify(catalogue)] == [
        "meeting.checks[rule].check",
        "meeting.checks[rule].columns",
    ]


def test_our_own_rules_are_right_and_use_every_kind():
    catalogue = load_catalogue()
    assert verify(catalogue) == []
    used = {spec.check for activity in catalogue.activities for spec in activity.checks}
    assert used == set(CHECKS)


def test_a_misspelt_kind_never_runs_unnoticed(lab):
    with pytest.raises(KeyError, match="no_greater"):
        lab.add().found("no_greater", "present", "due")
