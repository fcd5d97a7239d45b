"""How pieces of wording become numbered paragraphs, and what hangs on what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.narratives import SAMPLE, change, headings, insert, rows, section
from tests.reports import CATALOGUE, ROWS, sheet_wording, wording_cell, written

# ---- numbering -----------------------------------------------------------------------------------------------------------


def test_headings_renumber_when_a_section_has_nothing_to_say() -> None:
    found = written({key: kept for key, kept in ROWS.items() if key not in ("theme_day", "rectification")})
    assert headings(found) == [
        "一、上半年党建工作开展情况",
        "（一）强思想，党员理论水平和政治素养持续提高",
        "（二）强支部，党组织的规范性和战斗力持续提高",
        "（三）抓建设，阵地意识和党员意识持续增强",
        "二、下一步工作打算",
    ]


def test_subheadings_begin_anew_under_each_heading() -> None:
    sections = tuple(replace(each, level=2) if each.key == "plans" else each for each in CATALOGUE.sections)
    found = written(catalogue=replace(CATALOGUE, sections=sections))
    assert headings(found)[-2:] == ["二、存在问题", "（一）下一步工作打算"]


def test_a_heading_without_any_section_below_is_not_there() -> None:
    found = written({"roster": ROWS["roster"], "next_steps": ROWS["next_steps"]})
    assert headings(found) == ["一、下一步工作打算"]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_plans_are_numbered_when_there_are_several(count: int) -> None:
    plans = ROWS["next_steps"][:count]
    texts = section(written(rows(next_steps=plans)), "下一步工作打算")
    assert len(texts) == 1 + count
    marks = ["一是", "二是", "三是"] if count > 1 else [""]
    for text, mark, plan in zip(texts[1:], marks, plans, strict=False):
        assert text.startswith(f"{mark}{plan['plan']}。")


def test_items_renumber_and_a_single_one_is_not_numbered() -> None:
    text = "".join(section(written({"roster": ROWS["roster"], "integration": ROWS["integration"]}), "强支部"))
    assert text.startswith("深融合。")
    text = "".join(section(written({key: kept for key, kept in ROWS.items() if key != "team_building"}), "强支部"))
    assert text.startswith("一是严生活。")
    assert "二是深融合。" in text
    assert "三是" not in text


@pytest.mark.parametrize(
    ("titles", "text"),
    [
        (["甲"], "围绕“甲”主题开展1次专题党课"),
        (["甲", "甲"], "围绕“甲”主题开展2次专题党课"),
        (["甲", "乙"], "围绕“甲”和“乙”两个主题开展2次专题党课"),
        (["甲", "乙", "丙"], "围绕“甲”“乙”“丙”3个主题开展3次专题党课"),
        (["学“二十大”", "乙"], "围绕“学‘二十大’”和“乙”两个主题"),
    ],
)
def test_the_number_of_subjects_follows_the_rows(titles: list[str], text: str) -> None:
    base = ROWS["party_lecture"][0]
    lectures = [
        {**base, "date": date(2023, 1 + n, 20), "title": title, "topic": None, "type": "专题党课"}
        for n, title in enumerate(titles)
    ]
    assert text in written(rows(party_lecture=lectures)).text


# ---- what the secretary changes ------------------------------------------------------------------------------------------


def test_the_sheet_as_delivered_changes_nothing() -> None:
    assert written(wording=sheet_wording()).narrative == SAMPLE.narrative


def test_a_changed_text_is_the_text() -> None:
    found = written(wording=change("抓建设3", text="加强对{{ 期间.名称 }}工作的领导。"))
    assert "二是加强对上半年工作的领导。" in found.text
    assert found.told() == []


def test_an_item_takes_its_sentences_along() -> None:
    """严生活 is switched off: what follows it in the paragraph goes too, and the rest is renumbered."""
    text = "".join(section(written(wording=change("强支部2", when="党课.次数 > 99")), "强支部"))
    assert "组织生活会" not in text
    assert "列出问题清单" not in text
    assert "二是深融合。" in text


def test_a_paragraph_takes_its_items_along() -> None:
    found = written(wording=change("抓建设1", when="党课.次数 > 99"))
    assert "抓建设" not in found.text
    assert "强化意识形态" not in found.text


def test_a_lead_without_phrases_says_nothing() -> None:
    wording = sheet_wording()
    for row in wording:
        if row["key"] in ("强思想3", "强思想4", "强思想5", "强思想6"):
            row["used"] = False
    assert "截至" not in written(wording=wording).text


def test_what_is_offered_can_be_switched_on() -> None:
    wording = change("强支部0", used=True)
    text = section(written(wording=wording), "强支部")[0]
    members = len(ROWS["roster"])
    assert text.startswith(f"支部现有党员{members}人")
    rate = SAMPLE.totals.get("集中学习", "出勤率").value
    found = written(wording=change("强思想17", used=True))
    assert f"到课率{f'{rate:.2%}'.rstrip('0%').rstrip('.')}%。" in found.text
    assert found.told() == []


def test_paragraphs_may_follow_what_is_written_for_each_row() -> None:
    """Rows stand in the order of the sheet, also behind the list of plans."""
    found = written(
        wording=insert(
            "下步打算5",
            {"section": "下步打算", "form": "段首", "text": "以上打算，逐项落实。"},
            {"form": "句", "text": "到期检查。"},
        )
    )
    assert section(found, "下一步工作打算")[-1] == "以上打算，逐项落实。到期检查。"
    found = written(wording=insert("下步打算5", {"section": "下步打算", "form": "句", "text": "到期检查。"}))
    assert section(found, "下一步工作打算")[-1] == "到期检查。"


def test_phrases_may_carry_their_own_signs() -> None:
    """People end what they type; the program joins it all the same."""
    found = written(wording=change("开头4", text="，深入学习党章。"))
    assert "，深入学习党章，深入开展" in found.text
    assert found.told() == []


def test_a_text_over_several_lines_is_one_paragraph() -> None:
    found = written(wording=change("抓建设3", text="加强领导，\n严守纪律。"))
    assert "加强领导，严守纪律。" in found.text


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("text", "共{{ 主题党日.此数 }}次。", "placeholder_unknown_near"), ("text", "共{{ 甲乙丙丁戊 }}次。", "placeholder_unknown"),
        ("text", "共{{ 主题党日.次数 }次。", "wording_broken"), ("text", "共{{ 主题党日．次数 }}次。", "fullwidth_braces"), ("text", "｛｛ 党课.次数 ｝｝", "fullwidth_braces"),
        ("text", "{{ 主题党日 }}", "placeholder_unknown_near"), ("text", "{{ ().__class__ }}", "wording_forbidden"), ("text", "{{ 行.问题 }}", "placeholder_unknown"),
        ("when", "主题党日.此数", "placeholder_unknown_near"), ("when", "主题党日.次数 >", "condition_broken"), ("when", "主题党日．次数", "fullwidth_braces"),
        ("when", "主题党日", "placeholder_unknown_near"), ("when", "主题党日.次数 > '三'", "condition_broken"), ("when", "1 }}{{ 2", "condition_broken"),
        ("text", "共{单位.简称}。", "text_residue"), ("text", "学习××精神。", "text_residue"), ("text", "开展【建议补充】活动。", "text_residue"),
        ("text", "开展，、活动。", "text_residue"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_the_cell_it_stands_in(column: str, text: str, code: str) -> None:
    wording = change("抓建设3", **{column: text})
    found = written(wording=wording)
    assert {(f.code, f.where.address) for f in found.narrative.issues} == {
        (code, wording_cell(wording, "抓建设3", column))
    }
    assert found.narrative.issues[0].blocks
    assert "领导，严守党的路线" not in found.text or column == "when"


def test_the_nearest_right_name_is_proposed() -> None:
    (found,) = written(wording=change("抓建设3", text="共{{ 主题党日.次树 }}次。")).narrative.issues
    assert found.params["nearest"] == "主题党日.次数"
    assert "主题党日.次数" in found.hint


def test_a_number_typed_by_hand_is_warned_of_and_written() -> None:
    wording = change("抓建设3", text="开展警示教育3次，覆盖20余人，共{{ 主题党日.次数 }}次。")
    found = written(wording=wording)
    place = wording_cell(wording, "抓建设3", "text")
    assert found.told() == [("number_by_hand", place), ("number_by_hand", place)]
    assert [f.found for f in found.narrative.issues] == ["3次", "20余人"]
    assert {f.severity for f in found.narrative.issues} == {"warning"}
    assert "开展警示教育3次" in found.text
    assert written(wording=change("抓建设3", text="学习2023年1号文件和第3专题。")).told() == []
