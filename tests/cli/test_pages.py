from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyxl.catalogue.model import Severity
from pyxl.cli import main, pages
from pyxl.core.issue import Issue
from pyxl.core.mentions import Mention
from pyxl.core.place import CellRef
from pyxl.outcomes import BuildOutcome, NewOutcome, ReportOutcome, SubmitOutcome
from tests.cli.outcomes import a_check, a_preview, an_issue, some_totals


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_check_names_unit_counts_issues_rows_and_the_next_step(capsys):
    code = pages.check_page(a_check(an_issue(), an_issue("late", Severity.WARNING, row=8)))
    assert code == 1
    assert lines(capsys) == [
        "第一党支部 · 2023年上半年",
        "错误 1 · 提醒 1 · 建议 0",
        "错误 主题党日!H7（填的是“25”）：实到 25 人多于应到 20 人。请核对 H7 与 G7。",
        "提醒 主题党日!H8（填的是“25”）：实到 25 人多于应到 20 人。请核对 H7 与 G7。",
        "读到 12 行：计入 9，未计入 2，有错 1",
        "未计入（状态为草稿）：主题党日第9、12行",
        "请改好 1 处错误，保存后再校验：pyxl check 台账.xlsx",
    ]


def test_a_clean_ledger_is_told_how_to_go_on(capsys):
    code = pages.check_page(a_check(error=0, excluded=0, exclusions=(), ledger=Path("我的 台账.xlsx")))
    assert code == 0
    assert lines(capsys)[-1] == '没有发现问题，可以生成总结：pyxl report "我的 台账.xlsx"'


def test_warnings_do_not_block(capsys):
    assert pages.check_page(a_check(an_issue("late", Severity.WARNING))) == 0
    assert lines(capsys)[-1] == "没有错误。提醒和建议请核对，然后可以生成总结：pyxl report 台账.xlsx"


def test_notes_about_the_file_stand_before_the_counts(capsys):
    pages.check_page(a_check(notes=("文件含宏：只读了数据，宏没有运行",)))
    assert lines(capsys)[1:3] == ["文件含宏：只读了数据，宏没有运行", "错误 0 · 提醒 0 · 建议 0"]


def test_a_blank_unit_is_said_to_be_blank(capsys):
    pages.check_page(a_check(unit=""))
    assert lines(capsys)[0] == "（未填单位名称） · 2023年上半年"


def test_check_json_has_exactly_the_agreed_fields():
    whole_sheet = Issue("month_without_meeting", Severity.HINT, CellRef("支委会"), "三月没有支委会。", "请核对。")
    assert json.loads(pages.check_json(a_check(an_issue(), whole_sheet))) == {
        "unit": "第一党支部",
        "period": "2023H1",
        "rows": {"read": 12, "counted": 9, "excluded": 2, "error": 1},
        "issues": [
            {
                "code": "present_exceeds_due",
                "severity": "error",
                "sheet": "主题党日",
                "cell": "H7",
                "message": "实到 25 人多于应到 20 人。",
                "hint": "请核对 H7 与 G7。",
            },
            {
                "code": "month_without_meeting",
                "severity": "hint",
                "sheet": "支委会",
                "cell": None,
                "message": "三月没有支委会。",
                "hint": "请核对。",
            },
        ],
    }


def test_check_json_names_the_workbook_where_one_was_written():
    assert (
        json.loads(pages.check_json(a_check(written=Path("结果/台账_校验结果.xlsx"))))["written"]
        == "结果/台账_校验结果.xlsx"
    )


def test_json_keeps_chinese_readable():
    assert "第一党支部" in pages.check_json(a_check())


def test_a_pipe_gets_every_issue_and_a_terminal_a_handful_of_each_kind():
    many = (*(an_issue(row=row) for row in range(4, 24)), an_issue("other"))
    kept, left = pages.capped(many, 8)
    assert [found.where.row for found in kept] == [4, 5, 6, 7, 8, 9, 10, 11, 7]
    assert left == {"present_exceeds_due": 12}


def test_under_a_pipe_no_issue_is_left_out(capsys):
    pages.check_page(a_check(*(an_issue(row=row) for row in range(4, 24))))
    assert sum(line.startswith("错误 主题党日!") for line in lines(capsys)) == 20


def test_a_terminal_is_told_how_many_more_there_are(capsys, monkeypatch):
    monkeypatch.setattr(pages, "on_terminal", lambda: True)
    pages.check_page(a_check(*(an_issue(row=row) for row in range(4, 24))))
    shown = lines(capsys)
    assert sum(line.startswith("错误 主题党日!") for line in shown) == 8
    assert any("还有 12 处同类问题" in line for line in shown)


def test_totals_name_each_figure_with_its_unit_and_rows(capsys):
    assert pages.totals_page(some_totals(), as_json=False) == 0
    assert lines(capsys) == [
        "第一党支部 · 2023年上半年",
        "主题党日 次数：6次（第4–6、9行）",
        "主题党日 出勤率：95.59%（第4行）",
        "主题党日 主题清单：甲；乙（第4行）",
        "支委会 缺会月份：3月、5月",
    ]


def test_totals_json_has_exactly_the_agreed_fields(capsys):
    pages.totals_page(some_totals(), as_json=True)
    page = json.loads(capsys.readouterr().out)
    assert set(page) == {"unit", "period", "figures"}
    assert page["figures"][0] == {
        "activity": "主题党日",
        "name": "次数",
        "value": 6,
        "rows": ["主题党日!4", "主题党日!5", "主题党日!6", "主题党日!9"],
    }
    assert [figure["value"] for figure in page["figures"]] == [6, 0.9559, ["甲", "乙"], [3, 5]]


def test_rows_in_error_are_mentioned_beside_the_totals_not_among_them(capsys):
    pages.totals_page(some_totals(error=2), as_json=True)
    caught = capsys.readouterr()
    json.loads(caught.out)
    assert caught.err == "有 2 行有错，没有计入。请先校验：pyxl check 台账.xlsx\n"


def test_a_blocked_report_lists_the_errors_alone_and_leaves_1(capsys):
    check = a_check(an_issue(), an_issue("late", Severity.WARNING, row=8))
    assert pages.report_page(ReportOutcome(None, blocked=True, check=check), draft=False) == 1
    shown = lines(capsys)
    assert [line for line in shown if "主题党日!" in line] == [
        "错误 主题党日!H7（填的是“25”）：实到 25 人多于应到 20 人。请核对 H7 与 G7。"
    ]
    assert shown[-1] == "有 1 处错误，没有生成总结。改好后再生成；要先看样子，加 --draft。"


def test_a_report_names_the_file_last(capsys):
    outcome = ReportOutcome(Path("总结.docx"), blocked=False, check=a_check())
    assert pages.report_page(outcome, draft=False) == 0
    assert lines(capsys) == ["错误 0 · 提醒 0 · 建议 0", "已生成总结：总结.docx"]


def test_what_kept_its_name_is_told_below_the_new_one(capsys):
    kept = ReportOutcome(Path("总结（2）.docx"), blocked=False, check=a_check(), kept=Path("总结.docx"))
    assert pages.report_page(kept, draft=False) == 0
    assert lines(capsys)[-2:] == [
        "已生成总结：总结（2）.docx",
        "“总结.docx”不是本程序写的，或者写好后有人改过，没有动它，这次另取了名。",
    ]


def test_a_draft_over_errors_says_that_it_must_not_be_sent(capsys):
    outcome = ReportOutcome(Path("草稿.docx"), blocked=True, check=a_check(an_issue()))
    assert pages.report_page(outcome, draft=True) == 0
    assert lines(capsys)[-2:] == ["台账还有 1 处错误，数字可能不全，请勿上报。", "已生成草稿：草稿.docx"]


def test_new_says_what_comes_next(capsys):
    assert pages.new_page(NewOutcome(Path("台账.xlsx"))) == 0
    first, second = lines(capsys)
    assert first == "已新建台账：台账.xlsx"
    assert second.endswith("pyxl check 台账.xlsx")


def test_a_stale_build_leaves_1_and_names_the_files(capsys):
    assert pages.build_page(BuildOutcome((), ("workbook/a.xlsx",)), check_only=True) == 1
    assert lines(capsys) == ["不是最新：workbook/a.xlsx", "有 1 个文件不是最新，请运行 pyxl build。"]


def test_a_fresh_build_leaves_0(capsys):
    assert pages.build_page(BuildOutcome((), ()), check_only=True) == 0
    assert lines(capsys) == ["已是最新"]


def test_the_gravest_come_first_whatever_the_order_of_the_sheets(capsys):
    mild = [an_issue("a", Severity.HINT, row=4), an_issue("b", Severity.WARNING, row=5), an_issue("c", row=6)]
    check = a_check(*mild, an_issue("a", Severity.HINT, row=7), an_issue("c", row=8))
    pages.check_page(check)
    shown = [line.split("（")[0] for line in lines(capsys) if "主题党日!" in line]
    assert shown == ["错误 主题党日!H6", "错误 主题党日!H8", "提醒 主题党日!H5", "建议 主题党日!H4", "建议 主题党日!H7"]
    assert [found["cell"] for found in json.loads(pages.check_json(check))["issues"]] == ["H4", "H5", "H6", "H7", "H8"]


AGAIN = ' --period 2023H2 --catalogue "我的 目录"'


def test_options_are_repeated_as_they_can_be_typed():
    assert pages.repeated("2023H2", Path("我的 目录")) == AGAIN
    assert pages.repeated(catalogue=Path("目录")) == " --catalogue 目录"
    assert pages.repeated() == ""


def test_the_next_command_has_the_same_options(capsys):
    pages.check_page(a_check(an_issue()), AGAIN)
    assert lines(capsys)[-1].endswith(f"：pyxl check 台账.xlsx{AGAIN}")
    pages.check_page(a_check(an_issue("late", Severity.WARNING)), AGAIN)
    assert lines(capsys)[-1].endswith(f"：pyxl report 台账.xlsx{AGAIN}")
    pages.check_page(a_check(), AGAIN)
    assert lines(capsys)[-1].endswith(f"：pyxl report 台账.xlsx{AGAIN}")
    pages.new_page(NewOutcome(Path("台账.xlsx")), AGAIN)
    assert lines(capsys)[-1].endswith(f"：pyxl check 台账.xlsx{AGAIN}")
    pages.totals_page(some_totals(error=2), AGAIN, as_json=True)
    assert capsys.readouterr().err.endswith(f"：pyxl check 台账.xlsx{AGAIN}\n")


@pytest.mark.parametrize(
    ("issues", "said"),
    [
        ([Severity.HINT] * 2, "另有建议 2 处，请核对：pyxl check 台账.xlsx --period 2023H2"),
        ([Severity.WARNING, Severity.HINT], "另有提醒 1 处、建议 1 处，请核对：pyxl check 台账.xlsx --period 2023H2"),
    ],
)
def test_a_report_leaves_out_what_there_is_none_of(capsys, issues, said):
    check = a_check(*(an_issue("late", level, row=row) for row, level in enumerate(issues, 4)))
    pages.report_page(ReportOutcome(Path("总结.docx"), blocked=False, check=check), " --period 2023H2", draft=False)
    assert lines(capsys)[1] == said


def submitted(*mentions):
    return SubmitOutcome(Path("上报.xlsx"), Path("总结.docx"), a_check(), (), mentions)


def test_names_in_what_goes_up_are_told_by_cell_and_keep_nothing_back(capsys):
    cells = [
        Mention(CellRef("主题党日", 4, 14), "主要内容", ("甲某", "乙某")),
        Mention(CellRef("支委会", 5, 2), "议定事项", ("丙某",)),
    ]
    assert pages.submit_page(submitted(*cells)) == 0
    assert lines(capsys)[1:-1] == [
        "上报件：上报.xlsx",
        "总结：总结.docx",
        "主题党日!N4“主要内容”里有姓名“甲某、乙某”，会随上报件报给上级。",
        "支委会!B5“议定事项”里有姓名“丙某”，会随上报件报给上级。",
        "不该上报的姓名，请在台账里改掉，再上报一次；上级以后报的为准。",
    ]


def test_without_names_nothing_is_said_of_them(capsys):
    assert pages.submit_page(submitted()) == 0
    assert not [line for line in lines(capsys) if "姓名" in line]


def test_a_terminal_is_told_of_many_cells_that_there_are_more(capsys, monkeypatch):
    many = [Mention(CellRef("主题党日", row, 14), "主要内容", ("甲某",)) for row in range(4, 24)]
    assert pages.submit_page(submitted(*many)) == 0
    assert sum("里有姓名" in line for line in lines(capsys)) == 20
    monkeypatch.setattr(pages, "on_terminal", lambda: True)
    assert pages.submit_page(submitted(*many)) == 0
    shown = lines(capsys)
    assert sum("里有姓名" in line for line in shown) == 8
    assert "另有 12 格文字里也有姓名。" in shown


def test_what_a_template_leaves_out_is_said_on_standard_error(capsys):
    outcome = ReportOutcome(Path("总结.docx"), blocked=False, check=a_check(), left_out=("正文", "署名"))
    assert pages.report_page(outcome, draft=False) == 0
    caught = capsys.readouterr()
    assert caught.out.splitlines()[-1] == "已生成总结：总结.docx"
    assert caught.err.startswith("这个模板没有印出：正文、署名。")
    assert "{{ 正文 }}" in caught.err


def test_what_a_template_leaves_unfinished_is_said_on_standard_error(capsys):
    left = ("1. 正文第3段「地点待定」：“待定”像是没有填完，会照样印出来。",)
    outcome = ReportOutcome(Path("总结.docx"), blocked=False, check=a_check(), leftovers=left)
    assert pages.report_page(outcome, draft=False) == 0
    assert capsys.readouterr().err.splitlines() == [
        "模板里的这些话像是没有填完，已照样印出来。请改好模板再生成一次：",
        *left,
    ]


def test_a_workbook_of_results_is_named_before_the_next_step(capsys):
    pages.check_page(a_check(error=0, written=Path("台账_校验结果.xlsx")))
    assert lines(capsys)[-2] == "校验结果已写成工作簿：台账_校验结果.xlsx"
    pages.check_page(a_check(error=0))
    assert not [line for line in lines(capsys) if "工作簿" in line]


def test_the_preview_is_the_document_line_by_line(capsys):
    assert pages.preview_page(a_preview(), sources=False, as_json=False) == 0
    text = ["第一党支部2023年上半年工作总结", "一、开展情况", "开展主题党日6次。", "下半年继续努力。"]
    assert lines(capsys) == [*text, "第一党支部", "2023年6月30日"]


def test_with_sources_the_rows_stand_below_each_paragraph_that_has_some(capsys):
    pages.preview_page(a_preview(), sources=True, as_json=False)
    assert lines(capsys)[2:5] == ["开展主题党日6次。", "    （依据：主题党日第4–6行）", "下半年继续努力。"]


def test_errors_are_mentioned_beside_the_preview_whether_they_leave_out_rows_or_wording(capsys):
    issues = (an_issue(), an_issue("unknown_placeholder", sheet="总结文字"), an_issue("late", Severity.WARNING))
    outcome = a_preview(issues=issues)
    assert pages.preview_page(outcome, " --period 2023H1", sources=False, as_json=False) == 0
    caught = capsys.readouterr()
    assert caught.err == (
        "台账还有 2 处错误，有错误的行和文字没有写进去，以上只供参考。请先校验：pyxl check 台账.xlsx --period 2023H1\n"
    )
    assert "错误" not in caught.out


def test_preview_json_has_every_paragraph_with_its_rows(capsys):
    pages.preview_page(a_preview(), sources=False, as_json=True)
    assert json.loads(capsys.readouterr().out) == {
        "unit": "第一党支部",
        "period": "2023H1",
        "title": "第一党支部2023年上半年工作总结",
        "paragraphs": [
            {"level": "heading1", "text": "一、开展情况", "rows": []},
            {"level": "body", "text": "开展主题党日6次。", "rows": ["主题党日!4", "主题党日!5", "主题党日!6"]},
            {"level": "body", "text": "下半年继续努力。", "rows": []},
        ],
        "signature": "第一党支部",
        "date": "2023年6月30日",
    }


def test_the_help_says_which_commands_leave_1(capsys):
    assert main(["--help"]) == 0
    [codes] = [line for line in lines(capsys) if line.startswith("退出码")]
    for verb in ("check", "report", "submit", "collect", "build --check"):
        assert verb in codes.split("2 没能运行")[0], verb
