"""The cover's fields are found by defined name, else by label; what they say is checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from pyxl.core.ledger import Ledger
from pyxl.core.period import Period
from pyxl.core.place import CellRef
from pyxl.excel.grid import CellError, RawBook, RawSheet, RawValue, Uncached
from pyxl.excel.parse import parse
from tests.books import raw_sheet
from tests.sheets import CATALOGUE, MEETING, THEME, told


def cover_only(
    *rows: tuple[RawValue, ...], names: Mapping[str, tuple[str, int, int]] | None = None, merges: Any = ()
) -> Ledger:
    sheets = (RawSheet("基本信息", rows, merges=merges), raw_sheet("主题党日", THEME.columns, [MEETING]))
    return parse(RawBook("台账.xlsx", sheets, names or {}), CATALOGUE)


def test_cover_fields_are_found_by_defined_name_wherever_they_stand() -> None:
    rows = ((None,), ("甲", None, "某支部"), ("单位名称", "不是这个"))
    ledger = cover_only(*rows, names={"单位名称": ("基本信息", 2, 3), "年度": ("基本信息", 99, 1)})
    assert ledger.unit == "某支部"
    assert ledger.cover_places["unit"] == CellRef("基本信息", 2, 3)
    assert ledger.cover["year"] is None
    assert ("cover_missing", "A99") in told(ledger, sheet="基本信息")


@pytest.mark.parametrize(
    "label", ["单位名称", "单位名称：", " 单位　名称 ", "单位名称*", "支部名称", "单位名称（必填）"]
)
def test_cover_fields_are_found_by_label_where_names_were_lost(label: str) -> None:
    ledger = cover_only(("台账封面",), (None, label, "某支部", "年度", 2023))
    assert (ledger.unit, ledger.cover["year"]) == ("某支部", 2023)
    assert ledger.cover_places["unit"] == CellRef("基本信息", 2, 3)


def test_a_label_itself_goes_before_another_name_for_it() -> None:
    assert cover_only(("支部名称", "旧称"), ("单位名称", "某支部")).unit == "某支部"


def test_a_defined_name_whose_sheet_is_gone_does_not_hide_the_label() -> None:
    assert cover_only(("单位名称", "某支部"), names={"单位名称": ("已删除", 1, 1)}).unit == "某支部"


def test_a_label_merged_over_several_columns_has_its_value_behind() -> None:
    assert cover_only(("单位名称", None, "某支部"), merges=((1, 1, 1, 2),)).unit == "某支部"


@pytest.mark.parametrize(
    "raw", [2023, "2023", "２０２３", "2023年", "2023 年度", " 2023 ", date(2023, 6, 30), datetime(2023, 1, 1)]
)
def test_the_year_is_read_however_it_is_typed(raw: RawValue) -> None:
    ledger = cover_only(("年度", raw), ("报告期", "全年"))
    assert ledger.cover["year"] == 2023
    assert ledger.period == Period(2023, "FY")


@pytest.mark.parametrize(
    "raw",
    [
        20235,
        2023.5,
        "20235",
        "2023-2024",
        "二〇二三",
        23,
        "今年",
        True,
        1023,
        "2023年上半年",
        CellError("#N/A"),
        Uncached(""),
    ],
)
def test_what_is_no_year_is_refused(raw: RawValue) -> None:
    ledger = cover_only(("年度", raw))
    assert ledger.cover["year"] is None
    assert ledger.period is None
    assert ("cover_bad_year", "B1") in told(ledger, sheet="基本信息")


def test_a_year_in_chinese_numerals_is_told_how_to_write_it() -> None:
    (found,) = [each for each in cover_only(("年度", "二〇二三")).issues if each.code == "cover_bad_year"]
    assert found.hint == "请把 B1 改成四位数字，如 2023。"


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        ("上半年", "H1"),
        ("下半年", "H2"),
        ("全年", "FY"),
        ("第一季度", "Q1"),
        ("第四季度", "Q4"),
        (" 上半年 ", "H1"),
        ("上 半 年", "H1"),
    ],
)
def test_the_period_is_read_by_its_word(raw: str, part: str) -> None:
    assert cover_only(("年度", 2023), ("报告期", raw)).period == Period(2023, part)


def test_a_period_that_means_nothing_is_refused_at_its_cell() -> None:
    ledger = cover_only(("年度", 2023), ("报告期", "前半年"))
    assert ("cover_bad_choice", "B2") in told(ledger, sheet="基本信息")


@pytest.mark.parametrize("blank", [None, "", "\u200b", "\u3000"])
def test_a_required_field_that_shows_nothing_is_missing(blank: RawValue) -> None:
    ledger = cover_only(("年度", 2023), ("单位名称", blank))
    assert ("cover_missing", "B2") in told(ledger, sheet="基本信息")
    assert ledger.unit == ""


def test_days_on_the_cover_take_the_years_from_the_cover() -> None:
    ledger = cover_only(("截至日", "6月30日"), ("年度", "2023年"))
    assert ledger.cover["as_of"] == date(2023, 6, 30)
    assert ("text_date", "B1") in told(ledger, sheet="基本信息")


@pytest.mark.parametrize(("raw", "code"), [(CellError("#REF!"), "error_cell"), (Uncached(""), "formula_uncached")])
def test_an_error_on_the_cover_is_told_even_where_nothing_is_required(raw: RawValue, code: str) -> None:
    ledger = cover_only(("年度", 2023), ("年度主题", raw))
    assert [found for found in told(ledger, sheet="基本信息") if found[1] == "B2"] == [(code, "B2")]
