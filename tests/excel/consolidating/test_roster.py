"""名册: the units that are expected, however somebody has drawn up the list."""

from __future__ import annotations

import openpyxl
import pytest

from pyxl.core.consolidation import Expected
from pyxl.errors import WorkbookError
from pyxl.excel.consolidating.roster import read_roster

A, B = Expected("ZB-1", "甲支部"), Expected("ZB-2", "乙支部")


@pytest.fixture
def roster(tmp_path):
    def read(*rows, sheets=()):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for title, lines in sheets:
            sheet = book.create_sheet(title)
            for line in lines:
                sheet.append(line)
        book.save(tmp_path / "名册.xlsx")
        return read_roster(tmp_path / "名册.xlsx").units

    return read


@pytest.fixture
def noted(roster, tmp_path):
    def read(*rows):
        roster(*rows)
        return read_roster(tmp_path / "名册.xlsx")

    return read


@pytest.fixture
def refused(roster):
    def read(*rows):
        with pytest.raises(WorkbookError) as caught:
            roster(*rows)
        return caught.value

    return read


LINES = (("ZB-1", "甲支部"), ("ZB-2", "乙支部"))


@pytest.mark.parametrize(
    "header",
    [
        ("单位编码", "单位名称"), ("组织代码*", "党支部名称（必填）"), (" 编 码 ", "支部\n名称"), ("党组织编码：", "党组织名称："),
        ("代码", "单位"), ("单位编码 ", "支部全称"),
    ],
)  # fmt: skip
def test_columns_are_found_by_their_headers(roster, header):
    assert roster(header, *LINES) == (A, B)


def test_other_columns_titles_and_blank_lines_do_not_disturb(roster):
    assert roster(
        ("2023年度党组织名册",), (), ("序号", "单位名称", "书记", "单位编码", "备注"), (), (1, "甲支部", "某某", "ZB-1"),
        (), (2, " 乙支部　", None, "ZB-2 ", "新成立"), (None, None, "只有备注"), ("合计", "2个"), (None, "合计：2"),
        ("备注：以组织部门的为准", "某"),
    ) == (A, B)  # fmt: skip


def test_a_list_of_names_will_do(roster):
    assert roster(("支部名称",), ("甲支部",), ("乙支部",)) == (Expected("", "甲支部"), Expected("", "乙支部"))


def test_codes_without_names_will_do_and_numbers_are_codes(roster):
    assert roster(("单位编码", "单位名称"), (1001, None), (1002.0, "乙支部")) == (
        Expected("1001", ""), Expected("1002", "乙支部"),
    )  # fmt: skip


def test_each_unit_counts_once_and_what_stands_there_twice_is_told(noted):
    found = noted(
        ("序号", "单位编码", "单位名称"), (1, *LINES[0]), (2, *LINES[1]), (3, "zb-1", "甲 支部"), (4, None, "甲支部"),
        (5, None, "丙"), (6, None, "丙 "),
    )  # fmt: skip
    assert found.units == (A, B, Expected("", "丙"))
    assert found.notes == (
        "名册第 4 行与第 2 行是同一个单位“甲 支部”，只算一个。",
        "名册第 5 行与第 4 行是同一个单位“甲支部”，只算一个。",
        "名册第 7 行与第 6 行是同一个单位“丙”，只算一个。",
    )


def test_a_name_alone_may_come_before_its_code(noted):
    found = noted(("单位编码", "单位名称"), (None, "甲支部"), *LINES)
    assert found.units == (A, B)
    assert found.notes == ("名册第 2 行与第 3 行是同一个单位“甲支部”，只算一个。",)


def test_without_anything_twice_there_is_nothing_to_say(noted):
    assert noted(("单位编码", "单位名称"), *LINES).notes == ()


def test_two_units_under_one_code_are_told_with_both_places(refused):
    error = refused(("序号", "单位编码", "单位名称"), (1, *LINES[0]), (2, *LINES[1]), (3, "ＺＢ－1", "丙支部"))
    assert error.code == "roster_code_twice"
    for part in ("名册.xlsx", "Sheet!B2", "Sheet!B4", "甲支部", "丙支部", "ＺＢ－1"):
        assert part in error.message


def test_two_units_of_one_name_under_different_superiors_need_codes(refused):
    error = refused(("上级", "支部名称"), ("甲总支", "第一党支部"), ("乙总支", "第二党支部"), ("乙总支", "第一党支部"))
    assert error.code == "roster_name_twice"
    for part in ("名册.xlsx", "Sheet!B2", "Sheet!B4", "第一党支部"):
        assert part in error.message


def test_with_codes_they_are_two(noted):
    rows = (("上级", "单位编码", "支部名称"), ("甲总支", "1", "第一党支部"), ("乙总支", "2", "第一党支部"))
    assert noted(*rows).units == (Expected("1", "第一党支部"), Expected("2", "第一党支部"))


@pytest.mark.parametrize("code", [123456789012345678, 1234567890123456, 10**15])
def test_a_long_code_typed_as_a_number_is_not_believed(refused, code):
    error = refused(("单位编码", "单位名称"), LINES[0], (code, "丙支部"))
    assert error.code == "roster_code_rounded"
    assert "Sheet!A3" in error.message


def test_as_text_or_with_15_digits_it_is(roster):
    rows = (("单位编码", "单位名称"), ("123456789012345678", "甲"), (123456789012345, "乙"))
    assert roster(*rows) == (Expected("123456789012345678", "甲"), Expected("123456789012345", "乙"))


def test_two_units_of_one_name_are_two(roster):
    assert roster(("单位编码", "单位名称"), ("ZB-1", "甲支部"), ("ZB-2", "甲支部")) == (A, Expected("ZB-2", "甲支部"))


def test_the_first_sheet_with_a_list_counts(roster):
    lists = (("名册", [("单位编码", "单位名称"), LINES[0]]), ("旧名册", [("单位编码", "单位名称"), LINES[1]]))
    assert roster(("说明",), ("请各支部按时上报",), sheets=lists) == (A,)


def test_a_unit_may_be_called_like_a_note(roster):
    assert roster(("支部名称",), ("注册会计师协会党支部",), ("备注",)) == (Expected("", "注册会计师协会党支部"),)


def test_what_looks_like_a_formula_is_only_a_name(roster, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(("单位编码", "单位名称"))
    for place, text in enumerate(("=cmd", "+1"), 1):
        cell = book.active.cell(2, place, text)
        cell.data_type = "s"
    book.save(tmp_path / "x.xlsx")
    assert read_roster(tmp_path / "x.xlsx").units == (Expected("=cmd", "+1"),)


@pytest.mark.parametrize(
    "rows", [(), (("姓名", "电话"), ("某", "1")), (("单位编码", "单位名称"),), (("单位编码",), ("ZB-1",))]
)
def test_a_workbook_that_lists_nobody_is_told(roster, rows):
    with pytest.raises(WorkbookError) as caught:
        roster(*rows)
    assert caught.value.code == "no_roster"
    assert "名册.xlsx" in caught.value.message


def test_a_roster_that_is_no_workbook_is_told(tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(WorkbookError):
        read_roster(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名册.csv", "单位编码,单位名称\nZB-1,甲支部\n".encode("gb18030")),
        ("名册.pdf", b"%PDF-1.4\n"),
        ("名册.zip", b"7z\xbc\xaf\x27\x1c"),
    ],
)
def test_a_list_that_is_no_workbook_is_told_how_to_become_one(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        read_roster(tmp_path / name)
    assert caught.value.code == "roster_kind"
    assert name in caught.value.message
    assert "另存为“Excel 工作簿（.xlsx）”" in caught.value.hint
    assert "台账" not in caught.value.message + caught.value.hint
