"""Does it matter who has read the cells of a ledger?"""

from __future__ import annotations

from datetime import date

import pytest

from pyxl import actions
from pyxl.actions.examining import examine_file
from pyxl.errors import UsageError, WorkbookError
from pyxl.excel.closed.reading import read_book
from pyxl.excel.grid import RawBook, RawSheet

TODAY = date(2024, 1, 1)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return actions.demo(tmp_path_factory.mktemp("示例 台账"), today=TODAY).ledger


def test_raw_cells_are_judged_as_their_file_is(ledger):
    from_cells = actions.examine(read_book(ledger), actions.load_catalogue(None), TODAY)
    from_file = examine_file(ledger, None, None, TODAY)
    assert from_cells.outcome(ledger) == from_file.outcome(ledger)
    assert from_cells.totals == from_file.totals
    assert from_cells.narrative == from_file.narrative


def test_the_period_asked_for_prevails_over_the_cover(ledger):
    found = actions.examine(read_book(ledger), actions.load_catalogue(None), TODAY, period="2023Q2")
    assert found.validation.period.code == "2023Q2"


def test_a_period_of_another_year_is_refused(ledger):
    with pytest.raises(UsageError) as refusal:
        actions.examine(read_book(ledger), actions.load_catalogue(None), TODAY, period="2019H1")
    assert refusal.value.code == "period_of_other_year"


def test_cells_without_a_sheet_of_ours_are_no_ledger():
    book = RawBook("别的.xlsx", (RawSheet("Sheet1", (("甲", 1),)),))
    with pytest.raises(WorkbookError) as refusal:
        actions.examine(book, actions.load_catalogue(None), TODAY)
    assert refusal.value.code == "no_ledger_sheets"
