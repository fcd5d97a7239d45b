from __future__ import annotations

from datetime import datetime

import pytest

from pyxl.catalogue.model import Severity
from pyxl.core.issue import Issue
from pyxl.core.place import CellRef
from pyxl.excel.pages.results import RESULT_COLUMNS, checked, results, status
from pyxl.text import phrases
from tests.excel.pages.findings import changed
from tests.reports import written


def an_issue(severity, where, found="25"):
    return Issue("any", severity, where, "实到多于应到。", "请核对。", found)


ISSUES = (
    an_issue(Severity.HINT, CellRef("集中学习", 4, 2)),
    an_issue(Severity.WARNING, CellRef("集中学习", 9)),
    an_issue(Severity.ERROR, CellRef("主题党日", 7, 28)),
    an_issue(Severity.ERROR, CellRef("主题党日", 9, 1)),
    an_issue(Severity.HINT, CellRef("支委会"), found=""),
)


def test_the_gravest_come_first_and_otherwise_the_workbooks_order_holds():
    cells = [line.cells[:3] for line in results(ISSUES)]
    assert cells == [
        ("错误", "主题党日", "AB7"),
        ("错误", "主题党日", "A9"),
        ("提醒", "集中学习", "9"),
        ("建议", "集中学习", "B4"),
        ("建议", "支委会", None),
    ]


def test_every_column_has_its_words():
    (line,) = results(ISSUES[2:3])
    assert line.cells == ("错误", "主题党日", "AB7", "25", "实到多于应到。", "请核对。")
    assert len(line.cells) == len(RESULT_COLUMNS)
    assert set(RESULT_COLUMNS) <= set(phrases("sheets", "results"))


def test_a_line_leads_to_its_cell_or_to_its_rows_first_and_nowhere_for_a_whole_sheet():
    links = [line.link for line in results(ISSUES)]
    first = CellRef("集中学习", 9, 1)
    assert links == [CellRef("主题党日", 7, 28), CellRef("主题党日", 9, 1), first, CellRef("集中学习", 4, 2), None]


def test_a_cell_that_holds_a_formula_typed_as_text_is_told_as_it_stands():
    (line,) = results([an_issue(Severity.ERROR, CellRef("党课", 4, 3), "=1+1")])
    assert line.cells[3] == "=1+1"


@pytest.mark.parametrize(
    ("issues", "words"),
    [
        (None, "尚未校验"),
        ((), "没有发现问题，可以生成总结"),
        (ISSUES, "错误 2 · 提醒 1 · 建议 2"),
        (ISSUES[:1], "错误 0 · 提醒 0 · 建议 1"),
    ],
)
def test_the_status_counts_each_level_or_says_that_there_is_nothing(issues, words):
    assert status(issues) == words


def test_when_it_was_checked_is_told_where_it_is_known():
    assert checked() == "已校验"
    assert checked(datetime(2023, 7, 1, 9, 5)) == "2023-07-01 09:05 校验"


def test_the_rows_of_a_real_ledger_lead_to_the_cells_that_are_wrong():
    found = written(changed("theme_day", 2, present=40))
    lines = [line for line in results(found.issues) if line.cells[0] == "错误"]
    assert [(line.cells[1], line.cells[2], line.cells[3]) for line in lines] == [("主题党日", "I6", "40")]
    assert lines[0].link == CellRef("主题党日", 6, 9)


def test_more_issues_than_the_highlighting_looks_at_are_counted_and_not_listed():
    issues = [an_issue(Severity.HINT, CellRef("党课", row, 1)) for row in range(4, 2504)]
    issues.append(an_issue(Severity.ERROR, CellRef("主题党日", 7, 1)))
    lines = results(issues)
    assert len(results(issues[:2000])) == len(lines) == 2000
    assert lines[0].cells[:2] == ("错误", "主题党日")
    assert lines[-1].cells == (None, None, None, None, "还有 502 处问题，这里列不下。", "请先改好上面的，再校验一次。")
    assert lines[-1].link is None
    assert status(issues) == "错误 1 · 提醒 0 · 建议 2500"


def test_of_a_very_long_cell_only_the_beginning_is_told_and_the_sentence_keeps_its_end():
    typed = "=" + "长" * 40_000
    told = f"“日期”填的“{typed}”不是看得懂的日期。"
    (line,) = results([Issue("any", Severity.ERROR, CellRef("党课", 4, 1), told, "请改。", typed)])
    beginning = "=" + "长" * 298 + "…"
    assert line.cells[3:5] == (beginning, f"“日期”填的“{beginning}”不是看得懂的日期。")
