"""Where the title breaks and the signature stands."""

from __future__ import annotations

import pytest

from pyxl.word.layout import broken_title, signature_indents, width


@pytest.mark.parametrize(
    ("text", "expected"),
    [("党支部", 3), ("2023年6月30日", 6.5), ("“甲”", 3), ("", 0), ("e\u0301", 0.5), ("𠮷", 1), ("A1-", 1.5)],
)
def test_chinese_counts_one_and_letters_count_half(text, expected):
    assert width(text) == expected


def test_the_date_begins_two_characters_to_the_right_of_the_unit():
    # GB/T 9704—2012 7.3.5.2; unit 9 wide and 2 from the margin begins 11 from it, the date must begin 9 from it
    unit, date = signature_indents("示例公司机关党支部", "2023年6月30日")
    assert (unit, date) == (2, 2.5)
    assert (9 + unit) - (6.5 + date) == 2


def test_a_date_longer_than_the_unit_is_two_characters_from_the_margin_and_moves_the_unit():
    unit, date = signature_indents("党支部", "2023年6月30日")
    assert date == 2
    assert unit == 7.5
    assert (3 + unit) - (6.5 + date) == 2


def test_a_date_as_long_as_the_unit_leaves_the_unit_where_it_is():
    assert signature_indents("党支部委员会", "2023年上半年") == (2, 0)


def test_a_title_of_two_lines_breaks_behind_the_unit():
    unit = "示例科技有限公司机关第一党支部"
    assert broken_title(f"{unit}2023年上半年工作总结", unit) == f"{unit}\n2023年上半年工作总结"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("示例党支部2023年上半年工作总结", "示例党支部"),  # fits on one line
        ("关于2023年上半年示例科技有限公司党建工作情况的总结", "示例科技有限公司"),  # the unit is not in front
        ("长" * 30, "长" * 30),  # nothing but the unit
        ("长" * 25 + "工作总结", "长" * 25),  # the unit alone takes more than a line
    ],
)
def test_any_other_title_is_left_alone(title, unit):
    assert broken_title(title, unit) == title
