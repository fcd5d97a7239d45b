"""What somebody meant to fill in stands in the template, or in the document made with it: it is told, not printed unseen."""

from __future__ import annotations

from time import perf_counter

import pytest

from pyxl import actions
from pyxl.assets import record_template_path, template_path, templates_folder, upper_template_path
from pyxl.core.document import DetailLine, Picture, SourceLine
from pyxl.word.archive import read_archive
from pyxl.word.filling import filled
from pyxl.word.leftovers import survey_leftovers
from pyxl.word.problems import Survey
from tests.word.documents import a_report, a_template, our_template, rendered

LOOP = ("{{ 标题 }}", "{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}", "{{ 署名 }}", "{{ 成文日期 }}")
BAD = "XX党支部【建议补充】***，，待定"


def told(tmp_path, *paragraphs, **more):
    found = Survey()
    survey_leftovers(read_archive(a_template(tmp_path, *paragraphs, **more)), found)
    return [(each.reason, each.where, each.found) for each in found.advice]


def test_a_check_tells_them_as_advice_with_their_paragraph(tmp_path):
    outcome = actions.check_template(a_template(tmp_path, "前言", BAD, *LOOP))
    assert outcome.problems == ()
    assert [(each.reason, each.where, each.paragraph, each.found) for each in outcome.advice] == [
        ("leftover", "正文第2段", BAD, fragment) for fragment in ("XX", "*", "待定", "【建议补充】", "，，")
    ]
    assert outcome.advice[2].line == f"3. 正文第2段「{BAD}」：“待定”像是没有填完，会照样印出来。"


@pytest.mark.parametrize(
    "text",
    [
        "{{ 标题 }}，{{ 署名 }}，",  # what is printed stands between the signs
        "{% if 草稿 %}，{% endif %}，",
        "第{{ 支委会.次数 }}X光室",
        "签发人：________",  # to be written on by hand
        "集合{甲，乙}",
        "接待定点单位，5×24小时",
        "0人",  # of a count typed by hand nothing is known here
    ],
)
def test_what_will_be_filled_or_is_good_chinese_is_not_told(tmp_path, text):
    assert told(tmp_path, text) == []


def test_they_are_told_wherever_they_stand(tmp_path):
    assert told(tmp_path, "正文", header="××支部", cells=("待定",)) == [
        ("leftover", "表1第1行第1格", "待定"),
        ("leftover", "页眉", "××"),
    ]


def test_a_report_notices_what_a_template_prints(tmp_path):
    template = a_template(tmp_path, *LOOP, BAD, "列席{{ 支委会.次数 }}人")
    report = a_report("文", fields={"支委会": {"次数": 0}})
    found = filled(report, template)
    assert [line.partition("：")[2] for line in found.leftovers] == [
        f"“{fragment}”像是没有填完，会照样印出来。" for fragment in ("XX", "*", "待定", "【建议补充】", "，，", "0人")
    ]
    assert found.leftovers[1].startswith(f"2. 正文第5段「{BAD}」")


def test_what_the_report_itself_brings_is_told_where_its_cells_are_known(tmp_path):
    """A draft holds leftovers of the ledger; so does an appendix of figures: 0次 is right there."""
    report = a_report(
        "共*次",
        draft=True,
        draft_notes=("总结文字!E4：会留下“*”。",),
        sources=(SourceLine("支委会", "次数", "0次", "无"),),
        details=(DetailLine(1, "1月1日", "党课", "学习××精神\n第二行", "1", "1"),),
        photos=(Picture("主题党日（照片×1.jpg）"),),
    )
    assert filled(report, our_template(tmp_path)).leftovers == ()
    assert filled(report, a_template(tmp_path, *LOOP)).leftovers == ()


def test_many_are_told_with_an_end(tmp_path):
    found = filled(
        a_report("文"), a_template(tmp_path, *LOOP, *(f"活动{number}的主题待定" for number in range(50)))
    ).leftovers
    assert len(found) == 21
    assert found[-1] == "……另有 30 处。"


@pytest.mark.parametrize("path", sorted(templates_folder().glob("*.docx")), ids=lambda path: path.stem)
def test_our_templates_have_none(path):
    found = Survey()
    survey_leftovers(read_archive(path), found)
    assert found.advice == []
    assert path in {template_path(), upper_template_path(), record_template_path()}


def test_our_own_template_is_filled_without_being_read_again(monkeypatch):
    monkeypatch.setattr("pyxl.word.tags.paragraphs", None)
    start = perf_counter()
    assert rendered(a_report("文"), template_path())
    assert perf_counter() - start < 1
