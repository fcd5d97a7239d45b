"""Plain wording says the same whether it is looked up or compiled by jinja2."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core import language, plain, templating
from pyxl.core.filters import filters
from pyxl.core.sorts import Sort

VALUES: dict[str, Any] = {
    "党课": {
        "次数": 3,
        "题目": ("甲", "乙"),
        "内容": ("学习甲。", "乙；"),
        "做法": "开展谈话，",
        "出勤率": 0.9583,
        "空": "",
        "无": None,
        "零": 0,
        "是": True,
    },
    "单位": {"名称": "第一党支部", "次数": 0},
}
PATHS = [f"{name}.{field}" for name, fields in VALUES.items() for field in fields]
WITHOUT_ARGUMENT = sorted(set(filters()) - {"逐项", "列举", "中文数字", "百分比", "日期", "月份", "序号"})

texts = st.text(alphabet="上半年学习，共开展次。“”;:<>&'\" \n%", max_size=12)
placeholders = st.builds(
    lambda path, name, space: f"{{{{{space}{path}{space}{'| ' + name if name else ''}{space}}}}}",
    st.sampled_from(PATHS),
    st.sampled_from(["", *WITHOUT_ARGUMENT, "逐项('学习')", '逐项( "" )', "列举('个党支部')"]),
    st.sampled_from(["", " ", "  "]),
)
sources = st.lists(st.one_of(texts, placeholders), min_size=1, max_size=6).map("".join)


def by_jinja(source: str) -> str:
    return templating.traced(source, VALUES).text


@given(sources)
def test_a_plain_text_reads_as_jinja_reads_it(source: str) -> None:
    assert plain.parts(source)
    assert language.render(source, VALUES) == by_jinja(source)


terms = st.builds(lambda negated, path: f"not {path}" if negated else path, st.booleans(), st.sampled_from(PATHS))
conditions = st.lists(st.tuples(terms, st.sampled_from([" and ", " or "])), min_size=1, max_size=5).map(
    lambda pairs: "".join(term + (word if number < len(pairs) - 1 else "") for number, (term, word) in enumerate(pairs))
)


@given(conditions)
def test_a_plain_condition_holds_when_jinja_says_so(condition: str) -> None:
    assert plain.condition(condition)
    expression = templating.environment().compile_expression(condition, undefined_to_none=False)
    assert language.evaluate(condition, VALUES) == bool(expression(VALUES))


@pytest.mark.parametrize(
    "source",
    [
        "{% if 党课.次数 %}有{% endif %}",
        "{{ 党课.题目 | 逐项(党课.次数) }}",
        "{{ 党课.题目 | 逐项('学', '习') }}",
        "{{ 党课.题目 | 顿号 | 中文数字 }}",
        "{{ 党课 }}",
        "{{ 党课.次数 + 1 }}",
        "{{ 党课.__class__ }}",
        "{{ 党课.次数 | 没有 }}",
        "{{ 党课.次数 }",
        "｛｛党课.次数}}{",
        "{# 党课.次数 #}",
    ],
)
def test_anything_more_is_left_to_jinja(source: str) -> None:
    assert plain.parts(source) == ()


@pytest.mark.parametrize("condition", ["党课.次数 > 2", "not", "党课", "(党课.次数)", "党课.次数 and", "true.次数", ""])
def test_any_other_condition_is_left_to_jinja(condition: str) -> None:
    assert plain.condition(condition) == ()


def test_what_is_unknown_is_not_passed_over() -> None:
    known = {"党课": {"次数": Sort.COUNT}}
    assert plain.is_known("共{{ 党课.次数 }}次", known)
    assert not plain.is_known("共{{ 党课.次 }}次", known)
    assert not plain.is_known("共{{ 团课.次数 }}次", known)
    assert plain.is_known_condition("党课.次数 or not 党课.次数", known)
    assert not plain.is_known_condition("党课.次数 or 党课.次", known)
