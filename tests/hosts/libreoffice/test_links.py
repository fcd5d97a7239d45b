"""A link to a cell is followed inside LibreOffice, whatever kind of book it stands in."""

from __future__ import annotations

import openpyxl
import pytest

from tests.hosts.libreoffice.office import followed

pytestmark = pytest.mark.live

PLACES = [
    ("'主题党日'!D7", "主题党日"),
    ("主题党日!D7", "主题党日"),
    ("'My Sheet'!D7", "My Sheet"),
    ("'It''s'!D7", "It's"),
]


@pytest.fixture(params=["new", "from xlsx"])
def linked(app, request, tmp_path):
    """A book with the sheets that links lead to."""
    if request.param == "new":
        book = app.books.add()
        for name in ("主题党日", "My Sheet", "It's"):
            book.sheets.add(name, after=book.sheets[-1])
    else:
        workbook = openpyxl.Workbook()
        for name in ("主题党日", "My Sheet", "It's"):
            workbook.create_sheet(name)
        workbook.save(tmp_path / "a.xlsx")
        book = app.books.open(tmp_path / "a.xlsx")
    book.sheets[0].activate()
    return book


@pytest.mark.parametrize(("place", "sheet"), PLACES)
def test_a_formula_that_links_leads_to_its_cell(linked, place, sheet):
    formula = f'=HYPERLINK("#{place}","D7")'
    linked.sheets[0]["A1"].value = [[formula, "beside"]]
    cell = linked.sheets[0]["A1"]
    assert (cell.value, cell.formula, cell.hyperlink) == ("D7", formula, f"#{place}")
    assert followed(linked, cell.hyperlink) == (sheet, "$D$7")


@pytest.mark.parametrize(("place", "sheet"), PLACES)
def test_a_link_in_a_cell_leads_there_too(linked, place, sheet):
    cell = linked.sheets[0]["A1"]
    cell.add_hyperlink(f"#{place}", "D7")
    assert followed(linked, cell.api.getCellByPosition(0, 0).getTextFields().getByIndex(0).URL) == (sheet, "$D$7")


def test_a_link_to_a_sheet_that_is_not_there_leads_nowhere(linked):
    assert followed(linked, "#没有!D7")[0] == linked.sheets[0].name
