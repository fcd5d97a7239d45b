"""What a placeholder printed is known by its place; the text is the same as without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core.language import traced
from pyxl.core.marks import Span, Spanned, marked, taken_out

VALUES = {
    "甲": {"次数": 7, "清单": ("一", "二"), "率": 0.95, "空": None, "题": "开展学习。"},
    "乙": {"次数": 0, "题": "抓好学习；"},
}


def seen(source: str) -> tuple[str, list[tuple[str, str]]]:
    found = traced(source, VALUES)
    return found.text, [(span.name, found.text[span.start : span.end]) for span in found.spans]


@pytest.mark.parametrize(
    ("source", "text", "printed"),
    [
        ("共{{ 甲.次数 }}次", "共7次", [("甲.次数", "7")]),
        ("{{ 甲.次数 }}{{ 乙.次数 }}", "70", [("甲.次数", "7"), ("乙.次数", "0")]),
        (
            "{{ 甲.清单 | 顿号 }}等{{ 甲.清单 | 几个 }}题",
            "一、二等两个题",
            [("甲.清单", "一、二"), ("甲.清单", "两个")],
        ),
        ("率{{ 甲.率 | 百分比 }}", "率95%", [("甲.率", "95%")]),
        ("无{{ 甲.空 }}物", "无物", []),
        ("开展{{ 甲.题 }}，", "开展学习，", [("甲.题", "学习")]),  # the wording's verb and sign, not the cell's
        ("{{ 乙.题 }}再说", "抓好学习；再说", [("乙.题", "抓好学习；")]),
        # what only jinja2 reads
        ("{% if 乙.次数 == 0 %}共{{ 甲.次数 }}次{% endif %}", "共7次", [("甲.次数", "7")]),
        ("{% for 项 in 甲.清单 %}《{{ 项 }}》{% endfor %}", "《一》《二》", [("甲.清单", "一"), ("甲.清单", "二")]),
        ("{% for 项 in 甲.清单 %}{{ loop.index }}{% endfor %}", "12", []),
        ("{{ 甲.次数 if 乙.次数 else 甲.率 | 百分比 }}", "95%", [("甲.率", "95%")]),
        ("{{ 乙.次数 or 甲.次数 }}{{ 甲.次数 and 乙.次数 }}", "70", [("甲.次数", "7"), ("乙.次数", "0")]),
        ("{{ 甲.次数 or 乙.次数 }}", "7", [("甲.次数", "7")]),
        ("{{ [甲.次数, 乙.次数] | 顿号 }}", "7", []),  # of several at once
        ("{% if true %}开展{{ 甲.题 }}，{% endif %}", "开展学习，", [("甲.题", "学习")]),
        ("{{ 甲.次数 > 3 }}{{ 7 }}", "是7", []),
    ],
)
def test_each_place_is_that_of_what_its_placeholder_printed(source, text, printed):
    assert seen(source) == (text, printed)


def test_texts_within_texts_are_told_from_outside_in():
    assert taken_out(marked("甲" + marked("乙", "里"), "外")) == Spanned("甲乙", (Span(0, 2, "外"), Span(1, 2, "里")))


@given(st.lists(st.tuples(st.text("甲。 \n", max_size=3), st.sampled_from(["", "a.b", "c.d"])), max_size=8))
def test_taking_marks_out_gives_back_the_text_and_every_place(pieces):
    text = "".join(marked(each, name) if name else each for each, name in pieces)
    found = taken_out(text)
    assert found.text == "".join(each for each, _ in pieces)
    told = [(each, name) for each, name in pieces if name and each]
    assert [(found.text[span.start : span.end], span.name) for span in found.spans] == told


def test_blanks_around_a_text_move_its_places():
    found = taken_out("  " + marked("7 ", "a.b")).stripped()
    assert found == Spanned("7", (Span(0, 1, "a.b"),))
