"""Mutations for the rules of talks, work, problems and plans, in the order of the sheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.mutations import ROWS, Cell, Mutation, copy_of, one, twice

__all__ = ["WORK"]

STRANGER = "路人甲"


def talk(code: str, row: int, column: str, value: Any) -> Mutation:
    return one(code, "heart_to_heart_talk", row, column, value)


def related(rows: Iterable[int], relation: str) -> dict[tuple[str, int, str], str]:
    return {("heart_to_heart_talk", row, "relation"): relation for row in rows}


def rows_of(relation: str) -> list[int]:
    return [number for number, row in enumerate(ROWS["heart_to_heart_talk"]) if row["relation"] == relation]


def uncovered(relation: str, instead: str) -> Mutation:
    """All talks of one kind are said to be of another."""
    return Mutation((Cell("pairs_not_covered", "heart_to_heart_talk"),), related(rows_of(relation), instead), part="FY")


TALKS = {
    "told_from_one_side": Mutation(
        (Cell("mirrored_entry", "heart_to_heart_talk", len(ROWS["heart_to_heart_talk"]), "talker"),),
        add=(copy_of("heart_to_heart_talk", 14, talker="方秀琴", talkees=("沈静宜",)),),
    ),
    "committee_among_itself": uncovered("支委之间", "支委与党员"),
    "committee_with_members": uncovered("支委与党员", "党员之间"),
    "members_among_themselves": uncovered("党员之间", "支委与党员"),
    "not_with_oneself": talk("same_as", 0, "talkees", ("卢雨桐", "周明远")),
    "recorded_once": twice("heart_to_heart_talk", 0),
    "talker_on_roster": talk("not_on_roster", 0, "talker", STRANGER),
    "talkees_on_roster": talk("not_on_roster", 0, "talkees", (STRANGER,)),
    "talker_is_committee": talk("role_unexpected", 8, "talker", "方秀琴"),
    "link_found": talk("link_broken", 0, "link", "不存在的活动"),
    "everyone_talked_to": Mutation(
        (Cell("members_not_covered", "heart_to_heart_talk"),),
        {("heart_to_heart_talk", 11, "talkees"): ("谭雪梅",)},
        part="FY",
    ),
}

IDEOLOGY = {
    "category_given": one("required_missing", "ideology_integrity", 0, "category", None),
    "way_given": one("required_missing", "ideology_integrity", 0, "way", None),
    "educated_within_present": one("greater_than", "ideology_integrity", 0, "educated", 18),
    "studied_by_committee": Mutation(
        (Cell("related_missing", "ideology_integrity", 1, "way"),), {("committee_meeting", 2, "special"): None}
    ),
}

INTEGRATION = {
    "ends_after_start": one("not_later", "integration", 0, "ended", date(2023, 2, 5)),
    "result_told": one("required_here", "integration", 0, "result", None),
    "claim_measured": Mutation(
        (Cell("claim_unmeasured", "integration", 0, "result"),), {("integration", 0, "value"): None}
    ),
    "value_has_unit": one("required_here", "integration", 0, "unit", None),
    "not_overdue": one("overdue", "integration", 1, "ended", date(2023, 6, 29)),
    "project_finished": one("blank_left", "integration", 1, "result", "完成XX个全宗的扫描。"),
    "project_once": one("not_unique", "integration", 1, "project", ROWS["integration"][0]["project"]),
    "person_on_roster": one("not_on_roster", "integration", 0, "person", STRANGER),
}

TEAM_BUILDING = {
    "topic_short": one("text_long", "team_building", 0, "topic", "学" * 61),
    "topic_finished": one("blank_left", "team_building", 0, "topic", "选派*名党员参加培训"),
    "topic_unquoted": one("own_quotes", "team_building", 0, "topic", "“党务干部培训”"),
    "content_told": one("text_short", "team_building", 0, "content", "参加了培训。"),
    "people_on_roster": one("not_on_roster", "team_building", 0, "people", ("顾晓岚", STRANGER)),
    "people_counted": Mutation(
        (Cell("names_differ", "team_building", 0, "people"),), {("team_building", 0, "headcount"): 3}
    ),
    "link_found": one("link_broken", "team_building", 0, "link", "支委会"),
    "recorded_once": twice("team_building", 0),
    "one_a_day": Mutation(
        (Cell("same_day", "team_building", len(ROWS["team_building"]), "date"),),
        add=(copy_of("team_building", 0, topic="组织党务知识测试"),),
    ),
}


def step(code: str, row: int, column: str, value: Any) -> Mutation:
    return one(code, "development", row, column, value)


DEVELOPMENT = {
    "recorded_once": twice("development", 1),
    "talked_after_applying": step("not_later", 1, "talked", date(2023, 2, 5)),
    "talked_within_a_month": step("interval_long", 1, "talked", date(2023, 3, 7)),
    "activist_after_applying": step("not_later", 0, "activist_on", date(2021, 9, 5)),
    "activist_for_a_year": Mutation(
        (Cell("interval_short", "development", 0, "candidate_on"),),
        {("development", 0, "activist_on"): date(2022, 1, 6)},
    ),
    "accepted_after_candidate": step("not_later", 3, "accepted", date(2023, 1, 5)),
    "approved_after_accepted": step("not_later", 4, "approved", date(2022, 6, 22)),
    "approved_within_three_months": step("interval_long", 4, "approved", date(2022, 9, 24)),
    "probation_a_year": step("interval_short", 4, "confirmed", date(2023, 6, 22)),
    "confirmation_approved_after": step("not_later", 4, "confirmation_approved", date(2023, 6, 27)),
    "confirmation_approved_within_three_months": step("interval_long", 4, "confirmation_approved", date(2023, 9, 29)),
    "first_introducer_given": step("required_here", 3, "introducer", None),
    "second_introducer_given": step("required_here", 3, "second_introducer", None),
    "two_introducers": step("same_as", 3, "second_introducer", "陆建平"),
    "introducers_are_formal": step("not_formal", 3, "second_introducer", "白景行"),
    "sponsors_are_formal": step("not_formal", 0, "sponsor", ("陆建平", "卢雨桐")),
    "trained_long_enough": step("number_outside", 2, "training_hours", 23.5),
    "introducers_on_roster": step("not_on_roster", 3, "introducer", STRANGER),
    "accepted_dated": step("required_here", 3, "accepted", None),
    "confirmed_dated": step("required_here", 4, "confirmed", None),
    "accepted_by_assembly": Mutation(
        (Cell("related_missing", "development", 3, "step"),), {("member_assembly", 2, "agenda"): ("预备党员转正",)}
    ),
    "confirmed_by_assembly": Mutation(
        (Cell("related_missing", "development", 4, "step"),), {("member_assembly", 2, "agenda"): ("接收预备党员",)}
    ),
}


def problem(code: str, row: int, column: str, value: Any) -> Mutation:
    return one(code, "rectification", row, column, value)


RECTIFICATION = {
    "recorded_once": twice("rectification", 0),
    "done_after_raised": problem("not_later", 0, "done", date(2023, 3, 9)),
    "deadline_after_raised": problem("not_later", 0, "deadline", date(2023, 3, 9)),
    "not_overdue": problem("overdue", 2, "deadline", date(2023, 6, 29)),
    "completion_dated": problem("required_here", 0, "done", None),
    "dated_means_completed": Mutation(
        (Cell("choice_discouraged", "rectification", 2, "progress"),), {("rectification", 2, "done"): date(2023, 6, 25)}
    ),
    "measure_given": problem("required_here", 2, "measure", None),
    "person_given": problem("required_here", 2, "person", None),
    "deadline_given": problem("required_here", 2, "deadline", None),
    "person_on_roster": problem("not_on_roster", 2, "person", STRANGER),
    "completed_not_cited": problem("choice_discouraged", 0, "cited", True),
    "summary_given": problem("required_here", 2, "summary", None),
    "problem_finished": problem("blank_left", 2, "detail", "××党员学习不够主动。"),
}

NEXT_STEPS = {
    "planned_once": one("not_unique", "next_steps", 1, "plan", ROWS["next_steps"][0]["plan"]),
    "deadline_to_come": one("deadline_not_ahead", "next_steps", 0, "deadline", date(2023, 6, 30)),
    "plan_finished": one("blank_left", "next_steps", 0, "measure", "待定"),
    "person_on_roster": one("not_on_roster", "next_steps", 0, "person", STRANGER),
    "problems_answered": Mutation(
        (Cell("problem_without_plan", "next_steps"),), drop=(("next_steps", 0), ("next_steps", 1))
    ),
}

WORK: dict[tuple[str, str], Mutation] = {
    (activity, rule): mutation
    for activity, rules in {
        "heart_to_heart_talk": TALKS,
        "ideology_integrity": IDEOLOGY,
        "integration": INTEGRATION,
        "team_building": TEAM_BUILDING,
        "development": DEVELOPMENT,
        "rectification": RECTIFICATION,
        "next_steps": NEXT_STEPS,
    }.items()
    for rule, mutation in rules.items()
}
