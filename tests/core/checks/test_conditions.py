"""Which rows a condition fits, and which rules concern which rows."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core.checks import fits
from pyxl.core.checks.conditions import joined, squeezed, text_of, texts_of
from pyxl.core.ledger import Entry


def row(**values):
    return Entry("meeting", "会议", 4, values, dict.fromkeys(values, 1))


@pytest.mark.parametrize(
    ("value", "allowed", "expected"),
    [
        ("座谈", ["座谈", "讲授"], True),
        (" 座谈 ", ["座谈"], True),
        ("参观", ["座谈", "讲授"], False),
        ("座谈", "座谈", True),
        (("会前", "日常"), ["日常"], True),
        (("会前",), ["日常"], False),
        (True, ["是"], True),
        (True, ["否"], False),
        (False, ["否"], True),
        (False, ["*"], True),
        (3, ["3"], True),
        (3.0, ["3"], True),
        (3, [3], True),
        (2.5, ["2.5"], True),
        (0, ["*"], True),
        (date(2023, 5, 10), ["2023-05-10"], True),
        (time(9, 5), ["09:05"], True),
        ("座谈", ["*"], True),
        (None, ["*"], False),
        ("", ["*"], False),
        ("  ", ["*"], False),
        ((), ["*"], False),
        (None, ["座谈"], False),
        (None, [""], True),
        ((), ["", "座谈"], True),
        ("*", ["甲"], False),
    ],
)
def test_a_value_fits_what_is_allowed(value, allowed, expected):
    assert fits(row(form=value), {"form": allowed}) is expected


def test_every_column_named_has_to_fit():
    assert fits(row(form="座谈", due=3), {"form": ["座谈"], "due": ["3"]})
    assert not fits(row(form="座谈", due=4), {"form": ["座谈"], "due": ["3"]})
    assert not fits(row(form="座谈"), {"form": ["座谈"], "due": ["*"]})
    assert fits(row(), {})


@given(st.integers(0, 10**9))
def test_a_number_is_compared_as_it_is_written(number):
    assert fits(row(due=number), {"due": [str(number)]})
    assert not fits(row(due=number), {"due": [str(number + 1)]})
    assert text_of(float(number)) == text_of(number)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1)))
def test_a_list_fits_exactly_its_items(items):
    assert texts_of(tuple(items)) == tuple(items)
    assert fits(row(readings=tuple(items)), {"readings": ["*"]}) is bool(items)
    for item in items:
        assert fits(row(readings=tuple(items)), {"readings": [item, "另一篇"]})


def test_values_read_as_people_write_them():
    assert text_of(2.50) == "2.5"
    assert text_of(("甲", "乙")) == joined(["甲", "乙"]) == "甲、乙"
    assert text_of(None) == ""
    assert squeezed(" 张　三 ") == "张三"


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, 1),
        ({"when": {"form": ["座谈"]}}, 1),
        ({"when": {"form": ["参观"]}}, 0),
        ({"unless": {"form": ["座谈"]}}, 0),
        ({"unless": {"form": ["参观"]}}, 1),
        ({"when": {"form": ["座谈"]}, "unless": {"fixed": ["是"]}}, 0),
    ],
)
@pytest.mark.parametrize("check", ["not_greater", "no_duplicates"])
def test_a_rule_looks_only_at_the_rows_it_is_about(lab, check, params, expected):
    for _ in range(2 if check == "no_duplicates" else 1):
        lab.add(form="座谈", fixed=True, present=5, due=4, topic="甲")
    columns = ("present", "due") if check == "not_greater" else ("date", "topic")
    assert len(lab.found(check, *columns, **params)) == expected


@pytest.mark.parametrize("params", [{"when": {"form": ["座谈"]}}, {"unless": {"form": ["参观"]}}])
def test_a_condition_on_an_unreadable_cell_keeps_the_rule_silent(lab, params):
    lab.add(form="座谈", present=5, due=4, unreadable=("form",))
    assert lab.found("not_greater", "present", "due", **params) == []
    assert lab.found("not_greater", "present", "due") == [("greater_than", "error", "会议!H4")]


@pytest.mark.parametrize(
    ("cover", "wanted", "expected"),
    [
        ({"has_committee": True}, "是", 1),
        ({"has_committee": True}, ["是"], 1),
        ({"has_committee": False}, "是", 0),
        ({"has_committee": False}, "否", 1),
        ({"has_committee": None}, "是", 0),
        ({"has_committee": None}, "", 0),
        ({}, "是", 0),
    ],
)
def test_a_rule_may_depend_on_the_cover(lab, cover, wanted, expected):
    lab.cover = cover
    lab.add(present=5, due=4)
    assert len(lab.found("not_greater", "present", "due", applies_if={"has_committee": wanted})) == expected
