"""What is written into cells, and what is read out of them."""

from __future__ import annotations

import datetime as dt
import time

import openpyxl
import pandas as pd
import pytest

from pyxl.hosts.libreoffice import CellError

pytestmark = pytest.mark.live

MOMENT = dt.datetime(2026, 5, 1, 18, 30)
DAY = dt.datetime(2026, 5, 1)


@pytest.fixture
def sheet(book):
    return book.sheets[0]


@pytest.mark.parametrize(
    "value",
    [
        "文字",
        "1",
        "2026-5-1",
        "50%",
        "TRUE",
        "两行\n文字",
        " 空格 ",
        "#N/A",
        "@甲",
        "+86 10",
        1.5,
        -2.0,
        True,
        False,
        MOMENT,
        DAY,
        None,
    ],
)
def test_a_value_is_read_as_it_was_written(sheet, value):
    sheet["A1"].value = value
    sheet["B1"].value = [["x", value, "=1+1"]]  # among formulas it goes another way
    result = sheet["A1"].raw_value
    assert (result, type(result)) == (value, type(value))
    assert sheet["C1"].raw_value == value
    assert sheet["D1"].raw_value == 2.0


def test_what_is_typed_decides_between_text_and_formula(sheet):
    sheet["A1"].value = [["=1+1", "'=1+1", "'0012", "''x", "'", "=", "a=b"]]
    assert sheet["A1:G1"].raw_value == [[2.0, "=1+1", "0012", "'x", None, "=", "a=b"]]
    assert sheet["A1:G1"].formula == (("=1+1", "=1+1", "0012", "'x", "", "=", "a=b"),)


def test_the_same_holds_where_nothing_is_a_formula(sheet):
    sheet["A1"].value = [["'=1+1", "'0012", "''x", "'", "="]]
    assert sheet["A1:E1"].raw_value == [["=1+1", "0012", "'x", None, "="]]


def test_numbers_keep_every_digit_beside_a_formula(sheet):
    numbers = [0.1, 1 / 3, 1e-300, 123456789.123456789, 2.0**53, -1e22]
    sheet["A1"].value = [[*numbers, "=1"]]
    assert sheet["A1:F1"].raw_value == [numbers]


def test_a_time_of_day_is_read_with_excels_first_day(sheet):
    sheet["A1"].value = dt.time(18, 30)
    assert sheet["A1"].raw_value == dt.datetime(1899, 12, 30, 18, 30)


def test_dates_from_formulas_are_dates(sheet):
    sheet["A1"].value = [[DAY, "=A1+1"]]
    sheet["B1"].number_format = "yyyy-mm-dd"
    assert sheet["B1"].raw_value == DAY + dt.timedelta(days=1)


def test_a_date_keeps_the_format_that_the_cell_has(sheet):
    sheet["A1"].number_format = "m/d/yyyy"
    sheet["A1"].value = [[DAY], [DAY]]
    assert [sheet["A1"].number_format, sheet["A2"].number_format] == ["m/d/yyyy", "yyyy-mm-dd"]


def test_a_cell_that_held_a_truth_value_or_a_formula_of_one_shows_numbers_again(sheet):
    sheet["A1"].value = [[True, "=TRUE"]]
    assert sheet["A1:B1"].raw_value == [[True, True]]
    sheet["A1"].value = [[1, 0]]
    assert sheet["A1:B1"].raw_value == [[1.0, 0.0]]
    assert type(sheet["A1"].raw_value) is float


@pytest.mark.parametrize("code", ["0%", "yyyy-mm-dd", "#,##0.00", "@"])
def test_the_format_of_a_cell_does_not_change_what_is_written(sheet, code):
    sheet["A1:C1"].number_format = code
    sheet["A1"].value = [[0.5, "'0.5", "=1/2"]]
    cells = [sheet["A1"].api.getCellByPosition(0, 0), sheet["C1"].api.getCellByPosition(0, 0)]
    assert ([cell.getValue() for cell in cells], sheet["B1"].raw_value) == ([0.5, 0.5], "0.5")
    assert sheet["A1"].number_format == code


def test_a_book_may_count_its_days_from_1904(app, tmp_path):
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.active.append([MOMENT, dt.time(18, 30)])
    workbook.save(tmp_path / "a.xlsx")
    sheet = app.books.open(tmp_path / "a.xlsx").sheets[0]
    sheet["A2"].value = [[MOMENT, dt.time(18, 30)]]
    assert sheet["A1:B2"].raw_value == [[MOMENT, dt.datetime(1899, 12, 30, 18, 30)]] * 2


@pytest.mark.parametrize(
    ("formula", "error"),
    [
        ("=1/0", "#DIV/0!"),
        ("=NA()", "#N/A"),
        ("=#N/A", "#N/A"),
        ("=nosuch", "#NAME?"),
        ('=VALUE("x")', "#VALUE!"),
        ("=10^400", "#NUM!"),
        ("=INDIRECT(1)", "#REF!"),
        ("=XLOOKUP(1,A2,A3)", "#NAME?"),
    ],
)
def test_an_error_is_told_by_its_name(sheet, formula, error):
    sheet["A1"].formula = formula
    result = sheet["A1"].raw_value
    assert (result, type(result)) == (error, CellError)
    assert sheet["A1"].value is None
    assert sheet["A1"].options(err_to_str=True).value == error


def test_errors_among_other_values(sheet):
    sheet["A1"].value = [["a", "=1/0", 1], ["=NA()", None, True]]
    assert sheet["A1:C2"].raw_value == [["a", "#DIV/0!", 1.0], ["#N/A", None, True]]


def test_an_empty_text_from_a_formula_is_read_as_nothing(sheet):
    sheet["A1"].formula = '=""'
    assert (sheet["A1"].raw_value, sheet["A1"].formula) == (None, '=""')


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(B1:C1,2)",
        "=IF(B1>0,TRUE,FALSE)",
        "=SUM({1,2;3,4})",
        "=SUM((B1,C1))",
        "=SUM(主题党日!A1:B2)",
        "='My Sheet'!$B$2",
        "=SUM(主题党日!A:A)",
        '=TEXTJOIN(",",TRUE,B1:C1)',
        "=EDATE(B1,1)",
        "=CEILING(B1,2)",
        "=FORMULATEXT(B1)",
        '=HYPERLINK("#\'主题党日\'!D7","D7")',
    ],
)
def test_a_formula_is_read_as_it_was_written(book, sheet, formula):
    for name in ("主题党日", "My Sheet"):
        book.sheets.add(name, after=book.sheets[-1])
    sheet["B1"].value = [["=1+1", 2]]
    sheet["A1"].formula = formula
    assert sheet["A1"].formula == formula
    assert not isinstance(sheet["A1"].raw_value, CellError)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(明细表[金额])", 30.0),
        ("=ROWS(明细表[#All])", 3.0),
        ("=SUM(明细表[[#All],[金额]])", 30.0),
        ("=SUM(明细表[[金额]:[实到 人数]])", 33.0),
        ("=INDEX(明细表[[#Headers],[金额]],1)", "金额"),
    ],
)
def test_a_formula_may_speak_of_a_tables_columns(sheet, formula, value):
    sheet["A1"].value = [["金额", "实到 人数"], [10, 1], [20, 2]]
    sheet.tables.add(sheet["A1:B3"], name="明细表")
    sheet["D1"].formula = formula
    assert (sheet["D1"].formula, sheet["D1"].value) == (formula, value)


def test_a_formula_may_speak_of_its_own_row_of_a_table(sheet):
    sheet["A1"].value = [["金额", "实到 人数"], [10, 1], [20, 2]]
    sheet.tables.add(sheet["A1:B3"], name="明细表")
    sheet["C2"].value = [["=明细表[@金额]*2"], ["=明细表[@[实到 人数]]"]]
    assert sheet["C2:C3"].value == [20.0, 2.0]
    assert sheet["C2:C3"].formula == (("=明细表[@金额]*2",), ("=明细表[@[实到 人数]]",))


def test_one_formula_for_many_cells_moves_its_references_along(sheet):
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["D1:E2"].formula = "=A1*10"
    assert sheet["D1:E2"].formula == (("=A1*10", "=B1*10"), ("=A2*10", "=B2*10"))
    assert sheet["D1:E2"].value == [[10.0, 20.0], [30.0, 40.0]]


def test_a_formula_for_a_whole_range(sheet):
    sheet["A1"].value = [[1], [2]]
    sheet["C1:C2"].formula_array = "=A1:A2*{1;10}"
    assert sheet["C1:C2"].value == [1.0, 20.0]
    assert sheet["C1:C2"].formula_array == "=A1:A2*{1;10}"
    assert (sheet["C1"].has_array, sheet["A1"].has_array) == (True, False)
    assert (sheet["C2"].formula, sheet["A1:A2"].formula_array) == ("=A1:A2*{1;10}", None)


def test_writing_leaves_notes_where_they_are(sheet):
    sheet["A1"].value = [["old", 1, None], ["old", 2, None]]
    sheet["B1"].add_note("第一条")
    sheet["A2"].add_note("第二条")
    rows = [["'=x", "=1+1", None], [True, DAY, "1"]]
    sheet["A1"].value = rows
    assert sheet["A1:C2"].raw_value == [["=x", 2.0, None], [True, DAY, "1"]]
    assert [note.text for note in sheet.notes] == ["第一条", "第二条"]  # row by row
    sheet["A1:C2"].clear_contents()
    sheet["B1"].value = "单格"
    assert sheet["B1"].note.text == "第一条"


def test_a_table_of_results_is_written_at_once_and_fast(book, sheet):
    book.sheets.add("主题党日", after=sheet)
    link = '=HYPERLINK("#\'主题党日\'!D{0}","D{0}")'
    rows = [
        ["主题党日", link.format(row), "'=cmd", f"第{row}行：实到人数大于应到人数。", "请核对。", row, None, "错误"]
        for row in range(1, 301)
    ]

    def seconds(*areas: tuple[str, list]) -> float:
        begun = time.perf_counter()
        for first, lines in areas:
            sheet[first].value = lines
        return time.perf_counter() - begun

    one_by_one = seconds(*((f"A{number}", [row]) for number, row in enumerate(rows[:30], 1)))
    assert min(seconds(("A1", rows)) for _ in range(3)) < one_by_one  # all of them before a tenth of them
    assert sheet["A300:H300"].value == ["主题党日", "D300", "=cmd", *rows[-1][3:5], 300.0, None, "错误"]
    assert sheet["B300"].formula == link.format(300)


def test_what_is_written_is_what_a_file_holds(app, book, sheet, tmp_path):
    sheet["A1"].value = [["文字", 1.5, True, MOMENT, "=B1*2", "'=x"]]
    book.save(tmp_path / "a.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in saved[1]] == ["文字", 1.5, True, MOMENT, "=B1*2", "=x"]
    assert saved["F1"].data_type == "s"


def test_a_data_frame_goes_in_and_comes_out(sheet):
    frame = pd.DataFrame({"姓名": ["甲", "乙"], "人数": [1.0, None], "日期": [DAY, MOMENT]}, index=[10.0, 20.0])
    sheet["B2"].value = frame
    assert sheet["B2"].expand().address == "$B$2:$E$4"
    assert sheet["C2:E2"].value == ["姓名", "人数", "日期"]
    back = sheet["B2:E4"].options(pd.DataFrame).value
    assert back["姓名"].tolist() == ["甲", "乙"]
    assert back.index.tolist() == [10.0, 20.0]
    assert pd.isna(back["人数"].iloc[1])
    assert back["日期"].tolist() == [DAY, MOMENT]


def test_a_range_expands_over_what_is_filled(sheet):
    sheet["B2"].value = [["a", 1, "=1+1"], ["b", None, 2], ["c", 3, True]]
    assert sheet["B2"].expand().address == "$B$2:$D$4"
    assert sheet["B2"].expand("down").address == "$B$2:$B$4"
    assert sheet["B2"].expand("right").address == "$B$2:$D$2"
    assert sheet["B2"].current_region.address == "$B$2:$D$4"


def test_an_arrow_key_leads_to_the_end_of_what_is_filled(sheet):
    sheet["B2"].value = [["a", "b"], ["c", "d"]]
    sheet["B9"].value = 1
    found = [sheet["B2"].end(way).address for way in ("down", "right", "up", "left")]
    assert found == ["$B$3", "$C$2", "$B$1", "$A$2"]
    assert (sheet["B3"].end("down").address, sheet["B1048576"].end("up").address) == ("$B$9", "$B$9")


def test_cells_are_cleared_of_contents_or_formats(sheet):
    sheet["A1"].value = [[1, "x"]]
    sheet["A1:B1"].color = (255, 0, 0)
    sheet["A1"].clear_contents()
    assert (sheet["A1:B1"].value, sheet["A1"].color) == ([None, "x"], (255, 0, 0))
    sheet["B1"].clear_formats()
    assert (sheet["B1"].value, sheet["B1"].color) == ("x", None)
    sheet["A1:B1"].clear()
    assert (sheet["A1:B1"].value, sheet["A1"].color) == ([None, None], None)


def test_an_empty_range_holds_nothing(sheet):
    nothing = sheet["A1:B2"][2:, :]
    assert (nothing.shape, nothing.size, nothing.raw_value) == ((0, 2), 0, None)


def test_a_big_block_is_read_whole(sheet):
    rows = [[float(row * 30 + column) for column in range(30)] for row in range(2000)]
    sheet["A1"].value = rows
    assert sheet["A1:AD2000"].value == rows
    assert sheet["A1:AD2000"].options(chunksize=700).value == rows
