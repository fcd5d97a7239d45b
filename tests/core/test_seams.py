"""Where cell and wording meet, no sign and no verb stands twice; everything else is printed as typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core import seams
from pyxl.core.language import render


def said(source: str, value: Any) -> str:
    """The wording, read as plain text and by jinja2 alike."""
    values = {"行": {"写": value}}
    text = render(source.replace("它", "{{ 行.写 }}"), values)
    assert render("{% if true %}" + source.replace("它", "{{ 行.写 }}") + "{% endif %}", values) == text
    return text


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("它。再说", "质量不高。", "质量不高。再说"),
        ("它，再说", "抓好学习；", "抓好学习，再说"),
        ("（它）", "抓好学习、 ", "（抓好学习）"),
        ("“它”", "抓好学习。", "“抓好学习”"),
        ("它再说", "质量不高。", "质量不高。再说"),  # two sentences
        ("先说。它", "质量不高。", "先说。质量不高。"),
        ("它（一）", "质量不高。", "质量不高。（一）"),
        ("它。", "质量高吗？", "质量高吗？。"),  # a mark that says something stays
        ("它。", "。", "。。"),  # nothing but a sign: told, not swallowed
        ("它。", 3, "3。"),
    ],
)
def test_closing_signs_give_way_to_the_signs_of_the_wording(source: str, value: Any, text: str) -> None:
    assert said(source, value) == text


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("深入开展它", "开展主题教育", "深入开展主题教育"),
        ("集中学习了它", "学习党章", "集中学习了党章"),
        ("开展它", "学习党章", "开展学习党章"),
        ("学习。它", "学习党章", "学习。学习党章"),
        ("学习它", "学习强国平台文章", "学习学习强国平台文章"),
        ("组织它", "组织生活会", "组织组织生活会"),
        ("学习它", "党章学习学习", "学习党章学习学习"),
    ],
)
def test_a_verb_that_the_wording_says_is_not_said_again(source: str, value: str, text: str) -> None:
    assert said(source, value) == text


@pytest.mark.parametrize(
    ("filter_", "text"),
    [
        ('逐项("学习")', "学习党章，学习《条例》，学习讲话"),
        ("逗号", "党章，学习《条例》，讲话"),
        ("顿号", "党章、学习《条例》、讲话"),
        ("并列引号", "“党章”“学习《条例》”“讲话”"),
    ],
)
def test_items_of_a_list_bring_neither_the_sign_between_them_nor_the_verb_before(filter_: str, text: str) -> None:
    values = {"主题党日": {"学习内容": ("党章；", "学习《条例》", "讲话。")}}
    assert render(f"{{{{ 主题党日.学习内容 | {filter_} }}}}等", values) == f"{text}等"


@given(st.text("学习开展了。，甲“”（）", max_size=8), st.text("学习开展了。，甲“”（）", max_size=8))
def test_nothing_but_such_signs_and_verbs_goes(before: str, value: str) -> None:
    assert seams.sewn(str(seams.inserted(value))) == value
    text = seams.sewn(f"{before}{seams.inserted(value)}。")
    assert text.startswith(before)
    possible = (value, value.removeprefix("学习"), value.removeprefix("开展"))
    assert text.removeprefix(before).rstrip("。，") in [each.rstrip("。，") for each in possible]


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("在它的坚强领导下，", "局党委的坚强领导下", "在局党委的坚强领导下，"),
        ("在它的坚强领导下，", "局党委的坚强领导", "在局党委的坚强领导下，"),
        ("在它的指导下", "机关党办的指导下", "在机关党办的指导下"),
        ("它党支部", "第一党支部", "第一党支部"),
        ("深入开展它", "主题教育", "深入开展主题教育"),
        ("它研究成果", "加强研究", "加强研究研究成果"),  # two characters may be chance
        ("它它", "主题教育", "主题教育主题教育"),  # asked for twice
        ("它100%", 100, "100100%"),
    ],
)
def test_a_phrase_that_the_cell_says_is_not_said_again_by_the_wording(source: str, value: Any, text: str) -> None:
    assert said(source, value) == text


@pytest.mark.parametrize(
    ("items", "each", "listed"),
    [
        (("学习《党章》", "《党章》", "讲话"), "学习《党章》，学习讲话", "学习《党章》、讲话"),
        (("《党章》", "《党章》。"), "学习《党章》", "《党章》"),
        (("党章", "学习党章；", "党章"), "学习党章", "党章、党章"),  # the very same twice: two people of one name
        (("学习", "党章", "开展"), "学习，学习党章，学习开展", "学习、党章、开展"),
    ],
)
def test_an_item_that_says_what_another_says_is_left_out(items: tuple[str, ...], each: str, listed: str) -> None:
    assert render('{{ 甲.乙 | 逐项("学习") }}', {"甲": {"乙": items}}) == each
    assert render("{{ 甲.乙 | 顿号 }}", {"甲": {"乙": items}}) == listed
