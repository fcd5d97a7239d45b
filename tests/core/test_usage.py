"""What official writing has otherwise is told where it was typed, as gravely as it weighs, and printed as typed."""

from __future__ import annotations

import pytest

from pyxl.catalogue.model import Severity
from pyxl.core.language import TAG
from pyxl.core.usage import lapses
from pyxl.text import phrases, table
from tests.books import address
from tests.core.test_gate import GOOD
from tests.narratives import SAMPLE, change, rows
from tests.reports import CATALOGUE, ROWS, wording_cell, written

LAPSES = [
    ("usage_fixed", "做到二个维护", "二个维护", "两个维护"),
    ("usage_fixed", "拥护“二个确立”", "二个确立", "两个确立"),
    ("usage_fixed", "坚决做到2个维护。", "2个维护", "两个维护"),
    ("usage_as_of", "截止到6月底", "截止到", "截至"),
    ("usage_as_of", "截止6月30日", "截止", "截至"),
    ("usage_as_of", "截止至2023年6月", "截止至", "截至"),
    ("usage_as_of", "截止目前", "截止", "截至"),
    ("usage_since", "上半年以来，", "上半年以来", "上半年"),
    ("usage_since", "第一季度以来，", "第一季度以来", "第一季度"),
    ("usage_etc", "学习、讨论等等等", "等等等", "等等等"),
    ("usage_etc", "学习等，等等", "等，等等", "等，等等"),
    ("usage_twice", "在局党委的坚强领导下的坚强领导下", "的坚强领导下的坚强领导下", "的坚强领导下的坚强领导下"),
    ("usage_twice", "在局党委的坚强领导下的领导下", "领导下的领导下", "领导下的领导下"),
    ("usage_two", "召开二次会议", "二次", "两次"),
    ("usage_two", "查找二个问题", "二个", "两个"),
    ("usage_two", "发展党员二名", "二名", "两名"),
    ("usage_date", "于06月05日召开", "06月05日", "6月5日"),
    ("usage_date", "6月05日", "月05日", "月5日"),
    ("usage_half_width", "召开会议,参加培训", ",", ","),
    ("usage_half_width", "参加(12)人", "(", "("),
    ("usage_half_width", '学习"三会一课"制度', '"', '"'),
    ("usage_half_width", "认真学习.深入讨论", ".", "."),
    ("usage_full_width", "参加１２人", "１２", "12"),
    ("usage_full_width", "到课率95％", "％", "%"),
    ("usage_gap", "召开 3次", " 3", "3"),
    ("usage_gap", "召开3 次", "3 ", "3"),
    ("usage_gap", "达到95 %", "95 ", "95"),
    ("usage_decimals", "到课率50.123%", "50.123", "50.123"),
    ("usage_number", "学习(2023)5号文件", "(2023)5号", "〔2023〕5号"),
    ("usage_number", "学习［2023］ 12号文件", "［2023］ 12号", "〔2023〕12号"),
]

RIGHT = """\
做到“两个维护”，第二个维护期，十二个维护点，配备2个维护班组
截至6月底，报名3月底截止，截止日期为6月30日
今年以来，上半年，半年来
学习、讨论等等，等等级确定后再报
一次次学习，步步深入，方方面面，认认真真
第二次会议，十二名党员，二十名，十九届二中全会，二次供水，二次创业，一、二项任务，第一、二次
二〇二三年6月5日，10月10日，2010月刊
比例为1:3，14:30开始，1,200人，3.14，A,B两组，http://www.example.cn
GB/T15834—2011，Excel2016，WPS
党建＋业务
12.5%，12.34万元，192.168.1.100，10.0.0.255
〔2023〕5号，第5号，（2023年）5号楼
""".splitlines()


@pytest.mark.parametrize(("code", "text", "fragment", "proposal"), LAPSES)
def test_a_lapse_is_found_with_what_should_stand_there(code: str, text: str, fragment: str, proposal: str) -> None:
    found = [(each.fragment, each.proposal) for each in lapses(text) if each.code == code]
    assert found[0] == (fragment, proposal)


@pytest.mark.parametrize("text", [*RIGHT, *GOOD])
def test_right_chinese_is_no_lapse(text: str) -> None:
    assert list(lapses(text)) == []


def test_every_lapse_has_its_sentences_and_an_example() -> None:
    codes = set(phrases("words", "usage"))
    assert codes == {code for code, *_ in LAPSES} == {code for code in table("issues") if code.startswith("usage_")}


def test_only_a_wrong_fixed_phrase_keeps_a_report_from_being_made() -> None:
    """domain: grammar 4 calls it a hard error; grammar 11 lists the rest of what blocks."""
    graded = {code: table("issues")[code]["severity"] for code in phrases("words", "usage")}
    assert [code for code, level in graded.items() if level == Severity.ERROR] == ["usage_fixed"]
    assert {code for code, level in graded.items() if level == Severity.WARNING} == {
        "usage_as_of", "usage_since", "usage_etc", "usage_twice",
    }  # fmt: skip


def test_lapses_of_the_wording_are_told_at_its_cell_and_printed_as_typed() -> None:
    text = "截止到6月底，召开 3 次会议,参加(12)人，做到二个维护，到课率50.123%。"
    wording = change("抓建设3", text=text)
    found = written(wording=wording)
    place = wording_cell(wording, "抓建设3", "text")
    told = [(each.code, each.where.address) for each in found.narrative.issues if each.code != "number_by_hand"]
    assert sorted(set(told)) == [
        (code, place)
        for code in ("usage_as_of", "usage_decimals", "usage_fixed", "usage_gap", "usage_half_width")
    ]  # fmt: skip
    assert text.removesuffix("。") in found.text
    messages = {each.code: (each.message, each.hint) for each in found.narrative.issues}
    row = place.removeprefix("总结文字!")
    assert messages["usage_fixed"] == (
        "“抓建设”里的“二个维护”，固定的提法是“两个维护”。",
        f"请在 {row} 改成“两个维护”。",
    )
    assert messages["usage_as_of"][0] == "“抓建设”里“截止到”后面是时间，公文用“截至”。"


def test_a_lapse_of_a_row_is_told_at_its_cell() -> None:
    plans = [dict(row) for row in ROWS["next_steps"]]
    plans[1]["measure"] = "做到二个维护，召开会议,抓好落实"
    found = written(rows(next_steps=plans))
    cell = f"下步打算!{address(CATALOGUE, 'next_steps', 1, 'measure')}"
    assert found.told() == [("usage_fixed", cell), ("usage_half_width", cell)]
    assert "做到二个维护，召开会议,抓好落实" in found.text


def test_one_sign_is_told_once_in_a_cell_however_often_it_stands_there() -> None:
    plans = [dict(row) for row in ROWS["next_steps"]]
    plans[1]["measure"] = "召开会议,抓好落实,持续推进,确保见效"
    (found,) = written(rows(next_steps=plans)).narrative.issues
    assert found.message == "“下步打算”里有半角的标点，在“召开会议,抓好落实”。"


def test_what_the_wording_adds_to_a_phrase_of_the_cover_is_told_at_the_cover() -> None:
    found = written(superior="局党委的正确领导下")
    row = next(number for number, field in enumerate(CATALOGUE.cover, 1) if field.key == "superior")
    assert found.told() == [("usage_twice", f"基本信息!B{row}")]


def test_the_sample_has_no_lapse() -> None:
    assert SAMPLE.told() == []
    assert list(lapses(SAMPLE.text)) == []


def test_no_wording_of_ours_has_a_lapse() -> None:
    for clause in CATALOGUE.clauses:
        assert list(lapses(TAG.sub("某", clause.text))) == [], clause.key


def test_a_long_text_is_read_in_no_time() -> None:
    """No pattern takes the square of a cell's length."""
    from time import perf_counter

    from pyxl.core import grammar

    start = perf_counter()
    for text in ("长" * 30_000, "党建工作抓实" * 5_000, "字." * 15_000, "X" * 30_000, "0 " * 15_000, "了" * 30_000):
        list(lapses(text))
        grammar.residue(text)
    assert perf_counter() - start < 3
