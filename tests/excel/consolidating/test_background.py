"""What the other sheets of a consolidated workbook say, whatever somebody has made of them."""

from __future__ import annotations

import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.background import Background
from pyxl.core.period import Period
from pyxl.core.travelling import travelling
from pyxl.excel.consolidating.background import read_background
from pyxl.excel.grid import RawBook, RawSheet

CATALOGUE = travelling(load_catalogue())
STANDING = RawSheet("报送情况", (
    ("报送情况",), (), ("情况", "单位编码", "单位名称", "文件", "原因"),
    ("已收", "B1", "甲支部", "甲.xlsx", None), ("未报", "B2", "乙支部", None, "还没有报"), ("未报", "B2", "乙支部"),
    ("退回", "B3", "丙支部"), (None, None, None),
))  # fmt: skip
HEAD = ("期间", "单位编码", "单位名称", "党课", "主题党日", "合计")
EARLIER = RawSheet("上期各单位", (
    ("上期各单位",), (), HEAD, ("2022年上半年", "B1", "甲支部", 2, 6, 8), ("2022年上半年", None, "乙支部", None, 4.0, 4),
))  # fmt: skip


def read(*sheets):
    return read_background(RawBook("汇总.xlsx", sheets), CATALOGUE)


def test_who_is_missing_and_what_the_earlier_period_was():
    found = read(STANDING, EARLIER)
    assert found.missing == ("乙支部",)
    assert found.returned == (("B3", "丙支部"),)
    assert found.earlier.period == Period(2022, "H1")
    assert [(unit.identity, unit.name, unit.ref) for unit in found.earlier.units] == [
        ("B1", "甲支部", "上期各单位!4"), ("乙支部", "乙支部", "上期各单位!5"),
    ]  # fmt: skip
    assert found.earlier.units[0].counts == {"party_lecture": 2, "theme_day": 6}
    assert found.earlier.units[1].counts == {"party_lecture": 0, "theme_day": 4}


def test_without_such_sheets_nothing_is_known():
    assert read() == Background()


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (HEAD,),
        (HEAD, ("上期", "B1", "甲支部", 2)),
        (HEAD, ("2022年上半年", "B1", "甲支部", 2), ("2022年下半年", "B2", "乙支部", 2)),
        (("单位名称", "党课"), ("甲支部", 2)),
    ],
)
def test_a_sheet_of_another_kind_or_of_two_periods_says_nothing(rows):
    assert read(RawSheet("上期各单位", rows)).earlier is None
