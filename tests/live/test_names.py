"""Do the names behind drop-downs and highlighting mean in a spreadsheet what we mean by them?"""

from __future__ import annotations

import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.catalogue.model import Severity
from pyxl.core.issue import Issue
from pyxl.core.place import CellRef, column_letters
from pyxl.excel.building.layout import SummaryLayout, sheet_name, sheet_names
from pyxl.excel.building.ledger import ledger_bytes
from tests.live.office import calculated, poisoned, with_formula

CATALOGUE = load_catalogue()
SUMMARY = sheet_names(CATALOGUE).index(sheet_name("summary")) + 1


def evaluate(formula: str, **contents) -> str:
    """What a formula gives in a ledger with these contents: it takes the place of the sheet's rate card."""
    workbook = ledger_bytes(CATALOGUE, year=2023, unit="", **contents)
    layout = SummaryLayout(CATALOGUE)
    card = f"{column_letters(layout.rate)}{layout.total}"
    results = calculated({"ledger": poisoned(with_formula(workbook, card, formula))}, SUMMARY)
    return results["ledger"][3][14]


@pytest.fixture(scope="module")
def roster():
    """Two members, a gap, a third."""
    return {"roster": [{"name": "甲"}, {"name": "乙"}, {}, {"name": "丙"}]}


def test_the_list_of_members_follows_the_roster_past_a_gap(roster):
    assert evaluate('ROWS(党员名单)&"|"&INDEX(党员名单,1)&INDEX(党员名单,4)', rows=roster) == "4|甲丙"


def test_the_list_of_members_of_a_blank_roster_is_one_blank_cell():
    assert evaluate('ROWS(党员名单)&"|"&INDEX(党员名单,1)') == "1|"


def found(severity, row, column):
    return Issue("any", severity, CellRef("主题党日", row, column), "问题", "怎么改")


def test_highlighting_finds_the_cells_and_rows_that_the_results_name():
    issues = [found(Severity.ERROR, 5, 8), found(Severity.WARNING, 7, None), found(Severity.HINT, 12, 28)]
    cell = 'COUNTIFS(校验结果_级别,"{level}",校验结果_表,"主题党日",校验结果_单元格,ADDRESS({row},{column},4))'
    row = 'SUMPRODUCT((校验结果_级别="{level}")*(校验结果_表="主题党日")*(校验结果_单元格&""={row}&""))'
    tests = [
        cell.format(level="错误", row=5, column=8),
        cell.format(level="错误", row=5, column=9),
        cell.format(level="提醒", row=5, column=8),
        cell.format(level="建议", row=12, column=28),
        row.format(level="提醒", row=7),
        row.format(level="提醒", row=8),
    ]
    assert evaluate('&"|"&'.join(tests), issues=issues) == "1|0|0|1|1|0"
