"""Every line of what became of the files reads as a sentence and says what to do."""

from __future__ import annotations

import ast
import re
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest

from pyxl.core.consolidation import Consolidation, Standing, Status
from pyxl.core.received import Received, Remark
from pyxl.core.submission import UnitPart
from pyxl.core.telling import counts, remark_text, told, told_to_unit
from pyxl.core.totals import Totals

ROOT = Path(__file__).parents[2] / "pyxl"
WORDS = tomllib.loads((ROOT / "text/collecting.toml").read_text(encoding="utf-8"))
KEY, OLD = "0" * 64, "1" * 64
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for part in ("core", "collecting") for path in sorted((ROOT / part).glob("*.py"))
)
# what each sentence is filled with
PARAMS = {
    "fallen_out": {"units": ["甲", "乙"], "other": ["总.xlsx"]},
    "overrules": {"units": ["甲", "乙"], "other": ["总.xlsx"]},
    "unit_altered": {"units": ["甲", "乙"], "other": ["总.xlsx"]},
    "unit_clashes": {"units": ["甲", "乙"], "other": ["总.xlsx"]},
    "unit_clash": {"units": ["甲", "乙"], "other": ["总.xlsx"]},
    "altered": {"other": ["乙.xlsx"]},
    "overruled": {"other": ["总.xlsx"]},
    "tied": {"other": "乙.xlsx"},
    "code_shared": {"other": "乙.xlsx", "name": "乙"},
    "keys_differ": {"now": KEY, "other": "乙.xlsx", "before": OLD},
    "manifest_of_other": {"other": "甲", "unit": "乙"},
    "made_by_newer": {"theirs": "2030.1", "ours": "2023.1"},
    "key_changed": {"now": KEY, "before": OLD, "identity": "ZB-1"},
    "has_errors": {"count": 3},
    "other_catalogue": {"count": 2},
    "other_columns": {"columns": ["主题党日“主题”"]},
    "front_says": {"cell": "B4", "theirs": "乙", "ours": "甲"},
    "more_sheets": {"names": ["补充说明"]},
    "wrong_period": {"theirs": "2023年第一季度", "wanted": "2023年上半年", "year": "2023", "part": "上半年"},
    "other_period": {"theirs": "2023年第一季度", "wanted": "2023年上半年", "year": "2023", "part": "上半年"},
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


READING = sorted((ROOT / "excel/closed").glob("*.py")) + [
    ROOT / f"collecting/{name}.py" for name in ("receiving", "reader")
]
GENERAL = tomllib.loads((ROOT / "text/dialogs.toml").read_text(encoding="utf-8"))
RETURNING = tomllib.loads((ROOT / "text/returning.toml").read_text(encoding="utf-8"))
# what keeps a file from counting, and does not go back: nobody has to mend anything
SETTLED = {
    "older", "same", "contained", "outside", "outside_code", "other_period", "lock_file", "folder", "link", "other_file",
    "overruled", "altered", "code_shared", "consolidated",
    "unreadable_name", "rows_unread",
}  # fmt: skip


def reasons_of_reading() -> set[str]:
    """Every code that one of the modules that look at a file names, and text/dialogs.toml has a sentence for."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in READING]
    strings = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {each for each in strings if isinstance(each, str)} & GENERAL.keys() - {"no_ledger_sheets"}


def test_for_every_reason_of_a_slip_the_unit_is_told_what_itself_can_do():
    assert {"file_empty", "kind_xls", "kind_archive", "zip_bomb", "reading_too_slow"} <= reasons_of_reading()
    wanted = reasons_of_reading() | WORDS["reasons"].keys() - SETTLED
    assert wanted - RETURNING["mend"].keys() == set()
    assert RETURNING["mend_of_many"].keys() - RETURNING["mend"].keys() == set()


def test_no_hint_is_meant_for_a_file_that_nothing_can_be_wrong_with():
    assert WORDS["file_hints"].keys() - reasons_of_reading() == set()


def test_each_remedy_of_a_unit_says_what_to_do_and_nothing_of_other_people():
    for code, text in {**RETURNING["mend"], **RETURNING["mend_of_many"]}.items():
        assert IMPERATIVE.search(text), code
        assert not re.search("对方|别人|[!a-z]{6}|再试|这台", text.replace("xlsx", "")), code


@pytest.mark.parametrize(
    ("reason", "params", "unit", "collector"),
    [
        ("file_empty", {}, "重新点“上报”", "对方"),
        ("kind_archive", {}, "不要压缩", "请先解压，把里面的“…_上报.xlsx”放进这个文件夹"),
        ("kind_xls", {}, "生成的 .xlsx 原样报来", "签名会丢"),
    ],
)
def test_unit_and_collector_are_each_told_what_is_theirs_to_do(reason, params, unit, collector):
    line = standing(reason=reason, params={"file": "甲", **params})
    assert unit in told_to_unit(line)[1]
    assert collector in told(line).hint
    assert "另存为" not in told_to_unit(line)[1] + told(line).hint


def test_who_hands_on_others_is_told_to_give_it_back_to_them():
    parts = (UnitPart({"unit": "乙", "code": "ZB-2"}, {}, {}, []),)
    handed_on = Received("甲.xlsx", "", identity="ZB-1", units=parts)
    assert "请按下表改台账" in told_to_unit(standing(reason="has_errors", params={"count": 1}))[1]
    assert "退给所列的单位" in told_to_unit(standing(reason="has_errors", params={"count": 1}, received=handed_on))[1]


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


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_times_are_those_of_clocks_in_china_wherever_it_is_read(monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    line = told(standing(received=Received("甲.xlsx", "", made="2026-11-23T16:57:43Z", key=KEY)))
    assert line.made == "2026-11-24 00:57"
    assert WORDS["standing"]["made"] == "上报时间（北京时间）"


def test_a_time_that_is_none_stays_as_it_is():
    assert [told(standing(received=Received("甲.xlsx", "", made=text))).made for text in ("", "昨天", "2026-11-23T16:57:43")] == [
        "", "昨天", "2026-11-23T16:57:43",
    ]  # fmt: skip


def test_a_unit_without_a_code_has_none():
    assert told(standing(identity="甲")).code == ""
    assert told(standing()).code == "ZB-1"


def consolidation(*statuses: Status, present: int = 0) -> Consolidation:
    return Consolidation(
        None, date(2023, 6, 30), tuple(standing(status=each) for each in statuses), (), Totals(()), present
    )


def test_what_there_is_comes_first():
    statuses = [Status.ACCEPTED] * 3 + [Status.REJECTED, Status.MISSING, Status.MISSING, Status.OUTSIDE, Status.IGNORED]
    assert counts(consolidation(*statuses, present=17), 20) == "收到 17/20，退回 1，未报 2，名册外 1"
    assert counts(consolidation(*statuses), 0) == "收到 3，退回 1，未报 2，名册外 1"
    assert counts(consolidation(), 0) == "收到 0"
