"""What comes out when a report is filled into a template."""

from __future__ import annotations

import io
import re
import time
from datetime import date

import pytest
from docx import Document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from lxml import etree

from pyxl.core.document import LEVELS, Block
from pyxl.errors import OutputError, TemplateError
from pyxl.word.report import render, verify
from pyxl.word.sandbox import MAXIMUM_OUTPUT, Sandbox, printed
from tests.word.documents import (
    LEGAL,
    SOURCES,
    UNIT,
    W,
    a_report,
    a_template,
    edited,
    our_template,
    parts_of,
    rendered,
    styled,
    texts,
    written,
    xml,
)

NASTY = (
    "甲 & 乙 <丙> \"丁\" '戊'",
    "{{ 标题 }}",
    "{% for x in y %}",
    "{{ cycler.__init__.__globals__ }}",
    "{_{ 标题 }_} {_% if %_}",
    "{#注#}",
    "&amp; &lt; &#123; %s %(x)s \\1",
    "</w:t></w:r></w:p><w:p>",
    "emoji 👍🏽, 䶮 𠮷 㗊, \ue000, e\u0301, \u202eabc, 葛\U000e0100",
    "两行\n第二行",
    "列一\t列二",
    "  前后有空格  ",
    "\u3000\u3000全角空格\u00a0\u200b\ufeff",
    "_x000D_",
    "｛｛ 标题 ｝｝",
    "]]>",
    "\n",
    "\t",
    "\u2028\u2029\x85\x7f",
)


# ------------------------------------------------------------------------------ text


@pytest.mark.parametrize("text", NASTY)
def test_text_is_printed_exactly(tmp_path, text):
    assert text in texts(rendered(a_report("前", text, "后"), our_template(tmp_path)))


@pytest.mark.parametrize("text", NASTY)
def test_text_is_exact_in_every_place_that_prints_some(tmp_path, text):
    from pyxl.core.document import SourceLine

    report = a_report(
        title=text,
        unit=text,
        date_text=text,
        draft=True,
        draft_notes=(text,),
        sources=(SourceLine(text, "次数", text, text),),
    )
    package = rendered(report, our_template(tmp_path))
    assert texts(package).count(text) >= 4
    cells = [cell.text for row in Document(io.BytesIO(package)).tables[0].rows for cell in row.cells]
    assert cells[3:] == [f"{text}：次数", text, text]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return our_template(tmp_path_factory.mktemp("template"))


TEXT = st.text(st.one_of(LEGAL, st.sampled_from("\n\t{}%#&<>\"'“”_ ")), min_size=1, max_size=60)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=st.lists(st.tuples(st.sampled_from(LEVELS), TEXT), min_size=1, max_size=6))
@example(blocks=[("body", "{_{"), ("heading1", "}_}")])
def test_any_text_comes_back_as_it_went_in(template, blocks):
    report = a_report(blocks=tuple(Block(level, text) for level, text in blocks))
    assert texts(rendered(report, template))[1:-2] == [text for _, text in blocks]


@pytest.mark.parametrize("illegal", ["\x00", "\x0b", "\x1f", "\x07", "\x0c", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_never_reaches_the_file(tmp_path, illegal):
    with pytest.raises(ValueError, match=f"U\\+{ord(illegal):04X}"):
        rendered(a_report(f"甲{illegal}乙"), our_template(tmp_path))


def test_line_ends_of_any_system_become_one_break(tmp_path):
    assert "甲\n乙\n丙" in texts(rendered(a_report("甲\r\n乙\r丙"), our_template(tmp_path)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (True, "是"),
        (False, "否"),
        (6, "6"),
        (0.95, "0.95"),
        (1 / 3, "0.3333333333"),
        (("甲", "乙"), "甲、乙"),
        ((), ""),
        (date(2023, 6, 5), "2023年6月5日"),
    ],
)
def test_values_that_are_no_text_print_as_people_write_them(tmp_path, value, text):
    template = a_template(tmp_path, "值：{{ 单位.值 }}。")
    assert texts(rendered(a_report(fields={"单位": {"值": value}}), template)) == [f"值：{text}。"]


# ------------------------------------------------------------------------------ structure


def test_each_level_has_its_style(tmp_path):
    report = a_report(
        blocks=(
            Block("salutation", "各位党员："),
            Block("title", "题"),
            Block("heading1", "一、情况"),
            Block("heading2", "（一）学习"),
            Block("body", "正文。"),
        )
    )
    assert styled(rendered(report, our_template(tmp_path))) == [
        ("文件标题", "2023年上半年工作总结"),
        ("称谓", "各位党员："),
        ("文件标题", "题"),
        ("一级标题", "一、情况"),
        ("二级标题", "（一）学习"),
        ("正文段落", "正文。"),
        ("落款署名", UNIT),
        ("落款日期", "2023年6月30日"),
    ]


def test_a_long_title_breaks_behind_the_unit(tmp_path):
    unit = "示例科技有限公司机关第一党支部"
    package = rendered(a_report("文", title=f"{unit}2023年上半年工作总结", unit=unit), our_template(tmp_path))
    assert texts(package)[0] == f"{unit}\n2023年上半年工作总结"


def test_a_draft_says_so_before_the_title_and_on_every_page(tmp_path):
    package = rendered(a_report("文", draft=True, draft_notes=("尚有错误。", "又一处。")), our_template(tmp_path))
    assert styled(package)[:4] == [
        ("草稿标识", "草稿"),
        ("草稿说明", "尚有错误。"),
        ("草稿说明", "又一处。"),
        ("草稿说明", ""),
    ]
    document = Document(io.BytesIO(package)).sections[0]
    for header in (document.header, document.even_page_header):
        assert header.paragraphs[0].text.startswith("草稿")


def test_a_final_document_bears_no_trace_of_a_draft(tmp_path):
    parts = parts_of(rendered(a_report("文"), our_template(tmp_path)))
    printed_parts = [parts[name] for name in parts if re.match(r"word/(document|header|footer)", name)]
    assert len(printed_parts) == 5
    assert not any("草稿".encode() in part for part in printed_parts)


def test_a_draft_is_marked_even_by_a_template_that_has_no_mark(tmp_path):
    template = a_template(tmp_path, "{{ 标题 }}", "{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}")
    assert texts(rendered(a_report("文", draft=True), template))[0] == "草稿"
    assert texts(rendered(a_report("文"), template))[0] == "2023年上半年工作总结"


def test_sources_become_an_appendix_on_a_new_page(tmp_path):
    package = rendered(a_report("文", sources=SOURCES), our_template(tmp_path))
    assert [text for _, text in styled(package)][-7:] == [
        "附件：指标数据来源",
        UNIT,
        "2023年6月30日",
        "附件",
        "指标数据来源",
        "“所依据的行”指台账中工作表左侧的行号。",
        "",
    ]
    rows = [[cell.text for cell in row.cells] for row in Document(io.BytesIO(package)).tables[0].rows]
    assert rows == [
        ["指标", "数值", "所依据的行"],
        ["主题党日：次数", "6次", "主题党日!4、主题党日!5"],
        ["党课：专题党课题目", "甲；乙", "党课!4"],
    ]


def test_without_sources_there_is_no_appendix(tmp_path):
    package = rendered(a_report("文"), our_template(tmp_path))
    assert not Document(io.BytesIO(package)).tables
    assert not any("附件" in text for text in texts(package))


def signature(package):
    """Left indent and alignment of unit and date."""
    found = {}
    for paragraph in Document(io.BytesIO(package)).paragraphs:
        if paragraph.style.name.startswith("落款"):
            indent = paragraph._p.pPr.find(f"{W}ind")
            found[paragraph.style.name] = (int(indent.get(f"{W}left")), paragraph._p.pPr.find(f"{W}jc").get(f"{W}val"))
    return found


@pytest.mark.parametrize("unit", [UNIT, "党支部", "示例科技有限公司机关第一党支部委员会"])
def test_the_signature_stands_where_the_standard_has_it(tmp_path, unit):  # GB/T 9704—2012 7.3.5.2
    found = signature(rendered(a_report("文", unit=unit), our_template(tmp_path)))
    (unit_left, unit_side), (date_left, date_side) = found["落款署名"], found["落款日期"]
    character = 320 - 6
    assert unit_side == date_side == "left"
    assert abs(date_left - unit_left - 2 * character) <= 1
    longer = max(unit_left + len(unit) * character, date_left + 6.5 * character if len(unit) < 6.5 else 0)
    assert abs(8845 - longer - 2 * character) <= 2


def test_the_signature_never_stands_on_a_page_of_its_own(tmp_path):
    for sources in ((), SOURCES):
        paragraphs = Document(io.BytesIO(rendered(a_report("文", sources=sources), our_template(tmp_path)))).paragraphs
        names = [paragraph.style.name for paragraph in paragraphs]
        for paragraph in paragraphs[names.index("正文段落") : names.index("落款署名")]:
            assert paragraph._p.pPr.find(f"{W}keepNext") is not None


# ------------------------------------------------------------------------------ a template of one's own


def test_a_template_may_ask_for_any_field(tmp_path):
    template = a_template(
        tmp_path,
        "{{ 单位.名称 }}开展主题党日{{ 主题党日.次数 }}次，出勤率{{ 主题党日.出勤率|百分比 }}。",
        "{% if 党课.次数 > 1 %}讲党课{{ 党课.次数 }}次。{% else %}未讲。{% endif %}",
        "{%p for 题 in 主题党日.主题清单 %}",
        "{{ loop.index }}.{{ 题 }}",
        "{%p endfor %}",
        header="{{ 标题 }}",
        cells=("{{ 主题党日.主题清单|顿号 }}", "{{ 党课.次数 if 党课.次数 is defined else '无' }}"),
    )
    package = rendered(a_report("文"), template)
    assert texts(package) == [f"{UNIT}开展主题党日6次，出勤率95%。", "讲党课2次。", "1.甲", "2.乙"]
    document = Document(io.BytesIO(package))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["甲、乙", "2"]
    assert document.sections[0].header.paragraphs[0].text == "2023年上半年工作总结"


def test_smart_quotes_and_split_runs_are_repaired(tmp_path):
    template = a_template(tmp_path, "{% if 单位.名称 == “" + UNIT + "” %}是{{ 单位.名称 }}{% endif %}")

    def split(text):
        runs = "".join(f"<w:r><w:t>{c}</w:t></w:r><w:proofErr w:type='spellStart'/>" for c in "{{ 单位.名称 }}")
        return text.replace("{{ 单位.名称 }}", f"</w:t></w:r>{runs}<w:r><w:t>")

    assert texts(rendered(a_report("文"), edited(template, split))) == [f"是{UNIT}"]


def test_the_signature_is_placed_in_any_template_that_uses_its_styles(tmp_path):
    def renumbered(text):
        return text.replace('w:val="SignedBy"', 'w:val="a7"')

    template = edited(our_template(tmp_path), renumbered)
    edited(template, lambda text: text.replace('w:styleId="SignedBy"', 'w:styleId="a7"'), "word/styles.xml")
    assert signature(rendered(a_report("文"), template)) == signature(rendered(a_report("文"), our_template(tmp_path)))


def test_a_template_that_prints_the_text_must_print_all_of_it(tmp_path):
    template = a_template(
        tmp_path,
        "{%p for 段 in 正文 %}",
        '{%p if 段.层次 == "正文" %}',
        "{{ 段.文字 }}",
        "{%p endif %}",
        "{%p endfor %}",
    )
    report = a_report(blocks=(Block("body", "甲"), Block("heading1", "一、乙"), Block("heading1", "二、丙")))
    with pytest.raises(TemplateError) as caught:
        rendered(report, template)
    assert caught.value.code == "template_leaves_out"
    assert caught.value.params["count"] == 2
    assert "一级标题：2 段" in caught.value.message


def test_a_cell_that_a_condition_empties_keeps_a_paragraph(tmp_path):
    """Word calls a file with an empty cell damaged."""
    cells = ("{%p if 草稿 %}", "乙")
    template = edited(
        a_template(tmp_path, cells=cells),
        lambda text: text.replace("</w:p></w:tc>", "</w:p><w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p></w:tc>", 1),
    )
    body = xml(rendered(a_report("文"), template))
    assert [len(cell.findall(f"{W}p")) for cell in body.iter(f"{W}tc")] == [1, 1]


def test_a_table_without_rows_goes(tmp_path):
    row = "<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    rows = "".join(row.format(text) for text in ("{%tr for 行 in 附录 %}", "{{ 行.指标 }}", "{%tr endfor %}"))
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>'
    template = edited(
        a_template(tmp_path, "文"), lambda text: text.replace("<w:sectPr", f"<w:tbl>{grid}{rows}</w:tbl><w:sectPr")
    )
    assert xml(rendered(a_report("文"), template)).find(f".//{W}tbl") is None
    assert len(list(xml(rendered(a_report("文", sources=SOURCES), template)).iter(f"{W}tr"))) == 2


# ------------------------------------------------------------------------------ the file


def test_the_same_bytes_for_the_same_report(tmp_path, monkeypatch):
    report = a_report("文", sources=SOURCES, draft=True)
    first = rendered(report, our_template(tmp_path))
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert rendered(report, our_template(tmp_path)) == first


def test_the_same_bytes_even_from_a_template_without_properties(tmp_path, monkeypatch):
    template = our_template(tmp_path)
    parts = parts_of(template.read_bytes())
    parts.pop("docProps/core.xml")
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", parts["_rels/.rels"])
    parts["[Content_Types].xml"] = re.sub(rb"<Override [^>]*core.xml[^>]*/>", b"", parts["[Content_Types].xml"])
    written(template, parts)
    first = rendered(a_report("文"), template)
    time.sleep(1.1)
    assert rendered(a_report("文"), template) == first


def test_the_document_names_title_and_unit_and_nothing_of_the_template(tmp_path):
    template = a_template(tmp_path, "{{ 标题 }}")
    document = Document(str(template))
    document.core_properties.author = "某人"
    document.core_properties.comments = "{{ ''.__class__ }}"
    document.core_properties.last_modified_by = "某人"
    document.save(str(template))
    core = parts_of(rendered(a_report("文", title="甲 & 乙"), template))["docProps/core.xml"]
    found = {etree.QName(child).localname: child.text for child in etree.fromstring(core)}
    assert found == {"title": "甲 & 乙", "creator": UNIT, "language": "zh-CN"}


def test_the_path_of_the_template_behind_a_template_is_cut_off(tmp_path):
    template = our_template(tmp_path)
    edited(
        template,
        lambda text: text.replace(
            "<w:defaultTabStop",
            '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            'r:id="rId1"/><w:defaultTabStop',
        ),
        "word/settings.xml",
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="file:///C:/somewhere/x.dotm" TargetMode="External"/></Relationships>'
    )
    parts = parts_of(template.read_bytes()) | {"word/_rels/settings.xml.rels": relations}
    found = parts_of(rendered(a_report("文"), written(template, parts)))
    assert not any(b"attachedTemplate" in part or b"somewhere" in part for part in found.values())


def test_render_writes_what_verify_reads(tmp_path):
    template, out = our_template(tmp_path), tmp_path / "out.docx"
    before = template.read_bytes()
    render(a_report("文"), template, out)
    verify(out)
    assert out.read_bytes() == rendered(a_report("文"), template)
    assert template.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"PK", b"text"])
def test_verify_refuses_what_is_not_whole(tmp_path, content):
    (tmp_path / "out.docx").write_bytes(content)
    with pytest.raises(OutputError) as caught:
        verify(tmp_path / "out.docx")
    assert caught.value.code == "document_unreadable"


def test_verify_refuses_a_truncated_document(tmp_path):
    out = tmp_path / "out.docx"
    whole = rendered(a_report("文"), our_template(tmp_path))
    out.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(OutputError):
        verify(out)


# ------------------------------------------------------------------------------ the walls


def test_an_unknown_name_raises_even_where_nothing_was_checked():
    with pytest.raises(UndefinedError):
        Sandbox().from_string("{{ 没有 }}").render({})


def test_output_has_an_end():
    rows = ["行" * 1000] * 1000
    source = "{% for a in x %}{% for b in x %}{{ b }}{% endfor %}{% endfor %}"
    start = time.perf_counter()
    with pytest.raises(SecurityError):
        Sandbox().from_string(source).render(x=rows)
    assert time.perf_counter() - start < 10
    assert len(rows) ** 2 * 1000 > MAXIMUM_OUTPUT


def test_broken_xml_is_never_silently_repaired():
    with pytest.raises(etree.XMLSyntaxError):
        Sandbox().from_string("<a><b></a>").render({})


def test_a_mistake_that_hides_in_an_attribute_is_still_an_error(tmp_path):
    mark = '<w:p><w:pPr><w:pStyle w:val="SignedOn"/>'
    hidden = mark.replace("<w:p>", '<w:p w:rsidR="{{ 标题.__class__ }}">')
    template = edited(our_template(tmp_path), lambda text: text.replace(mark, hidden))
    with pytest.raises(TemplateError) as caught:
        rendered(a_report("文"), template)
    assert caught.value.code == "template_broken"


def test_braces_leave_as_references_so_that_nothing_reads_them_again():
    assert str(printed("{{ a }}")) == "&#123;&#123; a &#125;&#125;"


def test_a_table_whose_columns_are_not_declared_is_filled(tmp_path):
    """Word opens such a one, and other programs write it."""
    path = edited(
        a_template(tmp_path, "甲", cells=("{{ 标题 }}",)), lambda text: re.sub("<w:tblGrid>.*?</w:tblGrid>", "", text)
    )
    assert rendered(a_report("文"), path)
