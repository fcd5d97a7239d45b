"""报送情况: whatever a stranger has put into his file, it stands in its cells as text."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from pyxl.core.consolidation import Consolidation, Standing, Status
from pyxl.core.received import Received, Remark
from pyxl.core.telling import told
from pyxl.core.totals import Totals
from pyxl.excel.building.styles import Styles
from pyxl.excel.consolidating.standing import COLUMNS, build_standings
from pyxl.excel.submitting.page import Page

KEY = "0" * 64
STRANGE = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "甲\x00\x01\x1b[31m", "甲\ud800\uffff", "长" * 40_000, "{0}{unit}",
           "<b>&amp;", "_x000D_", "http://x/y", "{=1}"]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
def test_whatever_a_unit_or_file_is_called_it_is_text_in_the_sheet(text):
    made = Standing(
        Status.REJECTED, identity=text, unit=text + "甲", received=Received(text, "", key=KEY, made=text), reason="manifest_of_other",
        params={"other": text, "unit": text},
        remarks=(Remark("front_differs", {"cell": "F4", "theirs": text, "ours": text}),),
    )  # fmt: skip
    found = Consolidation(None, None, (made,), (), Totals(()))
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    build_standings(Page(book, Styles(book), ""), book.add_worksheet("报送情况"), found, "句")
    book.close()
    sheet = openpyxl.load_workbook(target)["报送情况"]
    cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row]
    assert [cell.data_type for cell in cells if cell.value is not None and cell.data_type != "s"] == []
    assert len(cells) == len(COLUMNS)
    assert tuple(cell.value or "" for cell in cells) == tuple(told(made))
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
