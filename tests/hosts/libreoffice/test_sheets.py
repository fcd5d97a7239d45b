"""Sheets: added, found, renamed, copied, deleted."""

from __future__ import annotations

import pytest
import xlwings

pytestmark = pytest.mark.live


def names(book):
    return [sheet.name for sheet in book.sheets]


def test_sheets_are_added_where_they_should_stand(book):
    first = book.sheets[0]
    book.sheets.add("末", after=first)
    book.sheets.add("首", before=first)
    assert names(book) == ["首", "Sheet1", "末"]
    assert book.sheets.active.name == "首"
    assert [sheet.index for sheet in book.sheets] == [1, 2, 3]


def test_a_sheet_without_a_name_gets_a_free_one(book):
    assert [book.sheets.add().name, book.sheets.add().name] == ["Sheet2", "Sheet3"]


def test_a_sheet_is_found_by_name_in_whatever_case_and_by_number(book):
    book.sheets.add("Totals", after=book.sheets[0])
    assert book.sheets["totals"] == book.sheets[1] == book.sheets(2)
    assert "TOTALS" in book.sheets
    assert "没有" not in book.sheets
    with pytest.raises(KeyError):
        book.sheets["没有"]


def test_a_sheet_is_renamed_unless_the_name_is_taken_or_bad(book):
    sheet = book.sheets.add("旧")
    sheet.name = "新"
    assert "新" in names(book)
    for bad in ("Sheet1", "'quoted'", "a:b"):
        with pytest.raises(ValueError, match=r"Sheet|sheet"):
            sheet.name = bad
    assert sheet.name == "新"


def test_a_sheet_is_hidden_and_shown(book):
    sheet = book.sheets.add("藏")
    sheet.visible = False
    assert not sheet.visible
    sheet.visible = True
    assert sheet.visible


def test_a_sheet_is_copied_in_its_book_and_into_no_other(app, book):
    book.sheets[0]["A1"].value = [["甲", "=1+1"]]
    copy = book.sheets[0].copy(name="副本")
    assert (copy.name, copy["A1:B1"].formula) == ("副本", (("甲", "=1+1"),))
    other = app.books.add()
    with pytest.raises(NotImplementedError, match="from one book to another"):
        book.sheets[0].copy(before=other.sheets[0])
    assert names(other) == ["Sheet1"]


def test_a_sheet_is_moved_and_deleted(book):
    for name in ("甲", "乙"):
        book.sheets.add(name, after=book.sheets[-1])
    book.sheets["乙"].move(before=book.sheets[0])
    assert names(book) == ["乙", "Sheet1", "甲"]
    book.sheets["Sheet1"].delete()
    assert names(book) == ["乙", "甲"]


def test_the_last_sheet_stays(book):
    with pytest.raises(xlwings.XlwingsError):
        book.sheets[0].delete()


def test_the_used_range_holds_all_contents(book):
    sheet = book.sheets[0]
    assert sheet.used_range.address == "$A$1"
    sheet["C5"].value = "x"
    sheet["B7"].value = 1
    assert sheet.used_range.last_cell.address == "$C$7"


def test_a_sheet_is_cleared_of_contents_or_formats_or_both(book):
    sheet = book.sheets[0]

    def filled():
        sheet["A1"].value = "x"
        sheet["A1"].color = (255, 0, 0)

    filled()
    sheet.clear_contents()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, (255, 0, 0))
    filled()
    sheet.clear_formats()
    assert (sheet["A1"].value, sheet["A1"].color) == ("x", None)
    filled()
    sheet.clear()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, None)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("b2", "$B$2"),
        ("A:B", "$A:$B"),
        ("2:3", "$2:$3"),
        ((2, 3), "$C$2"),
        ("Sheet1!C4", "$C$4"),
    ],
)
def test_a_range_is_said_in_many_ways(book, asked, address):
    assert book.sheets[0].range(asked).address == address


def test_a_range_is_said_by_two_corners(book):
    sheet = book.sheets[0]
    assert sheet.range("C4", "A2").address == "$A$2:$C$4"
    assert sheet.range((1, 1), (2, 3)).address == "$A$1:$C$2"
    assert sheet.range(sheet["B2"], sheet["D3"]).address == "$B$2:$D$3"
    assert sheet[0, 1].address == "$B$1"
    assert sheet[1:3, 0:2].address == "$A$2:$B$3"


@pytest.mark.parametrize("asked", ["没有这个名称", "A0", "表1[#All]"])
def test_a_text_that_names_no_cells_is_an_error(book, asked):
    with pytest.raises(xlwings.XlwingsError, match="neither an address nor a name"):
        book.sheets[0].range(asked)


def test_counting_begins_at_one(book):
    with pytest.raises(IndexError):
        book.sheets[0].range((0, 1))


def test_rows_stay_in_sight(book):
    sheet = book.sheets[0]
    controller = book.api.getCurrentController()
    sheet.freeze_panes.freeze_at("1:2")
    assert (controller.getSplitRow(), controller.getSplitColumn(), controller.hasFrozenPanes()) == (2, 0, True)
    sheet.freeze_panes.freeze_at("A1:B3")
    assert (controller.getSplitRow(), controller.getSplitColumn()) == (3, 2)
    sheet.freeze_panes.unfreeze()
    assert not controller.hasFrozenPanes()
