"""Is the built workbook what a secretary needs, and the same on every machine?"""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.catalogue.model import Kind
from pyxl.excel.building.layout import cover_cells, sheet_names
from pyxl.excel.building.ledger import build_ledger, ledger_bytes, summary_cells
from pyxl.sample import sample
from tests.excel.building.built import CATALOGUE, LABELS, blank_bytes, filled_bytes, header, opened, rule_of

ROOT = Path(__file__).parents[3]


# What both Excel 2016 and LibreOffice 7.4 calculate; see the module pyxl.excel.building.formulas.
FUNCTIONS = frozenset(
    """ADDRESS AND COLUMN COUNTA COUNTIF COUNTIFS DATE FIND IF IFERROR INDEX INT ISBLANK ISNUMBER LEFT MATCH MAX MIN N
    OR ROW SUBSTITUTE SUM SUMIFS SUMPRODUCT TRIM VALUE""".split()  # noqa: SIM905
)


# ---- sheets, tables, names -----------------------------------------------------------------------


def test_sheets_stand_in_the_order_of_the_work(blank):
    assert blank.sheetnames[:2] == ["使用说明", "基本信息"]
    assert blank.sheetnames[2:-5] == LABELS
    assert blank.sheetnames[-5:] == ["总结文字", "半年汇总", "总结预览", "校验结果", "选项"]
    assert blank.sheetnames[:-1] == list(sheet_names(CATALOGUE))
    assert [s.title for s in blank if s.sheet_state != "visible"] == ["选项"]
    assert blank.active.title == "使用说明"


def test_tabs_have_four_colours_by_group(blank):
    colours = {sheet.title: sheet.sheet_properties.tabColor.rgb for sheet in blank if sheet.sheet_state == "visible"}
    assert len(set(colours.values())) == 4
    assert colours["主题党日"] == colours["党课"] == "FF8C1D18"
    assert (
        colours["主题党日"] != colours["谈心谈话"] != colours["问题整改"] == colours["总结文字"] != colours["使用说明"]
    )


@pytest.mark.parametrize("activity", CATALOGUE.activities, ids=lambda activity: activity.key)
def test_each_sheet_has_one_table_named_as_it_is_and_headed_by_the_labels(blank, activity):
    sheet = blank[activity.label]
    (table,) = sheet.tables.values()
    last = openpyxl.utils.get_column_letter(len(activity.columns))
    rows = 120 if activity.key == "roster" else 200
    assert (table.displayName, table.ref) == (activity.label, f"A3:{last}{3 + rows}")
    assert header(sheet) == [column.label for column in activity.columns] == [c.name for c in table.tableColumns]
    assert table.autoFilter is None
    assert table.tableStyleInfo.name == "台账"
    assert sheet.max_row == 3  # not a cell below the header
    assert [cell.value == "必填" for cell in sheet[2]] == [column.required for column in activity.columns]


def test_our_own_tables_are_there_too(blank):
    assert header(blank["校验结果"]) == ["级别", "表", "单元格", "填的是", "问题", "怎么改"]
    (results,) = blank["校验结果"].tables.values()
    assert (results.displayName, results.ref, results.autoFilter.ref) == ("校验结果", "A3:F303", "A3:F303")
    assert header(blank["总结文字"]) == [column.label for column in CATALOGUE.wording]
    assert list(blank["总结文字"].tables) == ["总结文字"]


def test_the_table_style_of_our_own_is_defined_with_formats_that_exist():
    with zipfile.ZipFile(io.BytesIO(blank_bytes())) as package:
        styles = package.read("xl/styles.xml").decode()
    count = int(re.search(r'<dxfs count="(\d+)"', styles)[1])
    assert styles.count("<dxf>") == count
    elements = re.findall(r'<tableStyleElement type="(\w+)" dxfId="(\d+)"/>', styles)
    assert [kind for kind, _ in elements] == ["wholeTable", "secondRowStripe"]
    assert all(int(number) < count for _, number in elements)


def test_every_cover_field_is_a_cell_with_its_label_as_name(blank):
    cells = cover_cells(CATALOGUE)
    for field in CATALOGUE.cover:
        place = cells[field.key]
        assert blank.defined_names[field.label].attr_text == f"'基本信息'!$B${place.row}"
        assert blank["基本信息"].cell(place.row, 1).value == field.label


def test_no_name_is_borne_twice(blank):
    names = [name.lower() for name in blank.defined_names]
    names += [table.lower() for sheet in blank for table in sheet.tables]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("label", ["志愿（服务）", "2023年活动", "A1", "党 课", "长" * 32])
def test_a_label_that_excel_cannot_take_is_refused(label):
    odd = replace(CATALOGUE.activities[1], label=label)
    catalogue = replace(CATALOGUE, activities=(CATALOGUE.activities[0], odd))
    with pytest.raises(ValueError, match="no names"):
        ledger_bytes(catalogue, year=None, unit="")


def test_an_activity_named_like_a_cover_field_is_refused():
    odd = replace(CATALOGUE.activities[1], label="书记")
    with pytest.raises(ValueError, match="书记"):
        ledger_bytes(replace(CATALOGUE, activities=(CATALOGUE.activities[0], odd)), year=None, unit="")


# ---- the summary ---------------------------------------------------------------------------------


def test_every_figure_of_the_summary_has_a_formula(blank):
    sheet = blank["半年汇总"]
    cells = summary_cells(CATALOGUE)
    assert len(set(cells.values())) == len(cells)
    for (key, figure), place in cells.items():
        value = sheet.cell(place.row, place.column).value
        assert value.startswith("="), (key, figure)
        assert sheet.cell(place.row, 1).value == CATALOGUE.activity(key).label
        assert f"'{CATALOGUE.activity(key).label}'!" in value or figure == "missing"
    for activity in CATALOGUE.activities:
        figures = {figure for key, figure in cells if key == activity.key}
        assert (figures >= {"count", "irregular", *range(1, 13)}) == activity.in_matrix
        assert ("rate" in figures) == (activity.in_matrix and activity.has("due"))
        assert activity.kind is not Kind.ACTIVITY or "count" in figures
    assert {key for key, figure in cells if figure == "missing"} == {"committee_meeting", "group_meeting", "theme_day"}


def test_without_a_year_the_summary_asks_for_it_and_shows_no_number():
    sheet = opened(blank_bytes(), data_only=True)["半年汇总"]
    assert "年度" in sheet["A2"].value
    for (key, figure), place in summary_cells(CATALOGUE).items():
        expected = 0 if figure == "irregular" or key == "roster" else ""
        assert (sheet.cell(place.row, place.column).value or expected) == expected


def test_the_summary_has_one_chart_of_the_counts(filled):
    (chart,) = filled["半年汇总"]._charts
    (series,) = chart.series
    matrix = [activity for activity in CATALOGUE.activities if activity.in_matrix]
    assert series.val.numRef.f == f"半年汇总!$B$7:$B${6 + len(matrix)}"


def test_only_functions_that_every_spreadsheet_knows_occur():
    with zipfile.ZipFile(io.BytesIO(filled_bytes())) as package:
        parts = [
            package.read(name).decode() for name in package.namelist() if re.match(r"xl/(worksheets/|workbook)", name)
        ]
    texts = [
        text for part in parts for text in re.findall(r"<(?:f|formula|formula1|definedName)\b[^>]*>([^<]*)<", part)
    ]
    assert len(texts) > 300
    used = {name for text in texts for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', '""', text))}
    assert used <= FUNCTIONS
    assert {"COUNTIFS", "SUMIFS"} <= used


def test_formulas_are_short_enough_and_refer_to_no_row_beyond_the_last(filled):
    for sheet in filled:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert len(cell.value) < 8000
                    assert {int(n) for n in re.findall(r":\$[A-Z]+\$(\d{3,})", cell.value)} <= {2003}


# ---- same bytes ----------------------------------------------------------------------------------

PRINT_DIGEST = (
    "import hashlib; from pyxl.catalogue.loader import load_catalogue; from pyxl.excel.building.ledger import ledger_bytes;"
    "from pyxl.sample import sample; cover, rows = sample();"
    "print(hashlib.sha256(ledger_bytes(load_catalogue(), year=2023, unit='某支部', cover=cover, rows=rows)).hexdigest())"
)


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    ],
    ids=["Shanghai", "New York"],
)
def test_the_bytes_do_not_depend_on_where_and_when(surroundings):
    cover, rows = sample()
    here = hashlib.sha256(ledger_bytes(CATALOGUE, year=2023, unit="某支部", cover=cover, rows=rows)).hexdigest()
    # -S: under LC_ALL=C Python cannot read an editable install's .pth file in a folder with a Chinese name
    paths = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    environment = {**os.environ, **surroundings, "PYTHONPATH": paths}
    command = [sys.executable, "-S", "-c", PRINT_DIGEST]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == here


def test_the_package_holds_no_clock_and_no_person(tmp_path):
    build_ledger(CATALOGUE, tmp_path / "空白.xlsx", year=None, unit="")
    assert (tmp_path / "空白.xlsx").read_bytes() == blank_bytes()
    with zipfile.ZipFile(io.BytesIO(blank_bytes())) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in package.infolist()} == {0}
        assert package.namelist()[0] == "[Content_Types].xml"
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", core)) == {"2023-01-01T00:00:00Z"}


# ---- an overlay ----------------------------------------------------------------------------------

OVERLAY = """
key = "volunteering"
label = "志愿服务"
group = "work"
order = 95
purpose = "志愿服务活动，一次一行。"
measure = "场"
include = ["meeting", "record"]

[[columns]]
key = "field"
label = "服务领域"
type = "choice"
choices = ["社区", "学校", "养老"]
open = true
width = 10
hint = "从列表中选。"

[[checks]]
id = "monthly"
check = "held_every"
every = "month"
severity = "hint"
basis = "本单位约定"
"""


def test_an_overlay_activity_has_its_sheet_table_lists_and_figures(tmp_path):
    (tmp_path / "volunteering.toml").write_text(OVERLAY, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    rows = {"volunteering": [{"date": date(2023, 2, 3), "due": 5, "present": 4}]}
    cover = {"period": "第一季度"}
    content = ledger_bytes(catalogue, year=2023, unit="", cover=cover, rows=rows)
    book, values = opened(content), opened(content, data_only=True)
    assert book.sheetnames.index("志愿服务") == book.sheetnames.index("谈心谈话") + 1
    assert list(book["志愿服务"].tables) == ["志愿服务"]
    activity = catalogue.activity("volunteering")
    rule = rule_of(book["志愿服务"], activity, "field")
    assert (rule.formula1, rule.errorStyle) == ('"社区,学校,养老"', "warning")
    assert values["志愿服务"]["A1"].value == "志愿服务 · 本期 1 场"
    figures = {
        figure: values["半年汇总"].cell(place.row, place.column).value
        for (key, figure), place in summary_cells(catalogue).items()
        if key == "volunteering"
    }
    assert (figures["count"], figures["due"], figures["present"], figures["rate"]) == (1, 5, 4, 0.8)
    assert (figures[2], figures[3], figures["missing"]) == (1, 0, "1月、3月")
    guide = [cell.value for row in book["使用说明"].iter_rows() for cell in row]
    assert "志愿服务活动，一次一行。" in guide
