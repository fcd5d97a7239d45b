"""Who is named in what goes up as free text, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pyxl.core.mentions import mentions
from pyxl.core.place import CellRef
from pyxl.core.travelling import travelling
from tests.reports import CATALOGUE, COVER, ROWS, written

A, B = (row["name"] for row in ROWS["roster"][:2])
MEETING = ROWS["theme_day"][0]


def found(rows=None, catalogue=CATALOGUE, roster=ROWS["roster"], **cover):
    ledger = written({**ROWS, "roster": roster, **(rows or {})}, **cover)
    return [(each.where.address, each.label, each.names) for each in mentions(ledger.ledger, ledger.verdict, catalogue)]


def with_content(text: str, **more):
    return {"theme_day": [{**MEETING, "content": text, **more}, *ROWS["theme_day"][1:]]}


def place(key: str) -> str:
    column = next(n for n, each in enumerate(CATALOGUE.activity("theme_day").columns, 1) if each.key == key)
    return CellRef("主题党日", 4, column).address


def test_the_sample_names_nobody():
    assert found() == []


def test_the_cell_its_column_and_every_name_are_told_once():
    text = f"{A}领学，{B}、{A}发言，其他同志作了交流。"
    assert found(with_content(text)) == [(place("content"), "主要内容", (A, B))]


@pytest.mark.parametrize(
    "text", [f"{A[0]} {A[1:]}发言", f"{A[0]}　{A[1:]}发言", f"由{A[0]}\n{A[1:]}发言", f"{A[0]}\u200b{A[1:]}"]
)
def test_spaces_within_a_name_hide_nobody(text):
    assert found(with_content(text)) == [(place("content"), "主要内容", (A,))]


def test_spaces_on_the_roster_do_neither_nor_what_tells_two_of_one_name_apart():
    roster = [{**ROWS["roster"][0], "name": f"{A[0]} {A[1:]}（办公室）"}, *ROWS["roster"][1:]]
    [(_, _, names)] = found(with_content(f"{A}作了发言，大家认真讨论。"), roster=roster)
    assert [name.replace(" ", "") for name in names] == [f"{A}（办公室）"]


def test_of_two_names_one_within_the_other_the_longer_one_is_meant():
    roster = [*ROWS["roster"], {**ROWS["roster"][0], "name": f"{A}国"}]
    assert found(with_content(f"{A}国作了发言。"), roster=roster) == [(place("content"), "主要内容", (f"{A}国",))]


def test_one_sign_is_no_name():
    roster = [*ROWS["roster"], {**ROWS["roster"][0], "name": "党"}]
    assert found(roster=roster) == []


def test_what_stays_below_is_not_told():
    assert found(with_content(MEETING["content"], remarks=f"{A}请假")) == []
    assert found(with_content(f"{A}作了发言。", state="草稿")) == []


def test_a_list_of_items_and_the_cover_are_text_that_goes_up():
    rows = {"theme_day": [{**MEETING, "studied": f"某文件；{A}讲话"}, *ROWS["theme_day"][1:]]}
    assert found(rows) == [(place("studied"), "学习内容", (A,))]
    [(where, label, names)] = found(unit=f"{A}党支部")
    assert (where.partition("!")[0], label, names) == ("基本信息", "单位名称", (A,))


def test_columns_of_names_are_the_catalogues_affair():
    """They are replaced on their way, or somebody has decided that they go up."""

    def opened(activity):
        return replace(activity, columns=tuple(replace(c, upward=True) for c in activity.columns))

    assert found(catalogue=replace(CATALOGUE, activities=tuple(map(opened, CATALOGUE.activities)))) == []


def test_a_ledger_of_many_units_knows_no_names():
    ledger = written({**ROWS, **with_content(f"{A}作了发言。")}, cover=COVER)
    assert mentions(ledger.ledger, ledger.verdict, CATALOGUE) != ()
    assert mentions(ledger.ledger, ledger.verdict, travelling(CATALOGUE)) == ()
