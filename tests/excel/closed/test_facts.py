"""Both readers see the same, and what was written comes back."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from openpyxl.styles.numbers import FORMAT_DATE_DATETIME

from pyxl.excel.closed.calamine import Calamine, DoubtError
from pyxl.excel.closed.facts import is_plain_book, is_plain_sheet
from pyxl.excel.closed.plainsheet import PlainReader
from pyxl.excel.closed.preflight import Package, inspect
from pyxl.excel.closed.refusal import Refusal
from pyxl.excel.closed.serials import calamine_misreads
from pyxl.excel.closed.sheetxml import SheetContent, read_sheet
from pyxl.excel.closed.strings import Styles, read_strings, read_styles
from pyxl.excel.grid import CellError, Uncached
from tests.archives import pack, parts, sheet, workbook
from tests.reading import book_of, trimmed, written

ROOT = Path(__file__).parents[3]
SHEET = "xl/worksheets/sheet1.xml"


def by_both(data: bytes, index: int = 0) -> tuple[SheetContent | None, SheetContent]:
    """calamine's reading where it is trusted (else None), and ours."""
    package = inspect(data, "x.xlsx")
    part = package.sheets[index].part
    content = package.contents[part]
    strings = read_strings(package.contents[package.strings], package.strings) if package.strings else []
    styles = read_styles(package.contents[package.styles], package.styles)
    ours = read_sheet(content, part, strings, styles.kinds, date1904=package.date1904)
    assert package.date1904 or PlainReader(strings, styles.kinds).sheet(content) in (None, ours)
    if not (is_plain_book(package) and is_plain_sheet(content, styles.misread)):
        return None, ours
    try:
        return Calamine(data).sheet(package.sheets[index].name), ours
    except DoubtError:
        return None, ours


TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "日期主题 \t\n\r\u00a0\u3000\u200b_x000D<>&\"'=+-@{}%\U00020bb7\u4dae\U0001f600e\u0301\x0b\x01"
        ),
        st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"),
    ),
    max_size=20,
)
DAYTIMES = st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31, 23, 59, 59)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
TIMES = st.integers(0, 86_399_999).map(lambda ms: (datetime.min + timedelta(milliseconds=ms)).time())
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: float(f"{number:.15g}")),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    DAYTIMES,
    TIMES,
    st.integers(0, 10**11).map(lambda ms: timedelta(milliseconds=ms)),
)
GRIDS = st.lists(st.lists(VALUES, max_size=6), max_size=8)


def as_read(value):
    """How a written value must come back."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


@settings(deadline=None, max_examples=200)
@given(GRIDS)
@example([["_x000D_", "a_x0041_b", " x ", "\n", ""]])
@example([[datetime(2023, 3, 5), datetime(2023, 3, 5, 23, 59, 59, 999000), time(0), time(23, 59, 59, 999000)]])
def test_what_xlsxwriter_writes_comes_back(rows):
    data = written(rows)
    assert book_of(data).sheets[0].rows == trimmed([as_read(value) for value in row] for row in rows)
    fast, ours = by_both(data)
    assert fast in (None, ours)


def kinds(rows):
    return [[type(value) for value in row] for row in rows]


@settings(deadline=None, max_examples=60)
@given(GRIDS)
def test_whole_numbers_days_and_yes_keep_their_kind(rows):
    expected = trimmed([as_read(value) for value in row] for row in rows)
    assert kinds(book_of(written(rows)).sheets[0].rows) == kinds(expected)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(VALUES, max_size=5), max_size=5))
def test_we_read_what_openpyxl_reads(rows):
    """An independent reader of what an independent writer wrote."""
    data = written(rows)
    theirs = openpyxl.load_workbook(io.BytesIO(data))["表"]
    for number, row in enumerate(book_of(data).sheets[0].rows, 1):
        for column, value in enumerate(row, 1):
            other = theirs.cell(number, column).value
            if isinstance(value, str):
                assert openpyxl.utils.escape.unescape(other) == value or other == value
            elif isinstance(value, datetime | time | timedelta):
                assert abs(as_span(other) - as_span(value)) <= timedelta(milliseconds=1)
            elif isinstance(value, date):
                assert other == datetime.combine(value, time.min)
            else:
                assert other == value or (other == "" and value is None)


def as_span(value: object) -> timedelta:
    if isinstance(value, datetime):
        return value - datetime(1900, 1, 1)
    if isinstance(value, time):
        return datetime.combine(date(1900, 1, 1), value) - datetime(1900, 1, 1)
    assert isinstance(value, timedelta)
    return value


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text("甲乙丙 \n", max_size=5),
                st.integers(0, 99),
                st.booleans(),
                DAYTIMES,
                st.just("=1+1"),
                st.just("#N/A"),
            ),
            max_size=5,
        ),
        max_size=5,
    )
)
def test_what_openpyxl_writes_comes_back(rows):
    book = openpyxl.Workbook()
    target = book.active
    assert target is not None
    for row in rows:
        target.append(row)
        for value in target[target.max_row]:
            if isinstance(value.value, datetime):
                value.number_format = FORMAT_DATE_DATETIME
    buffer = io.BytesIO()
    book.save(buffer)
    special = {"=1+1": Uncached("1+1"), "#N/A": CellError("#N/A")}
    expected = trimmed(
        [special.get(value, as_read(value)) if isinstance(value, str) else as_read(value) for value in row]
        for row in rows
    )
    assert book_of(buffer.getvalue()).sheets[0].rows == expected


TAGS = st.sampled_from(
    [
        "<v>3</v>", "<v>0</v>", "<v>44990.5</v>", "<v>60</v>", "<v>-1</v>", "<v> 3</v>", "<v>3 </v>", "<v>3\n</v>", "<v>\n3</v>", "<v></v>",
        "<v/>", "<v>x</v>", "<v>1</v>", "<v>true</v>", "<v>1e400</v>", "<v>&#49;</v>", "<v>1<!-- --></v>", "<v>+5</v>", "<v>1E2</v>",
        "<v>.5</v>", "<v>5.</v>", "<v>0x1</v>", "<v>inf</v>", "<v>nan</v>", "<v>1_0</v>", "<v>99</v>", "<v>a &amp; b</v>",
        "<v><![CDATA[7]]></v>", "<v>a_x0041_b</v>", "<v>2023-03-05</v>", "<v>#N/A</v>", "<v>2958466</v>", "<v>1e18</v>", "<v>0.99999999999</v>",
        "<v>44990.999999999</v>", "<f>A1</f>", "<f>A1</f><v>4</v>", "<f>A1</f><v></v>", "<f/>", '<f t="shared" si="0"/><v>4</v>',
        '<f>"a"&amp;B1</f><v>z</v>', "<is><t>文</t></is>", "<is><t> 文 </t></is>", "<is><r><t>a</t></r><rPh><t>b</t></rPh></is>", "<is/>", "",
    ]
)  # fmt: skip
PLACES = st.sampled_from(
    ['r="A1"', 'r="B1"', 'r="C2"', 'r="AA3"', 'r="a1"', "r='A1'", ' r="B2"', 'r = "B2"', "", 'r="GS1"', 'r="A20001"', 'r="GR19999"', 'r="$A$1"', 'r="A0"', 'r="A01"', 'r="1"']
)  # fmt: skip
TYPES = st.sampled_from(
    ["", "", ' t="n"', ' t="s"', ' t="b"', ' t="e"', ' t="d"', ' t="str"', ' t="inlineStr"', " t='e'", ' t = "e"', ' t="x"', '\nt="e"']
)  # fmt: skip
STYLES = st.sampled_from(
    ["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="4"', ' s="5"', ' s="77"', " s='1'", ' s="x"', ' s="01"']
)
ODD_CELLS = st.builds(
    lambda place, style, kind, inner: f"<c {place}{style}{kind}>{inner}</c>", PLACES, STYLES, TYPES, TAGS
)
NUMBERS = st.one_of(st.integers(0, 3_000_000), st.floats(0, 3e6), st.floats(0, 1)).map(
    lambda number: f"<v>{number!r}</v>"
)
USUAL_CELLS = st.builds(
    lambda column, row, style, inner: f'<c r="{column}{row}"{style}{inner[0]}>{inner[1]}</c>',
    st.sampled_from(["A", "B", "Z", "AA", "GR"]),
    st.integers(1, 300),
    STYLES.filter(lambda style: "'" not in style and "x" not in style),
    st.one_of(
        NUMBERS.map(lambda number: ("", number)),
        NUMBERS.map(lambda number: (' t="n"', f"<f>A1</f>{number}")),
        st.integers(0, 3).map(lambda index: (' t="s"', f"<v>{index}</v>")),
        st.integers(0, 1).map(lambda yes: (' t="b"', f"<v>{yes}</v>")),
        st.sampled_from(["文", " 文 ", "a\nb", "&lt;", "3", "true"]).map(
            lambda text: (' t="str"', f"<f>A1</f><v>{text}</v>")
        ),
        st.sampled_from(
            ["<is><t>文</t></is>", "<is><t> 文 </t></is>", "<is><r><t>a</t></r><rPh><t>b</t></rPh></is>"]
        ).map(lambda inner: (' t="inlineStr"', inner)),
        TAGS.map(lambda inner: ("", inner)),
        st.sampled_from([("", ""), (' t="str"', "<f>A1</f><v></v>")]),
    ),
)
CELLS = st.one_of(*[USUAL_CELLS] * 9, ODD_CELLS)
ODD_ROWS = st.builds(
    lambda head, inner: f"<row{head}>{''.join(inner)}</row>",
    st.sampled_from([*["", ' r="1"', ' r="2"'] * 5, ' r="3" hidden="1"', ' r="4" spans="1:3"', ' r="x"']),
    st.lists(CELLS, max_size=3),
)


@settings(deadline=None, max_examples=600)
@given(
    st.lists(ODD_ROWS, max_size=3).map("".join),
    st.sampled_from(
        [
            *[""] * 9,
            '<dimension ref="A1"/>',
            '<dimension ref="A1:XFD1048576"/>',
            '<cols><col min="1" max="2" hidden="1"/></cols>',
        ]
    ),
    st.sampled_from([*[""] * 9, '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>', "<!-- -->"]),
)
def test_however_oddly_a_sheet_is_written_a_trusted_calamine_reads_it_as_we_do(rows, before, after):
    """The heart of pyxl.excel.closed.facts: where it lets calamine read, nothing is missed and nothing misread."""
    formats = [(14, None), (46, None), (31, None), (176, "yyyy-mm-dd hh:mm"), (177, "[h]:mm")]
    data = pack(
        parts({"表": sheet(rows, before, after)}, ["<t>甲</t>", "<t> 乙 </t>", "<t/>", "<r><t>丙</t></r>"], formats)
    )
    places = re.findall(r'r="([A-Z]+\d+)"', rows)
    assume(len(set(places)) == len(places))  # which of two cells in one place counts, nobody says
    package = inspect(data, "x.xlsx")
    styles = read_styles(package.contents["xl/styles.xml"], "xl/styles.xml")
    plainly = by_plain_reader(package, styles)
    if not is_plain_sheet(package.contents[SHEET], styles.misread):
        return
    try:
        fast = Calamine(data).sheet("表")
    except BaseException:  # noqa: BLE001 - doubts, errors and panics alike send the sheet to our reader
        return
    strings = read_strings(package.contents["xl/sharedStrings.xml"], "x")
    ours = read_sheet(package.contents[SHEET], SHEET, strings, styles.kinds, date1904=False)
    assert fast == ours
    assert kinds(fast.rows) == kinds(ours.rows)
    if plainly is not None:
        assert plainly == ours
        assert kinds(plainly.rows) == kinds(ours.rows)


def by_plain_reader(package: Package, styles: Styles) -> SheetContent | None:
    strings = read_strings(package.contents["xl/sharedStrings.xml"], "x")
    return PlainReader(strings, styles.kinds).sheet(package.contents[SHEET])


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(['"', "\\", "_", "*", ";", "[", "]", "h", "mm", "ss", "yyyy", "d", "a", "AM/PM", "A/P", "0", "#", ".", "General", "@", "年", "[Red]", "[$-804]", "[h]", " ", "/", "E+00", "G"]), max_size=6).map("".join))  # fmt: skip
@example('"x\\"yyyy')
@example("[hh]:mm")
@example("[Magenta]0")
def test_a_trusted_calamine_sees_the_same_kind_in_every_format(code):
    data = workbook('<row r="1"><c r="A1" s="1"><v>44990.25</v></c></row>', formats=[(176, code)])
    if calamine_misreads(176, code):
        return
    fast, ours = by_both(data)
    assert fast == ours


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.floats(0, 3e6),
        st.integers(0, 2958466).map(float),
        st.builds(lambda day, ms: day + ms / 86_400_000, st.integers(0, 2958465), st.integers(0, 86_400_000)),
        st.builds(lambda day, tiny: day + 1 - tiny, st.integers(0, 99999), st.floats(0, 1e-7)),
    ),
    st.sampled_from([14, 20, 46]),
)
def test_a_trusted_calamine_sees_the_same_moment_in_every_number(serial, identifier):
    data = workbook(f'<row r="1"><c r="A1" s="1"><v>{serial!r}</v></c></row>', formats=[(identifier, None)])
    fast, ours = by_both(data)
    assert fast in (None, ours)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text("<>/ =\"'crvsit0123AZ&#;!-[]x:\n", max_size=30), max_size=4), st.integers(0, 400))
def test_no_sheet_whatever_it_holds_ends_in_anything_but_values_or_a_refusal(pieces, place):
    good = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>A1</f></c></row>', after="<mergeCells/>")
    broken = good[:place] + "".join(pieces) + good[place:]
    try:
        found = book_of(pack(parts({"表": broken}, ["<t>甲</t>"])))
        outcome = found.sheets[0].name
    except Refusal as refusal:
        outcome = refusal.code
    assert outcome in ("表", "damaged_part", "xml_declaration")


def test_the_ledger_that_we_build_is_read_fast():
    """Every sheet of a usual ledger passes as plain: blank formatted cells, formulas with values, merges."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        bold = book.add_format({"bold": True, "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        target = book.add_worksheet("主题党日")
        target.merge_range("A1:C1", "主题党日", bold)
        target.write_formula("D1", '=COUNTA(A4:A203)&"次"', bold, "1次")
        target.write_row("A3", ["日期", "主题", "应到"], bold)
        target.write_datetime("A4", date(2023, 3, 5), day)
        target.write_string("B4", "学习", bold)
        target.write_number("C4", 20, bold)
        for row in range(4, 203):
            target.write_blank(row, 0, None, day)
        target.data_validation("C4:C203", {"validate": "integer", "criteria": ">=", "value": 0})
    fast, ours = by_both(buffer.getvalue())
    assert fast is not None
    assert fast == ours
    package = inspect(buffer.getvalue(), "x.xlsx")
    assert by_plain_reader(package, read_styles(package.contents["xl/styles.xml"], "x")) == ours
    assert ours.rows[3] == [["day", "2023-03-05"], "学习", 20]


@pytest.mark.parametrize("junk", [b"<f", b"<row ", b'<c r="A1"' + b' t="s"' * 9])
def test_a_sheet_of_tags_that_never_end_keeps_nobody_busy(junk):
    """Packed, it is a few kilobytes; looked at again from each tag to the end, it would take hours."""
    assert not is_plain_sheet(b"<worksheet><sheetData>" + junk * 300_000 + b"</sheetData></worksheet>", ())


def test_a_cell_of_very_many_attributes_is_no_plain_one():
    data = (
        b'<worksheet><sheetData><row r="1"><c r="A1"' + b' t="s"' * 40 + b"><v>1</v></c></row></sheetData></worksheet>"
    )
    assert not is_plain_sheet(data, ())


@pytest.mark.parametrize("number", ["nan", "NaN", "inf", "Infinity", "-inf", "+5", " 5"])
def test_what_only_some_take_for_a_number_is_not_left_to_them(number):
    data = (
        f'<worksheet><sheetData><row r="1"><c r="A1" s="2"><v>{number}</v></c></row></sheetData></worksheet>'.encode()
    )
    assert not is_plain_sheet(data, ())
    assert is_plain_sheet(data.replace(number.encode(), b"5.5"), ())
