"""A copy of a template with a comment at every mistake: valid, readable elsewhere, and a template still."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from pyxl.word.annotating import annotated
from pyxl.word.archive import read_archive
from pyxl.word.names import known_names
from pyxl.word.template_check import survey
from tests.word.documents import FIELDS, W, a_report, a_template, edited, our_template, parts_of, rendered, texts
from tests.word.test_template_check import a_text_box
from tests.word.writer import saved_by_writer

NAMES = known_names(FIELDS)
OURS = "台账工具"


def a_wrong_template(folder):
    """One mistake in each kind of place, and somebody's own comment."""
    path = a_template(
        folder, "{{ 标提 }}", "好的", "｛｛ 署名 ｝｝", header="{{ 单位.名字 }}", cells=("甲", "{{ 党课.次教 }}")
    )
    path = edited(path, lambda text: text.replace("<w:sectPr", a_text_box("{{ 日期 }}", "{{ 日期 }}") + "<w:sectPr"))
    document = Document(str(path))
    document.add_comment(document.paragraphs[1].runs, text="请保留", author="书记", initials="书")
    document.save(str(path))
    return path


def copy_of(path):
    archive = read_archive(path)
    found = survey(archive, NAMES)
    copy = path.with_name("副本.docx")
    copy.write_bytes(annotated(archive, [*found.problems, *found.advice], ["没有印出：正文。"]))
    return copy


def comments(path):
    """(author, text) of every comment, and the text that each stands at."""
    document = Document(str(path))
    told = {each.comment_id: (each.author, each.text) for each in document.comments}
    return [(*told[number], anchored) for number, anchored in sorted(anchors(document).items())]


def anchors(document):
    """Number of a comment → the paragraph's text between its two marks."""
    found, inside = {}, []
    for node in document.element.body.iter():
        number = node.get(f"{W}id")
        if node.tag == f"{W}commentRangeStart":
            inside.append(int(number))
            found[int(number)] = ""
        elif node.tag == f"{W}commentRangeEnd":
            inside.remove(int(number))
        elif node.tag == f"{W}t":
            for open_ in inside:
                found[open_] += node.text
    assert inside == []
    return found


def test_every_mistake_has_a_comment_where_it_stands_and_other_peoples_stay(tmp_path):
    assert comments(copy_of(a_wrong_template(tmp_path))) == [
        ("书记", "请保留", "好的"),
        (OURS, "没有印出：正文。", "{{ 标提 }}"),
        (OURS, "没有“标提”这个名称。应为“标题”吗？", "{{ 标提 }}"),
        (OURS, "“｛｛ 署名 ｝｝”用了全角符号，会原样印出来或无法识别。应为“{{ 署名 }}”吗？", "｛｛ 署名 ｝｝"),
        (OURS, "没有“党课.次教”这个名称。应为“党课.次数”吗？", "{{ 党课.次教 }}"),
        (OURS, "正文第4段的文本框「{{ 日期 }}」：没有“日期”这个名称。应为“成文日期”吗？", "{{ 日期 }}{{ 日期 }}"),
        (OURS, "页眉「{{ 单位.名字 }}」：没有“单位.名字”这个名称。应为“单位.名称”吗？", "{{ 标提 }}"),
    ]


def invalid(path):
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def test_the_copy_is_a_valid_document(tmp_path):
    path = our_template(tmp_path)
    for right, wrong in (("标题 }}", "标提 }}"), ("{%p endfor %}", "{%p enfor %}"), ("行.数值", "行.数直")):
        edited(path, lambda text, right=right, wrong=wrong: text.replace(right, wrong))
    copy = copy_of(path)
    assert len(comments(copy)) > 3
    assert invalid(copy) == []
    document = Document(str(copy))
    document.add_comment(document.paragraphs[0].runs, text="请保留", author="书记", initials="书")
    document.save(str(path))
    assert invalid(copy_of(path)) == invalid(path)  # what python-docx has written for us


def test_the_template_itself_is_not_touched(tmp_path):
    path = a_wrong_template(tmp_path)
    before = path.read_bytes()
    copy_of(path)
    assert path.read_bytes() == before


def test_the_same_check_writes_the_same_bytes(tmp_path):
    path = a_wrong_template(tmp_path)
    assert copy_of(path).read_bytes() == copy_of(path).read_bytes()


def test_a_copy_that_is_checked_again_is_judged_as_before_and_its_comments_are_replaced(tmp_path):
    copy = copy_of(a_wrong_template(tmp_path))
    again = copy.with_name("再查.docx")
    copy.rename(again)
    first = survey(read_archive(a_wrong_template(tmp_path)), NAMES).problems
    assert survey(read_archive(again), NAMES).problems == first
    told = comments(copy_of(again))
    assert [author for author, *_ in told].count(OURS) == len(first) + 1
    assert told[0] == ("书记", "请保留", "好的")


def test_a_copy_that_was_mended_makes_a_report_without_our_comments(tmp_path):
    path = a_template(tmp_path, "{{ 标提 }}", "{%p for 段 in 正文 %}", "{{ 段.文子 }}", "{%p endfor %}")
    copy = copy_of(path)
    for wrong, right in (("标提", "标题"), ("文子", "文字")):
        edited(copy, lambda text, wrong=wrong, right=right: text.replace(wrong, right))
    document = rendered(a_report("甲", "乙"), copy)
    assert texts(document) == ["2023年上半年工作总结", "甲", "乙"]
    assert "commentR" not in parts_of(document)["word/document.xml"].decode()
    assert list(Document(io.BytesIO(document)).comments) == []


def test_a_template_without_a_single_paragraph_gets_one_for_its_comments(tmp_path):
    path = edited(a_template(tmp_path, "甲"), lambda text: re.sub("<w:p>.*?</w:p>", "", text, flags=re.DOTALL))
    assert [text for _, text, _ in comments(copy_of(path))] == ["没有印出：正文。"]


@pytest.mark.live
def test_writer_reads_the_comments_and_keeps_them(tmp_path):
    copy = copy_of(a_wrong_template(tmp_path))
    folder = tmp_path / "writer"
    folder.mkdir()
    [saved] = saved_by_writer([copy], folder)
    told = {(each.author, each.text) for each in Document(str(saved)).comments}
    assert {(author, text) for author, text, _ in comments(copy)} == told
    [pdf] = saved_by_writer([copy], folder, "pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
