"""What do the sheets of the built workbook let a secretary type, show, and print?"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, time

import pytest

from pyxl.buttons import buttons
from pyxl.catalogue.model import ColumnType, Severity
from pyxl.core.issue import Issue
from pyxl.core.place import CellRef
from pyxl.excel.building.layout import cover_cells
from pyxl.excel.building.ledger import ledger_bytes
from pyxl.excel.pages.layout import FiguresLayout
from tests.excel.building.built import CATALOGUE, LABELS, filled_bytes, letters, opened, rule_of, rules

OWN = ["使用说明", "基本信息", "总结文字", "半年汇总", "总结预览", "校验结果"]


# ---- what may be typed ---------------------------------------------------------------------------


def test_dates_times_and_numbers_are_validated(blank):
    sheet, activity = blank["主题党日"], CATALOGUE.activity("theme_day")
    day = rule_of(sheet, activity, "date")
    assert (day.type, day.operator, day.errorStyle) == ("date", None, None)  # the defaults: between, stop
    assert (int(day.formula1), int(day.formula2)) == (7306, 73050)  # 1920-01-01 to 2099-12-31
    assert rule_of(sheet, activity, "start_time").type == "time"
    number = rule_of(sheet, activity, "present")
    assert (number.type, number.operator, number.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert "2023-5-10" in day.error


def test_a_number_with_a_maximum_may_not_exceed_it(blank):
    activity = CATALOGUE.activity("committee_meeting")
    number = rule_of(blank["支委会"], activity, "topic_total")
    assert (number.operator, number.formula1, number.formula2) == (None, "0", "50")  # None: between


def test_closed_choices_stop_and_open_ones_only_ask(blank):
    state = rule_of(blank["主题党日"], CATALOGUE.activity("theme_day"), "state")
    assert (state.type, state.formula1, state.errorStyle, state.showErrorMessage) == (
        "list",
        '"已核,草稿,作废"',
        None,
        True,
    )
    category = rule_of(blank["下步打算"], CATALOGUE.activity("next_steps"), "category")
    assert category.errorStyle == "warning"
    assert "目录" in category.error


def test_several_values_in_a_cell_are_suggested_and_never_questioned(blank):
    steps = rule_of(blank["主题党日"], CATALOGUE.activity("theme_day"), "steps")
    assert steps.type == "list"
    assert not steps.showErrorMessage
    people = rule_of(blank["谈心谈话"], CATALOGUE.activity("heart_to_heart_talk"), "talkees")
    assert people.formula1 == "党员名单"
    assert not people.showErrorMessage


def test_persons_are_offered_from_the_roster_and_others_let_pass(blank):
    host = rule_of(blank["主题党日"], CATALOGUE.activity("theme_day"), "host")
    assert (host.type, host.formula1, host.errorStyle) == ("list", "党员名单", "information")
    assert "党员名册" in host.error
    reference = blank.defined_names["党员名单"].attr_text
    assert reference.startswith("'党员名册'!$A$4:INDEX('党员名册'!$A$4:$A$2003,")


def test_validation_reaches_below_the_table(blank):
    activity = CATALOGUE.activity("theme_day")
    for key in ("date", "state", "host", "present"):
        column = letters(activity, key)
        assert rules(blank["主题党日"], f"{column}2003") == rules(blank["主题党日"], f"{column}4") != []
        assert rules(blank["主题党日"], f"{column}3") == []


def test_people_write_freely_where_no_choice_is_offered(blank):
    activity = CATALOGUE.activity("theme_day")
    assert rules(blank["主题党日"], f"{letters(activity, 'topic')}4") == []
    assert rules(blank["主题党日"], f"{letters(activity, 'content')}4") == []


def test_a_list_too_long_to_write_out_stands_on_the_hidden_sheet():
    choices = tuple(f"第{number}个很长很长的可选项" for number in range(40))
    activity = CATALOGUE.activity("theme_day")
    columns = tuple(replace(c, choices=choices) if c.key == "state" else c for c in activity.columns)
    catalogue = replace(
        CATALOGUE, activities=tuple(replace(a, columns=columns) if a is activity else a for a in CATALOGUE.activities)
    )
    book = opened(ledger_bytes(catalogue, year=None, unit=""))
    rule = rule_of(book["主题党日"], activity, "state")
    name = rule.formula1
    ((sheet, cells),) = book.defined_names[name].destinations
    assert [cell.value for (cell,) in book[sheet][cells]] == list(choices)


def test_messages_fit_what_excel_shows(blank):
    for sheet in blank:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.error or "") <= 255
            assert len(rule.errorTitle or "") <= 32
            assert bool(rule.error) == bool(rule.showErrorMessage)


def test_each_header_carries_its_hint(blank):
    for activity in CATALOGUE.activities:
        for cell, column in zip(blank[activity.label][3], activity.columns, strict=True):
            assert column.hint in cell.comment.text
            assert ("必填" in cell.comment.text.split("\n")[0]) or not column.required
    assert "已核、草稿、作废" in blank["主题党日"][f"{letters(CATALOGUE.activity('theme_day'), 'state')}3"].comment.text


# ---- looks and print -----------------------------------------------------------------------------


@pytest.mark.parametrize("label", [*LABELS, *OWN])
def test_every_sheet_prints_on_a4_one_page_wide_with_page_numbers(filled, label):
    sheet = filled[label]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == ("portrait" if label == "使用说明" else "landscape")
    if label == "半年汇总":  # a page break, which fitting to pages would override, parts chart and figures
        assert sheet.page_setup.scale == 64
        assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    else:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # None: the default, which is 1
        assert sheet.page_setup.fitToHeight == (None if label == "使用说明" else 0)
    assert "云溪市档案馆第一党支部" in sheet.oddFooter.left.text
    assert "&P" in sheet.oddFooter.center.text
    assert not sheet.sheet_view.showGridLines
    assert not sheet.protection.sheet


@pytest.mark.parametrize("label", [*LABELS, "总结文字"])
def test_the_header_stays_in_view_and_on_every_page(blank, label):
    assert blank[label].freeze_panes == "B4"
    assert blank[label].print_title_rows == "$3:$3"


def test_columns_are_formatted_for_what_is_typed(blank):
    sheet, activity = blank["主题党日"], CATALOGUE.activity("theme_day")
    formats = {column.key: sheet.column_dimensions[letters(activity, column.key)] for column in activity.columns}
    assert formats["date"].number_format == "yyyy-mm-dd"
    assert formats["start_time"].number_format == "hh:mm"
    assert formats["topic"].number_format == "@"
    assert formats["content"].number_format == "General"
    assert formats["content"].alignment.wrap_text
    assert {each.font.name for each in formats.values()} == {"微软雅黑"}
    assert {each.font.sz for each in formats.values()} == {10.5}


def test_rows_below_the_header_keep_growing_with_their_text():
    with zipfile.ZipFile(io.BytesIO(filled_bytes())) as package:
        sheet = package.read("xl/worksheets/sheet4.xml").decode()
    rows = re.findall(r'<row r="(\d+)"([^>]*)>', sheet)
    assert all(('customHeight="1"' in attributes) == (int(number) <= 3) for number, attributes in rows)
    assert len(rows) > 10


def test_the_unit_is_named_in_the_footer_even_with_an_ampersand():
    book = opened(ledger_bytes(CATALOGUE, year=None, unit="A&B支部"))
    assert book["党课"].oddFooter.left.text == "A&&B支部"


def test_a_very_long_unit_is_cut_before_it_runs_into_the_page_number():
    book = opened(ledger_bytes(CATALOGUE, year=None, unit="长" * 39 + "&&支部"))
    footer = book["党课"].oddFooter
    assert footer.left.text == "长" * 39 + "&&"
    assert "&P" in footer.center.text


# ---- contents ------------------------------------------------------------------------------------


def test_a_blank_ledger_has_defaults_and_asks_for_the_rest(blank):
    cells = cover_cells(CATALOGUE)
    values = {key: blank["基本信息"].cell(place.row, 2).value for key, place in cells.items()}
    defaults = {field.key: field.default or None for field in CATALOGUE.cover}
    assert values == defaults
    assert values["period"] == "上半年"


def test_the_cover_says_which_fields_are_required_or_advised(blank):
    marks = [blank["基本信息"].cell(place.row, 3).value for place in cover_cells(CATALOGUE).values()]
    assert marks == ["必填" if f.required else "建议填" if f.advised else None for f in CATALOGUE.cover]
    assert {"必填", "建议填", None} <= set(marks)


def test_year_unit_and_cover_are_filled_in():
    book = opened(ledger_bytes(CATALOGUE, year=2024, unit="某支部", cover={"unit": "别的", "as_of": date(2024, 6, 30)}))
    cells = cover_cells(CATALOGUE)
    values = {key: book["基本信息"].cell(place.row, 2).value for key, place in cells.items()}
    assert (values["year"], values["unit"], values["as_of"].date()) == (2024, "某支部", date(2024, 6, 30))


def test_rows_are_written_as_a_secretary_types_them():
    row = {
        "date": date(2023, 3, 5), "start_time": time(14, 30), "topic": "=1+1", "due": 17, "steps": ("集中学习", "参观学习"),
        "discussed": True,
    }  # fmt: skip
    book = opened(ledger_bytes(CATALOGUE, year=2023, unit="", rows={"theme_day": [row, {"date": "2023.3.5"}]}))
    sheet, activity = book["主题党日"], CATALOGUE.activity("theme_day")
    cells = {key: sheet[f"{letters(activity, key)}4"] for key in row}
    assert cells["date"].value.date() == date(2023, 3, 5)
    assert cells["date"].number_format == "yyyy-mm-dd"
    assert cells["start_time"].value == time(14, 30)
    assert (cells["topic"].value, cells["topic"].data_type) == ("=1+1", "s")
    assert (cells["due"].value, cells["steps"].value, cells["discussed"].value) == (17, "集中学习；参观学习", "是")
    assert sheet["A5"].value == "2023.3.5"


def test_the_wording_of_the_catalogue_stands_on_its_sheet(blank):
    sheet = blank["总结文字"]
    places = {column.key: number for number, column in enumerate(CATALOGUE.wording)}
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[places["key"]]]
    labels = {section.key: section.label for section in CATALOGUE.sections}
    found = [
        (row[places["key"]], row[places["section"]], row[places["when"]] or "", row[places["text"]]) for row in rows
    ]
    assert found == [(c.key, labels[c.section], c.when, c.text) for c in CATALOGUE.clauses]
    assert {row[places["form"]] for row in rows} <= {"段首", "句", "分项", "引语", "短语", "逐条"}
    assert [row[places["used"]] for row in rows] == [None if c.used else "否" for c in CATALOGUE.clauses]


def test_the_guide_names_every_sheet_every_placeholder_and_nothing_stale(blank):
    text = "\n".join(str(cell.value) for row in blank["使用说明"].iter_rows() for cell in row if cell.value)
    for activity in CATALOGUE.activities:
        assert activity.purpose in text
        line = next(line for line in text.split("\n") if all(total.label in line for total in activity.totals))
        assert line
    assert "{{" in text
    assert "{label}" not in text


def shown(sheet):
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_the_guide_shows_the_ribbon_and_tells_what_every_button_does(blank):
    sheet = blank["使用说明"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "党支部工作")
    drawn = [[cell.value for cell in line] for line in sheet.iter_rows(row + 1, row + 4, 1, 8)]
    assert drawn[0] == ["校验", "汇总", "预览总结", "生成总结", "上报", "收集", "清除标记", "使用说明"]
    assert [line[6] for line in drawn] == ["清除标记", "检查模板", "诊断", "工具"]
    assert [drawn[3][place] for place in (0, 2, 4)] == ["台账", "总结", "报送"]
    told = {line[0].value: line[2].value for line in sheet.iter_rows(row + 5)}
    assert {button.label: told.get(button.label) for button in buttons()} == {b.label: b.supertip for b in buttons()}


def test_the_guide_is_one_printed_page_with_steps_buttons_and_what_they_never_do(blank):
    sheet = blank["使用说明"]
    area = sheet.print_area.split("!")[-1].replace("$", "")
    page = "\n".join(str(cell.value) for row in sheet[area] for cell in row if cell.value)
    assert area.startswith("A1:H")
    for heading in ("三步用好这本台账", "每个按钮做什么", "程序从不做的", "填写要点"):
        assert heading in page
    assert "写总结时可用的占位符" not in page
    assert "写总结时可用的占位符" in shown(sheet)


def test_a_blank_preview_and_blank_figures_say_how_they_are_filled(blank):
    preview, summary, layout = blank["总结预览"], blank["半年汇总"], FiguresLayout(CATALOGUE)
    assert preview["A2"].value.startswith("点“预览总结”后")
    assert [cell.value for row in preview.iter_rows(min_row=4) for cell in row if cell.value] == []
    assert preview.column_dimensions["D"].hidden
    assert summary.cell(layout.status_row, 1).value.startswith("点“汇总”后")
    assert [c.value for row in summary.iter_rows(layout.first, layout.last) for c in row if c.value] == []
    merged = {str(each) for each in summary.merged_cells.ranges}
    assert {f"B{layout.first}:D{layout.first}", f"E{layout.last}:O{layout.last}"} <= merged


def test_the_figures_begin_on_a_page_of_their_own_under_a_header_on_every_page(blank):
    sheet, layout = blank["半年汇总"], FiguresLayout(CATALOGUE)
    assert [each.id for each in sheet.row_breaks.brk] == [layout.title - 1]
    assert sheet.print_title_rows == f"${layout.header}:${layout.header}"


def test_results_say_whether_a_check_was_made(blank):
    assert opened(ledger_bytes(CATALOGUE, year=None, unit=""), data_only=True)["校验结果"]["A2"].value == "尚未校验"
    clean = opened(ledger_bytes(CATALOGUE, year=None, unit="", issues=[]), data_only=True)
    assert clean["校验结果"]["A2"].value == "没有发现问题，可以生成总结"
    assert blank["校验结果"]["A4"].value is None


def test_results_list_the_issues_and_lead_to_their_cells():
    issues = [
        Issue("any", Severity.ERROR, CellRef("主题党日", 7, 8), "实到多于应到。", "请核对。", "25"),
        Issue("any", Severity.HINT, CellRef("党小组会"), "3月没有。", "请补记。"),
    ]
    book = opened(ledger_bytes(CATALOGUE, year=None, unit="", issues=issues), data_only=True)
    sheet = book["校验结果"]
    assert [cell.value for cell in sheet[4]] == ["错误", "主题党日", "H7", "25", "实到多于应到。", "请核对。"]
    assert sheet["C4"].hyperlink.location == "'主题党日'!H7"
    assert [cell.value for cell in sheet[5]] == ["建议", "党小组会", None, None, "3月没有。", "请补记。"]
    assert sheet["A2"].value == "错误 1 · 提醒 0 · 建议 1"


@pytest.mark.parametrize("label", [*LABELS, "总结文字", "基本信息"])
def test_cells_named_by_the_results_light_up_by_severity(blank, label):
    sheet = blank[label]
    found = [(str(ranges.sqref), rule) for ranges in sheet.conditional_formatting for rule in ranges.rules]
    assert len(found) == 6
    first = {"基本信息": "B4"}.get(label, "A4")
    assert all(area.startswith(first) for area, _ in found)
    for level in ("错误", "提醒", "建议"):
        formulas = [rule.formula[0] for _, rule in found if f'"{level}"' in rule.formula[0]]
        assert len(formulas) == 2
        assert all(f'"{label}"' in formula for formula in formulas)
    ordered = sorted(found, key=lambda pair: pair[1].priority)
    assert ['"错误"' in rule.formula[0] for _, rule in ordered] == [True, True, False, False, False, False]
    assert len({rule.dxfId for _, rule in found}) == 3


def test_every_type_of_column_is_laid_out():
    """The catalogue in use has them all, so the tests above have seen them all."""
    used = {column.type for activity in CATALOGUE.activities for column in activity.columns}
    assert used == set(ColumnType)


def test_the_title_has_room_for_its_count_before_there_is_one(blank, filled):
    """What stands right of it would cover the count as soon as rows are filled in."""
    for activity in CATALOGUE.activities:
        places = [
            [cell.column for cell in book[activity.label][1][1:] if cell.value == activity.purpose]
            for book in (blank, filled)
        ]
        assert places[0] == places[1], activity.label
        assert len(places[0]) == 1, activity.label
