"""How cells look, where they lie, and what is attached to them."""

from __future__ import annotations

import openpyxl
import pytest
import xlwings

pytestmark = pytest.mark.live
RED = (255, 0, 0)


@pytest.fixture
def sheet(book):
    return book.sheets[0]


def test_a_colour_is_set_in_each_way_that_xlwings_knows(sheet):
    for colour in (RED, "#FF0000", "ff0000", 255):  # Excel's numbers begin with blue
        sheet["A1"].color = None
        sheet["A1"].color = colour
        assert sheet["A1"].color == RED
    sheet["A1"].number_format = "0.00"
    both = sheet["A1:B1"]
    assert (both.color, both.number_format) == (None, None)  # the cells differ


@pytest.mark.parametrize("code", ["General", "0.00", "#,##0", "yyyy-mm-dd", "0%", "@", 'yyyy"年"m"月"d"日"', "[h]:mm"])
def test_a_number_format_is_read_as_it_was_set(sheet, code):
    sheet["A1"].number_format = code
    assert sheet["A1"].number_format == code


def test_the_font_changes_for_chinese_text_too(sheet):
    font = sheet["A1"].font
    font.bold, font.italic, font.size, font.name, font.color = True, True, 16, "仿宋_GB2312", RED
    assert (font.bold, font.italic, font.size, font.name, font.color) == (True, True, 16, "仿宋_GB2312", RED)
    cell = sheet["A1"].api
    assert (cell.CharWeightAsian, cell.CharHeightAsian, cell.CharFontNameAsian) == (150.0, 16.0, "仿宋_GB2312")
    assert cell.CharPostureAsian.value == "ITALIC"
    assert sheet["A1:B1"].font.bold is None


def test_a_part_of_a_text_has_a_font_of_its_own(sheet):
    sheet["A1"].value = "共产党员"
    sheet["A1"].characters[2:].font.bold = True
    sheet["A1"].characters[0].font.color = RED
    assert sheet["A1"].characters[2:].font.bold is True
    assert sheet["A1"].characters[:2].font.bold is False
    assert sheet["A1"].characters[0].font.color == RED
    assert (sheet["A1"].characters.text, sheet["A1"].characters[1:3].text) == ("共产党员", "产党")
    assert sheet["A1"].value == "共产党员"


def test_text_is_wrapped_and_aligned(sheet):
    cell = sheet["A1"]
    assert (cell.wrap_text, cell.horizontal_alignment, cell.vertical_alignment) == (False, "general", "bottom")
    cell.wrap_text, cell.horizontal_alignment, cell.vertical_alignment = True, "center", "top"
    assert (cell.wrap_text, cell.horizontal_alignment, cell.vertical_alignment) == (True, "center", "top")
    both = sheet["A1:B1"]
    assert (both.horizontal_alignment, both.vertical_alignment) == (None, None)
    with pytest.raises(NotImplementedError):
        cell.horizontal_alignment = "distributed"


@pytest.mark.parametrize("width", [0.5, 8.43, 20, 50.5])
def test_a_column_has_the_width_that_it_was_given(sheet, width):
    sheet["B:C"].column_width = width
    assert sheet["B1"].column_width == pytest.approx(width, abs=0.15)
    assert sheet["B:C"].column_width == sheet["C5"].column_width
    sheet["C:C"].column_width = width + 5
    assert sheet["B1:C1"].column_width is None


def test_a_row_has_the_height_that_it_was_given(sheet):
    sheet["2:3"].row_height = 30
    assert (sheet["A2"].row_height, sheet["A2:A3"].height, sheet["A2"].top) == (30.0, 60.0, sheet["A1"].height)
    assert sheet["A1:A2"].row_height is None


def test_rows_and_columns_fit_their_contents(sheet):
    sheet["A1"].value = "很长很长很长很长很长很长很长很长的一句话"
    narrow = sheet["A1"].column_width
    sheet["A1"].columns.autofit()
    assert sheet["A1"].column_width > 2 * narrow


def test_rows_and_columns_are_hidden(sheet):
    sheet["A2"].rows.hidden = True
    assert (sheet["A2"].rows.hidden, sheet["A1"].rows.hidden, sheet["A1:A2"].rows.hidden) == (True, False, None)
    sheet["C:C"].columns.hidden = True
    assert (sheet["C1"].columns.hidden, sheet["B1:C1"].columns.hidden) == (True, None)


def test_cells_are_merged_and_parted(sheet):
    sheet["A1:B2"].merge()
    assert (sheet["B2"].merge_area.address, sheet["A1"].merge_cells) == ("$A$1:$B$2", True)
    sheet["A1:B2"].unmerge()
    assert (sheet["A1"].merge_area.address, sheet["A1"].merge_cells) == ("$A$1", False)
    sheet["A1:B2"].merge(across=True)
    assert (sheet["A1"].merge_area.address, sheet["B2"].merge_area.address) == ("$A$1:$B$1", "$A$2:$B$2")


def test_cells_move_when_others_are_inserted_or_deleted(sheet):
    sheet["A1"].value = [["a", "b"], ["c", "d"]]
    sheet["A1"].insert("right")
    assert sheet["A1:C1"].value == [None, "a", "b"]
    sheet["A1"].delete("left")
    sheet["1:1"].insert("down")
    assert sheet["A1:B2"].value == [[None, None], ["a", "b"]]
    sheet["A:A"].delete()
    assert sheet["A2:A3"].value == ["b", "d"]


def test_cells_are_copied_and_moved(app, sheet):
    sheet["A1"].value = [["a", "=A1"]]
    sheet["A1:B1"].copy(sheet["A3"])
    assert sheet["A3:B3"].formula == (("a", "=A3"),)
    sheet["A1:B1"].move(sheet["C5"])
    assert (sheet["A1:B1"].value, sheet["C5:D5"].value) == ([None, None], ["a", "a"])
    with pytest.raises(NotImplementedError):
        sheet["A3"].copy(app.books.add().sheets[0]["A1"])


def test_rows_and_columns_are_grouped(book, sheet, tmp_path):
    sheet["2:3"].group()
    sheet["B1:C1"].group("columns")
    book.save(tmp_path / "a.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    levels = [saved.row_dimensions[2].outlineLevel, saved.column_dimensions["B"].outlineLevel]
    sheet["2:3"].ungroup()
    book.save()
    saved = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert (levels, saved.row_dimensions[2].outlineLevel) == ([1, 1], 0)


def test_a_note_is_added_read_changed_and_deleted(book, sheet):
    assert (sheet["B2"].note, len(sheet.notes)) == (None, 0)
    sheet["B2"].add_note("请核对")
    assert (sheet["B2"].note.text, sheet["B2"].note.location.address) == ("请核对", "$B$2")
    sheet["B2"].note.text = "改了"
    assert [note.text for note in book.notes] == ["改了"]
    sheet["B2"].value = "值"
    sheet["B2"].note.delete()
    assert (sheet["B2"].note, sheet["B2"].value) == (None, "值")


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("https://www.example.org/a?b=c", "https://www.example.org/a?b=c"),
        ("#Sheet1!B3", "#Sheet1!B3"),
        ("#'主题党日'!D7", "#主题党日!D7"),
        ("#'It''s'!$A$1:$B$2", "#'It''s'!$A$1:$B$2"),
    ],
)
def test_a_link_leads_where_it_should(sheet, address, read):
    sheet["A1"].add_hyperlink(address, "看")
    assert (sheet["A1"].hyperlink, sheet["A1"].value) == (read, "看")
    with pytest.raises(ValueError, match="hyperlink"):
        sheet["A2"].hyperlink  # noqa: B018


def test_a_link_into_the_book_is_one_in_the_file_too(book, sheet, tmp_path):
    book.sheets.add("主题党日", after=sheet)
    sheet["A1"].add_hyperlink("#'主题党日'!D7", "D7")
    book.save(tmp_path / "a.xlsx")
    link = openpyxl.load_workbook(tmp_path / "a.xlsx")["Sheet1"]["A1"].hyperlink
    assert link.location.replace("'", "") == "主题党日!D7"


def test_a_name_stands_for_cells(book, sheet):
    sheet["A1:B2"].name = "名单"
    sheet.range("名单").value = [[1, 2], [3, 4]]
    assert book.names["名单"].refers_to == "=Sheet1!$A$1:$B$2"
    assert book.names["名单"].refers_to_range == sheet["A1:B2"]
    assert sheet["A1:B2"].name.name == "名单"
    sheet["C5"].formula = "=SUM(名单)"
    assert sheet["C5"].value == 10.0
    sheet["A1"].name = "名单"  # it moves
    assert book.names["名单"].refers_to == "=Sheet1!$A$1"
    book.names["名单"].delete()
    assert "名单" not in book.names


def test_a_sheet_may_have_names_of_its_own(book, sheet):
    other = book.sheets.add("It's", after=sheet)
    other.names.add("名单", "='It''s'!$B$2")
    assert [name.name for name in other.names] == ["'It''s'!名单"]
    assert other.range("名单").address == "$B$2"
    with pytest.raises(xlwings.XlwingsError):
        sheet.range("名单")
    book.names.add("常数", "=1+1")
    with pytest.raises(xlwings.XlwingsError, match="does not stand for cells"):
        book.names["常数"].refers_to_range  # noqa: B018


def test_a_table_has_a_header_and_a_body(book, sheet):
    sheet["B2"].value = [["姓名", "人数"], ["甲", 1], ["乙", 2]]
    table = sheet.tables.add(sheet["B2"].expand(), name="明细表")
    assert (table.header_row_range.address, table.data_body_range.address) == ("$B$2:$C$2", "$B$3:$C$4")
    assert (table.show_autofilter, table.totals_row_range, table.parent) == (True, None, sheet)
    assert sheet["C3"].table == table
    assert sheet["A1"].table is None
    assert sheet.range("明细表").address == "$B$3:$C$4"
    assert sheet.range("明细表[#All]").address == "$B$2:$C$4"
    table.resize(sheet["B2:C3"])
    assert sheet.tables["明细表"].data_body_range.address == "$B$3:$C$3"
    table.name = "另一张"
    assert [each.name for each in sheet.tables] == ["另一张"]


def test_a_table_of_a_file_is_found(app, tmp_path):
    workbook = openpyxl.Workbook()
    for row in (["姓名", "人数"], ["甲", 1]):
        workbook.active.append(row)
    workbook.active.add_table(openpyxl.worksheet.table.Table(displayName="明细表", ref="A1:B2"))
    workbook.save(tmp_path / "a.xlsx")
    sheet = app.books.open(tmp_path / "a.xlsx").sheets[0]
    assert sheet.tables["明细表"].data_body_range.value == ["甲", 1.0]
