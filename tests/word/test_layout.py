"""Where the title breaks and the signature stands."""

from __future__ import annotations

import re

import pytest

from pyxl.word.layout import _indents, broken_title, signature_places, width


@pytest.mark.parametrize(
    ("text", "expected"),
    [("党支部", 3), ("2023年6月30日", 6.5), ("“甲”", 3), ("", 0), ("e\u0301", 0.5), ("𠮷", 1), ("A1-", 1.5)],
)
def test_chinese_counts_one_and_letters_count_half(text, expected):
    assert width(text) == expected


def signature_indents(unit, date):
    return _indents(width(unit), width(date))


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
    ],
)
def test_any_other_title_is_left_alone(title, unit):
    assert broken_title(title, unit) == title


NAME = "云溪市自然资源和规划局不动产登记中心离退休干部及流动党员临时联合第三党支部委员会综合办公室"
ENDING = "2023年上半年工作情况汇总"
ROOM = {"SignedBy": (8845, 316), "SignedOn": (8845, 316)}


def wide(line):
    """As LibreOffice with a substitute font sets it: digits of 0.56 characters, a gap of 0.2 on both sides."""
    return width(line) + sum(0.06 * len(found) + 0.4 for found in re.findall("[0-9]+", line))


@pytest.mark.parametrize("length", range(2, 41))
def test_a_title_breaks_at_a_pause_and_leaves_no_character_alone_whatever_the_unit_is_called(length):
    unit = NAME[:length]
    lines = broken_title(unit + ENDING, unit).split("\n")
    assert "".join(lines) == unit + ENDING
    assert max(map(wide, lines)) <= 20.2  # 22 pt in 156 mm, with the gap before a line of digits
    assert min(map(wide, lines)) >= (3 if len(lines) > 1 else 0)
    assert len(lines) == (1 if length < 8 else 2 if length < 26 else len(lines))
    assert not any(re.search("[0-9]$", line) or re.match("[年月日]", line) for line in lines)
    if 8 <= length <= 20:
        assert lines == [unit, ENDING]


def test_a_name_of_more_than_a_line_breaks_between_its_parts():
    unit = "云溪市自然资源和规划局不动产登记中心离退休干部第三党支部"
    assert broken_title(unit + ENDING, unit).split("\n") == [
        "云溪市自然资源和规划局", "不动产登记中心离退休干部第三党支部", ENDING,
    ]  # fmt: skip
    unit = "中共云溪市委西城区委办公室机关党支部委员会"
    assert broken_title(unit + ENDING, unit).split("\n") == ["中共云溪市委西城区委办公室机关", f"党支部委员会{ENDING}"]


def test_a_name_without_parts_breaks_in_the_middle_rather_than_leave_the_rest_alone():
    assert broken_title("长" * 25 + "工作总结", "长" * 25) == "长" * 14 + "\n" + "长" * 11 + "工作总结"


@pytest.mark.parametrize("count", [21, 22, 41, 42])
def test_no_title_of_ones_own_leaves_a_character_or_two_alone(count):
    lines = broken_title("关" + "长" * (count - 1), "示例党支部").split("\n")
    assert min(map(len, lines)) >= 3
    assert max(map(len, lines)) <= 20
    assert sum(map(len, lines)) == count


@pytest.mark.parametrize("text", ["", "\n", "长" * 999, "9" * 30, "长\n" * 30])
def test_whatever_no_rule_can_break_stays_as_it_is(text):
    assert broken_title(text, text[:9]) == text


@pytest.mark.parametrize("length", range(2, 41))
def test_the_date_has_room_for_gaps_and_no_character_of_the_name_stands_alone(length):
    unit, date = NAME[:length], "2023年12月30日"
    places = signature_places(unit, date, ROOM)
    lines = {key: (8845 - places[key] - places[f"{key}Right"]) / 316 for key in ROOM}
    assert lines["SignedOn"] >= wide(date) + 0.1
    left = length - lines["SignedBy"] // 1  # what stands on the lines behind the first
    assert left <= 0 or left >= 10
    if left <= 0 and length < 26:
        assert (places["SignedOn"] - places["SignedBy"]) == pytest.approx(2 * 316, abs=1)
