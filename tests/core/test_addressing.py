"""A unit is told of its mistakes by the rows of its own ledger, not by those of what it has sent."""

from __future__ import annotations

from datetime import date

from pyxl.catalogue.loader import load_catalogue
from pyxl.core.addressing import Origins
from pyxl.core.issue import issue
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.place import CellRef
from pyxl.core.travelling import ORIGIN, REGISTER, UNIT, travelling

CATALOGUE = travelling(load_catalogue())
PLACES = {column.key: place for place, column in enumerate(CATALOGUE.activity("theme_day").columns, 1)}
LINES = {column.key: place for place, column in enumerate(CATALOGUE.activity(REGISTER).columns, 1)}
ROW = Entry("theme_day", "主题党日", 4, {"date": date(2023, 1, 5), ORIGIN: "主题党日!9", UNIT: "甲支部"}, PLACES)
LEDGER = Ledger(
    {}, {"as_of": CellRef("基本信息", 8, 2)},
    {REGISTER: (Entry(REGISTER, "各单位", 4, {"unit": "甲支部"}, LINES),), "theme_day": (ROW,)},
)  # fmt: skip
ORIGINS = Origins(LEDGER, CATALOGUE)


def told(where, **params):
    words = {"severity": "warning", "message": "{a}", "hint": "{b}"}
    return ORIGINS.complaint(issue("x", where, words=words, **params))


def test_cells_are_called_by_row_and_column_of_the_own_ledger():
    found = told(ROW.at("present"), a="“实到”大于“应到”", b="请核对 H4 与 I4。")
    assert (found.origin, found.unit, found.column) == ("主题党日!9", "甲支部", "实到")
    labels = {place: CATALOGUE.activity("theme_day").column(key).label for key, place in PLACES.items()}
    assert found.hint == f"请核对第9行“{labels[8]}”与第9行“{labels[9]}”。"


def test_what_is_quoted_from_a_cell_stays_as_it_is():
    assert told(ROW.at("topic"), a="“A4纸、H4”不对", b="").message == "“A4纸、H4”不对"


def test_rows_that_are_named_with_their_sheet_are_those_of_the_own_ledger():
    assert told(ROW.at(), a="见主题党日!4", b="见主题党日!5").message == "见主题党日!9"
    assert told(ROW.at(), a="", b="见主题党日!5").hint == "见主题党日!5"


def test_fields_of_the_cover_and_of_the_line_that_stands_for_it_are_called_by_name():
    assert told(CellRef("基本信息", 8, 2), a="", b="请核对 B8。").hint == "请核对“截至日”。"
    assert told(CellRef("基本信息", 8, 2), a="", b="").column == "截至日"
    assert told(CellRef("各单位", 4, LINES["unit"]), a="", b="请核对 A4。").hint == "请核对“单位名称”。"


def test_an_address_that_nobody_knows_stays():
    assert told(ROW.at(), a="见 ZZ99 和 H77", b="").message == "见 ZZ99 和 H77"
