"""The report on all units says whose file went back, beside who counts and who is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import docx
import openpyxl
import pytest

from pyxl import actions
from pyxl.actions import Collecting
from tests.submissions import TODAY, submission
from tests.tampering import resaved, typed

LATER = datetime(2023, 7, 5, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture
def collected(tmp_path):
    (tmp_path / "in").mkdir()
    book = openpyxl.Workbook()
    for row in (("单位编码", "单位名称"), *((f"ZB-{n:04}", f"云溪市第{n}党支部") for n in (1, 2, 3))):
        book.active.append(row)
    book.save(tmp_path / "名册.xlsx")

    def report(**asked):
        wanted = Collecting(
            tmp_path / "in", roster=tmp_path / "名册.xlsx", out=tmp_path / "汇.xlsx", report=tmp_path / "汇.docx", unit="总支",
        )  # fmt: skip
        outcome = actions.collect(replace(wanted, **asked), today=TODAY)
        words = "\n".join(each.text for each in docx.Document(str(outcome.report)).paragraphs)
        return outcome, words

    return report


def changed(path):
    """The same with a cell that somebody has typed into."""
    path.write_bytes(resaved(path.read_bytes(), typed("主题党日", "实到", 0, 3)))


def test_one_counts_one_went_back_one_is_missing(tmp_path, collected):
    submission(tmp_path / "in", 1)
    changed(submission(tmp_path / "in", 2))
    outcome, words = collected()
    assert "共汇总1个党支部上报的台账" in words
    assert "另有1个单位尚未上报。还有1个单位的上报件已退回，待改正后重新上报。" in words
    assert "云溪市第3党支部尚未上报，请抓紧上报。" in words
    assert "云溪市第2党支部的上报件已退回，请改正后重新上报。" in words
    again = actions.summarise(outcome.written, out=tmp_path / "再.docx", today=TODAY)
    assert again.written.read_bytes() == outcome.report.read_bytes()


def test_who_counts_by_an_earlier_file_is_not_among_them(tmp_path, collected):
    submission(tmp_path / "in", 1)
    changed(submission(tmp_path / "in", 1, moment=LATER, name="后来.xlsx"))
    outcome, words = collected()
    assert [each.unit for each in outcome.found.standings if each.status == "rejected"] == ["云溪市第1党支部"]
    assert "退回" not in words
    again = actions.summarise(outcome.written, out=tmp_path / "再.docx", today=TODAY)
    assert again.written.read_bytes() == outcome.report.read_bytes()


def test_where_nothing_went_back_the_word_does_not_appear(tmp_path, collected):
    for number in (1, 2):
        submission(tmp_path / "in", number)
    assert "退回" not in collected()[1]


def test_a_name_that_turns_the_writing_round_does_so_nowhere(tmp_path, collected):
    """In what people read: the rows themselves, and what is computed from them, keep the name as it was sent."""
    name = "云溪市\u202e第9党支部\u2066"
    submission(tmp_path / "in", 1)
    submission(tmp_path / "in", 2, unit=name)
    outcome, words = collected(roster=None)
    assert "云溪市\ufffd第9党支部" in words
    assert not {"\u202e", "\u2066"} & set(words)
    tables = [
        cell.text for each in docx.Document(str(outcome.report)).tables for row in each.rows for cell in row.cells
    ]
    assert not {"\u202e", "\u2066"} & set("".join(tables))
    book = openpyxl.load_workbook(outcome.written)
    for sheet in ("各单位情况", "报送情况"):
        cells = "".join(str(cell.value or "") for row in book[sheet].iter_rows() for cell in row)
        assert "云溪市\ufffd第9党支部" in cells
        assert not {"\u202e", "\u2066"} & set(cells)
    again = actions.summarise(outcome.written, out=tmp_path / "再.docx", today=TODAY)
    assert again.written.read_bytes() == outcome.report.read_bytes()
