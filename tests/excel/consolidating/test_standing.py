"""报送情况: every line reads as a sentence and says what to do, whatever a stranger has put into his file."""

from __future__ import annotations

import io
import re
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pyxl.core.consolidation import Consolidation, Standing, Status
from pyxl.core.received import Received, Remark
from pyxl.core.totals import Totals
from pyxl.excel.building.styles import Styles
from pyxl.excel.consolidating.standing import COLUMNS, build_standings, counts, remark_text, told
from pyxl.excel.submitting.page import Page

ROOT = Path(__file__).parents[3] / "pyxl"
WORDS = tomllib.loads((ROOT / "text/collecting.toml").read_text(encoding="utf-8"))
KEY, OLD = "0" * 64, "1" * 64
SOURCES = "\n".join(
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("core/consolidation.py", "core/received.py", "collecting/receiving.py", "collecting/folder.py",
                 "core/placing.py")
)  # fmt: skip
# what each sentence is filled with
PARAMS = {
    "manifest_of_other": {"other": "甲", "unit": "乙"},
    "made_by_newer": {"theirs": "2030.1", "ours": "2023.1"},
    "key_changed": {"now": KEY, "before": OLD, "identity": "ZB-1"},
    "has_errors": {"count": 3},
    "other_catalogue": {"count": 2},
    "wrong_period": {"theirs": "2023年第一季度", "wanted": "2023年上半年"},
    "other_period": {"theirs": "2023年第一季度", "wanted": "2023年上半年"},
    "older": {"other": "新.xlsx"},
    "same": {"other": "新.xlsx"},
    "contained": {"other": ["甲.xlsx", "乙.xlsx"]},
    "outside_code": {"roster": "ZB-1", "code": "XX-1"},
    "figure_differs": {"name": "主题党日.次数", "theirs": "9次", "ours": "8次"},
    "front_differs": {"cell": "F4", "theirs": "9次", "ours": "8次"},
    "catalogue_older": {"theirs": "2022.1", "ours": "2023.1"},
    "name_differs": {"roster": "甲", "unit": "乙"},
    "first_key": {"now": KEY},
    "complaints": {"warnings": 2, "hints": 1},
    "same_name": {"unit": "甲"},
    "later_returned": {"other": "错.xlsx"},
    "counted_elsewhere": {"units": ["甲", "乙", "丙", "丁"], "other": ["总.xlsx"]},
    "ahead": {"day": "2030-01-01"},
}
IMPERATIVE = re.compile("请|不用|不要|不是就不用管它")


def standing(**changes) -> Standing:
    fields = {"status": Status.REJECTED, "identity": "ZB-1", "unit": "甲", "received": Received("甲.xlsx", "", key=KEY)}
    return Standing(**{**fields, **changes})


@pytest.mark.parametrize("reason", WORDS["reasons"])
def test_each_reason_is_a_sentence_that_says_what_to_do(reason):
    line = told(standing(reason=reason, params=PARAMS.get(reason, {})))
    assert line.reason
    assert IMPERATIVE.search(line.hint)
    assert not re.search(r"[{}!]|[0-9a-f]{64}", line.reason + line.hint)


@pytest.mark.parametrize("code", WORDS["remarks"])
def test_each_remark_is_a_sentence(code):
    text = remark_text(Remark(code, PARAMS.get(code, {})))
    assert text
    assert not re.search(r"[{}!\[\]]|[0-9a-f]{64}", text)


@pytest.mark.parametrize("code", [*WORDS["reasons"], *WORDS["remarks"]])
def test_each_sentence_is_one_that_the_program_can_say(code):
    assert f'"{code}"' in SOURCES


def test_what_refuses_a_file_in_general_is_said_in_the_words_of_every_command():
    line = told(standing(reason="truncated", params={"file": "甲.xlsx", "kilobytes": 3}))
    assert line.reason == "“甲.xlsx”传输不完整（只有 3 KB，后面的内容缺失）"
    assert line.hint


def test_keys_are_told_as_they_can_be_compared():
    line = told(standing(reason="key_changed", params=PARAMS["key_changed"]))
    assert re.fullmatch("([0-9A-F]{4} ){7}[0-9A-F]{4}", line.key)
    assert line.key in line.reason


def test_of_many_names_the_first_are_told_and_how_many_there_are():
    text = remark_text(Remark("counted_elsewhere", PARAMS["counted_elsewhere"]))
    assert text == "其中 甲、乙、丙等 4 个 以 总.xlsx 里的为准"


def test_of_many_remarks_the_first_are_told_and_how_many_more_there_are():
    remarks = tuple(Remark("front_differs", {"cell": f"F{n}", "theirs": "1", "ours": "2"}) for n in range(40))
    line = told(standing(remarks=remarks))
    assert line.remarks.count("；") == 8
    assert line.remarks.endswith("另有 32 条说明")


def test_a_unit_without_a_code_has_none():
    assert told(standing(identity="甲")).code == ""
    assert told(standing()).code == "ZB-1"


STRANGE = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "甲\x00\x01\x1b[31m", "甲\ud800\uffff", "长" * 40_000, "{0}{unit}",
           "<b>&amp;", "_x000D_", "http://x/y", "{=1}"]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
def test_whatever_a_unit_or_file_is_called_it_is_text_in_the_sheet(text):
    made = standing(
        identity=text, unit=text + "甲", received=Received(text, "", key=KEY, made=text), reason="manifest_of_other",
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


def consolidation(*statuses: Status, present: int = 0) -> Consolidation:
    return Consolidation(
        None, date(2023, 6, 30), tuple(standing(status=each) for each in statuses), (), Totals(()), present
    )


def test_what_there_is_comes_first():
    statuses = [Status.ACCEPTED] * 3 + [Status.REJECTED, Status.MISSING, Status.MISSING, Status.OUTSIDE, Status.IGNORED]
    assert counts(consolidation(*statuses, present=17), 20) == "收到 17/20，退回 1，未报 2，名册外 1"
    assert counts(consolidation(*statuses), 0) == "收到 3，退回 1，未报 2，名册外 1"
    assert counts(consolidation(), 0) == "收到 0"
