"""A ledger of many units: each is judged by its own line, and all are counted together."""

from __future__ import annotations

from datetime import date

import pytest

from pyxl.core.totals import compute
from pyxl.core.travelling import CODE, ORIGIN, REGISTER, UNIT, travelling
from pyxl.core.units import gaps, identity_of, judge, judge_units, units_of
from pyxl.core.validation import validate
from pyxl.excel.parse import parse
from tests.books import raw_book
from tests.reports import CATALOGUE
from tests.submissions import cover_of, examined, rows_of

UPWARD = travelling(CATALOGUE)
DAY = date(2023, 6, 30)
COVER = {"unit": "云溪市党总支", "code": "ZZ-01", "year": 2023, "period": "上半年", "as_of": DAY}


def lines_and_rows(*numbers: int, **changed):
    """Of these units, what their submissions would bring: the sheet of units, and the rows of each."""
    register = [{**{k: v for k, v in cover_of(number).items() if k != "secretary"}, "made": "m"} for number in numbers]
    rows: dict = {REGISTER: register}
    for number in numbers:
        cover = cover_of(number)
        trace = {UNIT: cover["unit"], CODE: cover["code"]}
        for key, found in rows_of(number).items():
            label = CATALOGUE.activity(key).label
            rows.setdefault(key, []).extend(
                {**row, **trace, ORIGIN: f"{label}!{place}"} for place, row in enumerate(found, 4)
            )
    return {**rows, **changed}


def ledger(rows):
    return parse(raw_book(UPWARD, COVER, rows), UPWARD)


def judged(rows):
    found = ledger(rows)
    return judge_units(found, UPWARD, found.period, DAY)


def codes(validation) -> list[str]:
    return [issue.code for issue in validation.issues]


@pytest.mark.parametrize(
    ("code", "name", "identity"), [("1", "甲", "1"), ("", "甲", "甲"), (None, None, ""), (7, "甲", "7")]
)
def test_a_code_tells_units_apart_or_else_the_name(code, name, identity):
    assert identity_of(code, name) == identity


def test_each_unit_has_its_line_and_its_rows():
    found = units_of(ledger(lines_and_rows(1, 2)), UPWARD)
    assert [unit.identity for unit in found] == ["ZB-0001", "ZB-0002"]
    for number, unit in zip((1, 2), found, strict=True):
        assert unit.ledger.unit == f"云溪市第{number}党支部"
        rows = {key: len(entries) for key, entries in unit.ledger.entries.items() if entries}
        assert rows == {key: len(entries) for key, entries in rows_of(number).items() if entries}


def test_a_branchs_own_ledger_has_none():
    assert units_of(parse(raw_book(CATALOGUE, cover_of(1), rows_of(1)), CATALOGUE), CATALOGUE) == ()


def test_a_branchs_own_ledger_is_judged_as_ever():
    found = parse(raw_book(CATALOGUE, cover_of(1), rows_of(1)), CATALOGUE)
    assert judge(found, CATALOGUE, found.period, DAY) == validate(found, CATALOGUE, found.period, DAY)


def test_each_unit_is_judged_by_what_its_own_line_says():
    """Unit 2 has no committee of its own: nothing about it is missed, of unit 1 it is."""
    rows = lines_and_rows(1, 2)
    rows["committee_meeting"] = []
    rows[REGISTER] = [{**line, "has_committee": line["code"] == "ZB-0001"} for line in rows[REGISTER]]
    _, verdicts = judged(rows)
    label = CATALOGUE.activity("committee_meeting").label
    missed = [any(label in gap for gap in gaps(verdict.validation)) for verdict in verdicts]
    assert missed == [True, False]


def test_gaps_are_told_activity_by_activity():
    rows = lines_and_rows(1)
    rows["theme_day"] = [row for row in rows["theme_day"] if row["date"].month not in (2, 5)]
    _, [verdict] = judged(rows)
    label = CATALOGUE.activity("theme_day").label
    assert [gap for gap in gaps(verdict.validation) if gap.startswith(label)] == [f"{label}缺1、2、5月"]


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ((), "缺1至6月"),
        ((4,), "缺1至3、5、6月"),
        ((2,), "缺1、3至6月"),
        ((3, 5), "缺1、2、4、6月"),
        ((3, 6), "缺1、2、4、5月"),
    ],
)
def test_three_months_in_a_row_are_told_by_the_first_and_the_last(kept, told):
    rows = lines_and_rows(1)
    rows["theme_day"] = [row for row in rows["theme_day"] if row["date"].month in kept]
    _, [verdict] = judged(rows)
    label = CATALOGUE.activity("theme_day").label
    assert [gap for gap in gaps(verdict.validation) if gap.startswith(label)] == [f"{label}{told}"]


def test_quarters_are_told_likewise():
    rows = lines_and_rows(1)
    rows["member_assembly"] = []
    _, [verdict] = judged(rows)
    label = CATALOGUE.activity("member_assembly").label
    assert [gap for gap in gaps(verdict.validation) if gap.startswith(label)] == [f"{label}缺第1、2季度"]


def test_the_figures_are_those_of_all_rows():
    whole, _ = judged(lines_and_rows(1, 2, 3))
    each = [examined(number, today=DAY).totals for number in (1, 2, 3)]
    for name in (("主题党日", "次数"), ("集中学习", "次数"), ("谈心谈话", "次数")):
        assert compute(whole, UPWARD).get(*name).value == sum(totals.get(*name).value for totals in each)


def test_the_order_of_units_does_not_change_what_they_come_to():
    forward, backward = judged(lines_and_rows(1, 2, 3))[0], judged(lines_and_rows(3, 1, 2))[0]
    assert {(f.activity, f.name): f.value for f in compute(forward, UPWARD) if f.kind in ("count", "sum", "ratio")} == {
        (f.activity, f.name): f.value for f in compute(backward, UPWARD) if f.kind in ("count", "sum", "ratio")
    }


def test_a_unit_that_stands_there_twice_is_told_and_counts_once():
    rows = lines_and_rows(1, 2)
    rows[REGISTER] += [rows[REGISTER][0]]
    whole, verdicts = judged(rows)
    assert [verdict.unit.identity for verdict in verdicts] == ["ZB-0001", "ZB-0002"]
    [twice] = [issue for issue in whole.issues if issue.code == "unit_twice"]
    assert (twice.found, twice.where.row, twice.blocks) == ("ZB-0001", 6, True)


def test_rows_of_a_unit_without_a_line_are_errors_and_do_not_count():
    rows = lines_and_rows(1, 2)
    rows[REGISTER] = rows[REGISTER][:1]
    whole, _ = judged(rows)
    strangers = [issue for issue in whole.issues if issue.code == "unit_unlisted"]
    assert len(strangers) == sum(len(each) for key, each in rows_of(2).items())
    assert all(issue.blocks for issue in strangers)
    assert compute(whole, UPWARD).get("主题党日", "次数").value == compute(judged(lines_and_rows(1))[0], UPWARD).get("主题党日", "次数").value  # fmt: skip


def test_issues_of_a_unit_bear_its_name_and_stand_at_a_cell_of_this_ledger():
    rows = lines_and_rows(1, 2)
    rows["theme_day"] = [row for row in rows["theme_day"] if row["date"].month not in (2, 5)]
    whole, _ = judged(rows)
    missed = [issue for issue in whole.issues if issue.code == "month_without_meeting" and issue.params["number"] == 2]
    assert [issue.message.partition("：")[0] for issue in missed] == ["云溪市第1党支部", "云溪市第2党支部"]
    assert [issue.where.row for issue in missed] == [4, 5]


def test_every_row_is_counted_excluded_or_in_error():
    rows = lines_and_rows(1, 2)
    before = judged(rows)[0].erroneous
    rows["theme_day"][0] = {**rows["theme_day"][0], "present": 999}
    whole, _ = judged(rows)
    found = ledger(rows)
    register = len(whole.counted[REGISTER])
    assert whole.rows_read - register == sum(len(each) for key, each in found.entries.items() if key != REGISTER)
    assert set(whole.erroneous) - set(before) == {"主题党日!4"}
