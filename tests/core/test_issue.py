"""Places and problems: how they are named, made and put in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.catalogue.model import Severity
from pyxl.core.issue import in_order, issue, summary
from pyxl.core.place import CellRef, column_letters

HERE = CellRef("主题党日", 7, 4)


@pytest.mark.parametrize(
    ("column", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (28, "AB"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@given(column=st.integers(1, 16384))
def test_letters_say_their_column(column: int) -> None:
    number = 0
    for letter in column_letters(column):
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number == column


def test_a_cell_a_row_and_a_sheet() -> None:
    assert (HERE.cell, HERE.address) == ("D7", "主题党日!D7")
    assert (CellRef("主题党日", 7).cell, CellRef("主题党日", 7).address) == ("7", "主题党日!7")
    assert (CellRef("主题党日").cell, CellRef("主题党日").address) == ("", "主题党日")


def test_an_issue_takes_its_words_and_gravity_from_the_table() -> None:
    found = issue("bad_number", HERE, found="约3", label="实到", suggestion="3")
    assert (found.severity, found.blocks) == (Severity.ERROR, True)
    assert "约3" in found.message
    assert "D7" in found.hint
    assert found.params == {"label": "实到", "suggestion": "3"}


def test_a_rule_may_set_another_gravity() -> None:
    found = issue(
        "bad_number", HERE, severity=Severity.HINT, basis="本工具约定", found="3", label="实到", suggestion="3"
    )
    assert (found.severity, found.blocks, found.basis) == (Severity.HINT, False, "本工具约定")


def test_what_stands_in_a_cell_is_never_taken_for_a_placeholder() -> None:
    found = issue("bad_number", HERE, found="{cell}{0.__class__}", label="{hint}", suggestion="3")
    assert "{cell}{0.__class__}" in found.message


def test_a_sentence_that_lacks_a_word_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        issue("bad_number", HERE)


def test_issues_stand_in_the_order_of_the_sheets_then_of_rows_and_columns() -> None:
    places = [
        CellRef("乙", 2, 1),
        CellRef("甲", 3, 2),
        CellRef("甲", 3, 1),
        CellRef("甲"),
        CellRef("丙", 1, 1),
        CellRef("甲", 2),
    ]
    found = [issue("total_row" if place.row else "sheet_missing", place, label="某") for place in places]
    ordered = [each.where.address for each in in_order(found, ["甲", "乙"])]
    assert ordered == ["甲", "甲!2", "甲!A3", "甲!B3", "乙!A2", "丙!A1"]
    assert [each.where.address for each in in_order(found[::-1], ["甲", "乙"])] == ordered


def test_at_one_cell_the_gravest_comes_first_and_nothing_twice() -> None:
    error = issue("bad_number", HERE, found="3次", label="实到", suggestion="3")
    hint = issue("number_as_text", HERE, found="3", label="实到", value="3")
    ordered = in_order([hint, error, hint, error], [])
    assert ordered == (error, hint)
    assert summary(ordered) == {Severity.ERROR: 1, Severity.WARNING: 0, Severity.HINT: 1}
