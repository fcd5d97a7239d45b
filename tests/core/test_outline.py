"""What the secretary writes on the sheet 总结文字 wins; what is not there falls back to the catalogue."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyxl.catalogue.documents import meant_for
from pyxl.core.outline import Wording, arrange
from pyxl.core.place import CellRef
from pyxl.excel.parse import parse
from tests.books import FIRST_ROW, raw_book
from tests.reports import CATALOGUE, COVER, ROWS, sheet_wording, wording_cell

LABELS = {section.label: section.key for section in CATALOGUE.sections}


def arranged(rows: list[dict[str, Any]]) -> tuple[dict[str, list[Wording]], list[tuple[str, str]]]:
    ledger = parse(raw_book(CATALOGUE, COVER, ROWS, rows), CATALOGUE)
    assert ledger.issues == ()
    sections, issues = arrange(CATALOGUE, ledger, "H1")
    return sections, [(found.code, found.where.address) for found in issues]


def keys(sections: dict[str, list[Wording]]) -> dict[str, list[str]]:
    return {section: [piece.key for piece in pieces] for section, pieces in sections.items()}


def plain(sections: dict[str, list[Wording]]) -> list[tuple[object, ...]]:
    """All that is written, without the cells that it comes from."""
    return [
        (each.key, each.section, each.form, each.text, each.when, each.activity, dict(each.where))
        for pieces in sections.values()
        for each in pieces
    ]


BY_CATALOGUE = arranged([])[0]


def change(key: str, **values: Any) -> list[dict[str, Any]]:
    rows = sheet_wording()
    next(row for row in rows if row["key"] == key).update(values)
    return rows


def test_the_sheet_as_delivered_says_what_the_catalogue_says() -> None:
    sections, issues = arranged(sheet_wording())
    assert plain(sections) == plain(BY_CATALOGUE)
    assert issues == []
    assert not any(piece.own for pieces in sections.values() for piece in pieces)


def test_the_catalogue_alone_gives_every_clause_that_is_in_use_in_order() -> None:
    expected = [each.key for each in CATALOGUE.clauses if each.used and meant_for(each.documents, "H1")]
    assert [key for section in keys(BY_CATALOGUE).values() for key in section] == expected
    place = BY_CATALOGUE["opening"][0].place
    assert place == CellRef("总结文字"), "where it could be changed"


def test_changed_text_and_conditions_win() -> None:
    rows = change("抓建设3", text="加强领导。", when="党课.次数")
    sections, _ = arranged(rows)
    piece = next(piece for piece in sections["building"] if piece.key == "抓建设3")
    assert (piece.text, piece.when, piece.own) == ("加强领导。", "党课.次数", True)
    assert piece.place.address == wording_cell(rows, "抓建设3", "text")
    assert piece.when_cell
    assert piece.when_cell.address == wording_cell(rows, "抓建设3", "when")


def test_a_condition_that_was_cleared_is_no_condition() -> None:
    sections, _ = arranged(change("抓建设1", when=None))
    assert next(piece for piece in sections["building"] if piece.key == "抓建设1").when == ""


@settings(deadline=None)
@given(gone=st.sets(st.sampled_from([clause.key for clause in CATALOGUE.clauses])))
def test_deleted_rows_fall_back_to_the_catalogue_in_their_place(gone: set[str]) -> None:
    ledger = parse(
        raw_book(CATALOGUE, COVER, ROWS, [row for row in sheet_wording() if row["key"] not in gone]), CATALOGUE
    )
    sections, issues = arrange(CATALOGUE, ledger, "H1")
    assert plain(sections) == plain(BY_CATALOGUE)
    assert issues == []
    missed = gone & {clause.key for clause in CATALOGUE.clauses if clause.used}
    everything = len(gone) == len(CATALOGUE.clauses)  # then there is no such sheet
    told = [(found.code, found.where.address, found.params["count"]) for found in ledger.issues]
    assert told == ([("wording_absent", "总结文字", len(missed))] if missed and not everything else [])


def test_what_is_not_used_is_left_out_and_does_not_fall_back() -> None:
    sections, _ = arranged(change("抓建设3", used=False))
    assert "抓建设3" not in keys(sections)["building"]
    sections, _ = arranged(change("抓建设3", text=None))
    assert "抓建设3" not in keys(sections)["building"], "a text that was cleared is not said"


@pytest.mark.parametrize("key", [clause.key for clause in CATALOGUE.clauses if not clause.used])
def test_what_is_offered_is_written_once_it_is_switched_on(key: str) -> None:
    clause = next(clause for clause in CATALOGUE.clauses if clause.key == key)
    for used, there in ((True, True), (None, False), (False, False)):
        sections, _ = arranged(change(key, used=used))
        assert (key in keys(sections)[clause.section]) is there


def test_rows_stand_in_the_order_of_the_sheet() -> None:
    rows = sheet_wording()
    building = [row for row in rows if row["section"] == "抓建设"]
    others = [row for row in rows if row["section"] != "抓建设"]
    sections, _ = arranged([*others, *reversed(building)])
    assert keys(sections)["building"] == list(reversed(keys(BY_CATALOGUE)["building"]))
    assert keys(sections)["opening"] == keys(BY_CATALOGUE)["opening"]


def test_a_row_moved_to_another_section_is_said_there_and_nowhere_else() -> None:
    sections, _ = arranged(change("抓建设3", section="严活动"))
    assert "抓建设3" in keys(sections)["activities"]
    assert "抓建设3" not in keys(sections)["building"]


def insert(rows: list[dict[str, Any]], after: str, **row: Any) -> list[dict[str, Any]]:
    place = next(number for number, each in enumerate(rows) if each["key"] == after) + 1
    return [*rows[:place], {"key": None, **row}, *rows[place:]]


def test_a_new_row_stands_where_it_stands() -> None:
    rows = insert(sheet_wording(), "抓建设2", section="抓建设", form="句", text="支部另有一句。")
    sections, issues = arranged(rows)
    names = [piece.text if not piece.key else piece.key for piece in sections["building"]]
    assert names[names.index("抓建设2") + 1] == "支部另有一句。"
    new = next(piece for piece in sections["building"] if not piece.key)
    assert (new.form, new.when, new.own) == ("sentence", "", True)
    assert issues == []


def test_a_blank_section_is_that_of_the_row_above_and_a_blank_form_a_sentence() -> None:
    sections, issues = arranged(insert(sheet_wording(), "抓建设2", text="支部另有一句。"))
    (new,) = [piece for pieces in sections.values() for piece in pieces if not piece.key]
    assert (new.section, new.form) == ("building", "sentence")
    assert issues == []


def test_blank_section_and_form_of_a_known_row_are_its_own() -> None:
    sections, issues = arranged(change("抓建设3", section=None, form=None))
    assert plain(sections) == plain(BY_CATALOGUE)
    assert issues == []


def test_a_copied_row_keeps_what_it_is_about() -> None:
    """Copied within the sheet, number and all, and then changed."""
    rows = sheet_wording()
    copy = {**next(row for row in rows if row["key"] == "下步打算5"), "text": "{{ 行.打算 }}。"}
    ledger = parse(raw_book(CATALOGUE, COVER, ROWS, [*rows, copy]), CATALOGUE)
    sections, issues = arrange(CATALOGUE, ledger, "H1")
    first, second = [piece for piece in sections["plans"] if piece.key == "下步打算5"]
    assert (first.activity, second.activity) == ("next_steps", "next_steps")
    assert second.own
    assert issues == []
    where = f"总结文字!A{FIRST_ROW + len(rows)}"
    assert [(found.code, found.where.address) for found in ledger.issues] == [("wording_twice", where)]


@pytest.mark.parametrize(("original", "copied", "told"), [(False, None, 0), (None, False, 0), (True, True, 1)])
def test_a_copy_that_replaces_its_original_is_not_told(original: bool | None, copied: bool | None, told: int) -> None:
    rows = change("抓建设3", used=original)
    copy = {**next(row for row in rows if row["key"] == "抓建设3"), "text": "加强领导。", "used": copied}
    ledger = parse(raw_book(CATALOGUE, COVER, ROWS, [*rows, copy]), CATALOGUE)
    assert [found.code for found in ledger.issues] == ["wording_twice"] * told


def test_a_row_that_was_put_back_with_its_number_alone_is_not_written_and_not_missed() -> None:
    rows = [row for row in sheet_wording() if row["key"] != "强思想16"]
    sections, issues = arranged([*rows, {"key": "强思想16", "used": False}])
    assert "强思想16" not in keys(sections)["ideas"]
    assert issues == []
    ledger = parse(raw_book(CATALOGUE, COVER, ROWS, rows), CATALOGUE)
    (found,) = ledger.issues
    assert found.message == "这张表里没有 1 条自带文字（强思想16），已照自带的写。"


@pytest.mark.parametrize("column", ["section", "form"])
def test_an_unknown_section_or_form_is_told_at_its_cell_with_the_known_ones(column: str) -> None:
    rows = change("抓建设3", **{column: "其他"})
    ledger = parse(raw_book(CATALOGUE, COVER, ROWS, rows), CATALOGUE)
    _, (found,) = arrange(CATALOGUE, ledger, "H1")
    assert (found.code, found.where.address) == (f"{column}_unknown", wording_cell(rows, "抓建设3", column))
    assert found.blocks
    assert ("抓建设" if column == "section" else "分项") in found.hint


def test_a_row_with_an_unknown_section_stands_nowhere() -> None:
    sections, _ = arranged(change("抓建设3", section="其他"))
    assert "抓建设3" not in [key for section in keys(sections).values() for key in section]


def test_the_lowest_row_counts_like_the_first() -> None:
    rows = [*sheet_wording(), {"key": "自己1", "section": "开头", "form": "段首", "text": "最后一句。"}]
    sections, _ = arranged(rows)
    assert sections["opening"][-1].text == "最后一句。"
    assert sections["opening"][-1].place.row == FIRST_ROW + len(rows) - 1
