"""A row that stays from period to period counts in each as it stood at its end, and no more once it is settled."""

from __future__ import annotations

from datetime import date

import pytest

from tests.narratives import section
from tests.reports import ROWS, Written, written
from tests.whole_year import YEAR_COVER, year_rows

FIRST = ROWS["rectification"][0]
PROJECT = {
    "project": "窗口服务提速", "lever": "党员先锋岗", "started": date(2023, 2, 1), "ended": date(2023, 8, 20),
    "progress": "完成", "result": "平均等候时间缩短5分钟。", "value": 5, "unit": "分钟",
}  # fmt: skip


def problem(raised: date, done: date | None, **other: object) -> dict[str, object]:
    return {
        **FIRST,
        "raised": raised,
        "deadline": None,
        "done": done,
        "progress": "已完成" if done else "整改中",
        **other,
    }


def of_period(name: str, **rows: list[dict[str, object]]) -> Written:
    return written({**year_rows(), **rows}, cover=YEAR_COVER, period=name, as_of=None, signed_on=None)


def counts(found: Written) -> tuple[object, ...]:
    return tuple(found.totals.get("问题整改", name).value for name in ("次数", "已完成数", "未完成数"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("第一季度", (1, 0, 1)),
        ("第二季度", (1, 0, 1)),
        ("第三季度", (1, 1, 0)),
        ("第四季度", (0, 0, 0)),
        ("上半年", (1, 0, 1)),
        ("下半年", (1, 1, 0)),
        ("全年", (1, 1, 0)),
    ],
)
def test_a_problem_is_open_before_its_completion_done_in_its_period_and_then_gone(name, expected):
    found = of_period(name, rectification=[problem(date(2023, 2, 10), date(2023, 7, 5))])
    assert counts(found) == expected
    reasons = [(row.reason, row.text) for row in found.verdict.excluded if row.ref.startswith("问题整改!")]
    assert reasons == ([("settled_before", "报告期以前已经了结")] if name == "第四季度" else [])


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2023, 6, 30), (1, 1, 0)), (date(2023, 7, 1), (1, 0, 1)), (date(2023, 4, 1), (1, 1, 0))]
)
def test_the_last_day_of_the_period_still_counts_and_so_does_the_first(day, expected):
    assert counts(of_period("第二季度", rectification=[problem(date(2023, 2, 10), day)])) == expected


def test_the_covers_last_day_decides_too():
    rows = {**ROWS, "rectification": [problem(date(2023, 2, 10), date(2023, 6, 25))]}
    assert counts(written(rows)) == (1, 1, 0)
    assert counts(written(rows, as_of=date(2023, 6, 24))) == (1, 0, 1)


def test_what_was_mended_later_is_still_told_as_a_shortcoming():
    row = problem(
        date(2023, 5, 10), date(2023, 9, 5), cited=True, problem="联系群众不够紧密", summary="联系群众还要加强"
    )
    told = section(of_period("上半年", rectification=[row]), "存在问题")
    assert "联系群众不够紧密" in "".join(told)
    assert section(of_period("下半年", rectification=[row]), "存在问题") == []


def test_a_problem_of_last_year_counts_while_it_was_open():
    rows = [
        problem(date(2022, 11, 1), date(2023, 2, 1)),
        problem(date(2022, 10, 1), date(2022, 12, 20), problem="会风"),
    ]
    assert counts(of_period("第一季度", rectification=rows)) == (1, 1, 0)
    assert counts(of_period("第二季度", rectification=rows)) == (0, 0, 0)


def test_a_project_is_under_way_until_it_ends_and_only_then_has_a_result():
    figures = {
        name: tuple(
            of_period(name, integration=[dict(PROJECT)]).totals.get("党建业务融合", figure).value
            for figure in ("推进数", "完成数")
        )
        for name in ("第一季度", "第二季度", "第三季度", "第四季度")
    }
    assert figures == {"第一季度": (1, 0), "第二季度": (1, 0), "第三季度": (1, 1), "第四季度": (0, 0)}
    [row] = of_period("第二季度", integration=[dict(PROJECT)]).verdict.counted["integration"]
    assert [row.get(key) for key in ("progress", "result", "value", "unit")] == ["推进", None, None, None]
    [typed] = of_period("第二季度", integration=[dict(PROJECT)]).ledger.rows("integration")
    assert typed.get("result") == "平均等候时间缩短5分钟。"


def test_a_project_that_is_only_planned_is_not_said_to_be_under_way():
    row = {**PROJECT, "progress": "筹划", "ended": None, "result": None, "value": None, "unit": None}
    assert "融合" not in of_period("第二季度", integration=[row]).text
    assert "推进党建业务融合项目1个" in of_period("第二季度", integration=[{**row, "progress": "推进"}]).text


def test_a_completion_to_come_is_an_error_in_its_cell():
    found = of_period("下半年", rectification=[problem(date(2023, 5, 10), date(2024, 3, 1))])
    [issue] = [each for each in found.verdict.issues if each.code == "settled_in_future"]
    assert issue.where.sheet == "问题整改"
    assert issue.where.column == found.ledger.columns["rectification"]["done"]
    assert "“整改状态”" in issue.hint
    assert counts(found) == (0, 0, 0)
