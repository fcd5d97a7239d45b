"""Is the workbook of results what the ledger's own sheets would say, and does it lead back to its cells?"""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from pyxl.catalogue.model import TotalKind
from pyxl.core.period import Period
from pyxl.core.totals import compute
from pyxl.core.validation import validate
from pyxl.excel.addin.gate import faults
from pyxl.excel.building.judged_values import judged
from pyxl.excel.building.layout import SummaryLayout, summary_cells
from pyxl.excel.building.results_book import is_results_book, link_target, results_bytes
from pyxl.excel.pages import figures, preview, results
from pyxl.excel.pages.findings import found
from pyxl.excel.pages.layout import FiguresLayout
from tests.excel.addin.checks import audit
from tests.excel.building.built import blank_bytes, filled_bytes, opened
from tests.excel.pages.findings import changed, report_of
from tests.reports import CATALOGUE, ROWS, TODAY, Written, written

RELATIONSHIP = re.compile(r'Target="([^"]*)" TargetMode="External"')
WRONG = changed("theme_day", 2, present=40)


def book_of(
    examined: Written, target: str = "台账.xlsx", source: str = "台账.xlsx", moment: datetime | None = None
) -> bytes:
    pages = found(examined.issues, examined.verdict, examined.totals, report_of(examined), moment)
    return results_bytes(examined.ledger, CATALOGUE, examined.verdict, pages, source=source, target=target)


@cache
def faulty_bytes() -> bytes:
    return book_of(written(WRONG))


@pytest.fixture(scope="module", name="book")
def faulty_workbook():
    return opened(faulty_bytes())


# ---- contents ------------------------------------------------------------------------------------


def test_what_was_asked_for_comes_first(book):
    assert book.sheetnames == ["校验结果", "半年汇总", "总结预览"]
    assert book.active.title == "校验结果"
    assert [sheet.sheet_state for sheet in book] == ["visible"] * 3


def test_there_is_not_one_formula_and_no_macro_in_it(book):
    assert [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []
    with zipfile.ZipFile(io.BytesIO(faulty_bytes())) as package:
        assert [name for name in package.namelist() if "vba" in name.lower() or "macro" in name.lower()] == []


def test_the_results_are_those_of_the_page(book):
    sheet, lines = book["校验结果"], results.results(written(WRONG).issues)
    assert lines
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows(4, 3 + len(lines))] == [
        line.cells for line in lines
    ]
    assert sheet["A2"].value == results.status(written(WRONG).issues) == "错误 1 · 提醒 0 · 建议 0"
    assert "台账.xlsx" in "".join(str(cell.value) for cell in sheet[1] if cell.value)


def test_a_ledger_without_issues_gets_a_workbook_that_says_so():
    sheet = opened(book_of(written()))["校验结果"]
    assert sheet["A2"].value == "没有发现问题，可以生成总结"
    assert sheet["A4"].value is None
    assert sheet.tables["校验结果"].ref == "A3:F4"


def test_the_time_of_the_check_stands_beside_its_result(book):
    moment = datetime(2023, 7, 3, 9, 5)
    timed = opened(book_of(written(WRONG), moment=moment))["校验结果"]
    assert timed["F2"].value == "2023-07-03 09:05 校验"
    assert book["校验结果"]["F2"].value == "已校验"


def test_the_table_ends_with_the_last_result(book):
    sheet = book["校验结果"]
    assert sheet.tables["校验结果"].ref == f"A3:F{3 + len(written(WRONG).issues)}"
    assert sheet.max_row == 3 + len(written(WRONG).issues)


def test_a_very_long_paragraph_is_not_lost():
    """XlsxWriter leaves out a text with bold numbers that a cell could not hold."""
    examined = written()
    report = report_of(examined)
    blocks = tuple(
        replace(block, text=block.text + "长" * 33_000) if block.level == "body" else block for block in report.blocks
    )
    pages = found(examined.issues, examined.verdict, examined.totals, replace(report, blocks=blocks))
    content = results_bytes(examined.ledger, CATALOGUE, examined.verdict, pages, source="台账.xlsx", target="台账.xlsx")
    sheet = opened(content)["总结预览"]
    texts = [row[0].value for row in sheet.iter_rows(min_row=4, max_row=4 + len(blocks)) if row[3].value == "body"]
    assert len(texts) == sum(block.level == "body" for block in blocks)
    assert all(text and text.endswith("长…") for text in texts)


def test_the_figures_are_those_of_the_page_and_numbers_stay_numbers(book):
    sheet, layout = book["半年汇总"], FiguresLayout(CATALOGUE)
    lines = figures.figures(written(WRONG).totals)
    found_ = [
        tuple(sheet.cell(row, first).value for first, _ in layout.spans) for row in range(layout.first, layout.last + 1)
    ]
    assert found_ == [line.cells for line in lines]
    rate = next(row for row, line in enumerate(lines, layout.first) if line.cells[:2] == ("集中学习", "出勤率"))
    cell = sheet.cell(rate, layout.value)
    assert (cell.value, cell.number_format) == (0.9559, "0.00%")
    assert sheet.cell(layout.status_row, 1).value == figures.status(written(WRONG).verdict)


def test_the_preview_is_that_of_the_page_with_its_numbers_in_bold():
    report = report_of(written(WRONG))
    sheet = opened(faulty_bytes(), rich_text=True)["总结预览"]
    lines = preview.preview(report)
    cells = [tuple(cell.value for cell in row) for row in sheet.iter_rows(4, 3 + len(lines))]
    assert [(str(text), *rest) for text, *rest in cells] == [line.cells for line in lines]
    place = next(number for number, line in enumerate(lines) if line.emphasis)
    bold = [each.text for each in cells[place][0] if not isinstance(each, str) and each.font.b]
    text = lines[place].cells[0]
    assert bold == [text[start : start + length] for start, length in lines[place].emphasis]
    assert sheet["A2"].value == preview.status(report, errors=1)


def test_the_summary_looks_like_that_of_the_ledger(book):
    ours, theirs = book["半年汇总"], opened(filled_bytes())["半年汇总"]
    assert len(ours._charts) == len(theirs._charts) == 1
    assert set(map(str, ours.merged_cells.ranges)) == set(map(str, theirs.merged_cells.ranges))
    assert [d.width for d in ours.column_dimensions.values()] == [d.width for d in theirs.column_dimensions.values()]
    layout = SummaryLayout(CATALOGUE)
    for row in (3, layout.header - 1, *range(layout.header + 1, layout.end + 1)):
        for column in range(1, layout.columns + 1):
            mine, other = ours.cell(row, column), theirs.cell(row, column)
            assert (mine.number_format, mine.font.b, mine.fill.fgColor.rgb) == (
                other.number_format, other.font.b, other.fill.fgColor.rgb,
            ), mine.coordinate  # fmt: skip
    assert book.defined_names["本期首月"].attr_text == "1"
    assert book.defined_names["本期末月"].attr_text == "6"


EVIL = (
    "=cmd|'/c calc'!A1", "@SUM(A1)", "+1", "-2+3", "{=1+1}", '=HYPERLINK("http://a.example","b")', "'x", "\tx", "a\x01b",
    '<b>&amp;"', "_x0041_", "http://a.example/?q", "mailto:a@b.example", "internal:A1", "external:a.xlsx", "😀䶮\u202e", "长" * 40_000,
)  # fmt: skip


def test_whatever_was_typed_stays_a_text_in_a_sound_workbook(tmp_path):
    """Texts that a spreadsheet would calculate, open or choke on, in cells and in the name of the unit."""
    first = ROWS["theme_day"][0]
    rows = {**ROWS, "theme_day": [{**first, "topic": each, "present": each} for each in EVIL]}
    content = book_of(written(rows, unit=EVIL[0] + "&&" * 30))
    path = tmp_path / "结果.xlsx"
    path.write_bytes(content)
    assert faults(content, ".xlsx") == ()
    assert audit(path) == []
    sheet = opened(content)["校验结果"]
    cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    told = {str(row[3].value) for row in sheet.iter_rows(min_row=4) if row[2].value and row[2].value.startswith("I")}
    assert {"=cmd|'/c calc'!A1", "@SUM(A1)", "+1", "{=1+1}", "_x0041_", "mailto:a@b.example"} <= told
    links = {each for targets in relationships(content).values() for each in targets}
    assert links == {"台账.xlsx"}


# ---- numbers -------------------------------------------------------------------------------------

CHANGES = {
    "the sample": ROWS,
    "a row in error": WRONG,
    "a date as text": changed("theme_day", 3, date="2023.4.18"),
    "no date": changed("committee_meeting", 1, date=None),
    "a draft": changed("party_lecture", 0, state="草稿"),
    "no attendance": changed("member_assembly", 1, due=None, present=None),
    "a plan for another period": changed("next_steps", 0, for_period="全年"),
}


@pytest.mark.parametrize("rows", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("period", [None, "2023Q1", "2023FY"])
def test_the_matrix_and_the_figures_below_it_agree(rows, period):
    examined = written(rows)
    verdict, totals = examined.verdict, examined.totals
    if period:
        verdict = validate(examined.ledger, CATALOGUE, Period(2023, period[4:]), TODAY)
        totals = compute(verdict, CATALOGUE)
    values = judged(examined.ledger, CATALOGUE, verdict)
    compared = 0
    for activity in CATALOGUE.activities:
        own = {figure.name: figure for figure in totals if figure.activity == activity.label}
        assert values.count(activity) == own["次数"].value, activity.label
        assert values.irregular(activity) == sum(ref.startswith(f"{activity.label}!") for ref in verdict.erroneous)
        for name, key in (("应到人次", "due"), ("实到人次", "present")):
            if name in own and activity.in_matrix:
                assert values.sum(activity, key) == own[name].value, (activity.label, name)
                compared += 1
        missing = own.get("缺会月份")
        if missing and missing.kind is TotalKind.MONTHS_WITHOUT and missing.value is not None:
            assert values.missing(activity) == missing.value, activity.label
            compared += 1
    assert compared > 10


def test_rows_in_error_are_counted_apart_and_named_in_the_header(book):
    sheet, layout = book["半年汇总"], SummaryLayout(CATALOGUE)
    cells = summary_cells(CATALOGUE)
    assert sheet.cell(layout.header, layout.irregular).value == "有错误"
    counts = {figure: sheet.cell(*cells["theme_day", figure][1:]).value for figure in ("count", "irregular")}
    assert counts == {"count": 5, "irregular": 1}
    assert sheet.cell(layout.total, layout.irregular).value == 1
    assert sheet.cell(*cells["theme_day", "missing"][1:]).value == "3月"


def test_another_period_than_the_covers_is_the_one_that_is_shown():
    examined = written()
    verdict = validate(examined.ledger, CATALOGUE, Period(2023, "Q2"), TODAY)
    totals = compute(verdict, CATALOGUE)
    pages = found(verdict.issues, verdict, totals, report_of(examined))
    content = results_bytes(examined.ledger, CATALOGUE, verdict, pages, source="台账.xlsx", target="台账.xlsx")
    book = opened(content)
    assert book["半年汇总"]["A4"].value == "2023年第二季度"
    assert book.defined_names["本期首月"].attr_text == "4"


# ---- links ---------------------------------------------------------------------------------------


def relationships(content: bytes) -> dict[str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/worksheets/_rels/")]
        return {name: RELATIONSHIP.findall(package.read(name).decode()) for name in parts}


def test_every_line_leads_into_the_ledger(book):
    sheet = book["校验结果"]
    assert (sheet["C4"].value, sheet["C4"].hyperlink.location) == ("I6", "'主题党日'!I6")
    assert {target for targets in relationships(faulty_bytes()).values() for target in targets} == {"台账.xlsx"}
    assert all(relationships(faulty_bytes()).values())
    layout = FiguresLayout(CATALOGUE)
    summary = book["半年汇总"]
    assert summary.cell(layout.first, layout.link).hyperlink.location == "'党员名册'!A4"
    assert summary["A7"].hyperlink.location == f"'{summary['A7'].value}'!A1"
    linked = [row[2].hyperlink.location for row in book["总结预览"].iter_rows(min_row=4) if row[2].hyperlink]
    assert linked[0] == "'集中学习'!A10"  # the first that was learned for the campaign, which the opening speaks of
    assert len(linked) > 8


NAMES = [
    "台账.xlsx",
    "台账 #1.xlsx",
    "甲&乙.xlsx",
    "出勤率50%.xlsx",
    "50%25的.xlsx",
    "a b{c}[d]^`'=+;,.xlsx",
    "问?.xlsx",
    "云溪　档案馆\xa0台账.xlsx",
    "甲\x01乙\n丙\t丁.xlsx",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_signs_that_mean_something_in_a_link_still_leads_to_its_file(name, tmp_path):
    target = link_target(tmp_path / name, tmp_path / "结果.xlsx")
    assert unquote(target) == name
    assert not re.search(r'[ #?"<>\[\]{}^`]', target)
    content = book_of(written(WRONG), target, name)
    found_ = {each for targets in relationships(content).values() for each in targets}
    assert found_ == {target.replace("&", "&amp;")}
    assert opened(content)["校验结果"]["C4"].hyperlink.target == target


def test_a_name_that_is_not_in_utf_8_still_leads_to_its_file(tmp_path):
    """As a disk from another system brings it; its bytes stand in the link."""
    name = os.fsdecode("台账".encode("gbk") + b".xlsx")
    content = book_of(written(WRONG), link_target(tmp_path / name, tmp_path / "结果.xlsx"), name)
    (target,) = {each for targets in relationships(content).values() for each in targets}
    assert os.fsencode(unquote(target, errors="surrogateescape")) == os.fsencode(name)
    assert target.isprintable()
    assert "??.xlsx" in "".join(str(cell.value) for cell in opened(content)["校验结果"][1])


def test_the_dots_of_a_path_that_was_typed_are_not_in_the_link(tmp_path, monkeypatch):
    (tmp_path / "甲").mkdir()
    (tmp_path / "乙").mkdir()
    monkeypatch.chdir(tmp_path / "甲")
    assert unquote(link_target(Path("../乙/台账.xlsx"), Path("结果.xlsx"))) == f"file://{tmp_path}/乙/台账.xlsx"


def test_a_ledger_in_another_folder_is_named_with_its_whole_path(tmp_path):
    (tmp_path / "别处").mkdir()
    target = link_target(tmp_path / "台 账#.xlsx", tmp_path / "别处" / "结果.xlsx")
    assert target.startswith("file:///")
    assert Path(unquote(target.removeprefix("file://"))) == (tmp_path / "台 账#.xlsx").absolute()


def test_the_same_folder_by_another_way_is_the_same_folder(tmp_path, monkeypatch):
    (tmp_path / "甲").mkdir()
    (tmp_path / "乙").symlink_to(tmp_path / "甲")
    assert link_target(tmp_path / "甲" / "台账.xlsx", tmp_path / "乙" / "结果.xlsx") == "台账.xlsx"
    monkeypatch.chdir(tmp_path / "甲")
    assert link_target(Path("台账.xlsx"), tmp_path / "甲" / "结果.xlsx") == "台账.xlsx"


def test_an_activity_whose_sheet_was_renamed_or_is_gone_is_linked_to_what_is_there():
    examined = written()
    rows = {**examined.ledger.entries}
    rows["party_lecture"] = tuple(replace(row, sheet="党课 (2)") for row in rows["party_lecture"])
    ledger = replace(examined.ledger, entries=rows, missing=frozenset({"theme_day"}))
    sheet = opened(book_of(replace(examined, ledger=ledger)))["半年汇总"]
    links = {row[0].value: row[0].hyperlink for row in sheet.iter_rows(7, 22) if row[0].value}
    assert links["党课"].location == "'党课 (2)'!A1"
    assert links["主题党日"] is None


# ---- the file ------------------------------------------------------------------------------------


def test_the_same_ledger_gives_the_same_bytes():
    assert book_of(written(WRONG)) == faulty_bytes()


def test_only_our_own_results_are_taken_for_such(tmp_path):
    contents = {"结果.xlsx": faulty_bytes(), "台账.xlsx": blank_bytes(), "坏.xlsx": b"PK\3\4", "空.xlsx": b""}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    ours = {name for name in (*contents, "没有.xlsx") if is_results_book(tmp_path / name)}
    assert ours == {"结果.xlsx"}
    assert not is_results_book(tmp_path)


def test_the_results_of_another_ledger_are_told_from_those_of_this_one(tmp_path):
    path = tmp_path / "结果.xlsx"
    path.write_bytes(book_of(written(WRONG), "甲/台账.xlsx"))
    assert [is_results_book(path, target) for target in ("甲/台账.xlsx", "乙/台账.xlsx", None)] == [True, False, True]


def test_a_pipe_is_no_workbook_and_nobody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "结果.xlsx")
    assert not is_results_book(tmp_path / "结果.xlsx")


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_damaged_file_is_none_of_ours(tmp_path, compression):
    """Every byte of the part that is looked at, exchanged one after the other."""
    path = tmp_path / "结果.xlsx"
    name = "docProps/custom.xml"
    with zipfile.ZipFile(io.BytesIO(faulty_bytes())) as ours, zipfile.ZipFile(path, "w", compression) as package:
        package.writestr(name, ours.read(name))
    whole = path.read_bytes()
    assert is_results_book(path) is (compression == zipfile.ZIP_DEFLATED)
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        assert is_results_book(path) in (True, False)
