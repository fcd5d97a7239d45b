"""Mutations for what is found without a rule: in cells, headers, sheets, on the cover, and in the wording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from pyxl.core.place import column_letters
from pyxl.excel.grid import CellError, RawBook, RawSheet, RawValue, Uncached
from tests.books import FIRST_ROW, HEADER_ROW
from tests.mutations import CATALOGUE, ROWS, Cell, Mutation, one

__all__ = ["READING"]

STUDY, PROJECT = "group_study", "integration"
ROW = 3  # of the group studies: nothing hangs on this one
PROJECTS = CATALOGUE.activity(PROJECT).label
Reshape = Callable[[RawBook], RawBook]


def study(code: str, column: str, value: Any) -> Mutation:
    return one(code, STUDY, ROW, column, value)


def place_of(activity: str, column: str) -> int:
    """The 1-based column of a key."""
    return [each.key for each in CATALOGUE.activity(activity).columns].index(column) + 1


def on_sheet(activity: str, change: Callable[[RawSheet], RawSheet]) -> Reshape:
    name = CATALOGUE.activity(activity).label
    return lambda book: replace(
        book, sheets=tuple(change(sheet) if sheet.name == name else sheet for sheet in book.sheets)
    )


def set_cell(sheet: RawSheet, row: int, column: int, value: RawValue) -> RawSheet:
    line = list(sheet.rows[row - 1])
    line += [None] * (column - len(line))
    line[column - 1] = value
    return replace(sheet, rows=(*sheet.rows[: row - 1], tuple(line), *sheet.rows[row:]))


def header(activity: str, column: int, text: str | None) -> Reshape:
    return on_sheet(activity, lambda sheet: set_cell(sheet, HEADER_ROW, column, text))


def further_column(activity: str, text: str) -> tuple[Reshape, str]:
    """A column right of the others, with one value in it, and its header's cell."""
    column = len(CATALOGUE.activity(activity).columns) + 1

    def change(sheet: RawSheet) -> RawSheet:
        return set_cell(set_cell(sheet, HEADER_ROW, column, text), FIRST_ROW, column, "某")

    return on_sheet(activity, change), f"{column_letters(column)}{HEADER_ROW}"


def merged(column: str, *, keep: bool = False) -> Reshape:
    """Two rows of one column as one cell; only the upper one holds a value."""
    place, top = place_of(STUDY, column), FIRST_ROW + ROW

    def change(sheet: RawSheet) -> RawSheet:
        below = sheet if keep else set_cell(sheet, top + 1, place, None)
        return replace(below, merges=((top, place, top + 1, place),))

    return on_sheet(STUDY, change)


def renamed(name: str) -> Reshape:
    return on_sheet(PROJECT, lambda sheet: replace(sheet, name=name))


def without_sheet(book: RawBook) -> RawBook:
    return replace(book, sheets=tuple(sheet for sheet in book.sheets if sheet.name != PROJECTS))


def with_copy(book: RawBook) -> RawBook:
    copies = tuple(replace(sheet, name=f"{PROJECTS} (2)") for sheet in book.sheets if sheet.name == PROJECTS)
    return replace(book, sheets=(*book.sheets, *copies))


def with_sheet(name: str, *rows: tuple[RawValue, ...]) -> Reshape:
    return lambda book: replace(book, sheets=(*book.sheets, RawSheet(name, rows)))


def wording_rows(change: Callable[[list[tuple[RawValue, ...]]], list[tuple[RawValue, ...]]]) -> Reshape:
    """The rows of the sheet 总结文字 changed, from the header on."""
    return lambda book: replace(
        book,
        sheets=tuple(
            replace(each, rows=tuple(change(list(each.rows)))) if each.name == "总结文字" else each
            for each in book.sheets
        ),
    )


def reshaped(reshape: Reshape, *found: Cell) -> Mutation:
    return Mutation(found, reshape=reshape)


def told(activity: str, text: str, code: str) -> Mutation:
    """A row below the last that begins with `text` and is no entry."""
    first = CATALOGUE.activity(activity).columns[0].key
    return Mutation((Cell(code, activity, len(ROWS[activity])),), add=((activity, {first: text}),))


def cover(code: str, field: str, value: Any) -> Mutation:
    return Mutation((Cell(code, "cover", column=field),), cover={field: value})


CLAUSE = "抓建设3"  # a plain one without a condition
WORDING_COLUMNS = [column.key for column in CATALOGUE.wording]


def wording(code: str, column: str, value: Any, where: str = "") -> Mutation:
    """One cell of the sheet 总结文字 changed; what is found stands there, or in the column `where`."""
    row = [clause.key for clause in CATALOGUE.clauses].index(CLAUSE) + FIRST_ROW
    cell = f"{column_letters(WORDING_COLUMNS.index(where or column) + 1)}{row}"
    return Mutation((Cell(code, "总结文字", cell=cell),), wording={(CLAUSE, column): value})


UNKNOWN, UNKNOWN_CELL = further_column(PROJECT, "评分")
TWICE, TWICE_CELL = further_column(PROJECT, "责任人")
PRESENT = {code: study(code, "present", value) for code, value in {
    "bad_number": "约16人",
    "number_as_text": "16",
    "negative_number": -16,
    "not_whole": 16.5,
    "number_too_large": 10_000_000,
}.items()}  # fmt: skip

CELLS = {
    "required_missing": study("required_missing", "place", None),
    "bad_date": study("bad_date", "date", "2023.13.5"),
    "text_date": study("text_date", "date", "2023年2月28日"),
    "number_date": study("number_date", "date", (date(2023, 2, 28) - date(1899, 12, 30)).days),
    "bad_time": study("bad_time", "start_time", "两点半左右"),
    **PRESENT,
    "bad_yesno": study("bad_yesno", "campaign", "也许"),
    "not_a_choice": study("not_a_choice", "form", "看电影"),
    "choice_unlisted": one("choice_unlisted", "ideology_integrity", 0, "level", "街道"),
    "error_cell": study("error_cell", "place", CellError("#REF!")),
    "formula_uncached": study("formula_uncached", "place", Uncached("B3")),
    "control_characters": study("control_characters", "content", f"{ROWS[STUDY][ROW]['content']}\x0b"),
    "date_outside_year": study("date_outside_year", "date", date(2022, 2, 28)),
    "date_after_as_of": replace(
        study("date_after_as_of", "date", date(2023, 6, 30)), cover={"as_of": date(2023, 6, 29)}
    ),
    "date_in_future": replace(study("date_in_future", "date", date(2023, 7, 3)), today=date(2023, 6, 30)),
    "settled_in_future": Mutation(
        (Cell("settled_in_future", "rectification", 0, "done"),), {("rectification", 0, "done"): date(2024, 2, 1)}
    ),
    "merged_cells": reshaped(
        merged("present", keep=True),
        Cell("merged_cells", STUDY, ROW, "present"),
        Cell("merged_cells", STUDY, ROW + 1, "present"),
    ),
    "merged_filled": reshaped(merged("place"), Cell("merged_filled", STUDY, ROW + 1, "place")),
}

SHEETS = {
    "hidden_rows": reshaped(
        on_sheet(STUDY, lambda sheet: replace(sheet, hidden_rows=frozenset({5, 7}))), Cell("hidden_rows", STUDY)
    ),
    "hidden_columns": reshaped(
        on_sheet(STUDY, lambda sheet: replace(sheet, hidden_columns=frozenset({place_of(STUDY, "topic")}))),
        Cell("hidden_columns", STUDY),
    ),
    "hidden_sheet": reshaped(
        on_sheet(STUDY, lambda sheet: replace(sheet, state="hidden")), Cell("hidden_sheet", STUDY)
    ),
    "far_cell": reshaped(
        on_sheet(STUDY, lambda sheet: replace(sheet, far=((1_048_576, 16_384),))),
        Cell("far_cell", "集中学习", cell="XFD1048576"),
    ),
    "cells_outside_table": reshaped(
        header(PROJECT, place_of(PROJECT, "evidence"), None), Cell("cells_outside_table", PROJECT, 0, "evidence")
    ),
    "header_unknown": reshaped(UNKNOWN, Cell("header_unknown", PROJECTS, cell=UNKNOWN_CELL)),
    "header_duplicate": reshaped(TWICE, Cell("header_duplicate", PROJECTS, cell=TWICE_CELL)),
    "header_missing": reshaped(
        on_sheet(PROJECT, lambda sheet: replace(sheet, rows=(*sheet.rows[:2], (), *sheet.rows[3:]))),
        Cell("header_missing", PROJECT),
    ),
    "column_missing": reshaped(
        header(PROJECT, place_of(PROJECT, "project"), None), Cell("column_missing", PROJECTS, cell=str(HEADER_ROW))
    ),
    "state_missed": reshaped(
        header(PROJECT, place_of(PROJECT, "state"), None), Cell("state_missed", PROJECTS, cell=str(HEADER_ROW))
    ),
    "columns_missed": reshaped(
        header("committee_meeting", place_of("committee_meeting", "observers"), None),
        Cell("columns_missed", "committee_meeting", cell=str(HEADER_ROW)),
    ),
    "sheet_missing": reshaped(without_sheet, Cell("sheet_missing", PROJECT)),
    "sheet_missing_near": reshaped(renamed("党建业务融合台账"), Cell("sheet_missing_near", PROJECT)),
    "sheet_renamed": reshaped(renamed("党建业务融合 (2)"), Cell("sheet_renamed", "党建业务融合 (2)")),
    "sheet_twice": reshaped(with_copy, Cell("sheet_twice", "党建业务融合 (2)")),
    "sheet_unknown": reshaped(with_sheet("通讯录", ("姓名", "电话"), ("某", "1")), Cell("sheet_unknown", "通讯录")),
    "sheet_not_counted": reshaped(
        with_sheet("志愿服务", ("日期", "地点", "时长"), (date(2023, 3, 5), "社区", 3)),
        Cell("sheet_not_counted", "志愿服务"),
    ),
    "total_row": told(PROJECT, "合计", "total_row"),
    "note_row": told(PROJECT, "注：数据截至6月底", "note_row"),
    "example_row": told(PROJECT, "示例：党员先锋岗", "example_row"),
}

COVER = {
    "cover_missing": cover("cover_missing", "unit", None),
    "cover_advised": cover("cover_advised", "superior", None),
    "cover_bad_value": cover("cover_bad_value", "signed_on", "七月初"),
    "cover_bad_year": cover("cover_bad_year", "year", "二〇二三"),
    # of the third quarter the sample has two rows
    "nothing_counted": Mutation(
        (
            Cell("nothing_counted", "基本信息"),
            Cell("month_without_meeting", "theme_day"),
            Cell("not_held_this_period", "group_study"),
        ),
        drop=((STUDY, 13), ("theme_day", 6)),
        part="Q3",
    ),
    "cover_bad_choice": cover("cover_bad_choice", "period", "前半年"),
    "as_of_outside_period": cover("as_of_outside_period", "as_of", date(2023, 7, 1)),
}

WORDING = {
    "placeholder_unknown": wording("placeholder_unknown", "text", "开展{{ 甲乙丙丁戊 }}。"),
    "placeholder_unknown_near": wording("placeholder_unknown_near", "text", "开展{{ 主题党日.此数 }}次。"),
    "wording_broken": wording("wording_broken", "text", "开展{{ 主题党日.次数 }次。"),
    "wording_forbidden": wording("wording_forbidden", "text", "开展{{ 主题党日.次数 + 1 }}次。"),
    "filter_unknown": wording("filter_unknown", "text", "学习{{ 主题党日.学习内容 | 顿好 }}。"),
    "filter_misused": wording("filter_misused", "text", "开展{{ 主题党日.次数 | 百分比 }}。"),
    "wording_absent": reshaped(
        wording_rows(lambda rows: [row for row in rows if row[:1] != (CLAUSE,)]), Cell("wording_absent", "总结文字")
    ),
    "wording_twice": reshaped(
        wording_rows(lambda rows: [*rows, *(row for row in rows if row[:1] == (CLAUSE,))]),
        Cell("wording_twice", "总结文字", cell=f"A{FIRST_ROW + len(CATALOGUE.clauses)}"),
    ),
    "fullwidth_braces": wording("fullwidth_braces", "text", "开展{{ 主题党日．次数 }}次。"),
    "condition_broken": wording("condition_broken", "when", "主题党日.次数 >"),
    "number_by_hand": wording("number_by_hand", "text", "共开展志愿服务8次。"),
    "text_residue": wording("text_residue", "text", "学习××同志先进事迹。"),
    "section_unknown": wording("section_unknown", "section", "其他工作"),
    "form_unknown": wording("form_unknown", "form", "小标题"),
    "documents_unknown": wording("documents_unknown", "documents", "月度"),
}

USAGE = {
    code: wording(code, "text", text)
    for code, text in {
        "usage_fixed": "坚决做到二个维护。",
        "usage_as_of": "截止到6月底，持续推进。",
        "usage_since": "上半年以来，持续推进。",
        "usage_etc": "抓好学习、宣传等等等工作。",
        "usage_twice": "在上级党委坚强领导下坚强领导下，持续推进。",
        "usage_two": "查找二个问题。",
        "usage_date": "于06月05日召开大会。",
        "usage_half_width": "加强学习,持续推进。",
        "usage_full_width": "学习第１号文件精神。",
        "usage_gap": "学习第 3期材料。",
        "usage_decimals": "达到50.123分。",
        "usage_number": "学习（2023）5号文件。",
    }.items()
}

# What a rule finds besides that which it is named for.
BESIDES = {
    "quorum_exactly_half": Mutation(
        (Cell("quorum_exactly_half", "member_assembly", 1, "voters_present"),),
        {
            ("member_assembly", 1, column): value
            for column, value in (("voters_due", 14), ("voters_present", 7), ("written", 7))
        },
    ),
    "quorum_exactly_four_fifths": Mutation(
        (Cell("quorum_exactly_four_fifths", "member_assembly", 1, "voters_present"),),
        {
            ("member_assembly", 1, column): value
            for column, value in (("agenda", ("选举",)), ("voters_present", 12), ("ballots", 12), ("yes", 12))
        },
    ),
    "term_ended": cover("term_ended", "term_end", date(2023, 6, 29)),
    "one_person_only": one("one_person_only", "theme_day", 0, "recorder", "顾晓岚 沈静宜"),
    "role_unexpected": cover("role_unexpected", "secretary", "沈静宜"),
}

READING: dict[str, Mutation] = {**CELLS, **SHEETS, **COVER, **WORDING, **USAGE, **BESIDES}
