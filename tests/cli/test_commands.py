from __future__ import annotations

import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import click
import pytest

from pyxl import actions, outcomes
from pyxl.actions import Collecting
from pyxl.buttons import buttons
from pyxl.cli import main
from pyxl.cli.chinese import width
from pyxl.cli.commands import verbs
from tests.cli.outcomes import a_check, a_preview, some_totals

VERBS = ["demo", "new", "check", "totals", "preview", "report", "record", "explain", "submit", "collect", "build"]
TEMPLATES = ["template"]
SET_UP = ["install", "uninstall", "doctor", "bundle"]
WITHOUT_A_BUTTON = {"demo", "new", "record", "explain", "build", "install", "uninstall", "bundle"}
ENGLISH_OF_CLICK = re.compile(
    r"usage|options?:|error|missing|no such|invalid|unexpected|try|show this|requires|argument|command", re.IGNORECASE
)


def every_verb() -> list[str]:
    return verbs.list_commands(click.Context(verbs))


@pytest.fixture
def called(monkeypatch):
    """What each action was called with."""
    calls: dict[str, dict[str, object]] = {}

    def spy(name: str, outcome: object):
        def action(*args: object, **options: object) -> object:
            calls[name] = {"args": args, **options}
            return outcome

        monkeypatch.setattr(actions, name, action)

    spy("check", a_check())
    spy("total", some_totals())
    spy("preview", a_preview())
    spy("summarise", outcomes.ReportOutcome(Path("总结.docx"), blocked=False, check=a_check()))
    spy("record_forms", outcomes.RecordOutcome(Path("记录.docx"), "党课", 2, (), (), a_check()))
    spy("new", outcomes.NewOutcome(Path("台账.xlsx")))
    spy("collect", outcomes.CollectOutcome(Path("上报"), None, None, (), 0))
    spy("build", outcomes.BuildOutcome((), ()))
    return calls


def test_the_verbs_are_those_of_the_issue_in_the_order_of_the_work():
    assert every_verb() == [*VERBS, *TEMPLATES, *SET_UP]


def test_every_button_is_a_verb_and_every_verb_a_button_or_known_to_have_none():
    of_buttons = [button.verb for button in buttons() if button.verb]
    assert len(set(of_buttons)) == len(of_buttons)
    assert set(every_verb()) == set(of_buttons) | WITHOUT_A_BUTTON
    assert not set(of_buttons) & WITHOUT_A_BUTTON
    in_order = [verb for verb in every_verb() if verb in of_buttons]
    assert in_order == of_buttons


def test_check_hands_the_name_of_the_workbook_to_its_action(called):
    assert main(["check", "台账.xlsx", "-o", "结果.xlsx", "--period", "2023Q2", "--catalogue", "目录"]) == 0
    assert called["check"] == {
        "args": (Path("台账.xlsx"),),
        "out": Path("结果.xlsx"),
        "period": "2023Q2",
        "catalogue_folder": Path("目录"),
        "today": date.today(),
        "moment": called["check"]["moment"],
    }
    assert datetime.now().astimezone() - called["check"]["moment"] < timedelta(minutes=1)


def test_collect_hands_every_option_to_its_action(called):
    line = (
        "collect 上报 --roster 名册.xlsx -o 汇总.xlsx --period 2023H1 --unit 甲 --code 乙 --trust 丙 --trust 丁 --fast"
    )
    assert main(f"{line} --scheduler tcp://机:1 --catalogue 目录".split()) == 130  # cancelled, says the spy
    [asked] = called["collect"]["args"]
    assert asked == Collecting(
        Path("上报"), roster=Path("名册.xlsx"), out=Path("汇总.xlsx"), period="2023H1", unit="甲", code="乙",
        trust=("丙", "丁"), fast=True, catalogue_folder=Path("目录"), scheduler="tcp://机:1",
    )  # fmt: skip
    assert called["collect"]["today"] == date.today()


def test_report_hands_every_option_to_its_action(called):
    line = "report 台账.xlsx -o 甲.docx --period 2023Q2 --template 乙.docx --draft --sources --details --catalogue 目录"
    assert main(line.split()) == 0
    assert called["summarise"] == {
        "args": (Path("台账.xlsx"),),
        "out": Path("甲.docx"),
        "period": "2023Q2",
        "template": Path("乙.docx"),
        "draft": True,
        "appendices": actions.Appendices(sources=True, details=True, photos=None),
        "catalogue_folder": Path("目录"),
        "today": date.today(),
    }


@pytest.mark.parametrize(
    ("given", "folder"), [([], None), (["--photos"], Path()), (["--photos", "相册"], Path("相册"))]
)
def test_photographs_may_be_asked_for_with_and_without_a_folder(called, given, folder):
    assert main(["report", "台账.xlsx", *given]) == 0
    assert called["summarise"]["appendices"].photos == folder


def test_record_hands_every_option_to_its_action(called):
    line = "record 台账.xlsx --activity 党课 -o 甲.docx --period 2023H1 --from 2023-3-1 --to 2023/06/30"
    assert main([*line.split(), "--template", "乙.docx", "--catalogue", "目录", "--photos"]) == 0
    assert called["record_forms"] == {
        "args": (
            actions.Recording(
                Path("台账.xlsx"), "党课", Path("甲.docx"), "2023H1", date(2023, 3, 1), date(2023, 6, 30),
                Path("乙.docx"), Path(), Path("目录"),
            ),
        ),
        "today": date.today(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("record 台账.xlsx", "少写了“--activity”。"),
        ("record 台账.xlsx --activity 党课 --from 3月1日", "日期“3月1日”的写法不对"),
        ("record 台账.xlsx --activity 党课 --to 2023-2-30", "日期“2023-2-30”的写法不对"),
        ("record 台账.xlsx --activity 党课 --from 2023-3-2 --to 2023-3-1", "开始的日期在结束的日期之后"),
    ],
)
def test_days_and_activities_that_cannot_be_meant_are_told(called, line, told, capsys):
    assert main(line.split()) == 2
    assert capsys.readouterr().err.splitlines()[0].rstrip("。") == told.rstrip("。")
    assert "record_forms" not in called


@pytest.mark.parametrize(
    ("verb", "action"), [("check", "check"), ("totals", "total"), ("preview", "preview"), ("report", "summarise")]
)
def test_the_catalogue_may_come_from_the_environment(called, monkeypatch, verb, action):
    monkeypatch.setenv("PYXL_CATALOGUE", "甲目录")
    assert main([verb, "台账.xlsx"]) == 0
    assert called[action]["catalogue_folder"] == Path("甲目录")
    assert main([verb, "台账.xlsx", "--catalogue", "乙目录"]) == 0
    assert called[action]["catalogue_folder"] == Path("乙目录")


def test_a_new_ledger_is_of_this_year_unless_another_is_named(called):
    assert main(["new", "台账.xlsx"]) == 0
    assert called["new"]["year"] == date.today().year
    assert main(["new", "台账.xlsx", "--year", "2023", "--unit", "第一党支部"]) == 0
    assert (called["new"]["year"], called["new"]["unit"]) == (2023, "第一党支部")


@pytest.mark.parametrize("verb", VERBS)
def test_every_help_page_is_chinese(verb, capsys):
    assert main([verb, "--help"]) == 0
    page = capsys.readouterr().out
    words = re.sub(
        r"--?[a-z-]+|pyxl [a-z]+|PYXL_\w+|\./\S+|\b(?:JSON|Word|WPS|LibreOffice|PDF|xlsx|docx|Dask|tcp)\b|2023(?:H|Q|FY)\d?",
        "",
        page,
    )
    assert re.findall(r"[A-Za-z]{2,}", words) == []
    assert "用法：pyxl " + verb in page


def test_help_columns_line_up_by_their_width_on_a_terminal(capsys):
    main(["report", "--help"])
    page = capsys.readouterr().out.split("选项：\n")[1]
    starts = {width(re.match(r"  \S+(?: \S+)*  +", line)[0]) for line in page.splitlines()}
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("frob", "没有“frob”这个命令。"),
        ("--frob", "没有“--frob”这个选项。"),
        ("check", "少写了“台账.xlsx”。"),
        ("check a.xlsx --frob", "没有“--frob”这个选项。"),
        ("check a.xlsx --period", "选项“--period”后面少了值。"),
        ("check a.xlsx --json=1", "选项“--json”后面不带值。"),
        ("check a.xlsx b.xlsx", "多写了内容：b.xlsx。"),
        ("new a.xlsx --year 23", "年度“23”不对。"),
        ("new a.xlsx --year ２０２３", "年度“２０２３”不对。"),
        ("new a.xlsx --year 1800", "年度“1800”不对。"),
        ("new a.xlsx --year 2100", "年度“2100”不对。"),
    ],
)
def test_a_wrongly_written_command_is_told_so_in_chinese(line, first, capsys):
    assert main(line.split()) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err.splitlines()[0] == first
    assert len(caught.err.splitlines()) == 2
    assert not ENGLISH_OF_CLICK.search(re.sub(r"--?[a-z]+|pyxl [a-z]+|frob", "", caught.err))


def test_the_nearest_verb_is_proposed(capsys):
    assert main(["chek", "a.xlsx"]) == 2
    assert "您要的是不是“check”？" in capsys.readouterr().err


def test_no_verb_at_all_shows_the_help_and_leaves_2(capsys):
    assert main([]) == 2
    assert "用法：pyxl 命令" in capsys.readouterr().err


def test_the_version_is_one_line(capsys):
    assert main(["--version"]) == 0
    assert re.fullmatch(r"pyxl \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_environment_of_click_is_not_ours(called, monkeypatch):
    """Only PYXL_CATALOGUE is read: other variables of that shape mean nothing."""
    monkeypatch.setitem(os.environ, "PYXL_CHECK_PERIOD", "2023H2")
    assert main(["check", "台账.xlsx"]) == 0
    assert called["check"]["period"] is None


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("check 台账.xlsx --period 2023H2", "pyxl report 台账.xlsx --period 2023H2"),
        ("check 台账.xlsx --catalogue 目录", "pyxl report 台账.xlsx --catalogue 目录"),
        ("new 台账.xlsx --year 2023 --catalogue 目录", "pyxl check 台账.xlsx --catalogue 目录"),
    ],
)
def test_the_command_proposed_does_the_same_thing(called, capsys, line, following):
    assert main(line.split()) == 0
    assert called
    assert capsys.readouterr().out.splitlines()[-1].endswith(f"：{following}")
