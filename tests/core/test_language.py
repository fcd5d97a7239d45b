"""What may stand between {{ and }}: a little, named well; everything else is refused before it runs."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core.language import Fault, Known, RenderError, evaluate, examine, examine_condition, nearest, render
from pyxl.core.sorts import Sort

KNOWN: Known = {
    "单位": {"名称": Sort.TEXT, "年度主题": Sort.TEXT},
    "期间": {"名称": Sort.TEXT, "起": Sort.DAY},
    "主题党日": {"次数": Sort.COUNT, "出勤率": Sort.RATE, "学习内容": Sort.TEXTS, "缺会月份": Sort.MONTHS},
    "党课": {"次数": Sort.COUNT, "题目": Sort.TEXTS},
    "随便": None,
}
VALUES = {
    "单位": {"名称": "某支部", "年度主题": ""},
    "期间": {"名称": "上半年"},
    "主题党日": {"次数": 6, "出勤率": 0.95, "学习内容": ("甲", "乙")},
    "党课": {"次数": 0, "题目": ()},
    "随便": "好",
}


def codes(source: str) -> list[str]:
    return [fault.code for fault in examine(source, KNOWN)]


# ---- what is allowed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("共{{ 主题党日.次数 }}次", "共6次"),
        ("共{{主题党日.次数}}次", "共6次"),
        ("{{ 主题党日.学习内容 | 顿号 }}", "甲、乙"),
        ('{{ 主题党日.学习内容 | 逐项("学习") }}', "学习甲，学习乙"),
        ("{% if 党课.次数 %}讲{% else %}无{% endif %}", "无"),
        ("{% if 党课.次数 > 3 and 主题党日.次数 >= 6 or not 党课.次数 %}甲{% endif %}", "甲"),
        ("{% if 党课.次数 %}甲{% elif 主题党日.次数 == 6 %}乙{% endif %}", "乙"),
        ("{% for 篇 in 主题党日.学习内容 %}{{ loop.index }}.{{ 篇 }}；{% endfor %}", "1.甲；2.乙；"),
        ('{{ "有" if 党课.次数 else "没有" }}', "没有"),
        ('{{ ["甲" if 主题党日.次数 else "", "乙"] | 顿号 }}', "甲、乙"),
        ("{{ 单位.年度主题 or 单位.名称 }}", "某支部"),
        ('{{ "甲" if "乙" in 主题党日.学习内容 else "丙" }}', "甲"),
        ("没有占位符，也可以有，括号（）。", "没有占位符，也可以有，括号（）。"),
        ("{# 给自己看的 #}甲", "甲"),
        ('{{ "全角，也行。｛" }}', "全角，也行。｛"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_wording_needs_is_allowed(source: str, text: str) -> None:
    assert examine(source, KNOWN) == []
    assert render(source, VALUES) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "是"), (False, "否"), (("甲", "乙"), "甲、乙"), ((), ""), ((1, 2), "1、2"), (date(2023, 6, 5), "2023年6月5日"), (3, "3"), (0, "0"),
     ("{{ 党课.次数 }}", "{{ 党课.次数 }}"), ("<&>", "<&>")],
)  # fmt: skip
def test_a_value_prints_as_people_write_and_never_as_python(value: object, text: str) -> None:
    """Nothing in a value is read as a placeholder, however it looks."""
    assert render("{{ 随便 }}", {"随便": value}) == text


# ---- what is not -----------------------------------------------------------------------------------------------------

ATTACKS = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ 主题党日.__class__ }}",
    "{{ 主题党日._x }}",
    "{{ 主题党日['次数'] }}",
    "{{ 主题党日.次数.real }}",
    "{{ 主题党日.次数.__class__ }}",
    "{{ 单位.名称.format }}",
    "{{ '{0.__class__}'.format(主题党日) }}",
    "{{ 主题党日.items() }}",
    "{{ 主题党日 | attr('__class__') }}",
    "{{ 主题党日.学习内容 | map(attribute='__class__') | list }}",
    "{{ lipsum(9) }}",
    "{{ range(999999999) }}",
    "{{ dict(a=1) }}",
    "{{ namespace(a=1) }}",
    "{{ 'a' * 999999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 主题党日.次数 + 1 }}",
    "{{ 主题党日.次数 ~ '次' }}",
    "{{ -主题党日.次数 }}",
    "{{ 主题党日.学习内容[0] }}",
    "{{ 主题党日.学习内容[::-1] }}",
    "{{ {'a': 1} }}",
    "{% set x = 1 %}",
    "{% set x %}甲{% endset %}",
    "{% macro f() %}{% endmacro %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{% block x %}{% endblock %}",
    "{% call f() %}{% endcall %}",
    "{% filter 顿号 %}甲{% endfilter %}",
    "{% with x = 1 %}{{ x }}{% endwith %}",
    "{% autoescape true %}{% endautoescape %}",
    "{% for 篇 in 主题党日.学习内容 recursive %}{{ loop(篇) }}{% endfor %}",
    "{% for 篇 in 主题党日.学习内容 %}{{ 篇.format }}{% endfor %}",
    "{% for 篇 in 主题党日.学习内容 %}{{ loop.__init__ }}{% endfor %}",
    "{% for 篇 in 主题党日.学习内容 %}{{ loop.cycle }}{% endfor %}",
    "{% for a in 主题党日.学习内容 %}{% for b in 主题党日.学习内容 %}{% for c in 主题党日.学习内容 %}甲{% endfor %}{% endfor %}{% endfor %}",
    "{{ 主题党日.学习内容 | safe }}",
    "{{ 主题党日.次数 is divisibleby(2) }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ request }}",
    "{{ config }}",
    "{{ joiner }}",
    "{{ '甲' if 党课.次数 }}",
]


@pytest.mark.parametrize("source", ATTACKS)
def test_everything_else_is_refused_before_it_runs(source: str) -> None:
    assert set(codes(source)) <= {"forbidden", "unknown_name", "unknown_filter", "syntax"}
    assert codes(source)


@pytest.mark.parametrize("depth", [40, 400, 4000])
@pytest.mark.parametrize(
    ("opening", "middle", "closing"),
    [
        ("(", "1", ")"),
        ("not ", "1", ""),
        ("[", "1", "]"),
        ("1 if 1 else (", "1", ")"),
        ("1 == (", "1", ")"),
        ("", "随便", ".a"),
        ("", "随便", " | 顿号"),
    ],
)
def test_towers_of_syntax_are_refused_and_overthrow_nothing(
    depth: int, opening: str, middle: str, closing: str
) -> None:
    source = "{{ " + opening * depth + middle + closing * depth + " }}"
    if opening != "(" or depth > 400:
        assert codes(source)
    block = "{% if 随便 %}" * depth + "{% endif %}" * depth
    assert set(codes(block)) <= {"forbidden", "syntax"}
    assert codes(block)


def test_the_bulk_of_what_is_rendered_is_bounded() -> None:
    """A long text in a loop in a loop over all subjects would be gigabytes."""
    source = (
        "{% for 甲 in 主题党日.学习内容 %}{% for 乙 in 主题党日.学习内容 %}"
        + "长" * 30_000
        + "{% endfor %}{% endfor %}"
    )
    assert examine(source, KNOWN) == []
    with pytest.raises(RenderError):
        render(source, {**VALUES, "主题党日": {"学习内容": ("甲",) * 1000}})


@given(inner=st.text("主题党日.次数课 |()[]{}%\"'+-*/=<>!~,:#_ifornotandel1.\n", max_size=25))
def test_whatever_is_written_is_refused_or_rendered(inner: str) -> None:
    for source in ("{{ " + inner + " }}", "{% " + inner + " %}", inner):
        faults = examine(source, KNOWN)
        if not faults:
            with suppress(RenderError):
                assert isinstance(render(source, VALUES), str)
        for fault in faults:
            assert fault.code in ("full_width", "forbidden", "unknown_name", "unknown_filter", "syntax")
            assert fault.fragment or not source.strip()


# ---- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "written", "near"),
    [
        ("{{ 主题党日.此数 }}", "主题党日.此数", "主题党日.次数"),
        ("{{ 主题党日.出席率 }}", "主题党日.出席率", "主题党日.出勤率"),
        ("{{ 主题党日活动.次数 }}", "主题党日活动.次数", "主题党日.次数"),
        ("{{ 党客.次数 }}", "党客.次数", "党课.次数"),
        ("{{ 期间.名 }}", "期间.名", "期间.名称"),
        ("{{ 主题党日 }}", "主题党日", "主题党日.次数"),
        ("{% if 主题党日 %}甲{% endif %}", "主题党日", "主题党日.次数"),
        ("{{ 甲乙丙丁戊 }}", "甲乙丙丁戊", ""),
        ("{{ 志愿服务.次数 }}", "志愿服务.次数", ""),
        ("{{ 志愿服务.次数 | 中文数字 }}", "志愿服务.次数", ""),
        ("{{ 主题党日活动 }}", "主题党日活动", "主题党日.次数"),
        ("{{ 主题党日活动.出勤 }}", "主题党日活动.出勤", "主题党日.出勤率"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_right_one(source: str, written: str, near: str) -> None:
    assert examine(source, KNOWN) == [Fault("unknown_name", written, near)]


def test_another_object_is_proposed_only_for_its_own_name() -> None:
    """主题党日.志愿服务次数 is another number than that of the sheet 志愿服务."""
    known: Known = {"主题党日": {"次数": Sort.COUNT, "志愿服务次数": Sort.COUNT}, "党课": {"次数": Sort.COUNT}}
    assert examine("{{ 志愿服务.次数 }}", known) == [Fault("unknown_name", "志愿服务.次数")]
    assert nearest("主题党日.志愿服务", known) == "主题党日.志愿服务次数"


def test_an_unknown_filter_is_called_one() -> None:
    assert examine("{{ 主题党日.次数 | 顿好 }}", KNOWN) == [Fault("unknown_filter", "顿好", "顿号")]
    assert examine_condition("主题党日.次数 | 顿好", KNOWN) == [Fault("unknown_filter", "顿好", "顿号")]


@pytest.mark.parametrize("source", ["{{ 主题党日.次数 + 1 }}", "{{ 主题党日.__class__ }}", "{{ 某某.__class__ }}"])
def test_what_may_not_be_written_is_one_fault_and_no_riddle(source: str) -> None:
    assert examine(source, KNOWN) == [Fault("forbidden", source)]


@pytest.mark.parametrize(
    ("condition", "code"),
    [("主题党日.次数 >", "syntax"), ("主题党日．次数", "full_width"), ("主题党日.次数 + 1", "forbidden"), ("{{ 党课.次数 }}", "syntax")],
)  # fmt: skip
def test_a_broken_condition_is_quoted_as_it_stands(condition: str, code: str) -> None:
    assert examine_condition(condition, KNOWN) == [Fault(code, condition)]


@pytest.mark.parametrize(
    ("source", "fragments"),
    [
        ("共｛｛ 主题党日.次数 ｝｝次", ["｛｛ 主题党日.次数 ｝｝"]),
        ("｛｛ 甲.乙 ｝｝和{｛ 丙.丁 ｝}", ["｛｛ 甲.乙 ｝｝", "{｛ 丙.丁 ｝}"]),
        ("{{ 主题党日．次数 }}", ["{{ 主题党日．次数 }}"]),
        ("共｛｛次", ["｛｛"]),
        ("共次｝｝", ["｝｝"]),
    ],
)
def test_a_pair_of_full_width_braces_is_one_fault(source: str, fragments: list[str]) -> None:
    assert examine(source, KNOWN) == [Fault("full_width", fragment) for fragment in fragments]


def test_a_loops_own_name_is_known_within_it() -> None:
    assert examine("{% for 篇 in 主题党日.学习内容 %}{{ 篇 }}{% endfor %}", KNOWN) == []
    with pytest.raises(RenderError):
        render("{% for 篇 in 主题党日.学习内容 %}{% endfor %}{{ 篇 }}", VALUES)


def test_all_faults_are_told_at_once() -> None:
    assert [f.fragment for f in examine("{{ 主题党日.此数 }}{{ 党课.次树 }}{{ 党课.题目 | 顿好 }}", KNOWN)] == [
        "顿好",
        "主题党日.此数",
        "党课.次树",
    ]


def test_the_nearest_name_is_found_where_one_is_near() -> None:
    assert nearest("单位.名", KNOWN) == "单位.名称"
    assert nearest("毫不相干", KNOWN) == ""


# ---- full-width signs, and braces that do not match --------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    ["｛｛ 主题党日.次数 ｝｝", "｛{ 主题党日.次数 }｝", "{｛ 主题党日.次数 ｝}", "｛％ if ％｝", "{％ if ％}", "{{ 主题党日．次数 }}", "{{ 主题党日。次数 }}",
     "{{ 主题党日.学习内容 ｜ 顿号 }}", '{{ 主题党日.学习内容 | 逐项（"学习"） }}', "{{ 主题党日.学习内容 | 逐项(“学习”) }}", "{% if 党课．次数 %}甲{% endif %}",
     "{% if 党课.次数 ＞ 1 %}甲{% endif %}"],
)  # fmt: skip
def test_full_width_signs_are_told_as_such(source: str) -> None:
    """They print as they stand, or are a riddle to jinja: the input method did it."""
    assert set(codes(source)) == {"full_width"}


@pytest.mark.parametrize(
    ("source", "fragment"),
    [
        ("共{{ 主题党日.次数 }次", "{{ 主题党日.次数 }次"),
        ("{{ 主题党日.次数 }}{{ 党课.次数 | }}", "{{ 党课.次数 | }}"),
        ("{% if 党课.次数 %}甲", "{% if 党课.次数 %}"),
        ("甲{% endif %}", "{% endif %}"),
        ("{{ 主题党日 次数 }}", "{{ 主题党日 次数 }}"),
        ("{{ }}", "{{ }}"),
        ("{{ 党课.次数 + 1 }}{{ 主题党日.次数 }}", "{{ 党课.次数 + 1 }}"),
        ("{% if 党课.次数 + 1 %}{% endif %}", "{% if 党课.次数 + 1 %}"),
    ],
)
def test_what_cannot_be_read_is_quoted_as_it_was_written(source: str, fragment: str) -> None:
    assert [fault.fragment for fault in examine(source, KNOWN)] == [fragment]


# ---- conditions and what fails only on some ledgers ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("主题党日.次数", True),
        ("党课.次数", False),
        ("党课.题目", False),
        ("not 党课.次数", True),
        ("主题党日.次数 > 5 and not 党课.次数", True),
        ("单位.年度主题", False),
    ],
)
def test_conditions(condition: str, holds: bool) -> None:
    assert evaluate(condition, VALUES) is holds


@pytest.mark.parametrize("condition", ["主题党日.次数 > '三'", "1 }} 甲 {{ 2", "党课.次数 >", "无此名"])
def test_a_condition_that_cannot_be_answered_is_an_error_of_its_own(condition: str) -> None:
    with pytest.raises(RenderError) as caught:
        evaluate(condition, VALUES)
    assert str(caught.value) == condition


@pytest.mark.parametrize(
    ("source", "fragment"),
    [
        ("甲{{ 主题党日.次数 }}{{ 主题党日.学习内容 | 逐项 }}", "{{ 主题党日.学习内容 | 逐项 }}"),
        ("{% if 单位.名称 > 3 %}甲{% endif %}", "{% if 单位.名称 > 3 %}"),
    ],
)
def test_what_cannot_be_filled_is_quoted_as_it_was_written(source: str, fragment: str) -> None:
    assert examine(source, KNOWN) == []
    with pytest.raises(RenderError) as caught:
        render(source, VALUES)
    assert str(caught.value) == fragment
