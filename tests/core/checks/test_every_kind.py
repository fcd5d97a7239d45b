"""Each kind of check: rows it passes over in silence, and a row it finds, with exact code, severity and cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import pytest

from pyxl.core.checks import CHECKS
from pyxl.core.period import Period

DAY = date(2023, 5, 10)
LONG = "学习了有关文件，大家结合工作谈了认识，会议开得很好。"

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A rule, rows that satisfy it (each by itself), rows that break it, and what is found then."""

    rule: dict[str, Any]
    good: tuple[Row, ...]
    bad: tuple[Row, ...]  # together
    found: list[tuple[str, str, str]]
    on: str = "meeting"
    columns: tuple[str, ...] = ()
    setup: dict[str, Any] = field(default_factory=dict)


def found(code: str, address: str, severity: str = "error") -> list[tuple[str, str, str]]:
    return [(code, severity, address)]


ROSTER: tuple[Row, ...] = (
    {"name": "周明远", "category": "正式党员", "post": "书记", "group": "第一党小组"},
    {"name": "沈静宜", "category": "正式党员", "post": "组织委员", "group": "第一党小组"},
    {"name": "顾晓岚", "category": "预备党员", "group": "第二党小组"},
)

CASES: dict[str, Case] = {
    "not_greater": Case(
        {"code": "present_exceeds_due"},
        ({"present": 20, "due": 20}, {"present": 0, "due": 1}, {"present": 20}, {"due": 3}, {}),
        ({"present": 25, "due": 20},),
        found("present_exceeds_due", "会议!H4"),
        columns=("present", "due"),
    ),
    "sum_equals": Case(
        {"code": "attendance_differs"},
        (
            {"due": 20, "present": 17, "leave": 2, "absent": 1},
            {"due": 20, "present": 20},
            {"due": 20},
            {"present": 3, "leave": 1},
            {"due": 20, "present": 25},  # present_exceeds_due says so
            {"due": 20, "present": 17, "unreadable": ("leave",)},
        ),
        ({"due": 20, "present": 17, "leave": 2},),
        found("attendance_differs", "会议!G4"),
        columns=("due", "present", "leave", "absent"),
    ),
    "quorum": Case(
        {"at_least": "over_half"},
        ({"present": 8, "due": 15}, {"present": 0, "due": 0}, {"present": 1}, {"due": 15}),
        ({"present": 7, "due": 15},),
        found("quorum_missing", "会议!H4"),
        columns=("present", "due"),
    ),
    "majority": Case(
        {},
        ({"amount": 8, "due": 15}, {"amount": 0, "due": 0}, {"due": 15}),
        ({"amount": 7, "due": 14},),
        found("majority_missing", "会议!Q4"),
        columns=("amount", "due"),
    ),
    "number_between": Case(
        {"minimum": 24, "severity": "warning"},
        ({"amount": 24}, {"amount": 24.5}, {}),
        ({"amount": 23.5},),
        found("number_outside", "会议!Q4", "warning"),
        columns=("amount",),
    ),
    "ratio_between": Case(
        {"minimum": 85, "severity": "hint"},
        (
            {"present": 17, "due": 20},
            {"present": 21, "due": 20},  # present_exceeds_due says so
            {"present": 0, "due": 0},
            {"present": 1},
            {"due": 20},
        ),
        ({"present": 16, "due": 20},),
        found("ratio_outside", "会议!H4", "hint"),
        columns=("present", "due"),
    ),
    "later_than": Case(
        {},
        ({"start": time(9), "end": time(9, 1)}, {"end": time(9)}, {"start": time(9)}, {"start": time(9), "end": DAY}),
        ({"start": time(9), "end": time(9)},),
        found("not_later", "会议!C4"),
        columns=("end", "start"),
    ),
    "lasts_at_most": Case(
        {"hours": 8, "severity": "hint"},
        ({"start": time(9), "end": time(17)}, {"start": time(9), "end": time(8)}, {"start": time(9)}),
        ({"start": time(9), "end": time(17, 1)},),
        found("lasts_long", "会议!C4", "hint"),
        columns=("end", "start"),
    ),
    "interval_at_least": Case(
        {"years": 18},
        ({"deadline": date(2023, 3, 1), "born": date(2005, 3, 1)}, {"deadline": DAY}, {"born": DAY}),
        ({"deadline": date(2023, 2, 28), "born": date(2005, 3, 1)},),
        found("interval_short", "会议!S4"),
        columns=("deadline", "born"),
    ),
    "interval_at_most": Case(
        {"months": 3, "severity": "warning"},
        ({"deadline": date(2023, 8, 10)}, {}),
        ({"deadline": date(2023, 8, 11)},),
        found("interval_long", "会议!S4", "warning"),
        columns=("deadline", "date"),
    ),
    "elapsed_at_most": Case(
        {"years": 1, "severity": "warning"},
        ({"deadline": date(2022, 6, 30)}, {}),
        ({"deadline": date(2022, 6, 29)},),
        found("elapsed_long", "会议!S4", "warning"),
        columns=("deadline",),
    ),
    "overdue": Case(
        {"severity": "warning"},
        ({"deadline": date(2023, 6, 30)}, {}),
        ({"deadline": date(2023, 6, 29)},),
        found("overdue", "会议!S4", "warning"),
        columns=("deadline",),
    ),
    "deadline_ahead": Case(
        {"severity": "hint"},
        ({"deadline": date(2023, 7, 1)}, {}),
        ({"deadline": date(2023, 6, 30)},),
        found("deadline_not_ahead", "会议!S4", "hint"),
        columns=("deadline",),
    ),
    "required_when": Case(
        {},
        (
            {"leave": 1, "absentees": "张三"},
            {"leave": 0},
            {},
            {"leave": 1, "unreadable": ("absentees",)},
            {"unreadable": ("leave",)},
        ),
        ({"leave": 1},),
        found("required_here", "会议!K4"),
        columns=("absentees", "leave", "absent"),
    ),
    "differs": Case(
        {"severity": "hint"},
        ({"host": "张三", "recorder": "李四"}, {"host": "张三"}, {}),
        ({"host": "张三", "recorder": "张 三 "},),
        found("same_as", "会议!F4", "hint"),
        columns=("recorder", "host"),
    ),
    "equals": Case(
        {"severity": "hint"},
        ({"host": "张三", "recorder": "张　三"}, {"host": "张三"}, {}),
        ({"host": "张三", "recorder": "李四"},),
        found("differs_from", "会议!E4", "hint"),
        columns=("host", "recorder"),
    ),
    "min_length": Case(
        {"length": 20, "severity": "hint"},
        ({"content": "字" * 20}, {}, {"content": "  "}),
        ({"content": "字" * 19 + "  "},),
        found("text_short", "会议!T4", "hint"),
        columns=("content",),
    ),
    "max_length": Case(
        {"length": 60, "severity": "hint"},
        ({"topic": "字" * 60}, {}),
        ({"topic": "字" * 61},),
        found("text_long", "会议!D4", "hint"),
        columns=("topic",),
    ),
    "no_blanks_left": Case(
        {},
        ({"topic": "学习党章", "content": LONG}, {}),
        ({"topic": "学习党章", "content": "学习XX同志事迹"},),
        found("blank_left", "会议!T4"),
        columns=("topic", "content"),
    ),
    "no_own_quotes": Case(
        {"severity": "warning"},
        ({"topic": "学习《党章》总纲", "readings": ("党章", "“甲”和“乙”")}, {}),
        ({"topic": "学习", "readings": ("党章", "《准则》")},),
        found("own_quotes", "会议!M4", "warning"),
        columns=("topic", "readings"),
    ),
    "discouraged": Case(
        {"values": ["参观"], "severity": "warning"},
        ({"form": "座谈"}, {}),
        ({"form": "参观"},),
        found("choice_discouraged", "会议!N4", "warning"),
        columns=("form",),
    ),
    "no_figure_without_value": Case(
        {"severity": "warning"},
        (
            {"content": "效率提升15%", "amount": 15},
            {"content": "效率明显提升"},
            {"content": "出席率100%"},
            {"content": "效率提升15%", "unreadable": ("amount",)},
        ),
        ({"content": "办结效率比去年提升了15%"},),
        found("claim_unmeasured", "会议!T4", "warning"),
        columns=("content", "amount"),
    ),
    "names_counted": Case(
        {"severity": "warning"},
        (
            {"absentees": "张三（出差、学习），李四；王五", "leave": 2, "absent": 1},
            {"absentees": "无", "leave": 0},
            {"leave": 2},
            {"absentees": "张三", "leave": 2, "unreadable": ("absent",)},
        ),
        ({"absentees": "张三（出差）、李四", "leave": 1},),
        found("names_differ", "会议!K4", "warning"),
        columns=("absentees", "leave", "absent"),
    ),
    "at_most_members": Case(
        {"scope": "formal"},
        ({"due": 2}, {}),
        ({"due": 3},),
        found("exceeds_roster", "会议!G4"),
        columns=("due",),
        setup={"roster": ROSTER},
    ),
    "equals_group_size": Case(
        {"severity": "hint"},
        ({"due": 2, "group_name": "第一党小组"}, {"due": 1, "group_name": "第二党小组"}, {"due": 9}),
        ({"due": 1, "group_name": "第一党小组"},),
        found("group_size_differs", "会议!G4", "hint"),
        columns=("due", "group_name"),
        setup={"roster": ROSTER},
    ),
    "on_roster": Case(
        {"severity": "warning"},
        ({"host": "周明远", "people": ("沈 静宜", "顾晓岚")}, {}),
        ({"host": "周明远", "people": ("沈静宜", "某某某")},),
        found("not_on_roster", "会议!L4", "warning"),
        columns=("host", "people"),
        setup={"roster": ROSTER},
    ),
    "role_is": Case(
        {"roles": ["书记", "组织委员"], "severity": "hint"},
        ({"host": "周明远"}, {"host": "沈静宜"}, {"host": "路人"}, {}),
        ({"host": "顾晓岚"},),
        found("role_unexpected", "会议!E4", "hint"),
        columns=("host",),
        setup={"roster": ROSTER},
    ),
    "member_is_formal": Case(
        {"severity": "warning"},
        ({"host": "周明远", "people": ("沈 静宜", "路人")}, {}),
        ({"host": "周明远", "people": ("沈静宜", "顾晓岚")},),
        found("not_formal", "会议!L4", "warning"),
        columns=("host", "people"),
        setup={"roster": ROSTER},
    ),
    "equals_cover": Case(
        {"field": "committee_size", "severity": "warning"},
        ({"due": 5}, {}),
        ({"due": 4},),
        found("differs_from_cover", "会议!G4", "warning"),
        columns=("due",),
        setup={"cover": {"committee_size": 5}},
    ),
    "linked": Case(
        {"severity": "warning"},
        ({"link": "谈话"}, {"link": "谈话!4"}, {"link": "谈话！4、谈话"}, {}),
        ({"link": "谈话!5"},),
        found("link_broken", "会议!U4", "warning"),
        columns=("link",),
        setup={"talk": ({},)},
    ),
    "related": Case(
        {"other": "talk", "where": {"tags": ["会前"]}, "days_before": 30, "severity": "warning"},
        ({"topic": "议事", "date": date(2023, 5, 20)}, {"date": date(2023, 5, 9)}, {"topic": "x", "date": None}),
        ({"topic": "议事", "date": date(2023, 5, 9)},),
        found("related_missing", "会议!D4", "warning"),
        columns=("topic",),
        setup={"talk": ({"tags": ("会前", "日常")},)},
    ),
    "matches_rows": Case(
        {"other": "talk", "where": {"tags": ["日常"]}, "severity": "warning"},
        ({"amount": 1}, {}),
        ({"amount": 2},),
        found("count_differs", "会议!Q4", "warning"),
        columns=("amount",),
        setup={"talk": ({"tags": ("会前",)}, {"tags": ("日常",)})},
    ),
    "no_duplicates": Case(
        {},
        ({"topic": "甲"},),
        ({"topic": "甲"}, {"topic": "乙"}, {"topic": " 甲 "}),
        found("duplicate_entry", "会议!A6"),
        columns=("date", "topic"),
    ),
    "no_mirrored": Case(
        {"severity": "hint"},
        ({"host": "甲", "people": ("乙",)},),
        ({"host": "甲", "people": ("乙",)}, {"host": "甲", "people": ("丙",)}, {"host": "乙", "people": ("甲",)}),
        found("mirrored_entry", "会议!E6", "hint"),
        columns=("date", "host", "people"),
    ),
    "same_day": Case(
        {"severity": "hint"},
        ({"topic": "甲"},),
        ({"topic": "甲"}, {"topic": "乙"}, {"topic": "甲"}),
        found("same_day", "会议!A5", "hint"),
        columns=("date", "topic"),
    ),
    "unique": Case(
        {"severity": "warning"},
        ({"topic": "甲"},),
        ({"topic": "甲"}, {"topic": None}, {"topic": None}, {"topic": "甲"}),
        found("not_unique", "会议!D7", "warning"),
        columns=("topic",),
    ),
    "held_every": Case(
        {"every": "quarter", "severity": "hint"},
        (),
        ({},),
        found("quarter_without_meeting", "会议", "hint"),
    ),
    "held_in_period": Case(
        {"severity": "hint"},
        ({},),
        (),
        found("not_held_this_period", "会议", "hint"),
    ),
    "held_yearly": Case(
        {"at_least": 2, "severity": "warning"},
        (),
        ({},),
        found("not_held_this_year", "会议", "warning"),
        setup={"period": Period(2023, "FY")},
    ),
    "covers_roster": Case(
        {"severity": "hint"},
        (),
        ({"people": ("周明远",)}, {"people": ("顾晓岚",)}),
        found("members_not_covered", "会议", "hint"),
        columns=("people",),
        setup={"roster": ROSTER, "period": Period(2023, "FY")},
    ),
    "roster_filled": Case(
        {"severity": "warning"},
        (*ROSTER,),
        (),
        found("roster_empty", "党员名册", "warning"),
        on="roster",
        setup={"talk": ({},)},
    ),
    "size_between": Case(
        {"minimum": 1, "maximum": 2, "where": {"form": ["座谈"]}, "severity": "warning"},
        ({"form": "座谈"},),
        ({"form": "座谈"}, {"form": "座谈"}, {"form": "座谈"}, {"form": "讲授"}),
        found("size_outside", "会议", "warning"),
    ),
    "empty_unless": Case(
        {"field": "has_committee", "value": "是", "severity": "warning"},
        (),
        ({}, {}),
        found("sheet_not_applicable", "会议!A4", "warning"),
        setup={"cover": {"has_committee": False}},
    ),
    "no_overlap": Case(
        {"severity": "hint"},
        (
            {"start": time(10), "end": time(11)},
            {"start": time(9), "end": time(11), "link": "谈话"},
            {"start": time(9), "end": time(11), "date": date(2023, 5, 11)},
            {"start": time(9)},
        ),
        ({"start": time(9, 59), "end": time(11)},),
        found("overlap", "会议!A4", "hint"),
        columns=("date", "start", "end"),
        setup={"talk": ({"start": time(9), "end": time(10)},)},
    ),
    "answers": Case(
        {"other": "talk", "where": {"tags": ["会前"]}, "severity": "hint"},
        ({},),
        (),
        found("problem_without_plan", "会议", "hint"),
        setup={"talk": ({"tags": ("会前",)}, {"tags": ("日常",)})},
    ),
    "cover_expects": Case(
        {
            "where": {"category": ["正式党员"]},
            "minimum": 2,
            "field": "has_committee",
            "value": "是",
            "severity": "warning",
        },
        ({"name": "甲", "category": "正式党员"},),
        ({"name": "甲", "category": "正式党员"}, {"name": "乙", "category": "正式党员"}),
        found("cover_expected", "基本信息!B1", "warning"),
        on="roster",
        setup={"cover": {"has_committee": False}},
    ),
    "cover_date_near": Case(
        {"field": "term_end", "months": 6, "severity": "hint"},
        (),
        (),
        found("term_ends_soon", "基本信息!B4", "hint"),
        on="roster",
        setup={"cover": {"term_end": date(2023, 12, 30)}},
    ),
    "cover_number_between": Case(
        {"field": "committee_size", "minimum": 3, "maximum": 7, "severity": "hint"},
        (),
        (),
        found("cover_number_outside", "基本信息!B2", "hint"),
        on="roster",
        setup={"cover": {"committee_size": 8}},
    ),
    "cover_on_roster": Case(
        {"field": "secretary", "roles": ["书记"], "severity": "warning"},
        (),
        ROSTER,
        found("not_on_roster", "基本信息!B3", "warning"),
        on="roster",
        setup={"cover": {"secretary": "某某某"}},
    ),
}


def prepared(new_lab, case: Case, rows: tuple[Row, ...]):
    lab = new_lab(cover=case.setup.get("cover", {}), period=case.setup.get("period", Period(2023, "H1")))
    for kind in ("roster", "talk"):
        for row in case.setup.get(kind, ()):
            lab.add(kind, **row)
    for row in rows:
        lab.add(case.on, **row)
    return lab


def test_every_kind_has_a_case():
    assert set(CASES) == set(CHECKS)


# kinds that take any number of columns from this one on
AT_LEAST = {
    "covers_roster": 1,
    "max_length": 1,
    "member_is_formal": 1,
    "min_length": 1,
    "names_counted": 2,
    "no_blanks_left": 1,
    "no_duplicates": 1,
    "no_own_quotes": 1,
    "on_roster": 1,
    "related": 1,
    "required_when": 1,
    "sum_equals": 2,
}


@pytest.mark.parametrize("kind", sorted(CASES))
def test_a_kind_takes_the_columns_it_needs(kind):
    fixed = len(CASES[kind].columns)
    assert CHECKS[kind].columns == ((AT_LEAST[kind], None) if kind in AT_LEAST else (fixed, fixed))


@pytest.mark.parametrize("kind", sorted(CASES))
def test_what_breaks_the_rule_is_found_at_its_cell(kind, new_lab):
    case = CASES[kind]
    assert prepared(new_lab, case, case.bad).found(kind, *case.columns, on=case.on, **case.rule) == case.found


@pytest.mark.parametrize(("kind", "number"), [(kind, n) for kind, case in CASES.items() for n in range(len(case.good))])
def test_what_satisfies_the_rule_is_passed_over(kind, number, new_lab):
    case = CASES[kind]
    assert prepared(new_lab, case, (case.good[number],)).found(kind, *case.columns, on=case.on, **case.rule) == []


@pytest.mark.parametrize("kind", sorted(CASES))
def test_issues_quote_value_and_basis_and_give_every_promised_parameter(kind, new_lab):
    case = CASES[kind]
    (issue,) = prepared(new_lab, case, case.bad).issues(kind, case.columns, case.on, **case.rule)
    assert issue.basis == "依据"
    assert issue.message.endswith("。")
    assert issue.hint
    assert "{" not in issue.message + issue.hint
    assert set(issue.params) == CHECKS[kind].gives
    if issue.where.column and issue.where.sheet == "会议":
        assert issue.found == str(issue.params["value"])


@pytest.mark.parametrize("kind", sorted(CASES))
def test_a_rule_that_is_switched_off_finds_nothing(kind, new_lab):
    case = CASES[kind]
    rule = {**case.rule, "severity": "off"}
    assert prepared(new_lab, case, case.bad).found(kind, *case.columns, on=case.on, **rule) == []
