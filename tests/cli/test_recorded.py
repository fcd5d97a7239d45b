"""What the command line says of forms and photographs: where they are, and what is not in them and why."""

from __future__ import annotations

from pathlib import Path

from pyxl.cli.pages import report_page
from pyxl.cli.recorded import record_page
from pyxl.outcomes import MissingPhoto, RecordOutcome, ReportOutcome
from tests.cli.outcomes import a_check

PHOTO = MissingPhoto("主题党日!V4", "甲.jpg", "不是图片")


def test_rows_without_a_form_are_named_by_reason(capsys):
    left_out = (("党课!4", "状态为草稿"), ("党课!5", "状态为草稿"), ("党课!9", "状态为作废"))
    outcome = RecordOutcome(Path("甲.docx"), "党课", 3, left_out, ("党课!7",), a_check(), (PHOTO,), ("照片",))
    assert record_page(outcome) == 0
    caught = capsys.readouterr()
    assert caught.out.splitlines() == [
        "已生成3份党课记录：甲.docx",
        "没有印（状态为草稿）：党课第4、5行",
        "没有印（状态为作废）：党课第9行",
    ]
    assert caught.err.splitlines() == [
        f"有 1 行有错误，没有印：党课第7行。请先校验：pyxl check {a_check().ledger}",
        "这个模板没有印出：照片。要印出来，请在模板里写上它的循环，如自带的“活动记录.docx”。",
        "主题党日!V4 的“甲.jpg”没有印出：不是图片。",
    ]


def test_a_report_names_the_photographs_that_are_missing(capsys):
    outcome = ReportOutcome(Path("甲.docx"), blocked=False, check=a_check(), photos=(PHOTO,))
    assert report_page(outcome, draft=False) == 0
    assert capsys.readouterr().err == "主题党日!V4 的“甲.jpg”没有印出：不是图片。\n"
