"""What a template asks for fits the figure it asks of: examples work as listed, filters and comparisons make sense."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pyxl import actions
from pyxl.catalogue.loader import load_catalogue
from pyxl.core.document import LEVELS
from pyxl.errors import TemplateError
from pyxl.text import phrases
from pyxl.word.filling import filled
from pyxl.word.trial import every_name, sample_report
from tests.word.documents import a_report, a_template, texts
from tests.word.test_placeholders import report

CATALOGUE = load_catalogue()
KNOWN = every_name(CATALOGUE)
REPORT = replace(sample_report(CATALOGUE, *LEVELS), draft=False)
LOOP = ("{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}")  # else nothing is filled for a try
EXAMPLES = phrases("template", "examples")
ROOT = Path(__file__).parents[2]


def checked(folder, *lines):
    return actions.check_template(a_template(folder, *lines, *LOOP))


def printed(folder, *lines, of=REPORT):
    return texts(filled(of, a_template(folder, *lines), KNOWN).document)


# ------------------------------------------------------------------------------ what is documented, and valid


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_of_a_filter_passes_the_check_and_can_be_filled(tmp_path, name):
    outcome = checked(tmp_path, EXAMPLES[name])
    assert (outcome.problems, outcome.advice, outcome.levels) == ((), (), ())
    for each in (REPORT, report()):
        (text,) = printed(tmp_path, EXAMPLES[name], of=each)
        assert "{" not in text


def test_what_the_examples_print_is_made_of_values_of_their_own_kind(tmp_path):
    made = {name: printed(tmp_path, example)[0] for name, example in EXAMPLES.items()}
    assert made["ordinals"] == "第一、第二"
    assert made["numeral"] == "二"
    assert made["percent"] == "50%"
    assert made["date"] == "2023年6月30日"
    assert made["months"] == "1月、2月"
    assert made["each"] == "学习试填，学习试填试填"


@pytest.mark.parametrize(
    "condition",
    [
        "单位.年度 > 2022",
        "期间.年份 > 2022",
        "单位.委员人数 > 3",
        "集中学习.出勤率 > 0.9",
        "支委会.次数 >= 党课.次数",
        "单位.截至日 > 期间.起",
        "3 in 支委会.缺会月份",
        "'甲' in 支委会.主题清单",
        "单位.是否设支委会",
        "'半年' in 期间.名称",
    ],
)
def test_a_valid_condition_passes_the_check(tmp_path, condition):
    assert [each.line for each in checked(tmp_path, f"{{% if {condition} %}}甲{{% endif %}}").problems] == []


# ------------------------------------------------------------------------------ what is not


@pytest.mark.parametrize(
    "condition",
    [
        '支委会.次数 > "3"',
        "支委会.主题清单 > 3",
        "单位.名称 < 3",
        "单位.截至日 > 2023",
        "3 in 支委会.次数",
        "3 in 单位.名称",
        "1 < 支委会.主题清单 < 3",
    ],
)
def test_what_cannot_be_compared_is_told_with_its_paragraph(tmp_path, condition):
    line = f"{{% if {condition} %}}甲{{% endif %}}"
    (problem,) = checked(tmp_path, "前文", line).problems
    assert (problem.reason, problem.where, problem.paragraph) == ("uncomparable", "正文第2段", line)
    with pytest.raises(TemplateError) as caught:
        printed(tmp_path, "前文", line)
    assert f"正文第2段「{line}」" in caught.value.message


@pytest.mark.parametrize(
    ("written", "purpose"),
    [
        ("支委会.主题清单 | 中文数字", "“中文数字”只用在一个数上"),
        ("集中学习.专题序号 | 中文数字", "“中文数字”只用在一个数上"),
        ("集中学习.学习篇目 | 日期", "“日期”只用在日期上"),
        ("期间.起 | 中文数字", "“中文数字”只用在一个数上"),
        ("支委会.次数 | 百分比", "“百分比”只用在出勤率这样的比率上"),
        ("集中学习.主题清单 | 月份", "“月份”只用在月份上"),
        ("支委会.主题清单 | 序号", "“序号”只用在数上"),
    ],
)
def test_a_filter_on_the_wrong_kind_of_figure_is_told_with_what_it_is_for(tmp_path, written, purpose):
    (problem,) = checked(tmp_path, "前文", f"{{{{ {written} }}}}").problems
    assert (problem.reason, problem.where, problem.found) == ("wrong_filter", "正文第2段", written)
    assert problem.message.startswith(f"“{written}”写得不对：{purpose}")


def test_an_item_of_a_list_is_of_the_list_s_kind(tmp_path):
    good = "{% for 号 in 集中学习.专题序号 %}{{ 号 | 中文数字 }}{% endfor %}"
    bad = "{% for 题 in 支委会.主题清单 %}{{ 题 | 中文数字 }}{% endfor %}"
    assert [each.found for each in checked(tmp_path, good, bad).problems] == ["题 | 中文数字"]
    assert printed(tmp_path, good) == ["一二"]


def test_days_behind_a_word_are_printed_as_days(tmp_path):
    assert printed(tmp_path, '{{ 期间.起 | 逐项("自") }}') == ["自2023年6月30日"]


@pytest.mark.parametrize(
    ("lines", "tag", "where"),
    [
        (("{% if 单位.委员人数 > 3 %}甲{% endif %}",), "{% if 单位.委员人数 > 3 %}", "正文第2段"),
        (("{% if 标题 %}{% if 单位.委员人数 > 3 %}甲{% endif %}{% endif %}",), "{% if 单位.委员人数 > 3 %}", "正文第2段"),
        (
            ("{% if 单位.委员人数 and 单位.委员人数 > 3 %}甲{% elif 单位.委员人数 < 2 %}乙{% endif %}",),
            "{% elif 单位.委员人数 < 2 %}",
            "正文第2段",
        ),
        (("{%p for 段 in 正文 %}", "{% if 单位.委员人数 > loop.index %}甲{% endif %}", "{%p endfor %}"), "{% if 单位.委员人数 > loop.index %}", "正文第3段"),
        (("{% for 月 in 支委会.缺会月份 %}{{ 月 }}{% endfor %}",), "{% for 月 in 支委会.缺会月份 %}", "正文第2段"),
    ],
)  # fmt: skip
def test_what_only_a_blank_in_the_ledger_breaks_is_told_with_its_tag_and_paragraph(tmp_path, lines, tag, where):
    blank = a_report("文", fields={"单位": {"名称": "甲", "委员人数": ""}, "支委会": {"缺会月份": None}})
    assert checked(tmp_path, "前文", *lines).problems == ()
    with pytest.raises(TemplateError) as caught:
        printed(tmp_path, "前文", *lines, of=blank)
    assert (caught.value.code, caught.value.params["count"]) == ("template_broken", 1)
    assert f"{where}「" in caught.value.message
    assert f"“{tag}" in caught.value.message


def test_a_branch_that_is_not_taken_is_not_blamed(tmp_path):
    blank = a_report("文", fields={"单位": {"委员人数": ""}, "党课": {"次数": None}})
    guarded = "{% if 单位.委员人数 %}{% if 单位.委员人数 > 3 %}甲{% endif %}{% else %}乙{% endif %}"
    assert printed(tmp_path, guarded, of=blank) == ["乙"]
    with pytest.raises(TemplateError) as caught:
        printed(tmp_path, guarded, "{% if 党课.次数 > 3 %}丙{% endif %}", of=blank)
    assert "正文第2段「{% if 党课.次数 > 3 %}丙{% endif %}」" in caught.value.message


# ------------------------------------------------------------------------------ the same advice on every run


def test_the_advice_and_the_annotated_copy_are_the_same_whatever_the_hash_order(tmp_path):
    path = a_template(
        tmp_path, "{{ 支委会 }}", "{{ 单位 }}", "{{ 期间 }}", "{{ 支委会.次 }}", "{{ 附件 }}", "{{ 集中学 }}"
    )
    code = (
        "import sys, json; from pathlib import Path; from pyxl import actions;"
        "found = actions.check_template(Path(sys.argv[1]), annotate=True);"
        "print(json.dumps([each.line for each in found.problems]), found.annotated.read_bytes().hex())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, cwd=tmp_path,
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]  # fmt: skip
    assert len(set(told)) == 1


def test_of_an_object_how_many_there_are_is_proposed_else_its_first_field(tmp_path):
    found = checked(tmp_path, "{{ 支委会 }}", "{{ 单位 }}").problems
    assert [each.proposal for each in found] == ["支委会.次数", "单位.名称"]
