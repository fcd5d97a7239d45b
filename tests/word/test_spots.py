"""Where a mistake stands, in words: every place of a document by the name that people give it."""

from __future__ import annotations

import pytest
from docx import Document

from pyxl.word.archive import read_archive
from pyxl.word.names import known_names
from pyxl.word.template_check import survey
from tests.word.documents import FIELDS, W, a_template, edited, parts_of, written

NAMES = known_names(FIELDS)
WRONG = "{{ 标提 }}"
RUN = f"<w:r><w:t>{WRONG}</w:t></w:r>"


def told(path):
    """(place, reason) of all problems and advice."""
    found = survey(read_archive(path), NAMES)
    return [(each.where, each.reason) for each in (*found.problems, *found.advice)]


def body(path, added):
    return edited(path, lambda text: text.replace("<w:sectPr", f"{added}<w:sectPr", 1))


def test_paragraphs_are_counted_and_tables_by_row_and_cell(tmp_path):
    document = Document()
    document.add_paragraph("甲")
    document.add_paragraph(WRONG)
    for _ in range(2):
        table = document.add_table(2, 2)
    cell = table.cell(1, 1)
    cell.text = "甲"
    cell.add_paragraph(WRONG)
    inner = cell.add_table(1, 1)
    inner.cell(0, 0).text = WRONG
    document.save(str(tmp_path / "甲.docx"))
    assert told(tmp_path / "甲.docx") == [
        ("正文第2段", "unknown_name"),
        ("表2第2行第2格第2段", "unknown_name"),
        ("表2第2行第2格里的表1第1行第1格", "unknown_name"),
    ]


def test_headers_and_footers_are_told_by_the_pages_that_they_stand_on(tmp_path):
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    names = ("header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer")
    for name in names:
        getattr(section, name).paragraphs[0].text = WRONG
    section.header.add_paragraph(WRONG)
    document.save(str(tmp_path / "甲.docx"))
    assert {place for place, _ in told(tmp_path / "甲.docx")} == {
        "页眉第1段", "页眉第2段", "页脚", "首页页眉", "首页页脚", "双页页眉", "双页页脚",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_notes_are_told_and_those_at_the_end_are_not_filled(tmp_path, kind):
    path = a_template(tmp_path, "甲")
    parts = parts_of(path.read_bytes())
    one = kind[:-1]
    content = f'<w:{kind} xmlns:w="{W[1:-1]}"><w:{one} w:id="1"><w:p>{RUN}</w:p></w:{one}></w:{kind}>'
    override = (
        f'<Override PartName="/word/{kind}.xml" ContentType='
        f'"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/></Types>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    written(path, parts | {f"word/{kind}.xml": content.encode()})
    expected = {"footnotes": ("脚注1", "unknown_name"), "endnotes": ("尾注1", "not_filled")}
    assert told(path) == [expected[kind]]


def test_content_controls_are_read_as_what_stands_in_them(tmp_path):
    control = f"<w:sdt><w:sdtContent><w:p>{RUN}</w:p></w:sdtContent></w:sdt>"
    assert told(body(a_template(tmp_path, "甲"), control)) == [("正文第2段", "unknown_name")]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{{{{ 标题 }}}}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
HIDING = {
    "a field's code": ("<w:r><w:instrText>{{ 标</w:instrText></w:r><w:r><w:instrText>题 }}</w:instrText></w:r>", "in_field_code"),
    "a simple field": ('<w:fldSimple w:instr="{{ 标题 }}"/>', "in_field_code"),
    "a field's result": (FIELD.format(code="DATE"), "in_field"),
    "a simple field's result": ('<w:fldSimple w:instr="DATE"><w:r><w:t>{{ 标题 }}</w:t></w:r></w:fldSimple>', "in_field"),
    "a link's result": (FIELD.format(code='HYPERLINK "http://example.org"'), None),
    "deleted text": ('<w:del w:id="1" w:author="x"><w:r><w:delText>{{ 标题 }}</w:delText></w:r></w:del>', "in_deleted"),
    "inserted text": ('<w:ins w:id="1" w:author="x"><w:r><w:t>{{ 标题 }}</w:t></w:r></w:ins>', "tracked_changes"),
    "hidden text": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{{ 标题 }}</w:t></w:r>", "in_hidden_text"),
    "text that is not hidden": ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>{{ 标题 }}</w:t></w:r>', None),
    "an equation": (
        ('<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t>{{ 标题 }}</m:t></m:r></m:oMath>"),
        "in_other_place",
    ),
    "an alternative text": (
        ('<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'id="1" name="x" descr="{{ 标题 }}"/></w:drawing></w:r>'),
        "in_alternative_text",
    ),
    "an unclosed tag in an alternative text": ('<w:r><w:drawing><x descr="{{ 标题"/></w:drawing></w:r>', "in_alternative_text"),
}  # fmt: skip


@pytest.mark.parametrize("where", HIDING)
def test_what_stands_where_nothing_is_filled_or_nothing_shows_is_told(tmp_path, where):
    content, reason = HIDING[where]
    assert told(body(a_template(tmp_path, "甲"), f"<w:p>{content}</w:p>")) == (
        [("正文第2段", reason)] if reason else []
    )


def test_a_tag_in_the_properties_of_a_table_is_told_without_a_paragraph(tmp_path):
    table = '<w:tbl><w:tblPr><w:tblCaption w:val="{{ 标题 }}"/></w:tblPr></w:tbl>'
    assert told(body(a_template(tmp_path, "甲"), table)) == [("文件", "in_other_place")]


@pytest.mark.parametrize(
    ("paragraphs", "reason"),
    [
        (("{%tr if 草稿 %}", "甲", "{%tr endif %}"), "no_row"),
        (("{% if 草稿 %}甲{% else %}乙{% else %}丙{% endif %}",), "after_else"),
        (("{% if 草稿 %}甲{% else %}乙{% elif 标题 %}丙{% endif %}",), "after_else"),
        (("{% if 草稿 %}甲{% elif 草稿 %}乙{% endif %}",), "branch_twice"),
        (("{{ 标题 }}", "{{ 标题 }}"), "doubled"),
        (("{%p for 段 in 正文 %}", "甲", "{%p endfor %}"), "item_unread"),
        (("{{ 主题党日.主题清单|逐项 }}",), "filter_arguments"),
        (("{{ 标题|日期('甲') }}",), "filter_arguments"),
        (("{{ 正文|顿号 }}",), "needs_loop"),
        (("{{ " + "甲" * 300 + " }}",), "too_long"),
        (("{% if 草稿 %}" * 21 + "{% endif %}" * 21,), "blocks_nested"),
    ],
)
def test_what_jinja_would_stumble_over_or_nobody_means_is_told(tmp_path, paragraphs, reason):
    assert reason in [each for _, each in told(a_template(tmp_path, *paragraphs))]


def test_the_same_value_apart_is_no_slip(tmp_path):
    assert told(a_template(tmp_path, "{{ 标题 }}、{{ 标题 }}", "甲", "{{ 标题 }}")) == []


def test_a_paragraph_that_vanishes_takes_no_picture_with_it_unseen(tmp_path):
    path = body(a_template(tmp_path, "甲"), "<w:p><w:r><w:t>{%p if 草稿 %}</w:t></w:r><w:r><w:drawing/></w:r></w:p>")
    path = body(path, "<w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p>")
    assert told(path) == [("正文第2段", "taken_along")]
