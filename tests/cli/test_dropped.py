"""Ledgers dropped on a launcher or sent to it: which files are meant, and what comes of each."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from pathlib import Path

import docx
import pytest

from pyxl import actions
from pyxl.catalogue.model import Severity
from pyxl.cli import box, dropped
from pyxl.cli.dropped import dropped_files, main
from pyxl.errors import OutputError
from pyxl.excel.building.ledger import build_ledger
from pyxl.text import phrase
from tests.reports import CATALOGUE, COVER, ROWS
from tests.submissions import submission

SCRIPT = r"D:\党支部 工具&1\党支部工作-校验.cmd"


def seen(line: str, *arguments: str) -> list[str]:
    return [str(path) for path in dropped_files(arguments, {"PYXL_COMMAND_LINE": line})]


def as_explorer_starts(*files: str) -> str:
    """A script with files dropped on it: only names with a space are put in quotes."""
    words = " ".join(f'"{file}"' if " " in file else file for file in files)
    return rf'C:\Windows\system32\cmd.exe /c ""{SCRIPT}" {words}"'


NAMES = [
    r"D:\台账.xlsx",
    r"D:\台账 2023.xlsx",
    r"D:\a&b.xlsx",
    r"D:\a b & c.xlsx",
    r"D:\100%TEMP%.xlsx",
    r"D:\a^b!c.xlsx",
    r"D:\台账(1).xlsx",
    r"D:\a=b,c;d.xlsx",
    r"D:\it's + ~.xlsx",
    r"\\server\share\台账.xlsx",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_whole_whatever_the_command_interpreter_makes_of_it(name):
    cut = name.partition("&")[0].replace("^", "")
    assert seen(as_explorer_starts(name), cut) == [name]


def test_several_names_arrive_in_their_order():
    assert seen(as_explorer_starts(*NAMES), r"D:\台账.xlsx") == NAMES


@pytest.mark.parametrize(
    "line",
    [
        rf'C:\Windows\system32\cmd.exe /c ""{SCRIPT}" "',  # a double click
        rf'C:\Windows\system32\cmd.exe /c ""{SCRIPT}""',
        rf'cmd.exe /C "{SCRIPT}"',
        "cmd.exe /c",
    ],
)
def test_a_script_without_files_has_none(line):
    assert seen(line) == []


@pytest.mark.parametrize("line", ["", r'"C:\Windows\system32\cmd.exe" ', "cmd"])
def test_in_a_console_and_from_a_shortcut_the_arguments_count(line):
    assert seen(line, r"D:\a & b.xlsx", r"D:\c.xlsx") == [r"D:\a & b.xlsx", r"D:\c.xlsx"]


NAME = SCRIPT.rpartition("\\")[2]


@pytest.mark.parametrize("line", ["", r'"C:\Windows\system32\cmd.exe"', r'cmd.exe /k "C:\conda\activate.bat" base'])
def test_a_script_whose_name_was_typed_is_asked_for_the_words_after_it(line, monkeypatch, capsys):
    monkeypatch.setenv("PYXL_COMMAND_LINE", line)
    monkeypatch.setenv("PYXL_SCRIPT", NAME)
    assert main(["check"]) == 9
    assert capsys.readouterr().out == ""


def test_a_script_that_was_double_clicked_says_what_to_drop_on_it(monkeypatch, capsys):
    monkeypatch.setenv("PYXL_COMMAND_LINE", as_explorer_starts())
    monkeypatch.setenv("PYXL_SCRIPT", NAME.upper())
    assert main(["check"]) == 2
    assert "拖到这个图标上" in capsys.readouterr().out


@pytest.fixture
def ledger(tmp_path):
    """The sample, under a name that no command interpreter likes."""
    made = actions.demo(tmp_path / "demo", today=date(2023, 7, 1)).ledger
    return made.rename(tmp_path / "台账 a&b 100%.xlsx")


@pytest.fixture
def opened(monkeypatch):
    """The files that would be opened."""
    paths: list[Path] = []
    monkeypatch.setattr(dropped, "open_file", paths.append)
    for name in ("PYXL_COMMAND_LINE", "PYXL_SCRIPT"):
        monkeypatch.delenv(name, raising=False)
    return paths


def test_a_check_leaves_the_results_beside_the_ledger_and_opens_them(ledger, opened, capsys):
    before = ledger.read_bytes()
    assert main(["check", str(ledger)]) == 0
    results = ledger.with_name("台账 a&b 100%_校验结果.xlsx")
    assert opened == [results]
    assert results.exists()
    assert ledger.read_bytes() == before
    said = capsys.readouterr().out
    assert phrase("installing", "dropped", "clean", file=ledger.name) in said
    assert phrase("installing", "dropped", "result", path=results) in said


def test_a_report_leaves_the_document_and_the_results_beside_the_ledger_and_opens_the_document(ledger, opened, capsys):
    assert main(["report", str(ledger)]) == 0
    (document,) = opened
    assert (document.parent, document.suffix) == (ledger.parent, ".docx")
    assert document.exists()
    results = ledger.with_name("台账 a&b 100%_校验结果.xlsx")
    assert results.exists()
    assert f"校验结果：{results}" in capsys.readouterr().out


def test_results_that_cannot_be_written_do_not_make_a_report_a_failure(ledger, opened, capsys, monkeypatch):
    """Those of an earlier check are mostly still open when the report is asked for."""

    def locked(*_, **__):
        raise OutputError("output_locked", file="台账_校验结果.xlsx")

    monkeypatch.setattr(actions, "check", locked)
    assert main(["report", str(ledger)]) == 0
    assert [path.suffix for path in opened] == [".docx"]
    assert "注意：“台账_校验结果.xlsx”" in capsys.readouterr().out


@pytest.fixture
def wrong_ledger(tmp_path, monkeypatch):
    """The sample as it would be without its year: an error stands."""
    from pyxl import sample

    cover, rows = sample.sample()
    monkeypatch.setattr(sample, "sample", lambda: ({**cover, "unit": ""}, rows))
    return actions.demo(tmp_path / "wrong", today=date(2023, 7, 1)).ledger


def test_a_report_that_errors_stand_in_the_way_of_opens_the_results_instead(wrong_ledger, opened, capsys):
    assert main(["report", str(wrong_ledger)]) == 1
    (results,) = opened
    assert results.name.endswith("_校验结果.xlsx")
    assert not list(wrong_ledger.parent.glob("*总结.docx"))
    blocked = phrase("installing", "dropped", "blocked", file=wrong_ledger.name, error=1)
    assert blocked in capsys.readouterr().out


def test_what_goes_up_stands_beside_the_ledger_and_is_named(ledger, opened, capsys):
    assert main(["submit", str(ledger)]) == 0
    [sent], [summary] = ledger.parent.glob("*_上报.xlsx"), ledger.parent.glob("*.docx")
    said = capsys.readouterr().out
    assert f"{ledger.name}：已生成上报件和总结，请把这两个文件报给上级：" in said
    assert str(sent) in said
    assert str(summary) in said
    assert opened == []


def test_while_errors_stand_nothing_goes_up_and_the_results_are_opened(wrong_ledger, opened, capsys):
    assert main(["submit", str(wrong_ledger)]) == 1
    assert [path.name.endswith("_校验结果.xlsx") for path in opened] == [True]
    assert not list(wrong_ledger.parent.glob("*_上报.xlsx"))
    assert "有 1 处错误，还没有生成上报件。" in capsys.readouterr().out


def test_a_folder_of_submissions_is_collected_beside_it_and_what_was_made_is_opened(tmp_path, opened, capsys):
    folder = tmp_path / "上报 a&b 100%"
    folder.mkdir()
    for number in (1, 2):
        submission(folder, number)
    assert main(["collect", str(folder)]) == 0
    assert opened == [tmp_path / "上报 a&b 100%_汇总.xlsx"]
    said = capsys.readouterr().out
    assert f"{folder.name}：收到 2；计入 2 个单位。" in said
    report = tmp_path / "上报 a&b 100%_汇总情况报告.docx"
    assert report.is_file()
    assert f"汇总情况报告：{report}" in said
    assert "退回：" not in said


def test_what_goes_back_is_named_and_its_slips_lie_beside(tmp_path, opened, capsys):
    folder = tmp_path / "上报件"
    folder.mkdir()
    submission(folder, 1)
    (folder / "说明.xlsx").write_text("不是工作簿")
    assert main(["collect", str(folder)]) == 1
    assert opened == [tmp_path / "上报件_汇总.xlsx"]
    said = capsys.readouterr().out
    assert "退回：说明.xlsx（" in said
    assert f"个文件，在 {tmp_path / '退回单'}" in said
    assert {path.name for path in (tmp_path / "退回单").iterdir()} >= {
        "说明_2023年上半年_退回单.xlsx", "说明_2023年上半年_退回单.docx",
    }  # fmt: skip


def test_what_somebody_has_written_into_the_report_stays(tmp_path, opened):
    folder = tmp_path / "上报件"
    folder.mkdir()
    submission(folder, 1)
    assert main(["collect", str(folder)]) == 0
    report = tmp_path / "上报件_汇总情况报告.docx"
    untouched = report.read_bytes()
    assert main(["collect", str(folder)]) == 0
    assert report.read_bytes() == untouched
    assert len(list(tmp_path.glob("*.docx"))) == 1
    document = docx.Document(str(report))
    document.paragraphs[0].text = "改过的标题"
    document.save(str(report))
    theirs = report.read_bytes()
    assert main(["collect", str(folder)]) == 0
    assert report.read_bytes() == theirs
    assert len(list(tmp_path.glob("*.docx"))) == 2


def test_a_ledger_whose_texts_name_people_is_submitted_and_they_are_told(tmp_path, opened, capsys):
    name = ROWS["roster"][0]["name"]
    rows = [
        {**ROWS["theme_day"][0], "content": f"{name}领学，大家认真讨论，形成了一致的意见。"},
        *ROWS["theme_day"][1:],
    ]
    path = tmp_path / "台账.xlsx"
    build_ledger(CATALOGUE, path, year=None, unit="", cover=COVER, rows={**ROWS, "theme_day": rows})
    assert main(["submit", str(path)]) == 0
    said = capsys.readouterr().out
    assert re.search(rf"主题党日!\w+4“主要内容”里有姓名“{name}”，会随上报件报给上级。", said)
    assert len(list(tmp_path.glob("*_上报.xlsx"))) == 1


def test_of_a_folder_with_nothing_to_count_nothing_is_made(tmp_path, opened, capsys):
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "别的.xlsx").write_text("不是工作簿")
    assert main(["collect", str(folder)]) == 1
    assert opened == []
    assert "上报：收到 0，退回 1；没有可以计入的上报件，没有生成汇总表。" in capsys.readouterr().out


def test_who_clicks_on_the_launcher_for_folders_is_told_what_to_drop(monkeypatch, capsys):
    monkeypatch.setenv("PYXL_COMMAND_LINE", as_explorer_starts())
    monkeypatch.setenv("PYXL_SCRIPT", NAME.upper())
    assert main(["collect"]) == 2
    assert "请把放上报件的文件夹拖到这个图标上" in capsys.readouterr().out


def test_who_has_waited_long_enough_is_told_that_it_was_broken_off(ledger, opened, capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "check", interrupted)
    assert main(["check", str(ledger)]) == 130
    assert capsys.readouterr().out.splitlines()[-1] == phrase("cli", "failure", "interrupted")
    assert opened == []


def test_one_file_that_cannot_be_read_does_not_keep_the_others_from_their_turn(ledger, opened, tmp_path, capsys):
    (tmp_path / "空.xlsx").touch()
    assert main(["check", str(tmp_path / "空.xlsx"), str(ledger), str(tmp_path / "没有.xlsx")]) == 2
    assert [path.name for path in opened] == ["台账 a&b 100%_校验结果.xlsx"]
    said = capsys.readouterr().out
    assert "空.xlsx：“空.xlsx”是空文件（0 字节）。" in said
    assert "没有.xlsx：找不到文件“没有.xlsx”。" in said


def test_a_fault_of_ours_is_recorded_and_said_in_a_sentence(ledger, opened, capsys, monkeypatch, tmp_path):
    from_a_cell = "表格里的内容"

    def fail(*_, **__):
        raise RuntimeError(from_a_cell)

    monkeypatch.setattr(actions, "check", fail)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert main(["check", str(ledger)]) == 3
    said = capsys.readouterr().out
    (record,) = (tmp_path / "state" / "pyxl").iterdir()
    assert str(record) in said
    assert from_a_cell not in said + record.read_text(encoding="utf-8")
    assert opened == []


def test_of_very_many_results_none_is_opened(ledger, opened, capsys, tmp_path):
    copies = [tmp_path / f"{number}.xlsx" for number in range(4)]
    for copy in copies:
        copy.write_bytes(ledger.read_bytes())
    assert main(["check", *map(str, copies)]) == 0
    assert opened == []
    assert phrase("installing", "dropped", "many", count=4) in capsys.readouterr().out


def test_without_a_file_it_says_how_it_is_meant(opened, capsys):
    assert main(["check"]) == 2
    assert "党支部工作-校验" in capsys.readouterr().out


def test_without_a_console_a_box_says_it(ledger, opened, monkeypatch):
    boxes: list[tuple[str, str, bool]] = []
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(dropped, "show_box", lambda text, title, *, warning: boxes.append((text, title, warning)))
    assert main(["check", str(ledger)]) == 0
    ((text, title, warning),) = boxes
    assert text.startswith(f"{ledger.name}：没有发现问题")
    assert (title, warning) == ("党支部工作", False)
    assert main(["check", str(ledger.with_name("没有.xlsx"))]) == 2
    assert boxes[1][2] is True


def test_another_verb_is_refused():
    with pytest.raises(SystemExit) as caught:
        main(["build"])
    assert caught.value.code == 2


def test_a_box_and_opening_are_for_windows_and_do_no_harm_elsewhere(tmp_path):
    assert os.name == "posix"
    box.show_box("话", "题", warning=False)
    box.open_file(tmp_path / "没有.xlsx")
    assert box.has_console()


def test_a_ledger_that_is_still_open_is_told_so(ledger, opened, capsys):
    (ledger.parent / f"~${ledger.name}").touch()
    assert main(["check", str(ledger)]) == 0
    assert "注意：文件正在别的程序里打开：读的是上次保存的内容。" in capsys.readouterr().out
    assert main(["report", str(ledger)]) == 0
    assert "读的是上次保存的内容" in capsys.readouterr().out
    assert len(opened) == 2


def test_a_report_says_what_is_left_to_be_looked_at(ledger, opened, capsys, monkeypatch):
    from dataclasses import replace

    from tests.cli.outcomes import an_issue

    summarise = actions.summarise

    def with_a_warning(*words, **options):
        outcome = summarise(*words, **options)
        return replace(outcome, check=replace(outcome.check, issues=(an_issue(severity=Severity.WARNING),)))

    monkeypatch.setattr(actions, "summarise", with_a_warning)
    assert main(["report", str(ledger)]) == 0
    assert opened
    assert "已生成总结。另有提醒 1 处、建议 0 处" in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["check", "report"])
def test_the_catalogue_of_the_environment_counts_here_too(ledger, opened, capsys, monkeypatch, tmp_path, verb):
    monkeypatch.setenv("PYXL_CATALOGUE", str(tmp_path / "没有"))
    assert main([verb, str(ledger)]) == 2
    assert str(tmp_path / "没有") in capsys.readouterr().out
    assert opened == []


def test_a_name_cannot_turn_the_writing_round_or_move_the_cursor(ledger, opened, capsys):
    evil = ledger.rename(ledger.parent / "甲\u202exslx.\x1b[2J\udcff.xlsx")
    assert main(["check", str(evil)]) == 0
    said = capsys.readouterr().out
    assert not set("\u202e\x1b\udcff") & set(said)
    assert "校验结果" in said
    assert opened[0].exists()


def test_a_box_shows_the_worst_of_very_many_files_and_says_how_many_others_there_are(opened, monkeypatch):
    boxes: list[str] = []
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(dropped, "show_box", lambda text, *_, **__: boxes.append(text))
    monkeypatch.setattr(dropped, "_fate", lambda _, file: dropped.Fate(file.stem, 2 * (file.stem == "9")))
    assert main(["check", *(f"{number}.xlsx" for number in range(14))]) == 2
    (text,) = boxes
    assert text.split("\n\n") == ["9", *"012345678", "另有 4 个文件，这里列不下，结果在各个台账旁边。"]
    assert opened == []
