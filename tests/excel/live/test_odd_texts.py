"""Texts and names that are counted, quoted or cut in some way of their own."""

from __future__ import annotations

import re
import zipfile
from datetime import date

import pytest

from pyxl.actions import demo
from pyxl.core.document import Block, Report
from pyxl.core.place import CellRef
from pyxl.excel.live import read_book
from pyxl.excel.live.hand import Link
from pyxl.excel.live.showing import show_preview
from pyxl.excel.live.writing import own_sheet
from tests.excel.live.test_showing import bold
from tests.offices import follow, shown

RARE = "\U00030ede\U0002b7f7"  # signs of names, beyond the first plane
SHEETS = ["a%20b", "党课%41", "50%", "a'b", 'a"b', "a b!c", "a#b", "$x", "A1", "党 课;x", "a.b", "(党课)", "党课=1"]

pytestmark = pytest.mark.live


@pytest.fixture
def book(opened, tmp_path):
    return opened(demo(tmp_path, today=date(2023, 7, 31)).ledger)


def preview_of(book, *texts: str) -> None:
    blocks = tuple(Block("body", text) for text in texts)
    report = Report("总结", "某支部", "2023年7月1日", blocks)
    show_preview(book, read_book(book), report, errors=0)


def test_numbers_behind_rare_signs_are_the_ones_that_stand_out(book):
    preview_of(book, f"{RARE}等3名同志参加学习12次。")
    assert shown(book, "总结预览", "A5:A5") == [[f"　　{RARE}等3名同志参加学习12次。"]]
    assert bold(book, "总结预览", "A5") == ["3", "12"]


def test_of_a_paragraph_that_is_cut_only_what_is_left_stands_out(book):
    preview_of(book, "学习3次" + "，很" * 4_500 + "学习5次。")
    [[text]] = shown(book, "总结预览", "A5:A5")
    assert len(text) == 8_001
    assert bold(book, "总结预览", "A5") == ["3"]


@pytest.mark.parametrize("name", SHEETS)
def test_a_link_leads_into_a_sheet_of_any_name(book, name):
    model = book.impl.document.model
    model.Sheets.insertNewByName(name, 1)
    assert name in book.sheet_names
    own = own_sheet(book, "校验结果")
    own.put(9, 3, [["C7"]])
    own.link([Link(9, 3, "C7", CellRef(name, 7, 3))])
    book.sheets["校验结果"].activate()
    assert shown(book, "校验结果", "C9:C9") == [["C7"]]
    assert follow(book, "校验结果", "C9") == (name, "$C$7")


def test_no_text_within_a_formula_is_longer_than_excel_takes(book, tmp_path):
    """Written as an address, a sign takes nine characters."""
    folder = tmp_path / ("党支部工作资料" * 6) / ("二〇二三年" * 6)
    folder.mkdir(parents=True)
    written = folder / "总结.docx"
    own = own_sheet(book, "总结预览")
    own.put(2, 1, [[written.name]])
    own.link([Link(2, 1, written.name, written)])
    cell = book.sheets["总结预览"].api.getCellRangeByName("A2")
    assert cell.String == written.name
    pieces = re.findall(r'"([^"]*)"', cell.Formula.partition(";")[0])
    assert "".join(pieces) == written.as_uri()
    book.save(str(tmp_path / "存.xlsx"))
    number = book.sheet_names.index("总结预览") + 1
    with zipfile.ZipFile(tmp_path / "存.xlsx") as package:
        formulas = re.findall(r"<f[^>]*>([^<]*)</f>", package.read(f"xl/worksheets/sheet{number}.xml").decode())
    literals = [text for formula in formulas for text in re.findall(r"&quot;(.*?)&quot;|\"(.*?)\"", formula)]
    assert literals
    assert max(len(text) for pair in literals for text in pair) <= 255
