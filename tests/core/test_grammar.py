"""Official Chinese: numerals, lists, quotation marks, items, ends of sentences; GB/T 15834 and 15835 of 2011."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core import grammar
from pyxl.core.filters import filters

DIGITS = "零一二三四五六七八九"
TEXTS = st.text("甲乙丙丁，。；、：“”《》！？", max_size=12)


def value_of(numeral: str) -> int:
    """What a Chinese numeral below 1000 says, read the way a person does."""
    total, digit = 0, 0
    for number, character in enumerate(numeral):
        if character == "百":
            total, digit = total + digit * 100, 0
        elif character == "十":
            total, digit = total + (digit if number and digit else 1) * 10, 0
        else:
            digit = DIGITS.index(character)
    return total + digit


# ---- numerals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (1, "一"), (2, "二"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "一百"),
     (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (120, "一百二十"), (999, "九百九十九"), (1000, "1000"), (-1, "-1")],
)  # fmt: skip
def test_numerals(number: int, text: str) -> None:
    assert grammar.numeral(number) == text


@given(number=st.integers(0, 999))
def test_every_numeral_says_its_number(number: int) -> None:
    text = grammar.numeral(number)
    assert value_of(text) == number
    assert "零零" not in text
    assert not (len(text) > 1 and text.endswith("零"))


def test_headings_and_items() -> None:
    assert grammar.heading(1, 2, "存在问题") == "二、存在问题"
    assert grammar.heading(2, 12, "强思想") == "（十二）强思想"
    assert grammar.numbered(3, "加强学习") == "三是加强学习"


# ---- quoted and other lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["甲"], "“甲”"),
        (["甲", "乙"], "“甲”和“乙”"),
        (["甲", "乙", "丙"], "“甲”“乙”“丙”"),
        (["甲", "", None, "乙"], "“甲”和“乙”"),
    ],
)
def test_quoted_items_have_no_enumeration_comma(items: list[str], text: str) -> None:
    """GB/T 15834—2011, 4.5.3.5."""
    assert grammar.and_quoted(items) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [
        (["《甲》", "《乙》"], "《甲》《乙》"),
        (["《甲》", "《乙》", "丙精神", "《丁》"], "《甲》《乙》、丙精神、《丁》"),
        (["甲", "《乙》"], "甲、《乙》"),
        (["《甲》讲话", "《乙》"], "《甲》讲话、《乙》"),
        (["《甲》"], "《甲》"),
        (["甲、乙", "丙"], "甲、乙、丙"),
    ],
)
def test_between_titles_in_their_own_marks_stands_no_enumeration_comma(items: list[str], text: str) -> None:
    """GB/T 15834—2011, 4.5.3.5."""
    assert grammar.listed(items) == text


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("学习“二十大”精神", "“学习‘二十大’精神”"),
        ("“甲”", "“‘甲’”"),
        ("说“甲‘乙’丙”", "“说‘甲“乙”丙’”"),
        ("只有‘单’引号", "“只有‘单’引号”"),
    ],
)
def test_quotation_marks_inside_others_alternate(item: str, text: str) -> None:
    assert grammar.and_quoted([item]) == text


@pytest.mark.parametrize(("count", "text"), [(0, ""), (1, ""), (2, "两个"), (3, "3个"), (12, "12个")])
def test_how_many_before_a_noun(count: int, text: str) -> None:
    """Not 二个; one subject needs no number (domain: grammar 4 and decision 9)."""
    assert grammar.several(count) == text
    assert grammar.several(["甲"] * count) == text


@pytest.mark.parametrize(
    ("numbers", "text"), [([1], "第一"), ([1, 2, 3], "第一、第二、第三"), (["11"], "第十一"), ([], "")]
)
def test_ordinals(numbers: list[object], text: str) -> None:
    assert grammar.ordinals(numbers) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (0.9583, "95.83%"),
        (0.95, "95%"),
        (0.955, "95.5%"),
        (1, "100%"),
        (1.0, "100%"),
        (0, "0%"),
        (0.1, "10%"),
        (0.0001, "0.01%"),
        (None, ""),
    ],
)
def test_percentages_have_two_decimals_at_most(ratio: float | None, text: str) -> None:
    assert grammar.percent(ratio) == text


def test_days_have_no_padding_zeros() -> None:
    """GB/T 9704—2012, 7.3.5.4."""
    assert grammar.day_text(date(2023, 6, 5)) == "2023年6月5日"
    assert grammar.end_of_month_text(date(2023, 6, 30), last=True) == "6月底"
    assert grammar.end_of_month_text(date(2023, 6, 5), last=False) == "6月5日"


# ---- ends of sentences -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ended"),
    [("甲", "甲。"), ("甲。", "甲。"), ("甲！", "甲！"), ("甲？", "甲？"), ("甲：", "甲："), ("甲……", "甲……"), ("甲，", "甲。"), ("甲、", "甲。"),
     ("甲；", "甲。"), ("甲.", "甲。"), ("甲,", "甲。"), ("甲“乙。”", "甲“乙。”"), ("甲“乙”", "甲“乙”。"), ("《甲》", "《甲》。"), ("甲（乙）", "甲（乙）。"),
     ("甲（乙。）", "甲（乙。）"), ("", ""), ("  ", ""), ("甲 ", "甲。"), ("甲，。", "甲，。")],
)  # fmt: skip
def test_a_sentence_ends_once(text: str, ended: str) -> None:
    assert grammar.ended(text) == ended


@given(text=TEXTS)
def test_ending_twice_is_ending_once(text: str) -> None:
    assert grammar.ended(grammar.ended(text)) == grammar.ended(text)


# ---- numbered items ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        ([], ""),
        (["加强学习"], "加强学习。"),
        (["加强学习。", " "], "加强学习。"),
        (["甲", "乙"], "一是甲；二是乙。"),
        (["甲。", "乙；", "丙，"], "一是甲；二是乙；三是丙。"),
        (["甲。子。", "乙"], "一是甲。子。二是乙。"),
        (["甲", "乙。丑"], "一是甲。二是乙。丑。"),
        (["甲；子", "乙"], "一是甲；子。二是乙。"),
        (["怎么办？", "乙"], "一是怎么办？二是乙。"),
        (["甲“子。”", "乙"], "一是甲“子。”二是乙。"),
        (["甲：", "乙"], "一是甲；二是乙。"),
    ],
)
def test_items_end_alike_and_no_semicolon_parts_items_that_hold_full_stops(bodies: list[str], text: str) -> None:
    """GB/T 15834—2011, 4.6; domain: grammar 2."""
    assert grammar.joined_items(bodies) == text


@given(
    bodies=st.lists(
        st.text("甲乙，。；！？“”", min_size=1, max_size=8).filter(lambda body: re.search("[甲乙]", body)),
        min_size=2,
        max_size=12,
    )
)
def test_items_are_numbered_in_order_and_separated_by_one_kind_of_sign(bodies: list[str]) -> None:
    text = grammar.joined_items(bodies)
    places = [text.find(grammar.numbered(number, "")) for number in range(1, len(bodies) + 1)]
    assert places == sorted(places)
    assert places[0] == 0
    heavy = bool(re.search("[。！？]", text[:-1]))
    for place in places[1:]:
        before = text[:place].rstrip("”")
        assert before[-1] in ("。！？" if heavy else "；")
    assert text.rstrip("”")[-1] in "。！？"


# ---- phrases -------------------------------------------------------------------------------------------------------------

VERBS = ["召开", "组织", "开展", "讲"]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], ""),
        (["召开党员大会2次"], "召开党员大会2次"),
        (
            ["组织集中学习12次", "召开党员大会2次", "召开支委会6次", "讲党课4次"],
            "组织集中学习12次，召开党员大会2次、支委会6次，讲党课4次",
        ),
        (["召开甲", "讲乙", "召开丙"], "召开甲，讲乙，召开丙"),
        (["召开甲", "召开乙", "召开丙"], "召开甲、乙、丙"),
        (["甲，", "，乙。", "；丙、"], "甲，乙，丙"),
        (["甲", "，", "", "乙"], "甲，乙"),
    ],
)
def test_neighbours_share_their_verb(parts: list[str], text: str) -> None:
    assert grammar.joined_phrases(parts, VERBS) == text
    assert grammar.joined_phrases(parts, iter(VERBS)) == text


@given(parts=st.lists(TEXTS, max_size=6))
def test_no_two_signs_meet_between_phrases(parts: list[str]) -> None:
    bare = [re.sub("[，。；、：]", "", part) for part in parts]
    assert not re.search("[，、；。]{2}|^[，、；。]|[，、；]$", grammar.joined_phrases(bare, VERBS))
    assert not re.search("[，、；]$", grammar.joined_phrases(parts, VERBS))


def test_line_breaks_leave_no_gap_in_chinese() -> None:
    assert grammar.unbroken("学习党的\n二十大\r\n精神 \n 第2\n课") == "学习党的二十大精神第2课"
    assert grammar.unbroken("Party\nDay") == "Party Day"
    assert grammar.unbroken("2023\n年") == "2023年"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("第一行\n第二行", "第一行，第二行"), ("第一行 \r\n\n 第二行", "第一行，第二行"), ("第一行。\n第二行", "第一行。第二行"), ("第一行，\n第二行", "第一行，第二行"),
        ("第一行\n，第二行", "第一行，第二行"), ("第一行：\n第二行", "第一行：第二行"), ("（甲）\n乙", "（甲），乙"), ("甲\n（乙）", "甲（乙）"), ("“甲”\n“乙”", "“甲”“乙”"),
        ("《甲》\n《乙》", "《甲》《乙》"), ("1.学习\n2.讨论", "1.学习，2.讨论"), ("1、学习\n2、讨论", "1、学习，2、讨论"), ("Party\nDay", "Party Day"),
        ("2023\n年", "2023年"), ("完成\n3次", "完成3次"), ("增长\n1.5倍", "增长1.5倍"), ("甲", "甲"),
    ],
)  # fmt: skip
def test_lines_typed_one_below_the_other_are_set_apart(typed: str, text: str) -> None:
    assert grammar.one_line(typed) == text


# ---- what must not stay --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ("共*次", ["*"]), ("共＊次", ["＊"]), ("XX同志", ["XX"]), ("××支部", ["××"]), ("x次", ["x"]), ("主题待定", ["待定"]), ("共__次", ["__"]),
        ("{{ 党课 }}", ["{{", "}}"]), ("{党课.次数}", ["{", "}"]), ("｛｛党课｝｝", ["｛｛", "｝｝"]), ("｛{党课}｝", ["｛{", "}｝"]), ("{% if %}", ["{%", "%}"]),
        ("【建议补充】", ["【建议补充】"]), ("甲，。", ["，。"]), ("甲、，乙", ["、，"]), ("工作的的部署", ["的的"]), ("做了了", ["了了"]), ("甲，", ["，"]), ("甲、", ["、"]),
        ("开展0次", ["0次"]), ("共0人次", ["0人次"]),
    ],
)  # fmt: skip
def test_residue_is_found(text: str, fragments: list[str]) -> None:
    assert [fragment for _, fragment in grammar.residue(text)] == fragments


@pytest.mark.parametrize(
    "text",
    [
        "共10次。",
        "120人次",
        "0.5学时",
        "10.0次",
        "为了了解情况",
        "有目的的学习",
        "的的确确",
        "标的的价格",
        "Excel",
        "Xi’an",
        "“甲。”乙",
        "甲：“乙",
        "100%",
    ],
)
def test_right_chinese_is_no_residue(text: str) -> None:
    assert grammar.residue(text) == []


# ---- filters -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("并列引号", ("甲", "乙"), "“甲”和“乙”"), ("并列引号", "主题教育", "“主题教育”"), ("并列引号", "", ""), ("并列引号", None, ""), ("并列引号", (), ""),
        ("顿号", ("甲", "乙"), "甲、乙"), ("顿号", "甲乙", "甲乙"), ("顿号", 3, "3"), ("顿号", ("甲", "", "乙"), "甲、乙"), ("逗号", ("甲", "乙"), "甲，乙"),
        ("几个", ("甲", "乙"), "两个"), ("几个", "甲乙丙", ""), ("几个", 3, "3个"), ("序号", (1, 2), "第一、第二"), ("序号", 3, "第三"),
        ("中文数字", 12, "十二"), ("中文数字", "甲", "甲"), ("百分比", 0.5, "50%"), ("百分比", None, ""), ("百分比", "", ""),
        ("日期", date(2023, 6, 5), "2023年6月5日"), ("日期", "", ""), ("月份", (1, 3), "1月、3月"), ("月份", (), ""),
    ],
)  # fmt: skip
def test_filters_take_one_several_and_none(name: str, value: object, text: str) -> None:
    """A single text is one item, not a list of characters."""
    assert filters()[name](value) == text


def test_one_word_before_each() -> None:
    assert filters()["逐项"](("甲", "乙"), "学习") == "学习甲，学习乙"
    assert filters()["逐项"]("甲乙", "学习") == "学习甲乙"
    assert filters()["逐项"]((), "学习") == ""
