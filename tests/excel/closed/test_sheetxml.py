"""Every value is read as it is meant, and every cell found where it stands."""

from __future__ import annotations

import io
import time as clock
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pyxl.excel.closed.reading import read_book
from pyxl.excel.grid import CellError, Uncached
from tests.archives import pack, parts, sheet, workbook
from tests.reading import book_of, cell, cells, trimmed, written

ROOT = Path(__file__).parents[3]
SHEET = "xl/worksheets/sheet1.xml"


DAYS = [(14, None), (20, None), (46, None), (164, "yyyy-mm-dd hh:mm:ss")]


@pytest.mark.parametrize(
    ("attributes", "inner", "value"),
    [
        ("", "<v>3</v>", 3),
        ("", "<v>3.0</v>", 3),
        ("", "<v>1E3</v>", 1000),
        ("", "<v>2.5</v>", 2.5),
        ("", "<v>-2</v>", -2),
        ("", "<v>1e300</v>", 1e300),
        ("", "<v>999999999999999</v>", 999999999999999),
        ("", "<v>1_0</v>", "1_0"),
        ("", "<v>nan</v>", "nan"),
        ("", "<v> 5 </v>", 5),
        (' t="n"', "<v>x</v>", "x"),
        (' t="b"', "<v>1</v>", True),
        (' t="b"', "<v>0</v>", False),
        (' t="b"', "<v>false</v>", False),
        (' t="str"', "<f>A2</f><v>文 字</v>", "文 字"),
        (' t="str"', "<f>A2</f><v> 留 </v>", " 留 "),
        (' t="str"', "<f>A2</f><v></v>", None),
        (' t="str"', "<f>A2</f><v>甲_x000D_乙</v>", "甲\r乙"),
        (' t="str"', "<v>a<!-- x -->b</v>", "ab"),
        (' t="inlineStr"', "<is><t>文字</t></is>", "文字"),
        (' t="inlineStr"', "<is><r><t>文</t></r><r><t>字</t></r><rPh><t>x</t></rPh></is>", "文字"),
        (' t="inlineStr"', "<is><t/></is>", None),
        (' t="e"', "<v>#REF!</v>", CellError("#REF!")),
        (' t="e"', "<f>A2/0</f><v>#DIV/0!</v>", CellError("#DIV/0!")),
        (' t="e"', "<v>#SPILL!</v>", CellError("#SPILL!")),
        ("", "<f>SUM(B1:B9)</f>", Uncached("SUM(B1:B9)")),
        ("", "<f>A2&amp;A3</f><v></v>", Uncached("A2&A3")),
        ("", "<f>A2</f><v/>", Uncached("A2")),
        ("", '<f t="shared" si="0"/>', Uncached("")),
        ("", '<f t="shared" si="0"/><v>4</v>', 4),
        (' t="str"', "<f>A2</f>", Uncached("A2")),
        ("", "", None),
        (' t="s"', "", None),
        (' t="s"', "<v>1</v>", "富文本"),
        (' t="s"', "<v>2</v>", "汉字"),
        (' t="s"', "<v>3</v>", None),
        (' t="s"', "<v>4</v>", None),
        (' t="s"', "<v>5</v>", " 留\n空 "),
        (' t="s"', "<v>6</v>", "裁"),
        (' t="s"', "<v>7</v>", "a\rb\x0b_x000D_"),
        (' t="s"', "<v>8</v>", "中_xD800_"),
        (' t="s"', "<v>9</v>", "<&>\"'"),
        (' s="1"', "<v>44990</v>", date(2023, 3, 5)),
        (' s="1"', "<v>44990.375</v>", datetime(2023, 3, 5, 9)),
        (' s="1"', "<v>1</v>", date(1900, 1, 1)),
        (' s="1"', "<v>59</v>", date(1900, 2, 28)),
        (' s="1"', "<v>60</v>", 60),
        (' s="1"', "<v>61</v>", date(1900, 3, 1)),
        (' s="1"', "<v>2958465</v>", date(9999, 12, 31)),
        (' s="1"', "<v>2958466</v>", 2958466),
        (' s="1"', "<v>1e18</v>", 1e18),
        (' s="1"', "<v>-1</v>", -1),
        (' s="1"', "<v>文字</v>", "文字"),
        (' s="2"', "<v>0.375</v>", time(9)),
        (' s="2"', "<v>0.33333333333333331</v>", time(8)),
        (' s="2"', "<v>0</v>", time(0)),
        (' s="2"', "<v>44990.5</v>", datetime(2023, 3, 5, 12)),
        (' s="3"', "<v>1.5</v>", timedelta(hours=36)),
        (' s="3"', "<v>-0.5</v>", timedelta(hours=-12)),
        (' s="3"', "<v>1e18</v>", 1e18),
        (' s="4"', f"<v>{44990 + 86399.9995 / 86400!r}</v>", datetime(2023, 3, 5, 23, 59, 59, 999000)),
        (' s="4"', "<v>44990.999999999996</v>", date(2023, 3, 6)),
        (' s="0"', "<v>44990</v>", 44990),
        (' s="99"', "<v>44990</v>", 44990),
        (' t="d"', "<v>2023-03-05</v>", date(2023, 3, 5)),
        (' t="d"', "<v>2023-03-05T09:30:00Z</v>", datetime(2023, 3, 5, 9, 30)),
        (' t="d"', "<v>三月五日</v>", "三月五日"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_meant(attributes, inner, value):
    strings = [
        "<t>日期</t>",
        "<r><t>富</t></r><r><rPr><b/></rPr><t xml:space='preserve'>文本</t></r>",
        "<t>汉字</t><rPh sb='0' eb='2'><t>かんじ</t></rPh><phoneticPr fontId='1'/>",
        "<t></t>",
        "",
        "<t xml:space='preserve'> 留\n空 </t>",
        "<t> 裁 </t>",
        "<t>a_x000D_b_x000b__x005F_x000D_</t>",
        "<t>_x4E2D__xD800_</t>",
        "<t>&lt;&amp;&gt;&#34;&apos;</t>",
    ]
    found = cell(inner, attributes, strings, DAYS)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("identifier", [*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
def test_formats_that_stand_for_dates_by_their_number_alone_do_so(identifier):
    """27 to 36 and 50 to 58 are the Chinese ones: 2023年3月5日, 3月5日, 上午9时."""
    assert cell("<v>44990</v>", ' s="1"', formats=[(identifier, None)]) == date(2023, 3, 5)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ('yyyy"年"m"月"d"日";@', True), ('[$-804]yyyy"年"m"月"d"日";@', True), ('[DBNum1][$-804]m"月"d"日";@', True),
        ("aaaa", True), ("[$-804]aaaa;@", True), ('上午/下午h"时"mm"分";@', True), ("yyyy/m/d h:mm AM/PM", True),
        ("General", False), ("0.00_);[Red]\\(0.00\\)", False), ('0"m"', False), ('#,##0.00\\ "d"', False), ("@", False),
        ("G/通用格式", False), ("0.00E+00", False), ("[Red]0", False), ('0"次"', False), ("_ * #,##0_ ;", False),
        ('"a_"yyyy', True), ("0;yyyy", False),
    ],
)  # fmt: skip
def test_formats_that_stand_for_dates_by_their_code_do_so(code, is_date):
    value = cell("<v>44990</v>", ' s="1"', formats=[(176, code)])
    assert value == (date(2023, 3, 5) if is_date else 44990)


def test_days_counted_from_1904_are_the_same_days():
    rows = [[date(2023, 3, 5), datetime(2023, 3, 5, 9, 30), date(1904, 1, 2), time(9, 30)]]
    data = written(rows, date_1904=True)
    assert book_of(data).sheets[0].rows == trimmed(rows)
    assert openpyxl.load_workbook(io.BytesIO(data))["表"]["A1"].value == datetime(2023, 3, 5)


@pytest.mark.parametrize("ref", ["A1", "A1:A1", "XFD1048576", "A1:B2", "nonsense", ""])
def test_a_wrong_dimension_loses_nothing(ref):
    rows = "".join(f'<row r="{row}"><c r="B{row}"><v>{row}</v></c></row>' for row in range(3, 53))
    made = parts({"表": sheet(rows, before=f'<dimension ref="{ref}"/>')})
    expected = ((), (), *((None, row) for row in range(3, 53)))
    assert book_of(pack(made)).sheets[0].rows == expected


def test_blanks_before_the_data_keep_every_address():
    found = book_of(workbook('<row r="7"><c r="D7"><v>1</v></c></row>')).sheets[0]
    assert found.cell(7, 4) == 1
    assert found.rows == ((), (), (), (), (), (), (None, None, None, 1))


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c><v>1</v></c><c r="C1"><v>2</v></c><c><v>3</v></c></row><row r="3"><c><v>4</v></c></row>',
        '<row r="3"><c r="A3"><v>4</v></c></row><row r="1"><c r="D1"><v>3</v></c><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>',
        "<row\n r='1'>\n<c\tr='A1'><v>1</v></c> <c r='C1'><v>2</v></c><c r='D1'><v>3</v></c></row><row r='3'><c r='a3'><v>4</v></c></row>",
    ],
)
def test_cells_without_address_or_out_of_order_or_oddly_written_are_found(rows):
    assert cells(rows) == ((1, None, 2, 3), (), (4,))


def test_a_prefix_on_every_element_changes_nothing():
    plain = sheet('<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="inlineStr"><is><t>文</t></is></c></row>')
    prefixed = (
        plain.replace("xmlns=", "xmlns:x=")
        .replace("</", "</x:")
        .replace("<", "<x:")
        .replace("<x:/x:", "</x:")
        .replace("<x:?", "<?")
    )
    assert prefixed.count("<x:c ") == 2
    assert book_of(pack(parts({"表": prefixed}))).sheets[0].rows == ((CellError("#N/A"), "文"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_part_in_another_encoding_is_read(encoding):
    made: dict[str, str | bytes] = {
        **parts({"表": sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')}, ["<t>日期</t>"])
    }
    for part in (SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"):
        text = str(made[part])
        made[part] = (text.replace("UTF-8", "UTF-16") if encoding == "utf-16" else text).encode(encoding)
    assert book_of(pack(made)).sheets[0].rows == (("日期",),)


def test_merged_cells_and_what_is_hidden_are_told():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row><row r="5" hidden="true"/>'
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="7" max="7" width="9" hidden="true"/></cols>'
    merges = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B3:B7"/></mergeCells>'
    made = parts(
        {"看": sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=merges), "藏": sheet(rows, columns, merges)},
        states={"藏": "hidden"},
    )
    seen, hidden = book_of(pack(made)).sheets
    assert seen.merges == hidden.merges == ((1, 1, 1, 3), (3, 2, 7, 2))
    assert (seen.state, seen.hidden_rows, seen.hidden_columns) == ("visible", frozenset(), frozenset())
    assert hidden.state == "hidden"
    assert hidden.hidden_rows == {2, 5}
    assert hidden.hidden_columns == {2, 3, 7}
    assert hidden.rows == ((1,), (2,))


def test_a_filter_hides_nothing_from_us():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        target = book.add_worksheet("表")
        target.write_column("A1", ["月份", 1, 2, 3])
        target.autofilter("A1:A4")
        target.filter_column("A", "x == 2")
        target.set_row(1, options={"hidden": True})
        target.set_row(3, options={"hidden": True})
    found = book_of(buffer.getvalue()).sheets[0]
    assert found.rows == (("月份",), (1,), (2,), (3,))
    assert found.hidden_rows == {2, 4}


def test_styles_that_other_programs_choke_on_are_no_hindrance():
    made = parts({"表": sheet('<row r="1"><c r="A1" s="1"><v>44990</v></c></row>')}, formats=[(14, None)])
    odd = '<fills><fill/><fill><patternFill patternType="不知"/></fill></fills><fonts/><cellStyleXfs/>'
    made["xl/styles.xml"] = made["xl/styles.xml"].replace("<cellXfs>", f"{odd}<cellXfs>")
    assert book_of(pack(made)).sheets[0].rows == ((date(2023, 3, 5),),)


def test_a_far_corner_is_told_and_not_allocated(tmp_path):
    path = tmp_path / "corner.xlsx"
    path.write_bytes(
        workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    )
    assert path.stat().st_size < 3000
    found = read_book(path).sheets[0]
    assert found.rows == ((1,),)
    assert found.far == ((1048576, 16384),)


@pytest.mark.parametrize(("address", "is_far"), [("GR20000", False), ("GS1", True), ("A20001", True), ("XFD1", True)])
def test_where_far_begins(address, is_far):
    row = address.lstrip("GRSAXFD")
    found = book_of(workbook(f'<row r="{row}"><c r="{address}"><v>2</v></c></row>')).sheets[0]
    assert bool(found.far) is is_far
    assert bool(found.rows) is not is_far


def test_no_more_far_cells_are_listed_than_anyone_would_read():
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(30000, 32000))
    assert len(book_of(workbook(rows)).sheets[0].far) == 100


def blank_rows(count: int) -> str:
    return "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(2, count))


@pytest.mark.parametrize("last", ["", '<row r="1048576"><c r="B1048576"><v>9</v></c></row>'])
def test_a_million_formatted_blank_rows_keep_nobody_waiting(tmp_path, last):
    path = tmp_path / "phantom.xlsx"
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + blank_rows(1048576) + last
    path.write_bytes(pack(parts({"表": sheet(rows)}), zipfile.ZIP_STORED))
    began = clock.perf_counter()
    found = read_book(path).sheets[0]
    assert clock.perf_counter() - began < 30  # a few seconds on a machine that has nothing else to do
    assert found.rows == ((1,),)
    assert found.far == (((1048576, 2),) if last else ())


def test_data_behind_many_blank_rows_is_read():
    rows = (
        blank_rows(19000)
        + '<row r="19000"><c r="A19000"><v>9</v></c></row>'
        + blank_rows(60000).replace('r="A', 'r="B')
    )
    found = book_of(workbook(rows)).sheets[0]
    assert found.cell(19000, 1) == 9
    assert len(found.rows) == 19000
    assert found.far == ()


@pytest.mark.parametrize("places", [[60000], [2, 30000, 59999], [25000, 25001], range(1, 60001, 1000)])
def test_values_between_blank_rows_are_found_however_they_lie(places):
    found = {row: f'<row r="{row}"><c r="A{row}"><f>B{row}</f></c></row>' for row in places}
    rows = "".join(
        found.get(row, f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>') for row in range(1, 60001)
    )
    assert len(rows) > 3 << 20
    found_sheet = book_of(workbook(rows)).sheets[0]
    near = [row for row, values in enumerate(found_sheet.rows, 1) if values]
    assert near == [row for row in places if row <= 20000]
    assert list(found_sheet.far) == [(row, 1) for row in places if row > 20000]


def test_rows_without_number_keep_their_places():
    rows = "<row/>" * 15000 + "<row><c><v>1</v></c></row>" + f"<row>{'<c/>' * 50}</row>" * 15000
    found = book_of(workbook(rows)).sheets[0]
    assert len(found.rows) == 15001
    assert found.cell(15001, 1) == 1


def test_merges_behind_a_million_blank_rows_are_told():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + blank_rows(60000)
    made = parts({"表": sheet(rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')})
    assert book_of(pack(made)).sheets[0].merges == ((1, 1, 1, 2),)
