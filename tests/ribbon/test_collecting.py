"""What 收集 answers, without an office: the sentences, and whether something is left to be done."""

from __future__ import annotations

import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest

from pyxl import actions
from pyxl.errors import CLEAN, ISSUES
from pyxl.ribbon.collecting import _answer
from tests.submissions import TODAY, submission


@pytest.fixture
def folder(own_home, tmp_path):
    folder = tmp_path / "上报件"
    folder.mkdir()
    submission(folder, 4)
    return folder


@pytest.fixture
def answered():
    """The answer to an outcome, and what was opened."""

    def answer(outcome):
        opened: list[str] = []
        click = SimpleNamespace(app=SimpleNamespace(books=SimpleNamespace(open=opened.append)))
        return _answer(click, outcome), opened

    return answer


def collected(folder):
    return actions.collect(actions.everything_beside(folder, unit="总支"), today=TODAY)


def test_where_all_is_well_it_says_where_everything_is(folder, answered):
    outcome = collected(folder)
    answer, opened = answered(outcome)
    assert (answer.code, answer.aloud, opened) == (CLEAN, True, [str(folder.parent / "上报件_汇总.xlsx")])
    assert answer.sentence == "收到 1；计入 1 个单位。"
    report = folder.parent / "上报件_汇总情况报告.docx"
    assert report.is_file()
    assert f"汇总情况报告：{report}" in answer.following.splitlines()
    assert str(outcome.written) in answer.following
    assert not (folder.parent / "退回单").exists()


def test_what_goes_back_is_an_issue_and_is_named(folder, answered):
    for number in range(7):
        (folder / f"乱{number}.xlsx").write_text("不是工作簿")
    answer, opened = answered(collected(folder))
    assert (answer.code, len(opened)) == (ISSUES, 1)
    named = [line for line in answer.following.splitlines() if line.startswith("退回：乱")]
    assert len(named) == 5
    assert all("（“乱" in line for line in named)
    assert "另有 2 个，见“报送情况”。" in answer.following
    assert f"退回单、催报单：14 个文件，在 {folder.parent / '退回单'}" in answer.following


def test_what_is_mended_takes_its_slips_away(folder):
    (folder / "乱.xlsx").write_text("不是工作簿")
    collected(folder)
    assert len(list((folder.parent / "退回单").iterdir())) == 2
    (folder / "乱.xlsx").unlink()
    collected(folder)
    assert list((folder.parent / "退回单").iterdir()) == []


def test_that_the_workbook_is_too_large_and_the_wording_wrong_is_told(folder, answered):
    outcome = replace(collected(folder), too_large=True, wording_errors=2, report=None, notes=("名册第 3 行…",))
    answer, _ = answered(outcome)
    assert answer.code == ISSUES
    assert "汇总表太大" in answer.following
    assert "“总结文字”里有 2 处错误" in answer.following
    assert "名册第 3 行…" in answer.following.splitlines()
    assert "汇总情况报告：" not in answer.following


def test_where_nothing_counts_nothing_is_opened(folder, answered):
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "乱.xlsx").write_text("不是工作簿")
    answer, opened = answered(collected(folder))
    assert (answer.code, opened) == (ISSUES, [])
    assert "没有可以计入的上报件，没有生成汇总表。" in answer.following
    assert "退回：乱.xlsx" in answer.following
