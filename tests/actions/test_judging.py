"""Does the workbook of results get its place beside the ledger, and never another file's?"""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import date, datetime

import openpyxl
import pytest

from pyxl import actions
from pyxl.actions import judging
from pyxl.core.place import CellRef
from pyxl.errors import OutputError, UsageError, WorkbookError
from pyxl.excel.building.ledger import build_ledger
from pyxl.excel.building.results_book import is_results_book
from tests.reports import CATALOGUE, COVER, ROWS

TODAY = date(2024, 1, 1)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """The sample with one theme day that more came to than are due."""
    rows = [{**row, "present": 40} if number == 2 else row for number, row in enumerate(ROWS["theme_day"])]
    path = tmp_path_factory.mktemp("台账") / "原件.xlsx"
    build_ledger(CATALOGUE, path, year=2023, unit=str(COVER["unit"]), cover=COVER, rows={**ROWS, "theme_day": rows})
    return path


@pytest.fixture
def ledger(faulty, tmp_path):
    """A copy, alone in its folder, under a name with everything in it."""
    return shutil.copy(faulty, tmp_path / "第一支部 台账#1 & 50%.xlsx")


def check(ledger, out):
    return actions.check(ledger, out=out, today=TODAY)


def test_without_a_name_nothing_is_written(ledger, tmp_path):
    assert actions.check(ledger, today=TODAY).written is None
    assert list(tmp_path.iterdir()) == [ledger]


def test_the_workbook_of_results_lies_beside_the_ledger_and_leads_into_it(ledger, tmp_path):
    before = digest(ledger)
    outcome = check(ledger, tmp_path)
    assert outcome.written == tmp_path / "第一支部 台账#1 & 50%_校验结果.xlsx"
    assert digest(ledger) == before
    sheet = openpyxl.load_workbook(outcome.written)["校验结果"]
    assert [sheet.cell(4, column).value for column in range(1, 5)] == ["错误", "主题党日", "I6", "40"]
    assert sheet["C4"].hyperlink.target == "第一支部%20台账%231%20&%2050%25.xlsx"
    assert outcome.issues[0].where == CellRef("主题党日", 6, 9)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([ledger.name, outcome.written.name])


def test_the_verdict_is_the_same_whether_a_workbook_is_written_or_not(ledger, tmp_path):
    from dataclasses import replace

    assert replace(check(ledger, tmp_path / "甲.xlsx"), written=None) == actions.check(ledger, today=TODAY)


def test_an_earlier_result_is_replaced(ledger, tmp_path):
    first = check(ledger, actions.results_path(ledger))
    assert first.written
    kept = digest(first.written)
    blank = tmp_path / "空白.xlsx"
    build_ledger(CATALOGUE, blank, year=2023, unit="")
    blank.replace(ledger)
    second = check(ledger, actions.results_path(ledger))
    assert second.written == first.written
    assert digest(second.written) != kept


def test_a_file_of_that_name_that_is_none_of_ours_stays_and_the_next_number_is_taken(ledger, tmp_path):
    named = tmp_path / "第一支部 台账#1 & 50%_校验结果.xlsx"
    build_ledger(CATALOGUE, named, year=2023, unit="别的支部")
    before = digest(named)
    expected = tmp_path / "第一支部 台账#1 & 50%_校验结果（2）.xlsx"
    assert check(ledger, tmp_path).written == expected
    assert check(ledger, tmp_path).written == expected  # and the second time it is ours to replace
    assert digest(named) == before


def test_two_ledgers_of_one_name_keep_their_results_apart(ledger, tmp_path):
    """Those of several branches, checked into one folder, and the two kinds of one ledger in one folder."""
    out = tmp_path / "各支部"
    out.mkdir()
    ledgers = []
    for branch in ("第一支部", "第二支部"):
        (tmp_path / branch).mkdir()
        ledgers.append(shutil.copy(ledger, tmp_path / branch / "台账.xlsx"))
    expected = [out / "台账_校验结果.xlsx", out / "台账_校验结果（2）.xlsx"]
    assert [check(each, out).written for each in ledgers] == expected
    assert [check(each, out).written for each in reversed(ledgers)] == expected[::-1]
    other = shutil.copy(ledgers[0], ledgers[0].with_suffix(".xlsm"))
    assert {check(each, other.parent).written.name for each in (ledgers[0], other)} == {path.name for path in expected}


def test_a_very_long_name_still_says_that_these_are_results(ledger, tmp_path):
    long = ledger.rename(tmp_path / ("台账" * 40 + ".xlsx"))
    written = check(long, tmp_path).written
    assert written.name.endswith("_校验结果.xlsx")
    assert len(written.name.encode()) < 240
    assert check(long, tmp_path).written == written


@pytest.mark.parametrize("name", ["自己.xlsx", "管道.xlsx"])
def test_a_place_that_is_no_file_is_refused_and_nobody_waits(ledger, tmp_path, name):
    (tmp_path / "自己.xlsx").symlink_to(tmp_path / "自己.xlsx")
    os.mkfifo(tmp_path / "管道.xlsx")
    with pytest.raises(OutputError) as refusal:
        check(ledger, tmp_path / name)
    assert refusal.value.code == {"自己.xlsx": "output_failed", "管道.xlsx": "results_not_ours"}[name]


def test_the_time_of_the_check_is_told_where_it_is_known(ledger, tmp_path):
    outcome = actions.check(ledger, out=tmp_path, today=TODAY, moment=datetime(2024, 1, 1, 8, 30))
    assert openpyxl.load_workbook(outcome.written)["校验结果"]["F2"].value == "2024-01-01 08:30 校验"


def test_a_named_file_that_is_none_of_ours_is_refused(ledger, tmp_path):
    other = tmp_path / "别的台账.xlsx"
    build_ledger(CATALOGUE, other, year=2023, unit="别的支部")
    before = digest(other)
    with pytest.raises(OutputError) as refusal:
        check(ledger, other)
    assert refusal.value.code == "results_not_ours"
    assert digest(other) == before


def test_a_file_that_takes_the_name_while_the_ledger_is_being_read_stays(ledger, tmp_path, monkeypatch):
    prepare = judging._prepare_workbook

    def meanwhile():
        prepare()
        (tmp_path / "结果.xlsx").write_bytes(b"somebody's")

    monkeypatch.setattr(judging, "_prepare_workbook", meanwhile)
    with pytest.raises(OutputError) as refusal:
        check(ledger, tmp_path / "结果.xlsx")
    assert refusal.value.code == "results_not_ours"
    assert (tmp_path / "结果.xlsx").read_bytes() == b"somebody's"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([ledger.name, "结果.xlsx"])


def test_the_ledger_itself_is_never_the_place_for_its_results(ledger, tmp_path):
    (tmp_path / "又名.xlsx").symlink_to(ledger)
    for name in (ledger, tmp_path / "又名.xlsx"):
        with pytest.raises(OutputError) as refusal:
            check(ledger, name)
        assert refusal.value.code == "output_is_input"


def test_a_name_that_is_no_workbook_is_refused(ledger, tmp_path):
    with pytest.raises(UsageError) as refusal:
        check(ledger, tmp_path / "结果.docx")
    assert (refusal.value.code, refusal.value.params["proposal"]) == ("results_ending", "结果.xlsx")


def test_a_ledger_that_cannot_be_read_leaves_no_results(tmp_path):
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\3\4")
    with pytest.raises(WorkbookError):
        check(bad, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["坏.xlsx"]


def test_results_that_cannot_be_read_back_are_not_delivered(ledger, tmp_path, monkeypatch):
    from pyxl.excel.building import results_book

    monkeypatch.setattr(results_book, "results_bytes", lambda *_, **__: b"PK\3\4 no workbook")
    with pytest.raises(WorkbookError):
        check(ledger, tmp_path / "结果.xlsx")
    assert list(tmp_path.iterdir()) == [ledger]


def test_twice_the_same_ledger_gives_the_same_bytes(ledger, tmp_path):
    first, second = check(ledger, tmp_path / "甲.xlsx").written, check(ledger, tmp_path / "乙.xlsx").written
    assert first
    assert second
    assert first.read_bytes() == second.read_bytes()
    assert is_results_book(first)


def test_results_are_no_ledger_and_a_check_of_them_says_so(ledger, tmp_path):
    written = check(ledger, tmp_path / "结果.xlsx").written
    with pytest.raises(WorkbookError) as refusal:
        actions.check(written, today=TODAY)
    assert refusal.value.code == "no_ledger_sheets"


def test_the_preview_is_the_text_of_the_document(ledger):
    outcome = actions.preview(ledger, period="2023Q1", today=TODAY)
    assert outcome.report.title == "云溪市档案馆第一党支部2023年第一季度工作小结"
    assert not outcome.report.draft
    bodies = [block for block in outcome.report.blocks if block.level == "body"]
    assert any(block.sources for block in bodies)
    assert outcome.check.error == 1
    assert not any("主题党日!6" in block.sources for block in bodies)  # the row in error
