"""The finished text: nothing is claimed without a row, and every number comes from one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pyxl.catalogue.model import Catalogue, Clause, ClauseForm
from pyxl.core.narrative import Paragraph
from pyxl.core.summary import summarise
from pyxl.errors import CatalogueError
from tests.narratives import BLANK_COVER, SAMPLE, change, each, headings, rows, section
from tests.reports import CATALOGUE, COVER, ROWS, sheet_wording, written

# ---- the sample ------------------------------------------------------------------------------------------------------


def test_the_sample_is_written_without_a_remark() -> None:
    assert SAMPLE.issues == ()
    assert headings(SAMPLE) == [
        "一、上半年党建工作开展情况",
        "（一）强思想，党员理论水平和政治素养持续提高",
        "（二）强支部，党组织的规范性和战斗力持续提高",
        "（三）严活动，党组织的吸引力和凝聚力持续增强",
        "（四）抓建设，阵地意识和党员意识持续增强",
        "二、存在问题",
        "三、下一步工作打算",
    ]


def numbers_of(paragraph: Paragraph) -> set[str]:
    """The numbers that its figures may print."""
    found = {
        str(item)
        for figure in paragraph.figures
        for item in (figure.value if isinstance(figure.value, tuple) else [figure.value])
    }
    return found | {"2023", "6"}  # the period: 2023年, 截至6月底


def test_every_number_of_the_sample_comes_from_a_figure_or_the_period() -> None:
    for paragraph in SAMPLE.narrative.paragraphs:
        if not paragraph.rows:
            assert set(re.findall(r"\d+", paragraph.text)) <= numbers_of(paragraph), paragraph.text
    assert sum(len(re.findall(r"\d+", paragraph.text)) for paragraph in SAMPLE.narrative.paragraphs) == 8


@pytest.mark.parametrize(("activity", "pattern"), [
    ("group_study", r"组织集中学习(\d+)次"), ("member_assembly", r"召开党员大会(\d+)次"), ("committee_meeting", r"支委会(\d+)次"),
    ("party_lecture", r"讲党课(\d+)次"), ("theme_day", r"共开展(\d+)次"),
])  # fmt: skip
def test_one_row_more_or_less_moves_the_number(activity: str, pattern: str) -> None:
    first = next(row for row in ROWS[activity] if row["date"] < date(2023, 7, 1) and not row.get("state"))  # type: ignore[operator]
    count = SAMPLE.totals.get(CATALOGUE.activity(activity).label, "次数").value
    more = {**first, "topic": "另一件事", "title": "另一个题目", "type": "普通党课", "date": date(2023, 6, 29)}
    for kept, expected in (
        (ROWS[activity], count),
        ([row for row in ROWS[activity] if row is not first], count - 1),  # type: ignore[operator]
        ([*ROWS[activity], more], count + 1),  # type: ignore[operator]
    ):
        columns = {column.key for column in CATALOGUE.activity(activity).columns}
        given_rows = [{key: value for key, value in row.items() if key in columns} for row in kept]
        match = re.search(pattern, written(rows(**{activity: given_rows})).text)
        assert match
        assert match[1] == str(expected)


def test_paragraphs_know_their_figures_and_rows() -> None:
    study = next(p for p in SAMPLE.narrative.paragraphs if "组织集中学习" in p.text)
    assert ("集中学习", "次数") in {(figure.activity, figure.name) for figure in study.figures}
    told = [paragraph.rows for paragraph in SAMPLE.narrative.paragraphs if paragraph.rows]
    problems = [
        row for row in ROWS["rectification"] if row.get("cited") and row.get("detail") and row["progress"] != "已完成"
    ]
    assert len(told) == len(problems) + len(ROWS["next_steps"])
    assert all(len(refs) == 1 for refs in told)
    report = summarise(
        SAMPLE.ledger, CATALOGUE, SAMPLE.verdict, SAMPLE.totals, SAMPLE.narrative, issues=(), draft=False, sources=True
    )
    refs = {row.ref for row in SAMPLE.ledger.all_rows()}
    assert [block.text for block in report.blocks] == [paragraph.text for paragraph in SAMPLE.narrative.paragraphs]
    assert {ref for block in report.blocks for ref in block.sources} <= refs
    assert len(report.sources) == len(SAMPLE.totals.figures)


def test_the_title_and_the_date_come_from_the_cover_and_never_from_a_clock() -> None:
    def dated(**changes: Any) -> tuple[str, str]:
        found = written(**changes)
        report = summarise(
            found.ledger, CATALOGUE, found.verdict, found.totals, found.narrative, issues=(), draft=False, sources=False
        )
        return report.title, report.date_text

    assert dated(signed_on=date(2023, 7, 3)) == (f"{COVER['unit']}2023年上半年工作总结", "2023年7月3日")
    assert dated(signed_on=None)[1] == "2023年6月30日"
    assert dated(signed_on=None, as_of=date(2023, 5, 9))[1] == "2023年5月9日"


# ---- nothing without a row --------------------------------------------------------------------------------------------


def test_an_empty_ledger_claims_nothing() -> None:
    found = written({}, cover=BLANK_COVER)
    assert set(re.findall(r"\d+", found.text)) == {"2023"}
    assert headings(found) == []
    assert len(found.narrative.paragraphs) == 1
    for word in ("次", "党课", "支委", "主题党日", "组织生活", "谈心谈话", "整改", "打算", "创新"):
        assert word not in found.text
    assert found.told() == []


@pytest.mark.parametrize("activity", [activity.key for activity in CATALOGUE.activities if activity.key != "roster"])
def test_an_activity_alone_is_written_without_remark_and_without_zero(activity: str) -> None:
    found = written({"roster": ROWS["roster"], activity: ROWS[activity]})
    assert found.told() == []
    assert not re.search(r"(?<!\d)0(?!\.)", found.text)


def test_the_campaign_is_claimed_only_where_somebody_learned_for_it() -> None:
    claim = f"深入开展{COVER['theme']}"
    assert claim in written().text
    plain = [{**row, "campaign": None, "topic_number": None} for row in ROWS["group_study"]]
    assert claim not in written({**ROWS, "group_study": plain}).text


@pytest.mark.parametrize("activity", [activity.key for activity in CATALOGUE.activities])
def test_without_one_activity_the_rest_is_written_without_remark(activity: str) -> None:
    """No dangling words, no doubled signs, no empty numbers."""
    found = written({key: kept for key, kept in ROWS.items() if key != activity})
    assert found.told() == []
    for paragraph in found.narrative.paragraphs:
        assert not re.search(
            "^[，。；、]|[，；、]$|[，；、。：][，；、。：]|：$(?<!主要表现在：)|“”|《》|None|False|True|\\(|\\[",
            paragraph.text,
        )
        assert paragraph.level or paragraph.text.endswith(("。", "："))


@pytest.mark.parametrize(
    ("without", "phrase"),
    [
        ("group_study", "组织集中学习"), ("member_assembly", "党员大会"), ("committee_meeting", "支委会"), ("party_lecture", "讲党课"),
        ("party_lecture", "创新党课形式"), ("theme_day", "主题党日"), ("organisational_life", "组织生活会，"), ("organisational_life", "广泛征求意见"),
        ("heart_to_heart_talk", "扎实开展谈心谈话"), ("ideology_integrity", "违纪违法典型案例"), ("ideology_integrity", "意识形态"),
        ("integration", "深融合"), ("team_building", "强队伍"), ("rectification", "存在问题"), ("next_steps", "下一步工作打算"),
    ],
)  # fmt: skip
def test_what_was_not_held_is_not_claimed(without: str, phrase: str) -> None:
    assert phrase in SAMPLE.text
    assert phrase not in written({key: kept for key, kept in ROWS.items() if key != without}).text


@pytest.mark.parametrize(
    ("activity", "column", "value", "phrase"),
    [
        ("group_study", "readings", None, "系列重要讲话精神"), ("group_study", "topic_number", None, "专题学习材料"),
        ("group_study", "speakers", None, "围绕专题进行讨论"), ("party_lecture", "discussed", False, "穿插党员讨论发言"),
        ("theme_day", "discussed", False, "谈感想、谈体会"), ("theme_day", "studied", None, "配套资料"),
        ("organisational_life", "prior_study", None, "会前专题学习讨论"), ("party_lecture", "identity", "普通党员", "支部书记上党课"),
        ("party_lecture", "identity", "书记", "支委进行微党课宣讲"), ("rectification", "summary", None, "，如"),
        ("rectification", "detail", None, "主要表现在"), ("rectification", "cited", False, "回顾半年来的工作"),
        ("team_building", "category", "教育培训", "配强支部班子"), ("party_lecture", "discussed", False, "以讲促学"),
        ("organisational_life", "meeting_name", "组织生活会", "主题教育安排"),
    ],
)  # fmt: skip
def test_a_claim_needs_its_own_evidence(activity: str, column: str, value: Any, phrase: str) -> None:
    keys = {each.key for each in CATALOGUE.activity(activity).columns}
    assert column in keys
    assert phrase in SAMPLE.text
    found = written(each(activity, **{column: value}))
    assert phrase not in found.text
    assert not [code for code, _ in found.told() if code == "text_residue"]


def test_a_sentence_that_was_to_go_on_ends_where_nothing_follows() -> None:
    found = written(each("rectification", summary=None, detail=None))
    assert section(found, "存在问题") == ["回顾半年来的工作，支部还有诸多不足，需在今后的工作中加以改进。"]
    assert found.told() == []


def test_an_ordinary_lecture_is_no_innovation() -> None:
    lectures = [
        {**row, "type": "普通党课", "identity": "普通党员", "discussed": False} for row in ROWS["party_lecture"]
    ]
    found = written(rows(party_lecture=lectures))
    assert "讲党课" in found.text
    assert "创新党课形式" not in found.text
    assert "极大提高" not in found.text


def test_completed_problems_are_no_longer_problems() -> None:
    found = written(each("rectification", progress="已完成", done=date(2023, 6, 20)))
    assert "存在问题" not in found.text


def test_the_secretarys_own_words_pass_unchanged() -> None:
    first = next(row for row in ROWS["rectification"] if row.get("cited") and row.get("detail"))
    assert str(first["detail"]) in SAMPLE.text
    for plan in ROWS["next_steps"]:
        assert str(plan["plan"]) in SAMPLE.text
        assert str(plan["measure"]).rstrip("。") in SAMPLE.text


def test_nothing_private_is_ever_written() -> None:
    names = {str(row["name"]) for row in ROWS["roster"]}
    assert not [name for name in names if name in SAMPLE.text]


# ---- the last day and the period --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "text"),
    [
        (date(2023, 6, 30), "截至6月底，"),
        (date(2023, 6, 15), "截至6月15日，"),
        (date(2023, 5, 31), "截至5月底，"),
        (date(2023, 2, 28), "截至2月底，"),
    ],
)
def test_the_last_day_is_named(as_of: date, text: str) -> None:
    assert text in written(as_of=as_of).text


@pytest.mark.parametrize(("period", "name"), [("全年", "全年党建"), ("第一季度", "第一季度"), ("下半年", "下半年党建")])
def test_other_periods_are_called_by_their_names(period: str, name: str) -> None:
    found = written(period=period, as_of=None)
    assert f"一、{name}工作开展情况" in found.text
    assert "上半年" not in found.text.replace("明年上半年", "")


# ---- the catalogue's own wording -------------------------------------------------------------------------------------------


def with_clause(**changes: Any) -> Catalogue:
    clause = replace(next(each for each in CATALOGUE.clauses if each.key == "抓建设3"), **changes)
    others = [clause if each.key == clause.key else each for each in CATALOGUE.clauses]
    return replace(CATALOGUE, clauses=tuple(others))


@pytest.mark.parametrize(
    ("catalogue", "key"),
    [
        (with_clause(text="{{ 主题党日.此数 }}"), "clauses[抓建设3].text"),
        (with_clause(text="{{ 主题党日.次数"), "clauses[抓建设3].text"),
        (with_clause(when="主题党日"), "clauses[抓建设3].when"),
        (replace(CATALOGUE, sections=tuple(replace(s, title="{{ 期间.无 }}") if s.key == "plans" else s for s in CATALOGUE.sections)), "sections[plans].title"),
        (replace(CATALOGUE, sections=tuple(replace(s, title="{{ 期间.名称 | 逐项 }}") if s.key == "plans" else s for s in CATALOGUE.sections)), "sections[plans].title"),
    ],
)  # fmt: skip
def test_broken_wording_that_no_sheet_carries_is_the_catalogues_mistake(catalogue: Catalogue, key: str) -> None:
    """The secretary could not mend it: no cell holds it."""
    with pytest.raises(CatalogueError) as caught:
        written(catalogue=catalogue)
    assert [(problem.file, problem.key) for problem in caught.value.problems] == [("outline.toml", key)]
    assert caught.value.problems[0].reason


def test_every_clause_of_ours_can_be_read() -> None:
    """Also those that the sample does not come to."""
    everything = replace(CATALOGUE, clauses=tuple(replace(clause, used=True) for clause in CATALOGUE.clauses))
    found = written(wording=sheet_wording(everything), catalogue=everything)
    assert found.told() == []


def test_a_clause_of_an_overlay_for_each_row_is_written_in_its_section() -> None:
    clause = Clause(
        "另外1", "activities", ClauseForm.EACH, "{{ 行.主题 }}（{{ 行.日期 }}）", activity="theme_day", order=99
    )
    catalogue = replace(CATALOGUE, clauses=(*CATALOGUE.clauses, clause))
    texts = section(written(catalogue=catalogue), "严活动")
    held = SAMPLE.verdict.counted["theme_day"]
    assert texts[1] == f"一是{held[0].get('topic')}（2023年{held[0].day('date').month}月{held[0].day('date').day}日）。"  # type: ignore[union-attr]
    assert len(texts) == 1 + len(held)


def told_of(code: str, **changes: Any) -> list[tuple[str, str, str]]:
    """(where, message, hint) of what is found when a row of the sheet is changed."""
    found = written(wording=change("抓建设3", **changes)).narrative.issues
    assert [each.code for each in found] == [code]
    return [(each.where.cell[:1], each.message, each.hint) for each in found]


def test_faults_of_the_wording_are_called_by_their_names() -> None:
    ((place, message, hint),) = told_of("filter_unknown", text="学习{{ 主题党日.学习内容 | 顿好 }}。")
    assert "“顿好”" in message
    assert "并列引号、顿号" in hint
    ((place, message, hint),) = told_of("filter_misused", text="开展{{ 主题党日.主题清单 | 中文数字 }}。")
    assert message == "“主题党日.主题清单 | 中文数字”写得不对：“中文数字”只用在一个数上，如把12写成“十二”。"
    assert f"在 {place}" in hint
    ((_, message, hint),) = told_of("wording_forbidden", text="开展{{ 主题党日.次数 + 1 }}次。")
    assert "“{{ 主题党日.次数 + 1 }}”" in message
    assert "大括号" not in message + hint
    told_of("placeholder_unknown", text="开展志愿服务{{ 志愿服务.次数 }}次。")
    told_of("fullwidth_braces", text="开展｛｛ 主题党日.次数 ｝｝次。")
    ((other, message, _),) = told_of("condition_broken", when="主题党日.次数 + 1")
    assert message == "条件“主题党日.次数 + 1”看不懂。"
    assert place != other


def test_a_condition_with_full_width_signs_is_quoted_as_it_stands() -> None:
    ((_, message, _),) = told_of("fullwidth_braces", when="主题党日．次数")
    assert "“主题党日．次数”" in message
