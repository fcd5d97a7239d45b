"""The document of forms: a page for each, its template checked like any other, and every text exactly as typed."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from pyxl.assets import record_template_path, template_path
from pyxl.core.document import Picture
from pyxl.core.forms import Box, Form, Forms
from pyxl.errors import TemplateError
from pyxl.word.filling import filled, filled_forms
from pyxl.word.trial import every_name, sample_report
from tests.photos.pictures import image
from tests.reports import CATALOGUE
from tests.word.documents import RECORD, W, a_template, edited, texts, xml

ODD = "& < > \" ' {{ 7*7 }} {% for %} 😀 䶮𠮷 '\t第二\n第三行"


def a_form(value: str = "内容。", name: str = "主要内容") -> Form:
    pairs = ((Box("日期", "2023年3月15日"), Box("时间", "14:30—16:00")), (Box("应到", "17"), Box()))
    return Form(
        "党课记录", "某支部", pairs, (Box("主题", "讲"), Box(name, value)), ((Box("主持人签名"), Box("记录人签名")),)
    )


def some_forms(*values: str, photos: tuple[Picture, ...] = ()) -> Forms:
    return Forms("某支部党课记录", "某支部", tuple(map(a_form, values)), photos)


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "活动记录.docx"
    path.write_bytes(RECORD)
    return path


def tables(document: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(document)).tables
    ]


def test_every_form_has_a_page_of_its_own_and_a_table_of_its_own(template):
    document, *_ = filled_forms(some_forms("甲。", "乙。", "丙。"), template)
    found = Document(io.BytesIO(document)).paragraphs
    titles = [paragraph for paragraph in found if paragraph.style.name == "记录标题"]
    assert [title.text for title in titles] == ["党课记录"] * 3
    assert titles[0].style.paragraph_format.page_break_before
    assert tables(document)[1] == [
        ["日期", "2023年3月15日", "时间", "14:30—16:00"],
        ["应到", "17", "", ""],
        ["主题", "讲", "讲", "讲"],
        ["主要内容", "乙。", "乙。", "乙。"],
        ["主持人签名", "", "记录人签名", ""],
    ]
    assert len(tables(document)) == 3


def test_a_text_is_printed_exactly_as_it_was_typed(template):
    assert tables(filled_forms(some_forms(ODD), template).document)[0][3][1] == ODD


def test_a_long_text_goes_on_on_the_next_page_and_short_lines_do_not_break(template):
    document, *_ = filled_forms(some_forms("长。" * 20_000), template)
    assert tables(document)[0][3][1] == "长。" * 20_000
    rows = list(xml(document).iter(f"{W}tr"))
    whole = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows]
    assert whole == [True, True, False, False, True]


def test_it_is_clean_and_the_same_on_every_run(template, tmp_path):
    forms = some_forms(ODD, "乙。", photos=(Picture("图1", image(), 400, 300), Picture("图2（没有.jpg）")))
    document, *_ = filled_forms(forms, template)
    assert document == filled_forms(forms, template).document
    (tmp_path / "记录.docx").write_bytes(document)
    assert [error.description for error in OpenXmlValidator().validate(str(tmp_path / "记录.docx")).errors] == []
    assert [error.description for error in OpenXmlValidator().validate(str(template)).errors] == []
    core = Document(io.BytesIO(document)).core_properties
    assert (core.title, core.author) == ("某支部党课记录", "某支部")


def test_photographs_stand_behind_the_forms(template):
    forms = some_forms("甲。", photos=(Picture("图1　甲", image(), 400, 300), Picture("图2　乙（没有.jpg）")))
    document, *_ = filled_forms(forms, template)
    assert [text for text in texts(document) if text][-4:] == ["活动照片", "图1　甲", "图片缺失", "图2　乙（没有.jpg）"]
    assert len(list(xml(document).iter(f"{W}drawing"))) == 1
    assert "活动照片" not in texts(filled_forms(some_forms("甲。"), template).document)


def test_a_template_of_ones_own_is_used(tmp_path):
    own = a_template(
        tmp_path, "{%p for 表 in 记录 %}", "{{ 表.标题 }}", "{%p for 行 in 表.长栏 %}", "{{ 行.名 }}：{{ 行.值 }}",
        "{%p endfor %}", "{%p endfor %}",
    )  # fmt: skip
    assert texts(filled_forms(some_forms("甲。"), own).document) == ["党课记录", "主题：讲", "主要内容：甲。"]


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("{{ 表.标题 }}", "{{ 表.题目 }}", "template_unknown_name", "表.题目"),
        ("{{ 行.左值 }}", "{{ 行.左直 }}", "template_unknown_name", "行.左直"),
        ("{%p endfor %}", "", "template_broken", "for"),
        ("{{ 表.单位 }}", "｛｛ 表.单位 ｝｝", "template_broken", "单位"),
        ("{{ 表.单位 }}", "{{ 表.__class__ }}", "template_mistakes", "__class__"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_paragraph(template, old, new, code, told):
    edited(template, lambda text: text.replace(old, new))
    with pytest.raises(TemplateError) as caught:
        filled_forms(some_forms("甲。"), template)
    assert caught.value.code == code
    assert told in caught.value.message + caught.value.hint


def test_a_template_for_reports_is_refused_in_one_sentence_where_forms_are_wanted():
    with pytest.raises(TemplateError) as caught:
        filled_forms(some_forms("甲。"), template_path())
    assert (caught.value.code, caught.value.params) == ("template_no_forms", {"file": "半年工作总结.docx"})


def test_a_template_for_forms_is_refused_in_one_sentence_where_a_report_is_wanted():
    with pytest.raises(TemplateError) as caught:
        filled(sample_report(CATALOGUE, "body"), record_template_path(), every_name(CATALOGUE))
    assert (caught.value.code, caught.value.params) == ("template_of_forms", {"file": "活动记录.docx"})


def test_a_template_that_prints_no_form_is_refused_and_one_without_photographs_is_told_of(tmp_path):
    with pytest.raises(TemplateError) as caught:
        filled_forms(some_forms("甲。"), a_template(tmp_path, "一份普通的文件"))
    assert caught.value.code == "template_no_forms"
    assert "{%p for 表 in 记录 %}" in caught.value.hint
    own = a_template(tmp_path, "{%p for 表 in 记录 %}", "{{ 表.标题 }}", "{%p endfor %}")
    assert filled_forms(some_forms("甲。"), own).left_out == ()
    assert filled_forms(some_forms("甲。", photos=(Picture("图1"),)), own).left_out == ("照片",)
