"""What is said of everything that collecting has written, and of what kept the report back."""

from __future__ import annotations

import json
from dataclasses import replace

import openpyxl
import pytest

from pyxl import actions
from pyxl.actions import Collecting
from pyxl.cli import main
from pyxl.cli.collected import collect_page
from tests.submissions import TODAY, submission


@pytest.fixture
def outcome(own_home, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    submission(folder, 1)
    asked = Collecting(
        folder, out=tmp_path / "汇.xlsx", report=tmp_path / "汇.docx", slips=tmp_path / "退", unit="总支"
    )
    return actions.collect(asked, today=TODAY)


def test_each_file_that_was_written_is_named(outcome, tmp_path, capsys):
    assert collect_page(outcome, as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-3:] == [
        f"汇总表：{tmp_path / '汇.xlsx'}",
        f"汇总情况报告：{tmp_path / '汇.docx'}",
        f"退回单、催报单：2 个文件，在 {tmp_path / '退'}",
    ]


def test_programs_are_told_the_same(outcome, tmp_path, capsys):
    assert collect_page(outcome, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["written"], told["report"]) == (str(tmp_path / "汇.xlsx"), str(tmp_path / "汇.docx"))
    assert told["slips"] == [str(path) for path in outcome.slips]
    assert all(path.is_file() for path in outcome.slips)


def test_wording_that_kept_the_report_back_is_told_with_what_to_do(outcome, tmp_path, capsys):
    assert collect_page(replace(outcome, report=None, wording_errors=2), as_json=False) == 1
    said = capsys.readouterr().out
    assert "“总结文字”里有 2 处错误，没有生成汇总情况报告。" in said
    assert f"pyxl check {tmp_path / '汇.xlsx'}" in said
    assert "汇总情况报告：" not in said


def test_programs_are_told_what_kept_the_report_back_with_the_same_exit_code(outcome, capsys):
    held = replace(outcome, report=None, wording_errors=2, too_large=True, notes=("名册第 3 行…",))
    assert collect_page(held, as_json=True) == collect_page(held, as_json=False) == 1
    told = json.JSONDecoder().raw_decode(capsys.readouterr().out)[0]
    assert (told["report"], told["wording_errors"], told["too_large"]) == (None, 2, True)
    assert told["notes"] == ["名册第 3 行…"]


def test_where_nothing_is_amiss_programs_are_told_so(outcome, capsys):
    assert collect_page(outcome, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["wording_errors"], told["too_large"], told["notes"]) == (0, False, [])


def test_wording_in_error_on_the_workbook_itself_leaves_1_both_ways(outcome, tmp_path, capsys):
    book = openpyxl.load_workbook(outcome.written)
    sheet = book["总结文字"]
    place = next(cell.column for cell in sheet[3] if cell.value and cell.value.startswith("文字"))
    sheet.cell(4, place).value = "{{ 没有.这个 }}"
    book.save(outcome.written)
    line = ["collect", str(outcome.folder), "-o", str(outcome.written), "--report", str(tmp_path / "新.docx")]
    assert [main(line), main([*line, "--json"])] == [1, 1]
    assert '"wording_errors": 1' in capsys.readouterr().out
    assert not (tmp_path / "新.docx").exists()


def test_what_stands_twice_on_the_roster_is_told(outcome, tmp_path, capsys):
    book = openpyxl.Workbook()
    for row in (("单位编码", "单位名称"), *[("ZB-0001", "云溪市第1党支部")] * 2):
        book.active.append(row)
    book.save(tmp_path / "名册.xlsx")
    line = ["collect", str(outcome.folder), "-o", str(outcome.written), "--roster", str(tmp_path / "名册.xlsx")]
    assert [main(line), main([*line, "--json"])] == [0, 0]
    said = capsys.readouterr().out
    assert said.count("名册第 3 行与第 2 行是同一个单位“云溪市第1党支部”，只算一个。") == 2
    assert "收到 1/1" in said


def test_the_words_on_the_command_line_reach_the_action(outcome, tmp_path, capsys):
    line = ["collect", str(outcome.folder), "-o", str(tmp_path / "再.xlsx"), "--report", str(tmp_path / "再.docx"),
            "--slips", str(tmp_path / "再退"), "--previous", str(outcome.written)]  # fmt: skip
    assert main(line) == 2
    assert "不能与2023年上半年比" in capsys.readouterr().err
    assert main(line[:-2]) == 0
    assert (tmp_path / "再.docx").is_file()
    assert len(list((tmp_path / "再退").iterdir())) == 2
