"""Outcomes as actions would return them, made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyxl.catalogue.model import Severity, TotalKind
from pyxl.core.document import Block, Report
from pyxl.core.issue import Issue
from pyxl.core.place import CellRef
from pyxl.core.totals import Figure
from pyxl.outcomes import CheckOutcome, PreviewOutcome, TotalsOutcome

__all__ = ["a_check", "a_preview", "an_issue", "some_totals"]


def an_issue(code: str = "present_exceeds_due", severity: Severity = Severity.ERROR, **place: Any) -> Issue:
    """One issue, by default an error at 主题党日!H7."""
    where = CellRef(place.get("sheet", "主题党日"), place.get("row", 7), place.get("column", 8))
    return Issue(code, severity, where, "实到 25 人多于应到 20 人。", "请核对 H7 与 G7。", found="25")


def a_check(*issues: Issue, **changes: Any) -> CheckOutcome:
    """A check of 12 rows, nine of which count."""
    values: dict[str, Any] = {
        "unit": "第一党支部",
        "period": "2023H1",
        "issues": issues,
        "read": 12,
        "counted": 9,
        "excluded": 2,
        "error": 1,
        "exclusions": (("主题党日!9", "状态为草稿"), ("主题党日!12", "状态为草稿")),
        "ledger": Path("台账.xlsx"),
    }
    return CheckOutcome(**(values | changes))


def some_totals(**changes: Any) -> TotalsOutcome:
    """Four kinds of figures."""
    figures = (
        Figure("主题党日", "次数", 6, ("主题党日!4", "主题党日!5", "主题党日!6", "主题党日!9"), "次"),
        Figure("主题党日", "出勤率", 0.9559, ("主题党日!4",), kind=TotalKind.RATIO),
        Figure("主题党日", "主题清单", ("甲", "乙"), ("主题党日!4",), kind=TotalKind.LIST),
        Figure("支委会", "缺会月份", (3, 5), (), kind=TotalKind.MONTHS_WITHOUT),
    )
    return TotalsOutcome("第一党支部", "2023H1", figures, a_check(**({"error": 0} | changes)))


def a_preview(**changes: Any) -> PreviewOutcome:
    """A summary of two paragraphs under one heading."""
    blocks = (
        Block("heading1", "一、开展情况"),
        Block("body", "开展主题党日6次。", ("主题党日!4", "主题党日!5", "主题党日!6")),
        Block("body", "下半年继续努力。"),
    )
    report = Report("第一党支部2023年上半年工作总结", "第一党支部", "2023年6月30日", blocks)
    return PreviewOutcome(report, a_check(**({"error": 0} | changes)))
