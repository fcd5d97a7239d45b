"""Like is compared with like, by periods that people compare, and nothing is said where there is nothing to compare."""

from __future__ import annotations

import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.background import Background, Earlier, EarlierUnit
from pyxl.core.comparison import Change, compare, earlier_of, figures, relation
from pyxl.core.matrix import Line, activities_of
from pyxl.core.period import Period
from pyxl.core.survey import figures_of, survey_of
from pyxl.core.travelling import travelling

CATALOGUE = travelling(load_catalogue())
KEYS = [each.key for each in activities_of(CATALOGUE)]
H1, LAST = Period(2023, "H1"), Period(2022, "H1")


def line(name, code="", gaps=(), **counts):
    own = tuple(counts.get(key, 0) for key in KEYS)
    return Line(code or name, code, name, own, sum(own), 1, gaps)


def earlier(*units, period=LAST):
    return Earlier(period, tuple(EarlierUnit(code or name, name, counts, ref) for name, code, counts, ref in units))


def said(comparison):
    return {figure.name: figure.value for figure in figures(comparison)}


@pytest.mark.parametrize(
    ("now", "before", "kind", "name"),
    [
        ("2023H1", "2022H1", "year", "去年同期"),
        ("2023Q3", "2022Q3", "year", "去年同期"),
        ("2023FY", "2022FY", "year", "上年"),
        ("2023H2", "2023H1", "preceding", "上半年"),
        ("2023H1", "2022H2", "preceding", "去年下半年"),
        ("2023Q2", "2023Q1", "preceding", "第一季度"),
        ("2023Q1", "2022Q4", "preceding", "去年第四季度"),
    ],
)
def test_what_is_compared_and_what_the_earlier_period_is_called(now, before, kind, name):
    found = relation(Period(int(now[:4]), now[4:]), Period(int(before[:4]), before[4:]))
    assert (found.kind, found.name) == (kind, name)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("2023H1", "2023H1"), ("2023H1", "2021H1"), ("2023H1", "2024H1"), ("2023H1", "2022FY"), ("2023H1", "2022Q1"),
        ("2023Q3", "2023Q1"), ("2023H1", "2023H2"), ("2023FY", "2023H1"),
    ],
)  # fmt: skip
def test_other_periods_are_not_compared(now, before):
    periods = [Period(int(code[:4]), code[4:]) for code in (now, before)]
    assert relation(*periods) is None
    assert compare([line("甲")], earlier(("甲", "", {}, ""), period=periods[1]), periods[0], CATALOGUE) is None


def test_only_units_of_both_periods_are_counted_and_the_others_are_named():
    found = compare(
        [line("甲", theme_day=6, committee_meeting=5), line("乙", theme_day=4)],
        earlier(("甲", "", {"theme_day": 4, "committee_meeting": 6, "party_lecture": 1}, "上期各单位!4"),
                ("丙", "B3", {"theme_day": 9}, "上期各单位!5")),
        H1, CATALOGUE,
    )  # fmt: skip
    assert [unit.name for unit in found.common] == ["甲"]
    assert [unit.name for unit in found.new] == ["乙"]
    assert [(unit.name, unit.code) for unit in found.gone] == [("丙", "B3")]
    assert found.changes[KEYS.index("theme_day")] == Change(4, 6)
    assert found.total == Change(11, 11)
    assert said(found) == {
        "名称": "去年同期", "范围": "甲", "单位数": 1, "本期次数": 11, "上期次数": 11, "增加次数": 0, "减少次数": 0,
        "增加项": ("主题党日增加2次",), "减少项": ("支委会减少1次", "党课减少1次"), "持平项": (),
        "新增单位": ("乙",), "停报单位": ("丙",),
    }  # fmt: skip
    assert {figure.rows for figure in figures(found)} == {("上期各单位!4", "上期各单位!5")}


def test_what_took_place_in_neither_period_is_not_called_level():
    both = {"theme_day": 6}
    found = compare([line("甲", **both), line("乙")], earlier(("甲", "", both, ""), ("乙", "", {}, "")), H1, CATALOGUE)
    assert said(found)["持平项"] == ("主题党日",)
    assert said(found)["范围"] == "各党支部"


def test_who_had_no_code_then_is_known_by_name():
    found = compare([line("甲", code="B1", theme_day=3)], earlier(("甲", "", {"theme_day": 1}, "")), H1, CATALOGUE)
    assert [(unit.code, unit.before) for unit in found.units] == [
        ("B1", tuple(int(key == "theme_day") for key in KEYS))
    ]


def test_what_there_was_nothing_of_has_no_ratio():
    assert Change(0, 3).ratio is None
    assert Change(4, 3).ratio == -0.25


def test_without_units_in_both_periods_there_is_nothing_to_say():
    nothing = dict.fromkeys(said(None))
    assert said(compare([line("甲")], earlier(("乙", "", {}, "")), H1, CATALOGUE)) == nothing
    assert set(said(None).values()) == {None}


def test_this_period_is_the_earlier_one_of_the_next():
    lines = [line("甲", code="B1", theme_day=6), line("乙", party_lecture=2)]
    found = compare(lines, earlier_of(lines, Period(2022, "H1"), CATALOGUE), H1, CATALOGUE)
    assert [unit.before for unit in found.units] == [unit.now for unit in found.units]
    assert not found.new
    assert not found.gone


def test_gaps_are_listed_only_while_they_are_few():
    def few(number):
        survey = survey_of([line(str(n), gaps=("支委会缺1月",)) for n in range(number)], Background(), H1, CATALOGUE)
        return {figure.name: figure.value for figure in figures_of(survey)}["可列的缺漏数"]

    assert (few(0), few(10), few(11)) == (0, 10, 0)
