"""The pages in an open workbook, found or made anew, and what is never touched."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from pyxl.actions import examine
from pyxl.core.issue import issue
from pyxl.core.place import CellRef
from pyxl.core.summary import summarise
from pyxl.errors import HostError
from pyxl.excel.live import read_book
from pyxl.excel.live.halving import Area
from pyxl.excel.live.hand import Link
from pyxl.excel.live.reading import read_own
from pyxl.excel.live.showing import clear_results, show_figures, show_preview, show_results
from pyxl.excel.live.writing import OwnSheet, add_sheet
from pyxl.hosts.libreoffice.gone import SheetGone
from tests.excel.live.nasty import CATALOGUE
from tests.offices import fingerprint, follow, shown

TODAY = date(2023, 7, 31)
NOW = datetime(2023, 7, 31, 9, 5)
HEADER = ["级别", "表", "单元格", "填的是", "问题", "怎么改"]

pytestmark = pytest.mark.live


@pytest.fixture
def book(opened, sample):
    return opened(sample)


def found(book):
    raw = read_book(book)
    return raw, examine(raw, CATALOGUE, TODAY)


def report_of(examination):
    return summarise(
        examination.ledger, examination.catalogue, examination.validation, examination.totals, examination.narrative,
        issues=examination.issues, draft=False, sources=False,
    )  # fmt: skip


def figures_of(book, raw, found, remarks=()):
    return show_figures(book, raw, found.catalogue, found.totals, found.validation, remarks)


def some(count: int, code: str = "required_missing", sheet: str = "主题党日"):
    return tuple(issue(code, CellRef(sheet, row, 2), label="地点") for row in range(4, 4 + count))


# ---- 校验结果


def test_a_mistake_gets_a_line_with_a_link_that_leads_to_its_cell(book):
    book.sheets["主题党日"]["B5"].raw_value = "'=1+1"
    raw, examination = found(book)
    sheet = show_results(book, raw, examination.issues, NOW)
    assert sheet.name == "校验结果"
    assert shown(book, "校验结果", "A1:F5") == [
        ["校验结果", "", "哪一张表、哪一个单元格、怎么改；改好后再校验一次。", "", "", ""],
        ["错误 1 · 提醒 0 · 建议 0", "", "", "", "", "2023-07-31 09:05 校验"],
        HEADER,
        ["错误", "主题党日", "B5", "=1+1", "“开始时间”填的“=1+1”不是看得懂的时间。", "请把 B5 改成 24 小时制的时间，如 14:30。"],
        ["", "", "", "", "", ""],
    ]  # fmt: skip
    assert book.sheets["校验结果"].api.getCellRangeByName("D4").Type.value == "TEXT"
    assert follow(book, "校验结果", "C4") == ("主题党日", "$B$5")


def test_nothing_found_leaves_an_empty_table_and_says_so(book):
    raw, examination = found(book)
    show_results(book, raw, examination.issues, NOW, ["只读"])
    assert shown(book, "校验结果", "A2:F4") == [
        ["没有发现问题，可以生成总结", "", "", "", "", "2023-07-31 09:05 校验　只读"], HEADER, [""] * 6,
    ]  # fmt: skip


def test_lines_of_the_last_time_are_gone(book):
    show_results(book, read_book(book), some(30), NOW)
    show_results(book, read_book(book), some(2), NOW)
    assert [row[2] for row in shown(book, "校验结果", "A4:F40")] == ["B4", "B5", *[""] * 35]
    assert shown(book, "校验结果", "A2:A2") == [["错误 2 · 提醒 0 · 建议 0"]]


def test_rows_that_a_filter_hides_are_not_passed_over(book):
    from com.sun.star.sheet import TableFilterField
    from com.sun.star.sheet.FilterOperator import EQUAL

    show_results(book, read_book(book), some(3), NOW)
    table = book.impl.document.model.DatabaseRanges.getByName("校验结果").ReferredCells
    rule = TableFilterField()
    rule.Field, rule.Operator, rule.StringValue = 2, EQUAL, "B5"
    filtering = table.createFilterDescriptor(True)
    filtering.setFilterFields((rule,))
    table.filter(filtering)
    rows = book.sheets["校验结果"].api.Rows
    assert [rows.getByIndex(number).IsVisible for number in range(3, 7)] == [False, True, False, False]
    show_results(book, read_book(book), some(2), NOW)
    assert [rows.getByIndex(number).IsVisible for number in range(3, 7)] == [True] * 4
    assert [row[2] for row in shown(book, "校验结果", "A4:F7")] == ["B4", "B5", "", ""]


def test_a_column_that_the_user_has_put_between_keeps_its_words(book):
    show_results(book, read_book(book), some(1), NOW)
    sheet = book.sheets["校验结果"]
    sheet.api.Columns.insertByIndex(2, 1)
    sheet["C3"].raw_value, sheet["C4"].raw_value, sheet["C5"].raw_value = "谁来改", "周明远", "顾晓岚"
    show_results(book, read_book(book), some(2), NOW)
    assert [row[:4] for row in shown(book, "校验结果", "A3:G5")] == [
        ["级别", "表", "谁来改", "单元格"], ["错误", "主题党日", "周明远", "B4"], ["错误", "主题党日", "顾晓岚", "B5"],
    ]  # fmt: skip
    assert follow(book, "校验结果", "D5") == ("主题党日", "$B$5")


def test_more_lines_than_the_table_has_make_it_longer(book):
    show_results(book, read_book(book), some(700), NOW)
    table = book.impl.document.model.DatabaseRanges.getByName("校验结果").DataArea
    assert (table.StartRow, table.EndRow) == (2, 702)
    assert shown(book, "校验结果", "C703:C704") == [["B703"], [""]]


def test_a_sheet_that_was_deleted_since_is_said_to_be_gone_and_its_neighbour_left_alone(book):
    """LibreOffice lets the object of a deleted sheet stand for the one before it."""
    raw = read_book(book)
    own = OwnSheet(book.sheets["半年汇总"], book)
    book.sheets["半年汇总"].delete()
    before = fingerprint(book)
    place = CellRef("党课", 4, 1)
    for action in (
        lambda: own.clear(Area(1, 1, 20, 4)),
        lambda: own.put(4, 1, [["字"]]),
        lambda: own.link([Link(4, 1, "A4", place)]),
        lambda: own.heights(4, [60.0]),
        lambda: own.hand.dress(Area(4, 1, 4, 1), {"bold": True}),
    ):
        with pytest.raises(SheetGone):
            action()
    assert fingerprint(book) == before
    with pytest.raises(HostError) as caught:
        figures_of(book, raw, found(book)[1])
    assert caught.value.code == "sheet_gone"


def test_when_not_all_have_a_line_the_sheet_says_how_many_there_are(book):
    show_results(book, read_book(book), some(2500), NOW, ["只读"])
    assert shown(book, "校验结果", "E2003:E2004") == [["还有 501 处问题，这里列不下。"], [""]]
    assert shown(book, "校验结果", "F2:F2") == [
        ["2023-07-31 09:05 校验　一共 错误 2500 · 提醒 0 · 建议 0；这里只列出前 1999 处　只读"],
    ]  # fmt: skip


def test_clearing_empties_the_page_and_says_that_no_check_was_made(book):
    show_results(book, read_book(book), some(3), NOW)
    assert clear_results(book, read_own(book)).name == "校验结果"
    assert shown(book, "校验结果", "A2:F5") == [["尚未校验", *[""] * 5], HEADER, [""] * 6, [""] * 6]


def test_where_there_is_no_page_nothing_is_cleared_and_none_is_made(book):
    book.sheets["校验结果"].delete()
    assert clear_results(book, read_own(book)) is None
    assert "校验结果" not in book.sheet_names


# ---- 半年汇总, 总结预览


def test_figures_get_a_line_each_with_their_rows(book):
    raw, examination = found(book)
    assert figures_of(book, raw, examination, ["只读"]).name == "半年汇总"
    spot = read_own(book).names["汇总明细"]
    assert spot[0] == "半年汇总"
    first = spot[1]
    lines = shown(book, "半年汇总", f"A{first}:S{first + len(examination.totals.figures)}")
    assert [(line[0], line[1]) for line in lines[:-1]] == [(f.activity, f.name) for f in examination.totals.figures]
    assert lines[-1] == [""] * 19
    rate = next(line for line in lines if line[1] == "出勤率")
    assert re.fullmatch(r"\d+(\.\d+)?%", rate[4])
    status = shown(book, "半年汇总", f"A{first - 2}:A{first - 2}")
    assert status == [["2023年上半年，截至 2023-06-30：计入 102 行，未计入 4 行。　只读"]]
    row = next(n for n, line in enumerate(lines) if line[0] == "主题党日" and line[18])
    assert follow(book, "半年汇总", f"S{first + row}") == ("主题党日", "$A$4")


def test_the_preview_reads_as_the_document_with_its_numbers_bold(book):
    raw, examination = found(book)
    report = report_of(examination)
    assert show_preview(book, raw, report, errors=0).name == "总结预览"
    lines = shown(book, "总结预览", "A4:D60")
    assert lines[0][0] == report.title
    assert [line[0].strip("　") for line in lines[1 : 1 + len(report.blocks)]] == [b.text for b in report.blocks]
    assert bold(book, "总结预览", "A8") == ["12", "3", "7", "4", "2"]
    assert follow(book, "总结预览", "C8")[0] in {activity.label for activity in CATALOGUE.activities}


def bold(book, sheet: str, cell: str) -> list[str]:
    """The parts of a cell's text that are bold."""
    portions = book.sheets[sheet].api.getCellRangeByName(cell).createEnumeration().nextElement().createEnumeration()
    found = []
    while portions.hasMoreElements():
        portion = portions.nextElement()
        if portion.CharWeight > 100:
            found.append(portion.String)
    return found


def test_a_document_that_was_written_is_named_and_led_to_until_the_next_preview(book, tmp_path):
    raw, examination = found(book)
    path = tmp_path / "总 结 50%.docx"
    show_preview(book, raw, report_of(examination), errors=0, written=path)
    cell = book.sheets["总结预览"].api.getCellRangeByName("A2")
    assert cell.String == "总结已生成：总 结 50%.docx（点这里打开）"
    assert f'HYPERLINK("{path.as_uri()}"' in cell.Formula
    assert cell.CharUnderline == 1
    show_preview(book, read_book(book), report_of(examination), errors=2)
    assert cell.Formula == cell.String
    assert cell.String.startswith("台账还有 2 处错误")
    assert cell.CharUnderline == 0


# ---- made anew


def test_pages_that_were_deleted_come_back_at_their_place_with_their_names(book):
    for name in ("校验结果", "总结预览", "半年汇总"):
        book.sheets[name].delete()
    raw, examination = found(book)
    show_results(book, raw, some(2), NOW)
    show_preview(book, read_book(book), report_of(examination), errors=0)
    figures_of(book, read_book(book), examination)
    assert book.sheet_names[-5:-1] == ["总结文字", "半年汇总", "总结预览", "校验结果"]
    assert shown(book, "校验结果", "A1:F4")[1:] == [
        ["错误 2 · 提醒 0 · 建议 0", "", "", "", "", "2023-07-31 09:05 校验"], HEADER,
        ["错误", "主题党日", "B4", *shown(book, "校验结果", "D4:F4")[0]],
    ]  # fmt: skip
    names = {
        name: book.names[name].refers_to for name in ("校验结果_级别", "校验结果_表", "校验结果_单元格", "校验时间")
    }
    assert names == {
        "校验结果_级别": "=校验结果!$A$4:$A$2003", "校验结果_表": "=校验结果!$B$4:$B$2003",
        "校验结果_单元格": "=校验结果!$C$4:$C$2003", "校验时间": "=校验结果!$F$2",
    }  # fmt: skip
    assert shown(book, "总结预览", "A1:A1")[0][0].startswith("总结预览 ")
    assert shown(book, "半年汇总", "A5:B5") == [["活动", "指标"]]
    show_results(book, read_book(book), (), NOW)  # found again, not made a second time
    assert book.sheet_names.count("校验结果") == 1
    assert shown(book, "校验结果", "A2:A4") == [["没有发现问题，可以生成总结"], ["级别"], [""]]


def test_an_older_summary_sheet_gets_its_table_below_what_is_there(book):
    raw, examination = found(book)
    first = raw.names["汇总明细"][1]
    cells = book.sheets["半年汇总"].api.getCellRangeByName(f"A{first - 3}:S{first + 200}")
    cells.merge(False)
    cells.clearContents(1023)
    book.names["汇总明细"].delete()
    book.names["汇总状态"].delete()
    above = book.sheets["半年汇总"].api.getCellRangeByName(f"A1:S{first - 4}").getFormulaArray()
    figures_of(book, read_book(book), examination)
    assert book.sheets["半年汇总"].api.getCellRangeByName(f"A1:S{first - 4}").getFormulaArray() == above
    assert shown(book, "半年汇总", f"A{first - 1}:B{first - 1}") == [["活动", "指标"]]
    assert shown(book, "半年汇总", f"A{first}:A{first}") == [[examination.totals.figures[0].activity]]


def test_a_blank_sheet_of_the_name_is_used(book):
    sheet = book.sheets["校验结果"]
    sheet.clear()
    show_results(book, read_book(book), some(1), NOW)
    assert book.sheet_names.count("校验结果") == 1
    assert shown(book, "校验结果", "A3:F3") == [HEADER]


# ---- what is left alone


@pytest.mark.parametrize("name", ["校验结果", "总结预览", "半年汇总"])
def test_a_sheet_of_somebody_s_own_that_bears_the_name_is_not_overwritten(book, name):
    raw, examination = found(book)
    book.sheets[name].delete()
    book.sheets.add(name)["B2"].raw_value = "我自己写的"
    raw = read_book(book)
    pages = {
        "校验结果": lambda: show_results(book, raw, some(1), NOW),
        "总结预览": lambda: show_preview(book, raw, report_of(examination), errors=0),
        "半年汇总": lambda: figures_of(book, raw, examination),
    }
    with pytest.raises(HostError) as caught:
        pages[name]()
    assert (caught.value.code, caught.value.params["sheet"]) == ("own_sheet_foreign", name)
    assert read_own(book).sheet(name).rows == ((), (None, "我自己写的"))


def test_a_protected_sheet_is_said_to_be_protected_and_stays_as_it_is(book):
    show_results(book, read_book(book), some(1), NOW)
    book.sheets["校验结果"].api.protect("秘密")
    with pytest.raises(HostError) as caught:
        show_results(book, read_book(book), some(2), NOW)
    assert caught.value.code == "own_sheet_protected"
    assert shown(book, "校验结果", "C4:C5") == [["B4"], [""]]


def test_no_sheet_is_added_to_a_book_whose_structure_is_protected(book):
    book.sheets["校验结果"].delete()
    book.impl.document.model.protect("秘密")
    with pytest.raises(HostError) as caught:
        show_results(book, read_book(book), some(1), NOW)
    assert caught.value.code == "book_structure_protected"
    assert "校验结果" not in book.sheet_names


def test_every_other_sheet_is_bit_for_bit_what_it_was(book):
    before = fingerprint(book)
    raw, examination = found(book)
    show_results(book, raw, some(5), NOW)
    figures_of(book, raw, examination)
    show_preview(book, raw, report_of(examination), errors=0)
    clear_results(book, read_own(book))
    assert fingerprint(book) == before
    assert len(before) == 20


def test_the_fingerprint_sees_a_changed_value_format_or_width(book):
    before = fingerprint(book)
    book.sheets["主题党日"]["B5"].raw_value = "x"
    book.sheets["党课"].api.getCellRangeByName("C4").CellBackColor = 1
    book.sheets["支委会"].api.Columns.getByIndex(2).Width += 10
    after = fingerprint(book)
    assert {name for name in before if before[name] != after[name]} == {"主题党日", "党课", "支委会"}


def test_only_sheets_of_ours_can_be_written_or_added(book):
    for name in book.sheet_names:
        if name in ("校验结果", "总结预览", "半年汇总"):
            OwnSheet(book.sheets[name], book)
        else:
            with pytest.raises(ValueError, match=name):
                OwnSheet(book.sheets[name], book)
    with pytest.raises(ValueError, match="主题党日2"):
        add_sheet(book, "主题党日2", ())
