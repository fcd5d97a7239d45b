"""Photographs in a report: within the type area, two on a page, in the body of the document and nowhere else."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from pyxl.core.document import DetailLine, Picture
from pyxl.word.pictures import fitted
from pyxl.word.report import render
from tests.photos.pictures import image
from tests.word.documents import SOURCES, W, a_report, a_template, our_template, parts_of, rendered, texts, xml

MM = 36_000
DETAILS = (
    DetailLine(1, "1月5日", "支委会", "研究 & <甲>", "5", "5"),
    DetailLine(2, "1月6日", "谈心谈话", "日常谈话", "", ""),
)
PHOTOS = (
    Picture("图1　2023年1月5日　支委会　“甲”<乙>", image(), 400, 300),
    Picture("图2　2023年1月6日　谈心谈话（没有.jpg）"),
    Picture("图3", image((300, 400)), 300, 400),
)


@pytest.mark.parametrize(
    ("size", "room"),
    [
        ((1600, 900), (142.2, 80)),
        ((900, 1200), (60, 80)),
        ((1600, 200), (156, 19.5)),
        ((96, 48), (25.4, 12.7)),
        ((1, 4000), (1, 80)),
    ],
)
def test_a_picture_keeps_its_sides_within_half_a_page(size, room):
    width, height = fitted(*size)
    assert width <= 156 * MM
    assert height <= 80 * MM
    if size[0] > 1:
        assert (round(width / MM, 1), round(height / MM, 1)) == room


def test_two_pictures_with_their_captions_fit_below_the_heading_of_the_appendix():
    point = 12_700
    heading = (28.95 * 2 + 28.95 + 14.45) * point
    block = 80 * MM + (24 + 10 + 6) * point  # with the caption, the room behind it, and what a line adds
    assert heading + 2 * block < 225 * MM


def test_they_stand_at_the_end_with_their_captions(tmp_path):
    document = rendered(a_report("文", photos=PHOTOS), our_template(tmp_path))
    found = [text for text in texts(document) if text]
    start = found.index("活动照片")
    assert found[start - 1 :] == ["附件", "活动照片", PHOTOS[0].caption, "图片缺失", PHOTOS[1].caption, "图3"]
    drawings = list(xml(document).iter(f"{W}drawing"))
    assert len(drawings) == 2
    described = [node.get("descr") for drawing in drawings for node in drawing.iter("{*}docPr")]
    assert described == [PHOTOS[0].caption, "图3"]
    media = {name: part for name, part in parts_of(document).items() if "media" in name}
    assert set(media.values()) == {PHOTOS[0].image, PHOTOS[2].image}


def test_the_note_names_every_attachment_and_each_bears_its_number(tmp_path):
    report = a_report("文", photos=PHOTOS, details=DETAILS, sources=SOURCES)
    found = texts(rendered(report, our_template(tmp_path)))
    assert "附件：1.活动明细表\n2.指标数据来源\n3.活动照片" in found
    places = [found.index(f"附件{number}") for number in (1, 2, 3)]
    assert [found[place + 1] for place in places] == ["活动明细表", "指标数据来源", "活动照片"]


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ({}, None),
        ({"details": DETAILS}, "附件：活动明细表"),
        ({"sources": SOURCES}, "附件：指标数据来源"),
        ({"photos": PHOTOS}, "附件：活动照片"),
    ],
)
def test_a_single_attachment_is_not_numbered_and_none_is_not_noted(tmp_path, more, note):
    found = texts(rendered(a_report("文", **more), our_template(tmp_path)))
    assert [text for text in found if text.startswith("附件：")] == ([note] if note else [])
    assert [text for text in found if text.startswith("附件") and "：" not in text] == (["附件"] if note else [])


def test_the_table_of_activities_repeats_its_head_and_is_as_wide_as_the_type_area(tmp_path):
    document = rendered(a_report("文", details=DETAILS), our_template(tmp_path))
    (table,) = Document(io.BytesIO(document)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "日期", "活动类型", "主题、内容", "应到", "实到"],
        ["1", "1月5日", "支委会", "研究 & <甲>", "5", "5"],
        ["2", "1月6日", "谈心谈话", "日常谈话", "", ""],
    ]
    (made,) = xml(document).iter(f"{W}tbl")
    assert made.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
    assert sum(int(column.get(f"{W}w")) for column in made.iter(f"{W}gridCol")) == 8845


def test_it_is_clean_and_the_same_on_every_run(tmp_path):
    report = a_report("文", photos=PHOTOS, details=DETAILS, sources=SOURCES)
    document = rendered(report, our_template(tmp_path))
    assert document == rendered(report, our_template(tmp_path))
    (tmp_path / "总结.docx").write_bytes(document)
    assert [error.description for error in OpenXmlValidator().validate(str(tmp_path / "总结.docx")).errors] == []


def test_a_template_that_has_no_place_for_them_is_told_of(tmp_path):
    own = a_template(
        tmp_path, "{{ 标题 }}", "{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}", "{{ 署名 }}{{ 成文日期 }}"
    )
    out = tmp_path / "出.docx"
    assert render(a_report("文", photos=PHOTOS, details=DETAILS), own, out).left_out == ("明细", "照片")
    assert render(a_report("文"), own, out) == ((), ())
