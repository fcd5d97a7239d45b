"""Sheets are found by name, also when they were renamed, copied or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pyxl.errors import WorkbookError
from pyxl.excel.grid import RawBook, RawSheet
from pyxl.excel.parse import parse
from tests.sheets import CATALOGUE, MEETING, book, sheet_of, values, with_sheet


@pytest.mark.parametrize(
    "name", ["主题党日 (2)", "主题党日(1)", "党日活动", "主题党日 - 副本", " 主题党日", "主题　党日", "主题党日活动"]
)
def test_a_renamed_sheet_is_read_and_told(name: str) -> None:
    original = book(MEETING)
    ledger = parse(with_sheet(original, replace(sheet_of(original), name=name)), CATALOGUE)
    assert values(ledger, "topic") == ["学雷锋"]
    assert [(f.code, f.where.address) for f in ledger.issues] == [("sheet_renamed", name)]
    assert ledger.missing == frozenset()


def test_a_copied_sheet_is_never_counted_twice() -> None:
    original = book(MEETING)
    copy = replace(sheet_of(original), name="主题党日 (2)")
    for sheets in ((*original.sheets, copy), (copy, *original.sheets)):
        ledger = parse(replace(original, sheets=sheets), CATALOGUE)
        assert [(f.code, f.severity, f.where.address) for f in ledger.issues] == [
            ("sheet_twice", "error", "主题党日 (2)")
        ]
        assert [row.ref for row in ledger.rows("theme_day")] == ["主题党日!4"], "the one with the right name"


def test_a_missing_sheet_is_told_with_the_most_like_name() -> None:
    original = book(MEETING)
    without = replace(original, sheets=tuple(sheet for sheet in original.sheets if sheet.name != "主题党日"))
    ledger = parse(without, CATALOGUE)
    assert [(f.code, f.where.address) for f in ledger.issues] == [("sheet_missing", "主题党日")]
    assert ledger.missing == {"theme_day"}
    near = parse(
        replace(without, sheets=(*without.sheets, replace(sheet_of(original), name="支部主题党日"))), CATALOGUE
    )
    assert [(f.code, f.params["near"]) for f in near.issues] == [("sheet_missing_near", "支部主题党日")]


def test_our_own_sheets_are_never_taken_for_records() -> None:
    original = book(MEETING)
    extra = tuple(replace(sheet_of(original), name=name) for name in ("半年汇总", "总结预览", "校验结果", "使用说明"))
    ledger = parse(replace(original, sheets=(*original.sheets, *extra)), CATALOGUE)
    assert [row.ref for row in ledger.all_rows()] == ["主题党日!4"]
    assert ledger.issues == ()


@pytest.mark.parametrize(
    "sheets", [(), (RawSheet("Sheet1", (("a", 1),)),), (RawSheet("基本信息", (("单位名称", "某"),)),)]
)
def test_a_foreign_workbook_is_refused(sheets: tuple[RawSheet, ...]) -> None:
    with pytest.raises(WorkbookError) as caught:
        parse(RawBook("工资表.xlsx", sheets), CATALOGUE)
    assert caught.value.code == "no_ledger_sheets"
    assert "工资表.xlsx" in caught.value.message


LOG = (
    ("志愿服务登记",),
    ("日期", "地点", "服务时长"),
    (date(2023, 3, 5), "社区", 3),
    (None, None, None),
    (None, "广场", 2),
)


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (RawSheet("志愿服务", LOG), [("sheet_not_counted", "warning", "志愿服务", 2)]),
        (RawSheet("志愿服务", LOG, state="veryHidden"), [("sheet_not_counted", "warning", "志愿服务", 2)]),
        (RawSheet("志愿服务", LOG[:2]), [("sheet_unknown", "hint", "志愿服务", None)]),
        (RawSheet("通讯录", (("姓名", "电话"), ("某", "1"))), [("sheet_unknown", "hint", "通讯录", None)]),
        (RawSheet("缓存", (("某",),), state="veryHidden"), []),
        (RawSheet("Sheet1", ((None, ""), ())), []),
        (RawSheet("选项", (("日期", "地点"), (date(2023, 3, 5), "某"))), []),
    ],
)
def test_a_sheet_that_nobody_reads_is_told(sheet: RawSheet, found: list[tuple[object, ...]]) -> None:
    original = book(MEETING)
    ledger = parse(replace(original, sheets=(*original.sheets, sheet)), CATALOGUE)
    assert [(f.code, f.severity, f.where.address, f.params.get("count")) for f in ledger.issues] == found
    assert [row.ref for row in ledger.all_rows()] == ["主题党日!4"]
