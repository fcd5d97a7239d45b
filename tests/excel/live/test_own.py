from __future__ import annotations

import pytest

from pyxl.errors import HostError
from pyxl.excel.grid import RawBook, RawSheet
from pyxl.excel.live.own import Spot, find_page, is_own, unread_sheets

LABELS = ("级别", "表", "单元格")


def book(*rows, name="校验结果"):
    return RawBook("台账.xlsx", (RawSheet("主题党日", (("x",),)), RawSheet(name, rows)))


def test_a_page_stands_where_its_header_is():
    found = find_page(book(("校验结果",), (), LABELS, ("错误", "表", "D7"), (), ("提醒",)), "results", LABELS)
    assert found == Spot("校验结果", 3, (1, 2, 3), 6)
    assert found.first == 4


def test_it_is_found_with_rows_and_columns_put_between():
    rows = (("校验结果",), (), (), ("序号", "表", "谁", "级别", "单元格"), (1, None, "甲", None, "D7"), (2,))
    assert find_page(book(*rows), "results", LABELS) == Spot("校验结果", 4, (4, 2, 5), 5)


def test_an_empty_page_ends_at_its_header():
    assert find_page(book(("校验结果",), LABELS), "results", LABELS).last == 2


@pytest.mark.parametrize("rows", [(), ((), ()), (("校验结果　哪一格",), ("尚未校验",))])
def test_a_blank_sheet_or_one_of_ours_without_the_page_is_to_be_filled_anew(rows):
    assert find_page(book(*rows), "results", LABELS) is None


def test_no_sheet_no_page():
    assert find_page(book(("x",), name="别的"), "results", LABELS) is None


def test_a_sheet_of_that_name_with_something_else_is_refused():
    with pytest.raises(HostError) as caught:
        find_page(book(("我的记录",), ("级别", "表")), "results", LABELS)
    assert (caught.value.code, caught.value.params) == ("own_sheet_foreign", {"sheet": "校验结果"})


def test_three_sheets_are_ours_to_write_and_five_are_not_typed_into():
    assert [name for name in ("半年汇总", "总结预览", "校验结果", "总结文字", "基本信息", "党课") if is_own(name)] == [
        "半年汇总", "总结预览", "校验结果",
    ]  # fmt: skip
    assert unread_sheets() == {"使用说明", "选项", "半年汇总", "总结预览", "校验结果"}
