"""A row of wording says which summaries it is for; a ledger from before that column is written as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pyxl.core.outline import arrange
from pyxl.excel.parse import parse
from tests.books import raw_book
from tests.reports import CATALOGUE, COVER, ROWS, sheet_wording, wording_cell, written

PARTS = ("H1", "H2", "FY", "Q1", "Q4")
OLDER = replace(CATALOGUE, wording=tuple(each for each in CATALOGUE.wording if each.key != "documents"))
HALF = [each.key for each in CATALOGUE.clauses if "H1" in (each.documents or PARTS)]


def texts(rows: list[dict[str, Any]], part: str, catalogue=CATALOGUE) -> dict[str, str]:
    ledger = parse(raw_book(catalogue, COVER, ROWS, rows), CATALOGUE)
    sections, issues = arrange(CATALOGUE, ledger, part)
    assert issues == []
    return {piece.key: piece.text for pieces in sections.values() for piece in pieces}


def older(**changed: Any) -> list[dict[str, Any]]:
    """The sheet as it was before: one row for each clause of the half-year, without the column."""
    rows = [{**row} for row in sheet_wording() if row["key"] in HALF]
    for row in rows:
        row.pop("documents")
        row.update(changed.get(row["key"], {}))
    return rows


@pytest.mark.parametrize("part", PARTS)
def test_the_sheet_as_delivered_says_in_every_document_what_the_catalogue_says(part):
    assert texts(sheet_wording(), part) == texts([], part)


@pytest.mark.parametrize("part", PARTS)
def test_so_does_the_sheet_of_an_older_ledger(part):
    assert texts(older(), part, OLDER) == texts([], part)


def test_an_older_ledger_is_not_told_of_rows_that_it_never_had():
    assert parse(raw_book(OLDER, COVER, ROWS, older()), CATALOGUE).issues == ()
    without = [row for row in older() if row["key"] != "开头1"]
    (found,) = parse(raw_book(OLDER, COVER, ROWS, without), CATALOGUE).issues
    assert (found.code, found.params["keys"]) == ("wording_absent", "开头1")


@pytest.mark.parametrize("part", ["H1", "H2", "FY"])
@pytest.mark.parametrize("change", [{"text": "继续做好{{ 单位.年度主题 }}"}, {"when": "单位.名称"}])
def test_what_was_changed_in_an_older_ledger_stays_in_every_document_that_had_it(part, change):
    found = texts(older(下步打算3=change), part, OLDER)
    assert "下步打算3" in found
    assert "下步打算3b" not in found


def test_what_was_dropped_in_an_older_ledger_is_not_said_by_another_clause():
    found = texts(older(下步打算3={"used": False}), "FY", OLDER)
    assert not {"下步打算3", "下步打算3b"} & set(found)
    assert "下步打算1b" in found, "the others are"


def row(**cells: Any) -> dict[str, Any]:
    return {"key": None, "section": "开头", "form": "句", "when": None, "text": "加的话。", "used": None, **cells}


@pytest.mark.parametrize(
    ("documents", "section", "parts"),
    [
        (None, "开头", {"H1", "H2", "FY", "Q1", "Q4"}),
        (None, "强支部", {"H1", "H2", "FY"}),
        (None, "季度工作", {"Q1", "Q4"}),
        ("全年", "开头", {"FY"}),
        ("季度、下半年", "开头", {"H2", "Q1", "Q4"}),
        ("第四季度", "季度工作", {"Q4"}),
    ],
)
def test_a_row_of_ones_own_goes_where_it_says_and_by_default_wherever_its_section_is(documents, section, parts):
    rows = [*sheet_wording(), row(documents=documents, section=section)]
    assert {part for part in PARTS if "加的话。" in texts(rows, part).values()} == parts


def test_a_row_of_ours_may_be_sent_elsewhere():
    rows = sheet_wording()
    next(each for each in rows if each["key"] == "强支部9d")["documents"] = "半年"
    assert "强支部9d" in texts(rows, "H1")
    assert "强支部9d" not in texts(rows, "FY")


def test_a_word_that_is_no_summary_is_an_error_at_its_cell():
    rows = sheet_wording()
    next(each for each in rows if each["key"] == "开头2")["documents"] = "月度"
    (found,) = written(wording=rows).narrative.issues
    assert (found.code, found.where.address) == ("documents_unknown", wording_cell(rows, "开头2", "documents"))
    assert "“月度”" in found.message
    assert "半年、全年、季度" in found.hint
