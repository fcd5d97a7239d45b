"""What is said of everything that collecting has written, and of what kept the report back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pyxl import actions
from pyxl.actions import Collecting
from pyxl.cli import main
from pyxl.cli.collected import collect_page
from tests.submissions import TODAY, submission


@pytest.fixture
def outcome(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
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


def test_the_words_on_the_command_line_reach_the_action(outcome, tmp_path, capsys):
    line = ["collect", str(outcome.folder), "-o", str(tmp_path / "再.xlsx"), "--report", str(tmp_path / "再.docx"),
            "--slips", str(tmp_path / "再退"), "--previous", str(outcome.written)]  # fmt: skip
    assert main(line) == 2
    assert "不能与2023年上半年比" in capsys.readouterr().err
    assert main(line[:-2]) == 0
    assert (tmp_path / "再.docx").is_file()
    assert len(list((tmp_path / "再退").iterdir())) == 2
