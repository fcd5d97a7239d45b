"""What is read at a glance is what a parser reads, and whatever is not written as usual is left to one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.excel.closed.plainsheet import PlainReader
from pyxl.excel.closed.refusal import Refusal
from pyxl.excel.closed.serials import DATE, SPAN
from pyxl.excel.closed.sheetxml import SheetContent, read_sheet
from pyxl.excel.closed.strings import _parsed_strings as parsed_strings
from pyxl.excel.closed.strings import read_strings
from tests.archives import sheet

STRINGS = ["甲", " 乙 ", ""]
KINDS = {"1": DATE, "2": SPAN}
ROW = '<row r="3" spans="1:4"><c r="A3" s="1"><v>44990</v></c><c r="B3" t="s"><v>0</v></c><c r="D3" s="4"><v>2.5</v></c></row>'
READ = [[], [], [["day", "2023-03-05"], "甲", None, 2.5]]


def plainly(rows: str, before: str = "", after: str = "") -> SheetContent | None:
    return PlainReader(STRINGS, KINDS).sheet(sheet(rows, before, after).encode())


def parsed(rows: str, before: str = "", after: str = "") -> SheetContent:
    return read_sheet(sheet(rows, before, after).encode(), "x", STRINGS, KINDS, date1904=False)


def test_a_usual_sheet_is_read_at_a_glance():
    found = plainly(ROW, after='<mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>')
    assert found == SheetContent(READ, [], [], [(1, 1, 1, 4)], [])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>3</v></c>', 3),
        ('<c r="A1" t="n"><v>-3.50</v></c>', -3.5),
        ('<c r="A1"><v>1E2</v></c>', 100),
        ('<c r="A1"><v>999999999999999</v></c>', 999999999999999),
        ('<c r="A1"><v>12345678901234567</v></c>', 12345678901234568.0),
        ('<c r="A1" s="1"><v>44990.5</v></c>', ["instant", "2023-03-05T12:00:00"]),
        ('<c r="A1" s="1"><v>0.25</v></c>', ["time", "06:00:00"]),
        ('<c r="A1" s="2"><v>1.5</v></c>', ["span", 129600000]),
        ('<c r="A1" s="1"><v>60</v></c>', 60),
        ('<c r="A1" t="s"><v>1</v></c>', " 乙 "),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="str"><f>"a"&amp;B1</f><v>a &lt;b&gt; &amp;amp; _x0041_</v></c>', "a <b> &amp; A"),
        ('<c r="A1" s="3"><f t="shared" si="0"/><v>4</v></c>', 4),
    ],
)
def test_each_kind_of_value_is_what_the_parser_reads(cell, value):
    found = plainly(f'<row r="1">{cell}</row>')
    assert found is not None
    assert found.rows == [[value]]
    assert found == parsed(f'<row r="1">{cell}</row>')


@pytest.mark.parametrize("row", [
    '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>',
    '<row r="1"><c r="A1" t="d"><v>2023-03-05</v></c></row>',
    '<row r="1"><c r="A1" t="inlineStr"><is><t>文</t></is></c></row>',
    '<row r="1"><c r="A1"><f>B1</f></c></row>',
    '<row r="1"><c r="A1"><f>B1</f><v></v></c></row>',
    '<row r="1"><c r="A1" t="s"><v>3</v></c></row>',
    '<row r="1"><c r="A1" t="s"><v>01</v></c></row>',
    '<row r="1"><c r="A1"><v>1_0</v></c></row>',
    '<row r="1"><c r="A1"><v>1e999</v></c></row>',
    '<row r="1"><c r="A1"><v>&#49;</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>&#49;</v></c></row>',
    '<row r="1"><c r="A1"><v>1<!-- --></v></c></row>',
    '<row r="1"><c r="A2"><v>1</v></c></row>',
    '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    '<row r="1"><c><v>1</v></c></row>',
    '<row><c r="A1"><v>1</v></c></row>',
    '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="20001"><c r="A20001"><v>1</v></c></row>',
    '<row r="1"><c r="GS1"><v>1</v></c></row>',
    '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>',
    '<row r="1"> <c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row>stray',
    '<row r="1"><c r="A1"><v>1</v></c></row><c r="A9"><v>1</v></c>',
    '<row r="1"><c r="A1"><v>1</v></c></row><c r="B1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><row r="2"/></row><row r="3"><c r="A3"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><f>B1</f><f>B1</f><v>1</v></c></row>',
    '<row r="1"><c r="A1"><f/>1</f><v>1</v></c></row>',
])  # fmt: skip
def test_what_is_not_written_as_usual_is_left_to_the_parser(row):
    assert plainly(row) is None


@pytest.mark.parametrize(
    "after", ['<c r="A9"><v>1</v></c>', '<row r="9"/>', '<mergeCells><mergeCell ref="A1"/></mergeCells>']
)
def test_nor_what_stands_behind_the_cells(after):
    assert plainly(ROW, after=after) is None


def test_blank_rows_and_cells_take_no_place():
    rows = f'<row r="1" ht="30"/>{ROW}<row r="4"><c r="A4" s="1"/><c r="B4" s="2"></c></row><row r="9" ht="5"/>'
    assert plainly(rows) == parsed(rows)
    assert plainly(rows + '<row r="10"><c r="A10" t="s"><v>2</v></c></row>') == parsed(rows)


def test_a_row_in_which_columns_are_left_out_keeps_its_places():
    rows = '<row r="1"><c r="B1"><v>1</v></c><c r="D1"/><c r="AA1"><v>2</v></c><c r="GS1" s="1"/></row>'
    found = plainly(rows)
    assert found is not None
    assert found.rows == [[None, 1, *[None] * 24, 2]]
    assert found == parsed(rows)


def test_a_long_sheet_is_read_like_a_short_one():
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" s="4"/></row>' for row in range(1, 9001)
    )
    found = plainly(rows)  # half a megabyte
    assert found is not None
    assert found.rows == [[row] for row in range(1, 9001)]


TEXTS = st.text("甲<>&\"' \t\n\r_x0041;lt#ampquo]\x01\ufffe", max_size=8)


@settings(deadline=None, max_examples=500)
@given(
    st.lists(st.tuples(st.booleans(), TEXTS), max_size=4), st.sampled_from(["", "<si><r><t>a</t></r></si>", "<si/>"])
)
def test_shared_texts_are_read_at_a_glance_as_they_are_by_a_parser(items, odd):
    kept = ' xml:space="preserve"'
    inner = "".join(f"<si><t{kept if keep else ''}>{text}</t></si>" for keep, text in items)
    data = f'<?xml version="1.0"?><sst xmlns="x" count="1">{inner}{odd}</sst>'.encode("utf-8", "surrogatepass")
    try:
        expected = parsed_strings(data, "x")
    except Refusal:
        with pytest.raises(Refusal):
            read_strings(data, "x")
    else:
        assert read_strings(data, "x") == expected
