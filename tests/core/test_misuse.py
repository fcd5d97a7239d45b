"""A filter on what it makes no sense of is told where it is written; and nothing ever prints as Python writes it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.fields import known_names
from pyxl.core.filters import filters, purpose
from pyxl.core.language import Fault, examine, examine_condition, render
from pyxl.core.travelling import travelling

KNOWN = known_names(load_catalogue())
ROW = known_names(load_catalogue(), load_catalogue().by_label["集中学习"])
MANY = known_names(travelling(load_catalogue()))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("支委会.主题清单 | 中文数字", "中文数字"),
        ("集中学习.专题序号 | 中文数字", "中文数字"),
        ("期间.起 | 中文数字", "中文数字"),
        ("单位.名称 | 中文数字", "中文数字"),
        ("单位.是否设支委会 | 中文数字", "中文数字"),
        ("集中学习.学习篇目 | 日期", "日期"),
        ("支委会.次数 | 日期", "日期"),
        ("支委会.次数 | 百分比", "百分比"),
        ("单位.年度 | 百分比", "百分比"),
        ("支委会.主题清单 | 百分比", "百分比"),
        ("集中学习.主题清单 | 月份", "月份"),
        ("支委会.次数 | 月份", "月份"),
        ("支委会.主题清单 | 序号", "序号"),
        ("集中学习.出勤率 | 序号", "序号"),
        ("期间.止 | 几个", "几个"),
    ],
)
def test_a_filter_on_the_wrong_kind_of_figure_is_refused(written: str, name: str) -> None:
    fault = Fault("wrong_filter", written, filter=name)
    assert examine(f"甲{{{{ {written} }}}}乙", KNOWN) == [fault]
    assert examine_condition(written, KNOWN) == [fault]


@pytest.mark.parametrize(
    "source",
    [
        "{{ 集中学习.专题序号 | 序号 }}",
        "{{ 集中学习.出勤率 | 百分比 }}",
        "{{ 单位.年度 | 中文数字 }}",
        "{{ 集中学习.学时合计 | 中文数字 }}",
        "{{ 支委会.缺会月份 | 月份 }}",
        "{{ 支委会.缺会月份 | 几个 }}",
        "{{ 期间.起 | 日期 }}",
        "{{ 单位.任期届满日 | 日期 }}",
        "{{ 期间.起 | 逐项('自') }}",
        "{{ 支委会.次数 | 顿号 }}",
        "{% for 号 in 集中学习.专题序号 %}{{ 号 | 中文数字 }}{% endfor %}",
        "{% for 月 in 支委会.缺会月份 %}{{ 月 | 月份 }}{% endfor %}",
        "{{ (支委会.次数 or 党课.次数) | 中文数字 }}",
        "{{ [1, 2] | 序号 }}",
        "{{ loop | 中文数字 }}",
    ],
)
def test_what_makes_sense_is_not(source: str) -> None:
    assert [fault for fault in examine(source, KNOWN) if fault.code == "wrong_filter"] == []


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("{% for 题 in 支委会.主题清单 %}{{ 题 | 中文数字 }}{% endfor %}", "题 | 中文数字"),
        ("{% for 题 in 支委会.主题清单 %}{{ 集中学习.主题清单 | 月份 }}{% endfor %}", "集中学习.主题清单 | 月份"),
        ("{{ (支委会.次数 or 支委会.主题清单) | 中文数字 }}", "中文数字"),
        ("{{ (支委会.主题清单 if 支委会.次数 else 支委会.次数) | 中文数字 }}", "中文数字"),
        ("{{ 支委会.主题清单 | 顿号 | 中文数字 }}", "中文数字"),
        ("{{ ['甲'] | 序号 }}", "序号"),
        ("{{ (支委会.次数 > 3) | 中文数字 }}", "中文数字"),
        ("{% if 支委会.次数 | 百分比 %}甲{% endif %}", "支委会.次数 | 百分比"),
    ],
)
def test_it_is_found_however_it_is_put(source: str, written: str) -> None:
    assert [fault.fragment for fault in examine(source, KNOWN) if fault.code == "wrong_filter"] == [written]


def test_a_row_s_columns_and_what_many_units_have_are_known_by_their_sorts_too() -> None:
    assert examine("{{ 行.日期 | 日期 }}", ROW) == []
    assert examine("{{ 行.主题 | 日期 }}", ROW) == [Fault("wrong_filter", "行.主题 | 日期", filter="日期")]
    assert examine("{{ 报送.未报数 | 中文数字 }}", MANY) == []
    for text in ("报送.主语", "报送.未报单位", "对比.名称", "对比.增加项"):
        assert [fault.code for fault in examine(f"{{{{ {text} | 百分比 }}}}", MANY)] == ["wrong_filter"]


def test_every_filter_says_what_it_is_for() -> None:
    assert all(f"“{name}”" in purpose(name) for name in filters())


VALUES: dict[str, Any] = {
    "几": 7, "率": 0.5, "日": date(2023, 1, 1), "时": time(9, 30), "是": True, "空": None, "字": "甲",
    "几项": ("甲", "乙"), "几个日": (date(2023, 1, 1), None), "数": (1, 2), "无": (),
}  # fmt: skip
PYTHON = ("(", "None", "True", "2023-01-01", "09:30:00", "datetime")


@pytest.mark.parametrize("name", sorted(set(filters()) - {"序号"}))
@pytest.mark.parametrize("value", VALUES)
def test_no_filter_prints_python(name: str, value: str) -> None:
    """Also where nobody knows what a name stands for, so that nothing could be refused."""
    given = {"逐项": "('自')", "列举": "('个')"}.get(name, "")
    for source in (
        f"{{{{ 甲.{value} | {name}{given} }}}}",
        f"{{% if 1 %}}{{{{ 甲.{value} | {name}{given} }}}}{{% endif %}}",
    ):
        text = render(source, {"甲": VALUES})
        assert not [sign for sign in PYTHON if sign in text]


def test_days_and_hours_print_as_people_write_them() -> None:
    assert render(
        "{{ 甲.日 | 逐项('自') }}，{{ 甲.几个日 | 顿号 }}，{{ 甲.时 }}，{{ 甲.是 | 顿号 }}", {"甲": VALUES}
    ) == ("自2023年1月1日，2023年1月1日，09:30，是")
