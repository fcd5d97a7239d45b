"""The sheet 总结文字 is read with its cells; a header that would lose the report is an error."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pyxl.catalogue.documents import meant_for
from pyxl.core.place import CellRef
from pyxl.excel.grid import CellError, RawBook, RawSheet, RawValue, Uncached
from pyxl.excel.parse import parse
from tests.sheets import CATALOGUE, MEETING, book, told


def wording_book(*rows: tuple[RawValue, ...]) -> RawBook:
    original = book(MEETING)
    return replace(original, sheets=(*original.sheets, RawSheet("总结文字", rows)))


HEAD = ("编号", "节", "形式", "条件", "文字", "采用")


def test_the_wording_is_read_with_its_cells() -> None:
    ledger = parse(
        wording_book(
            ("总结文字",),
            HEAD,
            ("开头1", "开头", "引语", None, " 甲\n乙 ", "否"),
            (None,),
            (None, "开头", "句", "党课.次数", "丙"),
        ),
        CATALOGUE,
    )
    first, second = ledger.wording
    assert (first.key, first.section, first.form, first.when, first.text, first.used) == (
        "开头1",
        "开头",
        "引语",
        "",
        "甲\n乙",
        False,
    )
    assert (second.key, second.when, second.used) == ("", "党课.次数", None)
    assert second.places["text"] == CellRef("总结文字", 5, 5)
    assert [found.code for found in ledger.issues] == ["wording_absent"]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (("编号", "节", "形式", "条件", "词句", "采用"), ("column_missing", "1")),
        (("号", "节", "形式", "条件", "文字", "采用"), ("column_missing", "1")),
        (("一", "二", "三", "四", "五", "六"), ("header_missing", "")),
    ],
)
def test_a_header_that_would_lose_or_double_the_whole_report_is_an_error(
    header: tuple[str, ...], found: tuple[str, str]
) -> None:
    """Without 文字 every paragraph would fall out; without 编号 each would stand there twice."""
    ledger = parse(wording_book(header, ("开头1", "开头", "引语", None, "甲", "是")), CATALOGUE)
    assert ledger.wording == ()
    assert found in told(ledger, sheet="总结文字")
    assert [f.blocks for f in ledger.issues if f.code == found[0]] == [True]


@pytest.mark.parametrize(
    ("column", "raw", "code"),
    [(4, CellError("#REF!"), "error_cell"), (4, Uncached("A1"), "formula_uncached"), (4, "甲\x0b乙", "control_characters"),
     (3, CellError("#NAME?"), "error_cell"), (5, "也许", "bad_yesno")],
)  # fmt: skip
def test_cells_of_the_wording_that_cannot_be_read_are_told(column: int, raw: RawValue, code: str) -> None:
    row: list[RawValue] = ["开头1", "开头", "引语", None, "甲", None]
    row[column] = raw
    ledger = parse(wording_book(HEAD, tuple(row)), CATALOGUE)
    assert told(ledger, sheet="总结文字") == [(code, f"{'ABCDEF'[column]}2"), ("wording_absent", "")]
    assert "\x0b" not in ledger.wording[0].text


def test_an_empty_wording_sheet_is_as_good_as_none() -> None:
    assert parse(wording_book(), CATALOGUE).wording == ()
    assert parse(wording_book(), CATALOGUE).issues == ()


def test_several_rows_that_are_gone_are_told_once_and_the_first_are_named() -> None:
    (found,) = parse(wording_book(HEAD, ("开头1", "开头", "引语", None, "甲", None)), CATALOGUE).issues
    half = [each for each in CATALOGUE.clauses if meant_for(each.documents, "H1") and not each.instead_of]
    used = [clause.key for clause in half if clause.used and clause.key != "开头1"]
    assert (found.code, found.severity, found.where) == ("wording_absent", "hint", CellRef("总结文字"))
    assert found.params["count"] == len(used)
    assert f"（{'、'.join(used[:5])}…）" in found.message
    assert "“采用”填“否”" in found.hint


def test_a_number_on_two_rows_is_told_at_the_second() -> None:
    rows = [(clause.key, None, None, None, "甲", None) for clause in CATALOGUE.clauses]
    ledger = parse(wording_book(HEAD, *rows, ("开头1", None, None, None, "乙", None)), CATALOGUE)
    assert told(ledger, sheet="总结文字") == [("wording_twice", f"A{len(rows) + 2}")]
    own = parse(wording_book(HEAD, *rows, ("自己1", None, None, None, "乙", None)), CATALOGUE)
    assert own.issues == (), "a number that is not known is a new row"
