"""What a document would fetch or start when it is opened is told at its paragraph, however it is written."""

from __future__ import annotations

import io

import pytest
from docx import Document

from pyxl.errors import TemplateError
from pyxl.word.archive import read_archive
from pyxl.word.names import known_names
from pyxl.word.namespaces import WORD
from pyxl.word.template_check import survey
from tests.word.documents import FIELDS, a_report, a_template, edited, our_template, parts_of, rendered, texts, written

NAMES = known_names(FIELDS)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PAGE_OF = " PAGEREF _Toc1 \\h "
EVIL = 'DDEAUTO c:\\\\x.exe "a"'


def run(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text, tag="instrText"):
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def shown(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def a_field(text):
    return run("begin") + code(text) + run("separate") + shown("乙") + run("end")


def paragraph(inner):
    return f"<w:p>{inner}</w:p>"


def with_xml(folder, xml):
    """A template with this behind its first paragraph."""
    return edited(a_template(folder, "前文"), lambda text: text.replace("<w:sectPr", xml + "<w:sectPr", 1))


def told(path):
    """(reason, what stands there, where, the paragraph)."""
    return [(p.reason, p.found, p.where, p.text) for p in survey(read_archive(path), NAMES).problems]


# ------------------------------------------------------------------------------ names of fields


@pytest.mark.parametrize(
    "text",
    [
        EVIL, "ddeauto c:\\\\x.exe", 'IncludePicture "http://x/y.png"', "includetext x", 'INCLUDE "\\\\\\\\x\\\\y"', "IMPORT x",
        'DATABASE \\d "http://x/y"', "LINK Excel.Sheet.8 x", "EMBED Package", "RD x", "PRINT x", "FILLIN x", "MACROBUTTON 宏 甲",
        '"DDE"', "\\DDE", "DDE\u200b x", "ＤＤＥ x", "AUTOTEXT x", "PAGEX",
    ],
)  # fmt: skip
def test_a_field_that_is_none_of_the_usual_ones_is_refused_at_its_paragraph(tmp_path, text):
    path = with_xml(tmp_path, paragraph(shown("甲") + a_field(f" {text} ")))
    assert told(path) == [("field", text, "正文第2段", "甲乙")]
    with pytest.raises(TemplateError) as caught:
        rendered(a_report("文"), path)
    assert caught.value.code == "template_forbidden"
    assert "正文第2段「甲乙」" in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "PAGE", "page", " PAGE \\* MERGEFORMAT ", "NUMPAGES", "SectionPages", 'TOC \\o "1-3" \\h \\z \\u', "REF _Ref1 \\h",
        "PAGEREF _Toc1 \\h", "SEQ 图 \\* ARABIC", 'DATE \\@ "yyyy年M月d日"', "TIME", 'STYLEREF "标题 1"', 'HYPERLINK "http://x"',
        'HYPERLINK\\l "x"', "=SUM(ABOVE)", "= 1 + 1", "MACROBUTTON NoMacro 点击此处输入", "FORMTEXT", "SHAPE \\* MERGEFORMAT", "", "  ",
    ],
)  # fmt: skip
def test_a_field_that_looks_only_into_the_document_may_stay(tmp_path, text):
    assert told(with_xml(tmp_path, paragraph(a_field(text)))) == []
    simple = f'<w:fldSimple w:instr="{text.replace(chr(34), "&quot;")}">{shown("1")}</w:fldSimple>'
    assert told(with_xml(tmp_path, paragraph(simple))) == []


# ------------------------------------------------------------------------------ however it is put together


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (paragraph(a_field("PAGE") + a_field(EVIL)), [(EVIL, 2)]),
        (paragraph(run("begin") + code("DDEA") + code("UTO x") + run("end")), [("DDEAUTO x", 2)]),
        (
            paragraph(run("begin") + code(" INCLUDEPIC")) + paragraph(code('TURE "http://x" ') + run("end")),
            [('INCLUDEPICTURE "http://x"', 2)],
        ),
        (paragraph(run("begin") + code("IF 1 = 1 ") + a_field(EVIL) + run("end")), [(EVIL, 2)]),
        (paragraph(run("begin") + code("PAGE") + run("separate") + a_field(EVIL) + run("end")), [(EVIL, 2)]),
        (paragraph(run("begin") + a_field("QUOTE DDE") + code(" x") + run("end")), [("x", 2)]),
        (paragraph(run("begin") + a_field("QUOTE DDE") + run("end")), [("{ }", 2)]),
        (paragraph(code(EVIL)), [(EVIL, 2)]),  # of no field at all
        (paragraph(run("begin") + code(EVIL)), [(EVIL, 2)]),  # that never ends
        (paragraph(f'<w:del w:id="1" w:author="x">{run("begin")}{code(EVIL, "delInstrText")}{run("end")}</w:del>'), [(EVIL, 2)]),
        (paragraph(f'<w:fldSimple w:instr=" dde x ">{shown("1")}</w:fldSimple>'), [("dde x", 2)]),
        (paragraph(a_field(EVIL)) + paragraph(shown("丙")) + paragraph(a_field("LINK y")), [(EVIL, 2), ("LINK y", 4)]),
    ],
)  # fmt: skip
def test_each_field_is_read_by_itself_wherever_it_begins_and_ends(tmp_path, xml, expected):
    path = with_xml(tmp_path, xml)
    assert [(found, where) for _, found, where, _ in told(path)] == [
        (found, f"正文第{number}段") for found, number in expected
    ]


def with_part(folder, name, content, kind, relation):
    path = a_template(folder, "前文")
    parts = parts_of(path.read_bytes())
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    link = f'<Relationship Id="rId99" Type="{OFFICE}/{relation}" Target="/{name}"/></Relationships>'
    types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    return written(path, parts | {
        name: content.encode(),
        types: parts[types].replace(b"</Types>", override.encode()),
        relations: parts[relations].replace(b"</Relationships>", link.encode()),
    })  # fmt: skip


def note(tag, prefix="w"):
    inner = paragraph(a_field(EVIL)).replace("w:", f"{prefix}:")
    return f'<{prefix}:{tag}s xmlns:{prefix}="{WORD}"><{prefix}:{tag} {prefix}:id="1">{inner}</{prefix}:{tag}></{prefix}:{tag}s>'


STORE = (
    f'<w:glossaryDocument xmlns:w="{WORD}"><w:docParts><w:docPart><w:docPartBody>{paragraph(a_field(EVIL))}'
    "</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
)


@pytest.mark.parametrize(
    ("name", "content", "kind", "where"),
    [
        ("word/endnotes.xml", note("endnote"), "endnotes", "尾注1"),
        ("word/footnotes.xml", note("footnote"), "footnotes", "脚注1"),
        ("word/comments.xml", note("comment"), "comments", "批注1"),
        ("word/endnotes.bin", note("endnote"), "endnotes", "尾注1"),
        ("word/endnotes.xml", note("endnote", "ns0"), "endnotes", "尾注1"),
        ("word/glossary/document.xml", STORE, "document.glossary", "文档部件"),
        ("word/x.xml", STORE, "unheard", "文件"),
    ],
)
def test_every_part_is_read_that_word_may_show_or_keep(tmp_path, name, content, kind, where):
    path = with_part(tmp_path, name, content, f"{TYPES}.{kind}+xml", name.split("/")[1].split(".")[0])
    assert told(path) == [("field", EVIL, where, "乙")]


def test_our_name_under_a_comment_hides_nothing(tmp_path):
    ours = note("comment").replace('w:id="1"', 'w:id="1" w:author="台账工具"')
    path = with_part(tmp_path, "word/comments.xml", ours, f"{TYPES}.comments+xml", "comments")
    assert [found for _, found, *_ in told(path)] == [EVIL]


def test_a_part_of_word_s_that_is_no_xml_makes_the_file_damaged(tmp_path):
    path = with_part(tmp_path, "word/endnotes.xml", "<w:endnotes", f"{TYPES}.endnotes+xml", "endnotes")
    with pytest.raises(TemplateError) as caught:
        read_archive(path)
    assert caught.value.code == "template_damaged"


def text_box(way, other):
    """A text box stored twice, as Word does."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice, fallback = (f"<w:txbxContent>{paragraph(each)}</w:txbxContent>" for each in (way, other))
    return paragraph(
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps"><w:drawing>{choice}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{fallback}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_that_is_stored_twice_is_told_once_and_neither_way_hides_anything(tmp_path):
    for box in (
        text_box(a_field(EVIL), a_field(EVIL)),
        text_box(shown("乙"), a_field(EVIL)),
        text_box(a_field(EVIL), shown("乙")),
    ):
        assert told(with_xml(tmp_path, box)) == [("field", EVIL, "正文第2段的文本框", "乙")]


# ------------------------------------------------------------------------------ pictures of the old kind

VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


@pytest.mark.parametrize(
    "drawn",
    [
        f'<v:shape {VML}><v:imagedata src="http://x/y.png"/></v:shape>',
        f'<v:shape {VML}><v:imagedata o:href="http://x/y.png"/></v:shape>',
        f'<v:rect {VML}><v:fill src="http://x/y.png" type="frame"/></v:rect>',
        f'<v:shape {VML}><v:imagedata o:althref="http://x/y.png"/></v:shape>',
    ],
)
def test_a_picture_that_names_a_file_outside_is_refused_at_its_paragraph(tmp_path, drawn):
    path = with_xml(tmp_path, paragraph(f"{shown('甲')}<w:r><w:pict>{drawn}</w:pict></w:r>"))
    assert told(path) == [("outside", "http://x/y.png", "正文第2段", "甲")]


def test_a_drawing_that_names_none_is_not(tmp_path):
    drawn = f'<v:shape {VML} href="http://x" alt="甲"><v:fill src="" color="red"/></v:shape>'
    assert told(with_xml(tmp_path, paragraph(f"<w:r><w:pict>{drawn}</w:pict></w:r>"))) == []


def test_a_relation_is_outside_however_that_is_written(tmp_path):
    path = a_template(tmp_path, "甲")
    parts = parts_of(path.read_bytes())
    name = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="rId99" Type="{OFFICE}/image" Target="http://x" TargetMode="external"/></Relationships>'
    parts[name] = parts[name].replace(b"</Relationships>", link.encode())
    assert [found for _, found, *_ in told(written(path, parts))] == ["http://x"]


# ------------------------------------------------------------------------------ another prefix


def under(prefix, path):
    parts = parts_of(path.read_bytes())
    main = (
        parts["word/document.xml"]
        .replace(b"w:", prefix.encode() + b":")
        .replace(b"xmlns:w=", f"xmlns:{prefix}=".encode())
    )
    return written(path, parts | {"word/document.xml": main})


@pytest.mark.parametrize("prefix", ["ns0", "a"])
def test_a_template_of_a_program_that_calls_it_otherwise_is_filled_like_any_other(tmp_path, prefix):
    expected = texts(rendered(a_report("文"), our_template(tmp_path)))
    made = rendered(a_report("文"), under(prefix, our_template(tmp_path)))
    assert texts(made) == expected


def test_in_such_a_one_the_paragraph_is_quoted_too(tmp_path):
    simple = f'<w:fldSimple w:instr=" PAGE ">{shown("1")}</w:fldSimple><w:fldSimple w:instr="LINK x"/>'
    path = under("ns0", with_xml(tmp_path, paragraph(simple) + paragraph(shown("{{ 标提 }}"))))
    assert [(found, where, text) for _, found, where, text in told(path)] == [
        ("标提", "正文第3段", "{{ 标提 }}"),
        ("LINK x", "正文第2段", "1"),
    ]


def test_a_prefix_that_means_two_things_makes_the_file_damaged(tmp_path):
    path = edited(
        a_template(tmp_path, "甲"),
        lambda text: text.replace("<w:sectPr", f'<w:x xmlns:w="other"><b:p xmlns:b="{WORD}"/></w:x><w:sectPr', 1),
    )
    with pytest.raises(TemplateError) as caught:
        read_archive(path)
    assert caught.value.code == "template_damaged"


def test_what_word_itself_writes_as_a_contents_table_and_page_number_may_stay(tmp_path):
    contents = run("begin") + code(' TOC \\o "1-3" ') + run("separate")
    entry = f'<w:hyperlink w:anchor="_Toc1">{shown("一、甲")}{a_field(PAGE_OF)}</w:hyperlink>'
    path = with_xml(tmp_path, paragraph(contents + entry) + paragraph(entry) + paragraph(run("end")))
    assert told(path) == []
    assert Document(io.BytesIO(rendered(a_report("文"), path)))
