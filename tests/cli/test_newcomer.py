"""What a newcomer does that nobody foresaw: files of their own under our names, other years, odd endings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pyxl import actions
from pyxl.cli import main
from pyxl.errors import UsageError
from pyxl.text import phrases
from tests.word.documents import a_template, texts

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2024, 1, 10)


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Path:
    """The folder that `pyxl demo` leaves."""
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(shown, tmp_path) -> Path:
    return Path(shutil.copytree(shown, tmp_path / "demo"))


@pytest.fixture
def ledger(folder) -> Path:
    return next(folder.glob("*.xlsx"))


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


# ---- demo, again ----------------------------------------------------------------------------------------


def test_the_demo_leaves_identical_files_as_they_are(folder):
    before = contents(folder)
    assert main(["demo", str(folder)]) == 0
    assert contents(folder) == before


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_the_demo_keeps_a_file_that_was_edited(folder, capsys, ending):
    edited = next(folder.glob(f"*{ending}"))
    original = edited.read_bytes()
    edited.write_bytes(original + b"\0")
    before = contents(folder)
    assert main(["demo", str(folder)]) == 0
    fresh = edited.with_name(f"{edited.stem}（2）{ending}")
    after = contents(folder)
    assert after.pop(fresh.name)[0] == original
    assert after == before
    said = capsys.readouterr().out
    assert f"已有的 {edited} 与这次生成的不同，没有动它；新的另存为 {fresh}" in said
    assert fresh.name in said.splitlines()[-1]
    assert main(["demo", str(folder)]) == 0
    assert len(contents(folder)) == 3


# ---- periods --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["check", "totals", "report"])
def test_a_period_of_another_year_is_refused(ledger, capsys, verb):
    assert main([verb, str(ledger), "--period", "2022H1"]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    sentence, hint = caught.err.splitlines()
    assert sentence == "台账是 2023 年度的，--period 写的是 2022 年"
    assert "--period 2023H1" in hint


@pytest.mark.parametrize(("part", "name"), phrases("words", "periods").items())
def test_a_period_may_be_written_as_the_ledger_writes_it(ledger, part, name):
    assert actions.check(ledger, period=name, today=TODAY).period == f"2023{part}"


def test_a_ledger_without_a_year_takes_any(ledger):
    book = openpyxl.load_workbook(ledger)
    sheet = book["基本信息"]
    cell = next(row[1] for row in sheet.iter_rows() if row[0].value == "年度")
    cell.value = None
    book.save(ledger)
    assert actions.check(ledger, period="2022H1", today=TODAY).period == "2022H1"
    assert actions.check(ledger, period="下半年", today=TODAY).period == "2023H2"


def test_words_that_are_no_period_are_refused_before_the_file_is_read(tmp_path):
    with pytest.raises(UsageError) as caught:
        actions.check(tmp_path / "没有.xlsx", period="上半", today=TODAY)
    assert caught.value.code == "bad_period"


# ---- endings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "proposal"), [("总结.doc", "总结.docx"), ("总结", "总结.docx"), ("a.pdf", "a.docx")])
def test_a_report_is_a_docx(ledger, capsys, name, proposal):
    out = ledger.with_name(name)
    assert main(["report", str(ledger), "-o", str(out)]) == 2
    sentence, hint = capsys.readouterr().err.splitlines()
    assert f"“{name}”" in sentence
    assert proposal in hint
    assert not out.exists()


def test_the_case_of_an_ending_is_of_no_account(ledger):
    assert main(["report", str(ledger), "-o", str(ledger.with_name("总结.DOCX"))]) == 0


@pytest.mark.parametrize("name", ["z.txt", "z", "z.xls", "z.xlsm"])
def test_a_ledger_is_an_xlsx(tmp_path, capsys, name):
    assert main(["new", str(tmp_path / name)]) == 2
    sentence, hint = capsys.readouterr().err.splitlines()
    assert f"“{name}”" in sentence
    assert "z.xlsx" in hint
    assert list(tmp_path.iterdir()) == []


# ---- templates ------------------------------------------------------------------------------------------


def test_what_a_template_does_not_print_is_named(ledger, capsys, tmp_path):
    template = a_template(tmp_path, "{{ 标题 }}", "出勤率{{ 集中学习.出勤率 }}")
    out = tmp_path / "总结.docx"
    assert main(["report", str(ledger), "--template", str(template), "-o", str(out)]) == 0
    assert capsys.readouterr().err.startswith("这个模板没有印出：正文、署名、成文日期。")
    figures = actions.total(ledger, today=TODAY).figures
    rate = next(each.value for each in figures if (each.activity, each.name) == ("集中学习", "出勤率"))
    assert texts(out.read_bytes())[1] == f"出勤率{rate * 100:.2f}".rstrip("0").rstrip(".") + "%"


def test_a_whole_template_is_not_remarked_on(ledger, capsys, tmp_path):
    lines = ("{{ 标题 }}", "{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}", "{{ 署名 }}", "{{ 成文日期 }}")
    template = a_template(tmp_path, *lines)
    assert main(["report", str(ledger), "--template", str(template), "-o", str(tmp_path / "总结.docx")]) == 0
    assert capsys.readouterr().err == ""


def test_a_folder_is_no_template(ledger, capsys, tmp_path):
    (tmp_path / "模板").mkdir()
    assert main(["report", str(ledger), "--template", str(tmp_path / "模板")]) == 2
    assert capsys.readouterr().err.splitlines()[0] == "“模板”是文件夹，不是 Word 模板"


# ---- where the output goes ------------------------------------------------------------------------------


def run(command: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = ["sh", "-c", command, sys.executable, *words]
    return subprocess.run(line, env=environment, capture_output=True, check=False, timeout=120)


@pytest.mark.parametrize("verb", ["totals", "check"])
def test_a_full_disk_is_said_to_be_full(ledger, verb):
    done = run('"$0" -m pyxl "$@" > /dev/full', verb, str(ledger))
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[0] == "磁盘空间不够，要输出的内容没有写完。"
    assert len(done.stderr.decode().splitlines()) == 2


def test_closed_output_is_said_to_be_closed(ledger):
    done = run('"$0" -m pyxl "$@" >&-', "totals", str(ledger))
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[0] == "要输出的内容写不出去：输出已经关闭或者断开。"
    assert len(done.stderr.decode().splitlines()) == 2


def test_without_anybody_to_complain_to_the_exit_code_is_the_same(ledger):
    assert run('"$0" -m pyxl "$@" 2>&-', "totals", str(ledger)).returncode == 0
    assert run('"$0" -m pyxl "$@" 2>&-', "totals", f"{ledger}x").returncode == 2
