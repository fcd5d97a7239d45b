"""How Excel is asked: over a stand-in for its objects, because Excel itself cannot run here."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import PureWindowsPath

import pytest

from pyxl.core.place import CellRef
from pyxl.errors import HostError
from pyxl.excel.grid import CellError
from pyxl.excel.live import read_book
from pyxl.excel.live.excel.asking import ExcelBook, ExcelSheet
from pyxl.excel.live.excel.changing import ExcelSheetHand
from pyxl.excel.live.halving import Area
from pyxl.excel.live.hand import Link
from tests.excel.live.fake_excel import FakeBook, FakeSheet, Items, Named

REACH = Area(1, 1, 20_000, 200)


def sheet(cells=(), name="主题党日") -> FakeSheet:
    rows = {(row, column): value for row, line in enumerate(cells, 1) for column, value in enumerate(line, 1)}
    return FakeSheet(name, {place: value for place, value in rows.items() if value is not None})


def read(*sheets: FakeSheet, **attributes):
    return read_book(FakeBook(*sheets, **attributes))


def test_dates_times_spans_errors_and_counts_are_told_apart():
    made = sheet([
        ["日期", "时间", "人数", "时长"],
        [datetime(2023, 5, 10, tzinfo=UTC), 0.625, 17.0, 1.0625],
        [datetime(2023, 5, 11, 9, 30, tzinfo=UTC), 0.375, 16.5, 0.5],
        [-2146826281, None, "18", None],
    ])  # fmt: skip
    made.formats = {(2, 2): "hh:mm", (3, 2): "hh:mm", (2, 4): "[h]:mm", (3, 4): "[h]:mm"}
    assert read(made).sheets[0].rows == (
        ("日期", "时间", "人数", "时长"),
        (date(2023, 5, 10), time(15), 17, timedelta(hours=25, minutes=30)),
        (datetime(2023, 5, 11, 9, 30), time(9), 16.5, timedelta(hours=12)),
        (CellError("#DIV/0!"), None, "18"),
    )


def test_formats_are_asked_for_whole_columns_and_only_where_there_are_numbers():
    made = sheet([["表头", "字"], *([float(row), "字"] for row in range(50))])
    read(made)
    assert [address for address in made.asked if address.startswith("$") or "A2" in address] == ["A2:A51"]


def test_a_sheet_with_one_cell_and_a_blank_one():
    assert read(sheet([["只有一格"]]), sheet(name="空")).sheets[0].rows == (("只有一格",),)
    assert read(sheet(name="空")).sheets[0].rows == ()


def test_hidden_and_merged_and_the_state_of_a_sheet():
    made = sheet([["a"] * 6] * 12)
    made.hidden_rows, made.hidden_columns, made.merged = {3, 4, 300}, {2}, [Area(1, 1, 1, 4), Area(6, 2, 8, 3)]
    made.Visible = 2
    found = read(made).sheets[0]
    assert (found.hidden_rows, found.hidden_columns, found.state) == ({3, 4, 300}, {2}, "veryHidden")
    assert found.merges == ((1, 1, 1, 4), (6, 2, 8, 3))


def test_what_is_formatted_far_down_is_not_read_as_far():
    made = sheet([["表头"], ["一"], [None], ["三"]])
    made.extent = Area(1, 1, 1_048_576, 60)
    assert ExcelSheet(FakeBook(made).api.Worksheets[0]).extent(REACH) == Area(1, 1, 4, 1)


def test_a_large_sheet_without_anything_in_it_has_no_extent():
    made = sheet()
    made.extent = Area(1, 1, 15_000, 60)
    assert ExcelSheet(FakeBook(made).api.Worksheets[0]).extent(REACH) is None


def test_cells_out_of_reach_are_told_and_not_read():
    made = sheet([["近"]])
    made.cells |= {(3, 205): "远列", (20_010, 2): 7.0, (20_011, 1): ""}
    assert read(made).sheets[0].far == ((3, 205), (20_010, 2))
    assert read(made).sheets[0].rows == (("近",),)
    assert ExcelSheet(FakeBook(made).api.Worksheets[0]).far(REACH, 1) == [(3, 205)]


def test_names_lead_to_cells_and_those_of_the_whole_book_come_first():
    names = [
        Named(Name="主题党日!年度", RefersTo="=主题党日!$B$9"),
        Named(Name="年度", RefersTo="=基本信息!$B$4"),
        Named(Name="主题党日!Print_Titles", RefersTo="=主题党日!$1:$3"),
        Named(Name="主题党日!局部", RefersTo="='主题党日'!$C$4:$D$5"),
        Named(Name="常数", RefersTo="=3.5"),
        Named(Name="坏了", RefersTo="=#REF!$A$1"),
    ]
    found = read(sheet([["a"]]), Names=names).names
    assert found == {"年度": ("基本信息", 4, 2), "局部": ("主题党日", 4, 3)}


@pytest.mark.parametrize(
    ("attributes", "note"),
    [
        ({"HasVBProject": True}, "has_macros"),
        ({"LinkSources": lambda kind: ("C:\\别的.xlsx",) if kind == 1 else None}, "external_links"),
        ({"Connections": Named(Count=1)}, "connections"),
        ({"ReadOnly": True}, "read_only"),
    ],
)
def test_what_is_worth_a_word_is_noted(attributes, note):
    assert read(sheet(), **attributes).notes == (note,)
    assert read(sheet()).notes == ()


def test_embedded_files_are_noted_and_buttons_are_not():
    made = sheet()
    made.objects = Items([Named(OLEType=2)])
    assert read(made).notes == ()
    made.objects.append(Named(OLEType=1))
    assert read(made).notes == ("embedded_objects",)


@pytest.mark.parametrize(("calculation", "state", "waits"), [(-4135, 2, True), (-4135, 0, False), (-4105, 2, False)])
def test_only_formulas_that_wait_are_noted(calculation, state, waits):
    book = FakeBook(sheet())
    book.api.Application.Calculation, book.api.Application.CalculationState = calculation, state
    assert ("not_calculated" in ExcelBook(book).notes()) == waits


def test_a_book_that_was_never_saved_has_no_file():
    assert ExcelBook(FakeBook(path="")).file() is None


def test_a_book_in_the_cloud_is_said_to_be_there():
    with pytest.raises(HostError) as caught:
        ExcelBook(FakeBook(path="https://example.sharepoint.com/x")).file()
    assert (caught.value.code, caught.value.params) == ("book_in_cloud", {"book": "台账.xlsx"})


def test_a_book_in_onedrive_is_where_the_user_keeps_it(tmp_path, monkeypatch):
    kept = tmp_path / "文档" / "台账.xlsx"
    kept.parent.mkdir()
    kept.touch()
    monkeypatch.setenv("OneDriveConsumer", str(tmp_path))
    assert ExcelBook(FakeBook(path="https://d.docs.live.net/0123/文档")).file() == kept


def test_links_are_made_over_words_that_stand_there_already():
    made = sheet([["D7"], ["7"]])
    hand = ExcelSheetHand(Named(api=made))
    hand.dress = lambda area, look: made.looks.update({str(tuple(area)): look})
    hand.link([Link(1, 1, "D7", CellRef("我'的 表", 7, 4)), Link(2, 1, "文件", PureWindowsPath("C:\\总 结.docx"))][:1])
    assert made.Hyperlinks.made == [((1, 1), "", "'我''的 表'!D7")]
    assert made.looks == {"(1, 1, 1, 1)": {"font_color": "#2F5D8A", "underline": 1}}
    hand.clear(Area(1, 1, 2, 1))
    assert (made.cells, made.Hyperlinks.made) == ({}, [])


def test_what_leads_nowhere_does_not_look_like_a_link():
    """Each link is a call that takes its time; a thousand are enough."""
    made = sheet([["D7"]] * 1_200)
    hand = ExcelSheetHand(Named(api=made))
    hand.dress = lambda area, look: made.looks.update({str(tuple(area)): look})
    hand.link([Link(row, 1, "D7", CellRef("表", 7, 4)) for row in range(1, 1_201)])
    assert len(made.Hyperlinks.made) == 1_000
    assert list(made.looks) == ["(1, 1, 1000, 1)"]


def test_filters_of_tables_and_of_the_sheet_are_lifted():
    lifted = []
    made = sheet()
    standing = Named(ShowAutoFilter=True, AutoFilter=Named(FilterMode=True, ShowAllData=lambda: lifted.append("表")))
    resting = Named(ShowAutoFilter=True, AutoFilter=Named(FilterMode=False, ShowAllData=lambda: lifted.append("无")))
    without = Named(ShowAutoFilter=False)
    made.ListObjects, made.FilterMode = Items([standing, resting, without]), True
    made.ShowAllData = lambda: lifted.append("工作表")
    ExcelSheetHand(Named(api=made)).show_all()
    assert lifted == ["表", "工作表"]


def test_parts_of_a_text_stand_out_counted_from_one():
    made = sheet([["五月共 12 次"]])
    ExcelSheetHand(Named(api=made)).emphasise(1, 1, [(4, 2)], {"bold": True, "font_color": "#8C1D18"})
    assert {place: vars(font) for place, font in made.parts.items()} == {
        (1, 1, 5, 2): {"Bold": True, "Color": 0x181D8C},
    }  # fmt: skip
