"""The consolidated workbook as a whole: its sheets say how far they reach, and can be read as they are."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from pyxl import actions
from pyxl.actions import Collecting
from pyxl.excel.building.fitting import text_width
from tests.submissions import TODAY, rows_of, submission

pytestmark = pytest.mark.usefixtures("home_of_module")


def collected(folder: Path) -> Path:
    outcome = actions.collect(Collecting(folder, out=folder.with_suffix(".xlsx")), today=TODAY)
    assert outcome.written
    return outcome.written


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("in") / "上报"
    folder.mkdir()
    for number in (1, 2, 3):
        submission(folder, number)
    return collected(folder)


def test_every_sheet_says_how_far_it_reaches(written):
    """Who reads it row by row, as openpyxl can, believes what stands at its beginning."""
    whole = openpyxl.load_workbook(written)
    for sheet in openpyxl.load_workbook(written, read_only=True):
        assert sheet.calculate_dimension() == whole[sheet.title].dimensions, sheet.title
        assert sum(1 for _ in sheet.iter_rows()) == whole[sheet.title].max_row, sheet.title


def test_every_row_of_the_consolidated_workbook_is_high_enough_for_its_texts(written):
    """In lines of 17 points, of columns so wide; LibreOffice does not see to that when it opens a file."""
    book = openpyxl.load_workbook(written)
    heights = {}
    for name in ("各单位情况", "报送情况", "各单位", "集中学习", "支委会", "问题整改"):
        sheet = book[name]
        end = sheet.max_row + (name != "各单位情况")  # below its units stand their sums
        for row in range(4, end):
            texts = [
                (str(cell.value), sheet.column_dimensions[cell.column_letter].width)
                for cell in sheet[row]
                if cell.value
            ]
            lines = max(-(-0.9 * text_width(text) // (width - 1)) for text, width in texts)
            heights[name, row] = sheet.row_dimensions[row].height
            assert heights[name, row] >= 17 * lines, (name, row)
    assert len(set(heights.values())) > 3


def test_a_unit_with_a_long_name_is_readable_in_table_and_chart(tmp_path):
    folder = tmp_path / "上报"
    folder.mkdir()
    name = "云溪市自然资源和规划局不动产登记中心离退休干部第三党支部"
    submission(folder, 1, unit=name)
    rows = rows_of(2)
    rows |= {key: rows[key][:1] for key in ("committee_meeting", "theme_day", "member_assembly", "group_meeting")}
    submission(folder, 2, rows=rows)
    written = collected(folder)
    sheet = openpyxl.load_workbook(written)["各单位情况"]
    assert sheet["C4"].value == name
    assert sheet["C4"].alignment.wrap_text
    assert sheet.column_dimensions["C"].width > 1.8 * len(name)
    last = sheet.max_column
    gaps = sheet.cell(5, last).value
    assert re.fullmatch("[^；]*缺[^；]*(；[^；]*缺[^；]*){2,}", gaps)
    assert "至" in gaps
    lines = -(-len(gaps) * 1.8 // sheet.column_dimensions[sheet.cell(5, last).column_letter].width)
    assert sheet.row_dimensions[5].height >= 17 * lines
    _, bars = sheet._charts
    inner = bars.layout.manualLayout
    assert inner.layoutTarget == "inner"
    assert 0.3 < inner.x < inner.x + inner.w < 1
