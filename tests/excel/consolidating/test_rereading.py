"""Whoever is told that a row will be read as what it is finds it so, cell by cell, whatever stands in it."""

from __future__ import annotations

import io
import zlib
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.catalogue.model import ColumnType
from pyxl.core.travelling import outgoing
from pyxl.excel.building.styles import Styles
from pyxl.excel.building.workbook import finished_parts, new_workbook
from pyxl.excel.closed.sheetxml import read_sheet
from pyxl.excel.closed.strings import read_styles
from pyxl.excel.closed.unpacking import unpacked
from pyxl.excel.consolidating.formats import reserved
from pyxl.excel.consolidating.fragment import piece
from pyxl.excel.consolidating.rereading import Rereading, cover_reads_back, has_room
from pyxl.excel.parse import parse
from tests.submissions import cover_of, examined
from tests.tampering import UPWARD


def _formats():
    target = io.BytesIO()
    book = new_workbook(target)
    numbers = reserved(book, Styles(book))
    book.add_worksheet()
    return numbers, read_styles(finished_parts(book, target, [1])["xl/styles.xml"], "xl/styles.xml").kinds


NUMBERS, KINDS = _formats()


def read_again(rows, activity):
    """What is read of a sheet of these rows, written as those of a consolidated workbook are."""
    made = piece(rows, activity, NUMBERS)
    text = zlib.decompressobj(-zlib.MAX_WBITS).decompress(made.data).decode()
    head = "".join(f'<c t="inlineStr"><is><t>{column.label}</t></is></c>' for column in activity.columns)
    data = f'<worksheet xmlns=""><sheetData><row>{head}</row>{text}</sheetData></worksheet>'
    content = read_sheet(data.encode(), "x", [], KINDS, date1904=False)
    sheet = {"name": activity.label, "state": "visible", **content._asdict()}
    book = unpacked("x", {"sheets": [sheet], "names": {}}, ())
    return [dict(row.values) for row in parse(book, UPWARD).rows(activity.key)]


def whole(row, activity):
    return {column.key: row.get(column.key) for column in activity.columns}


SIGNS = st.sampled_from([*"甲乙AB12 -=/、，；;:\n\t\r&<>\"'", "\u3000", "\u00a0", "\u200b", "\u200d", "\x01", "\x85",
                         "\u2028", "\ufffe", "\ufdd0", "\ud800", "_x0041_", "合计", "😀", "０"])  # fmt: skip
TEXT = st.lists(SIGNS, max_size=6).map("".join)
NUMBER = st.one_of(st.integers(-5, 2_000_000), st.integers(10**14, 10**17), st.floats(-1, 1e7), st.just(float("nan")))
DAY = st.dates(date(1890, 1, 1), date(2100, 1, 1))
VALUES = st.one_of(
    st.none(), TEXT, NUMBER, DAY, st.booleans(), st.lists(TEXT, max_size=3).map(tuple),
    st.times(), st.builds(time, st.integers(0, 23), st.integers(0, 59)), st.datetimes(datetime(1999, 1, 1)),
)  # fmt: skip
LIKELY = {
    ColumnType.DATE: DAY, ColumnType.MONTH: DAY.map(lambda day: day.replace(day=1)), ColumnType.INTEGER: NUMBER,
    ColumnType.DECIMAL: NUMBER, ColumnType.YESNO: st.booleans(),
    ColumnType.TIME: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    ColumnType.PEOPLE: st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    ColumnType.ITEMS: st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    ColumnType.CHOICES: st.lists(TEXT, min_size=1, max_size=3).map(tuple),
}  # fmt: skip


@st.composite
def rows(draw):
    """A row of some activity in which one or two cells hold anything at all."""
    activity = draw(st.sampled_from(UPWARD.activities))
    row = {"reporting_unit": "甲支部", "reporting_code": "B1"} if activity.has("reporting_unit") else {"unit": "甲支部"}
    for column in draw(st.lists(st.sampled_from(activity.columns), min_size=1, max_size=2)):
        likely = LIKELY.get(column.type, TEXT)
        row[column.key] = draw(st.one_of(likely, likely, likely, VALUES))
    return activity, row


@given(rows())
@settings(max_examples=300, deadline=None)
def test_what_is_said_to_be_read_as_itself_is(found):
    activity, row = found
    if Rereading.of(activity).gives(row):
        (again,) = read_again([row], activity)
        assert again == whole(row, activity)
        assert {key: type(value) for key, value in again.items()} == {
            key: type(value) for key, value in whole(row, activity).items()
        }


def test_the_rows_of_a_ledger_in_order_are_said_to_be():
    found = examined(1)
    sent = outgoing(found.ledger, found.validation, found.catalogue, "2023-07-03T09:15:00Z")
    for key, ours in sent.items():
        activity = UPWARD.activity(key)
        assert all(map(Rereading.of(activity).gives, ours)), key
        assert read_again(ours, activity) == [whole(row, activity) for row in ours], key


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date", date(1900, 1, 15)),
        ("date", datetime(2023, 1, 1, 9, 30)),
        ("date", "2023-01-01"),
        ("topic", " 前面有空格"),
        ("topic", ""),
        ("topic", "两\r行"),
        ("topic", "看不见\x01"),
        ("present", 3.0),
        ("present", 10**15),
        ("present", True),
        ("readings", ("党章", "")),
    ],
)  # fmt: skip
def test_what_would_be_read_as_something_else_is_not(key, value):
    activity = next(each for each in UPWARD.activities if each.has(key))
    assert not Rereading.of(activity).gives({"reporting_unit": "甲支部", key: value})


def test_a_row_that_would_pass_for_a_sum_is_not():
    activity = UPWARD.activity("theme_day")
    first = next(column.key for column in activity.columns if column.type == "text")
    assert not Rereading.of(activity).gives({first: "合计：", "reporting_unit": "甲支部"})
    assert Rereading.of(activity).gives({first: "合计得出", "reporting_unit": "甲支部"})


def test_of_a_cover_the_same():
    cover = {field.key: cover_of(1).get(field.key) or None for field in UPWARD.cover}
    assert cover_reads_back(cover, UPWARD)
    for changed in ({"unit": " 甲支部"}, {"unit": 12}, {"year": "2023"}, {"as_of": "2023-06-30"}, {"period": "前半年"}):
        assert not cover_reads_back({**cover, **changed}, UPWARD)


def test_more_rows_than_a_sheet_is_read_for_have_no_room():
    assert has_room([])
    assert has_room([5, 19_997])
    assert not has_room([5, 19_998])
