"""The report on all units: the same from a folder as from the consolidated workbook, and nothing claimed without rows."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from pyxl import actions
from pyxl.actions import Collecting
from pyxl.core.changes import RowState
from pyxl.core.travelling import travelling
from pyxl.errors import OutputError, UsageError, WorkbookError
from pyxl.excel.building.ledger import build_ledger
from pyxl.package import packed, unpacked
from tests.reports import CATALOGUE, COVER, ROWS
from tests.submissions import TODAY, rows_of, submission

UNIT = "云溪市机关党委"
LAST_YEAR = datetime(2022, 7, 3, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("home_of_module")


def a_year_before(number):
    """The unit's rows, dated a year earlier; two of its theme days are not there yet."""
    rows = {
        key: [
            {name: v.replace(year=v.year - 1) if isinstance(v, date) else v for name, v in row.items()} for row in found
        ]
        for key, found in rows_of(number).items()
    }
    return {**rows, "theme_day": rows["theme_day"][2:]}


def submissions(folder: Path, numbers, *, before=False, **cover) -> Path:
    folder.mkdir()
    for number in numbers:
        if before:
            own = {"year": 2022, "as_of": date(2022, 6, 30), "signed_on": None, **cover}
            submission(folder, number, rows=a_year_before(number), moment=LAST_YEAR, **own)
        else:
            submission(folder, number, **cover)
    return folder


def roster(path: Path, *numbers) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["单位编码", "单位名称"])
    for number in numbers:
        book.active.append([f"ZB-{number:04}", f"云溪市第{number}党支部"])
    book.save(path)
    return path


def collected(folder: Path, out: Path, **asked):
    return actions.collect(Collecting(folder, out=out, **{"unit": UNIT, "code": "JG", **asked}), today=TODAY)


def text_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs if paragraph.text]


def again(consolidated: Path, out: Path) -> Path:
    """What `pyxl report` makes of the consolidated workbook."""
    outcome = actions.summarise(consolidated, out=out, today=TODAY)
    assert outcome.written, outcome.check.issues
    return outcome.written


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    folder = tmp_path_factory.mktemp("before")
    return collected(submissions(folder / "in", [2, 3, 7], before=True), folder / "上期.xlsx").written


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, before):
    folder = tmp_path_factory.mktemp("now")
    return collected(
        submissions(folder / "in", [1, 2, 3, 4]), folder / "汇总.xlsx", report=folder / "汇总.docx", previous=before,
        roster=roster(folder / "名册.xlsx", 1, 2, 3, 4, 9),
    )  # fmt: skip


@pytest.fixture(scope="module")
def text(outcome):
    return "\n".join(text_of(outcome.report))


def test_the_report_is_the_one_that_the_consolidated_workbook_gives(outcome, tmp_path):
    other = again(outcome.written, tmp_path / "再.docx")
    assert outcome.report.read_bytes() == other.read_bytes()


@pytest.fixture(scope="module")
def fast(outcome, before):
    return collected(outcome.folder, outcome.folder.parent / "快.xlsx", report=outcome.folder.parent / "快.docx",
                     previous=before, roster=outcome.folder.parent / "名册.xlsx", fast=True)  # fmt: skip


def test_the_same_without_rows_read_but_where_the_figures_come_from(fast, text):
    rows, manifests = "以下各数都由台账的记录逐行汇总得出。", "以下各数取自上报件所附的清单，没有逐行核对。"
    assert text.count(rows) == 1
    assert "\n".join(text_of(fast.report)) == text.replace(rows, manifests)


def test_a_workbook_without_rows_says_so_where_one_with_rows_says_what_to_do_with_it(outcome, fast):
    for written, is_read in ((outcome.written, True), (fast.written, False)):
        book = openpyxl.load_workbook(written)
        survey, cover = (
            "".join(str(cell.value) for cell in book[name][1] if cell.value) for name in ("各单位情况", "基本信息")
        )
        assert ("按报来的行汇总" in survey) == is_read
        assert ("没有逐行核对" in survey) == (not is_read)
        assert ("就能校验" in cover) == is_read
        assert ("请先不带 --fast 再收集一次" in cover) == (not is_read)


def test_what_needs_rows_refuses_a_workbook_without_them_in_its_own_words(fast, tmp_path):
    with pytest.raises(WorkbookError) as caught:
        actions.check(fast.written, today=TODAY)
    assert caught.value.code == "collected_without_rows"
    assert "--fast" in caught.value.message
    assert "请不带 --fast 再收集一次" in caught.value.hint
    with pytest.raises(WorkbookError) as caught:
        again(fast.written, tmp_path / "不会有.docx")
    assert caught.value.code == "collected_without_rows"


def test_microsofts_schemas_find_nothing_in_report_and_workbook(outcome):
    for path in (outcome.report, outcome.written):
        assert [error.description for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_its_title_is_that_of_many_units(text):
    assert text.startswith("云溪市机关党委2023年上半年工作情况汇总\n")
    assert "工作总结" not in text


def test_counts_are_those_of_all_units(outcome, text):
    figures = {(figure.activity, figure.name): figure.value for figure in outcome.found.totals}
    sentence = f"各党支部共召开支委会{figures['支委会', '次数']}次、党员大会{figures['党员大会', '次数']}次"
    assert sentence in text
    assert figures["支委会", "次数"] == sum(unit.part.rows["committee_meeting"] for unit in outcome.found.units) > 20


def test_who_meets_every_month_is_counted_in_units(text):
    """Of units 1 to 4, two and three lack January's committee meeting, one and three January's theme day."""
    assert "有2个党支部按月召开支委会，2个党支部有缺月。" in text
    assert "有2个党支部按月开展主题党日活动，2个党支部有缺月。" in text


def test_who_is_praised_reminded_and_missing_follows_from_the_data(text):
    assert "\n云溪市第4党支部按规定应当开展的活动都有记录，予以表扬。\n" in text
    assert "以下3个党支部的记录有缺漏" in text
    assert "\n三是云溪市第3党支部：支委会缺1月；主题党日缺1月。\n" in text
    assert "另有1个单位尚未上报。" in text
    assert "\n云溪市第9党支部尚未上报，请抓紧上报。\n" in text


def test_the_comparison_is_of_units_that_both_periods_know(text):
    assert "（四）与去年同期比较\n两期都上报的2个党支部共开展各类活动" in text
    assert "较去年同期增加4次。其中，主题党日增加4次，其余各项持平。" in text
    assert "云溪市第1党支部、云溪市第4党支部为本期新增，不作比较。" in text
    assert "云溪市第7党支部去年同期有上报、本期没有，不作比较。" in text


def test_the_table_of_units_adds_up(outcome):
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(outcome.report)).tables[0].rows]
    head, *units, whole = rows
    assert head[:2] == ["序号", "单位"]
    assert [row[:2] for row in units] == [[str(n), f"云溪市第{n}党支部"] for n in (1, 2, 3, 4)]
    for row in (*units, whole):
        assert sum(map(int, row[2:-2])) == int(row[-2])
    for place in range(2, len(head) - 1):
        assert sum(int(row[place]) for row in units) == int(whole[place])
    assert [row[-1] for row in units] == ["主题党日缺1月", "支委会缺1月", "支委会缺1月；主题党日缺1月", ""]


def test_the_workbook_has_the_comparison_with_a_chart(outcome):
    book = openpyxl.load_workbook(outcome.written)
    assert book.sheetnames[:4] == ["各单位情况", "报送情况", "对比", "上期各单位"]
    sheet = book["对比"]
    assert len(sheet._charts) == 1
    rows = {row[0].value: [cell.value for cell in row[2:6]] for row in sheet.iter_rows(min_row=4, max_row=15)}
    assert rows["主题党日"][2] == 4
    assert rows["主题党日"][1] - rows["主题党日"][0] == 4
    assert rows["合计"][2] == 4
    notes = {row[1].value: row[-1].value for row in sheet.iter_rows(min_row=20) if row[1].value}
    assert notes["云溪市第1党支部"] == "本期新增，不作比较"
    assert notes["云溪市第7党支部"] == "本期没有报，不作比较"
    assert notes["云溪市第2党支部"] in (None, "")


def test_checking_the_workbook_says_nothing_of_its_own_sheets(outcome):
    issues = actions.check(outcome.written, today=TODAY, moment=datetime(2024, 1, 10, tzinfo=UTC)).issues
    assert {issue.where.sheet for issue in issues} <= {"各单位", *(each.label for each in CATALOGUE.activities)}
    assert not [issue for issue in issues if issue.blocks]


def test_without_an_earlier_workbook_the_words_do_not_appear(outcome, tmp_path):
    plain = collected(outcome.folder, tmp_path / "无.xlsx", report=tmp_path / "无.docx")
    words = "\n".join(text_of(plain.report))
    assert not re.search("同期|上年|增加|减少|持平|新增|对比|比较", words)
    assert not re.search("尚未上报", words)
    assert "对比" not in openpyxl.load_workbook(plain.written).sheetnames
    assert plain.report.read_bytes() == again(plain.written, tmp_path / "再.docx").read_bytes()


def test_a_single_unit_is_called_by_its_name(tmp_path):
    found = collected(submissions(tmp_path / "in", [4]), tmp_path / "一.xlsx", report=tmp_path / "一.docx")
    words = "\n".join(text_of(found.report))
    assert "共汇总1个党支部上报的台账" in words
    assert "云溪市第4党支部共召开支委会" in words
    assert not re.search("各党支部|全部|有1个党支部", words)
    assert found.report.read_bytes() == again(found.written, tmp_path / "再.docx").read_bytes()


def test_many_names_are_shortened_and_the_gaps_are_in_the_table(tmp_path):
    rows = {**rows_of(0), "theme_day": rows_of(0)["theme_day"][1:]}
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(1, 13):
        submission(folder, number, rows=rows)
    found = collected(folder, tmp_path / "多.xlsx", report=tmp_path / "多.docx")
    words = "\n".join(text_of(found.report))
    names = "、".join(f"云溪市第{number}党支部" for number in range(1, 6))
    assert f"{names}等12个党支部的记录有缺漏（见附件）" in words
    assert "一是" not in words
    assert "予以表扬" not in words
    assert "应当按月召开支委会的12个党支部全部按月召开。" in words
    assert found.report.read_bytes() == again(found.written, tmp_path / "再.docx").read_bytes()


def test_a_unit_without_a_name_has_a_title_all_the_same(outcome, tmp_path):
    found = collected(outcome.folder, tmp_path / "无名.xlsx", report=tmp_path / "无名.docx", unit="", code="")
    lines = text_of(found.report)
    assert lines[0] == "2023年上半年工作情况汇总"
    assert lines[1].startswith("2023年上半年，各党支部")
    assert "None" not in "".join(lines)
    assert docx.Document(str(found.report)).core_properties.title == "2023年上半年工作情况汇总"


def typed(path: Path, text: str) -> None:
    """Another wording of who is praised, on the sheet 总结文字."""
    (clause,) = (each for each in travelling(CATALOGUE).clauses if each.key == "表扬")
    parts = unpacked(path.read_bytes())
    old = parts["xl/sharedStrings.xml"].decode()
    new = old.replace(clause.text.replace('"', "&quot;"), text).replace(clause.text, text)
    assert new != old
    path.write_bytes(packed({**parts, "xl/sharedStrings.xml": new.encode()}))


def test_wording_that_was_changed_on_the_workbook_counts(outcome, tmp_path):
    out = tmp_path / "改.xlsx"
    collected(outcome.folder, out)
    typed(out, "特别表扬{{ 各单位.齐全的单位 | 顿号 }}。")
    found = collected(outcome.folder, out, report=tmp_path / "改.docx")
    assert "特别表扬云溪市第4党支部。" in text_of(found.report)
    assert found.report.read_bytes() == again(found.written, tmp_path / "再.docx").read_bytes()


def test_wording_in_error_keeps_the_report_back_and_is_told(outcome, tmp_path):
    out = tmp_path / "错.xlsx"
    collected(outcome.folder, out)
    typed(out, "{{ 没有.这个 }}")
    found = collected(outcome.folder, out, report=tmp_path / "错.docx")
    assert (found.report, found.wording_errors) == (None, 1)
    assert not (tmp_path / "错.docx").exists()
    assert found.written


# ------------------------------------------------------------------------------ what is refused


def refused(outcome, tmp_path, previous, **asked):
    with pytest.raises((UsageError, WorkbookError, OutputError)) as caught:
        collected(outcome.folder, tmp_path / "新.xlsx", previous=previous, **asked)
    assert not (tmp_path / "新.xlsx").exists()
    return caught.value


def test_a_period_that_nobody_compares_is_refused_with_what_would_do(outcome, tmp_path):
    found = refused(outcome, tmp_path, outcome.written)
    assert found.code == "previous_not_comparable"
    assert found.message == "“汇总.xlsx”是2023年上半年的，不能与2023年上半年比"
    assert found.hint == "同比请用2022年上半年的汇总表，环比请用2022年下半年的汇总表。"


def test_a_ledger_of_one_unit_is_nothing_to_compare_with(outcome, tmp_path):
    path = tmp_path / "台账.xlsx"
    build_ledger(CATALOGUE, path, year=None, unit="", cover=COVER, rows=ROWS)
    assert refused(outcome, tmp_path, path).code == "previous_not_consolidated"


def test_what_cannot_be_read_is_told_before_anything_is_looked_at(outcome, tmp_path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK")
    assert isinstance(refused(outcome, tmp_path, path), WorkbookError)


def test_rows_in_error_are_no_ground_to_compare_on(outcome, tmp_path, before):
    book = openpyxl.load_workbook(before)
    sheet = book["主题党日"]
    places = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(4, places["实到"]).value = 999
    path = tmp_path / "上期改.xlsx"
    book.save(path)
    assert refused(outcome, tmp_path, path).code == "previous_in_error"


def test_the_earlier_workbook_is_never_replaced(outcome, before):
    content = before.read_bytes()
    with pytest.raises(OutputError) as caught:
        collected(outcome.folder, before, previous=before)
    assert caught.value.code == "output_is_input"
    assert before.read_bytes() == content


def test_a_report_is_a_word_document(outcome, tmp_path):
    with pytest.raises(UsageError) as caught:
        collected(outcome.folder, tmp_path / "新.xlsx", report=tmp_path / "报告.pdf")
    assert caught.value.code == "report_ending"
    assert list(tmp_path.iterdir()) == []


def test_the_same_inputs_give_the_same_bytes(outcome, before):
    report, book = outcome.report.read_bytes(), outcome.written.read_bytes()
    collected(outcome.folder, outcome.written, report=outcome.report, previous=before,
              roster=outcome.folder.parent / "名册.xlsx")  # fmt: skip
    assert (outcome.report.read_bytes(), outcome.written.read_bytes()) == (report, book)


def test_the_reports_numbers_lead_to_the_rows_of_the_units(outcome):
    found = actions.explain(outcome.report, today=TODAY)
    assert (found.ledger, found.changed) == (outcome.written, False)
    told = found.sources.provenance
    assert told.unit == UNIT
    for mark in found.sources.marks:
        assert found.sources.present[mark.name] == mark.text
    number = told.numbers["支委会.次数"]
    rows = [told.rows[ref] for ref in number.rows]
    assert number.value == f"{len(rows)}次"
    assert {row.told["报送单位"] for row in rows} == {f"云溪市第{each}党支部" for each in (1, 2, 3, 4)}
    assert rows[0].told["来源行"] == "支委会!4"
    assert ("报送.未报数", "1") in [(mark.figure, mark.text) for mark in found.sources.marks]


def test_a_unit_that_sends_again_changes_the_reports_numbers(outcome, tmp_path):
    fewer = submissions(tmp_path / "in", [1, 2, 3])
    later = collected(fewer, tmp_path / outcome.written.name)
    found = actions.explain(outcome.report, ledger=later.written, today=TODAY)
    assert found.changed
    change = found.changes["支委会.次数"]
    assert change.differs
    gone = {row.row.told["报送单位"] for row in change.rows if row.state is RowState.GONE}
    assert gone == {"云溪市第4党支部"}


def test_without_rows_read_the_report_tells_its_numbers_and_no_rows(outcome, before, tmp_path):
    folder = outcome.folder.parent
    fast = collected(outcome.folder, tmp_path / "快.xlsx", report=tmp_path / "快.docx", previous=before,
                     roster=folder / "名册.xlsx", fast=True)  # fmt: skip
    told = actions.explain(fast.report, today=TODAY).sources.provenance
    whole = actions.explain(outcome.report, today=TODAY).sources.provenance
    assert {name: number.value for name, number in told.numbers.items()} == {
        name: number.value for name, number in whole.numbers.items()
    }
    assert {number.rows for number in told.numbers.values()} == {None}
