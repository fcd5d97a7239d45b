from __future__ import annotations

import pytest

from pyxl.core.document import Block, Report
from pyxl.core.place import CellRef
from pyxl.excel.pages.preview import PREVIEW_COLUMNS, emphasised, preview, status
from pyxl.text import phrases
from tests.excel.pages.findings import sample_report

LINES = preview(sample_report())


def test_the_preview_holds_every_paragraph_of_the_document_in_its_order():
    report = sample_report()
    texts = [line.cells[0].strip("\u3000") for line in LINES]
    assert texts == [report.title, *(block.text for block in report.blocks), report.unit, report.date_text]
    assert [line.kind for line in LINES] == ["title", *(block.level for block in report.blocks), "unit", "date"]
    assert {line.kind for line in LINES} == {"title", "heading1", "heading2", "body", "unit", "date"}


def test_every_column_has_its_label_and_the_last_says_what_the_line_is():
    assert all(len(line.cells) == len(PREVIEW_COLUMNS) and line.cells[-1] == line.kind for line in LINES)
    assert set(PREVIEW_COLUMNS) <= set(phrases("sheets", "preview"))


def test_paragraphs_are_indented_and_the_signature_stands_on_the_right():
    body = [line.cells[0] for line in LINES if line.kind == "body"]
    assert all(text.startswith("\u3000\u3000") and not text.startswith("\u3000\u3000\u3000") for text in body)
    signed = {line.kind: line.cells[0] for line in LINES if line.kind in ("unit", "date")}
    indents = {kind: len(text) - len(text.lstrip("\u3000")) for kind, text in signed.items()}
    assert indents["date"] > indents["unit"] > 30  # the shorter one begins farther right
    assert not LINES[0].cells[0].startswith("\u3000")


def test_beside_a_paragraph_stand_its_rows_and_where_they_begin():
    line = next(line for line in LINES if "主题党日活动" in line.cells[0])
    assert line.cells[1:3] == ("主题党日第4–9行；意识形态与党风廉政第4、6行", "查看")
    assert line.link == CellRef("主题党日", 4, 1)


def test_what_rests_on_no_row_has_no_link():
    without = [line for line in LINES if line.cells[1] is None]
    assert {line.kind for line in without} >= {"title", "heading1", "heading2", "unit", "date"}
    assert all(line.link is None and line.cells[2] is None for line in without)


def marked(text: str) -> list[str]:
    return [text[start : start + length] for start, length in emphasised(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("共组织集中学习12次，召开党员大会3次。", ["12", "3"]),
        ("出勤率95.59%，研讨发言18人次", ["95.59%", "18"]),
        ("截至2023年6月30日，2023年上半年开展6次", ["6"]),
        ("3月15日至4月1日共2次", ["2"]),
        ("2022—2023年度评出5名", ["5"]),
        ("14:30开会，讨论2项", ["2"]),
        ("学习“第19号文件和12条措施”2次", ["2"]),
        ("学习《2023年工作要点15条》1次", ["1"]),
        ("按ISO9001和GB/T 9704的要求整改3项", ["3"]),
        ("第1、第2专题各学习1次", ["1"]),
        ("没有数字", []),
    ],
)
def test_numbers_that_count_stand_out_and_dates_and_quotations_do_not(text, numbers):
    assert marked(text) == numbers


def test_the_spans_lie_in_the_text_as_it_stands_in_the_cell():
    report = Report("题", "某支部", "2023年6月30日", (Block("body", "开展6次。"), Block("heading1", "一、8项")))
    _, body, heading, *_ = preview(report)
    assert body.cells[0] == "\u3000\u3000开展6次。"
    assert body.emphasis == ((4, 1),)
    assert heading.emphasis == ()


def test_headings_titles_and_signatures_are_set_off_otherwise_than_by_numbers():
    assert all(line.emphasis == () for line in LINES if line.kind != "body")
    assert sum(len(line.emphasis) for line in LINES) >= 6


def test_the_status_tells_how_long_the_text_is_or_what_still_has_to_be_mended():
    report = sample_report()
    count = sum(block.level == "body" for block in report.blocks)
    assert status(None).startswith("点“预览总结”后")
    assert (
        status(report)
        == f"共 {count} 段；数字已标出，右边是每一段依据的行，点“查看”可以跳过去（LibreOffice 里按住 Ctrl 点）。"
    )
    assert status(report, 2).startswith("台账还有 2 处错误")


def test_a_paragraph_is_no_longer_than_a_cell_takes_and_keeps_its_beginning():
    text = "𠮷" * 10 + "开展3次" + "长" * 40_000 + "7次"
    report = Report(
        title="总结", blocks=(Block("body", text),), sources=(), unit="支部", date_text="2023年7月1日", draft=False
    )
    line = preview(report)[1]
    assert len(line.cells[0].encode("utf-16-le")) == 2 * 32_767
    assert line.cells[0].startswith("\u3000\u3000" + "𠮷" * 10 + "开展3次长")
    assert line.cells[0].endswith("长…")
    assert line.emphasis == ((14, 1),)
