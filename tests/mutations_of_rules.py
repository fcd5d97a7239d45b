"""Mutations for the rules that one activity has of its own, in the order of the sheets."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.mutations import ROWS, Cell, Mutation, copy_of, one, twice

__all__ = ["DORMANT", "OWN"]

STRANGER = "路人甲"

# From here on the branch would have two formal members: those of rows 3 to 16 have left it.
LEFT = {("roster", row, "moved_out"): date(2023, 6, 29) for row in range(2, 16)}


def assembly(row: int, *found: Cell, **values: Any) -> Mutation:
    return Mutation(found, {("member_assembly", row, column): value for column, value in values.items()})


def at(code: str, column: str, row: int = 1) -> Cell:
    return Cell(code, "member_assembly", row, column)


def added(code: str, activity: str, row: int, column: str = "date", **values: Any) -> Mutation:
    """A copy of a row below the last, and one thing found in it."""
    found = Cell(code, activity, len(ROWS[activity]), column)
    return Mutation((found,), add=(copy_of(activity, row, **values),))


NOBODY = tuple(("roster", row) for row in range(len(ROWS["roster"])))

ROSTER = {
    "filled_in": Mutation((Cell("roster_empty", "roster"),), drop=NOBODY),
    "named_once": added("duplicate_name", "roster", 16, "name"),
    "adult_on_joining": Mutation(
        (Cell("interval_short", "roster", 14, "joined"),), {("roster", 14, "born"): date(2000, 7, 1)}
    ),
    "confirmation_dated": one("required_here", "roster", 13, "confirmed", None),
    "probation_a_year": one("interval_short", "roster", 13, "confirmed", date(2012, 6, 29)),
    "probation_not_over": one("elapsed_long", "roster", 16, "joined", date(2022, 6, 29)),
    "category_follows_confirmation": Mutation(
        (Cell("choice_discouraged", "roster", 16, "category"),), {("roster", 16, "confirmed"): date(2023, 9, 27)}
    ),
    "out_after_in": added(
        "not_later", "roster", 13, "moved_out", name="何向南", moved_in=date(2021, 5, 6), moved_out=date(2021, 5, 5)
    ),
    "in_a_group": one("required_missing", "roster", 17, "group", None),
    "at_least_three_formal": Mutation((Cell("size_outside", "roster"),), LEFT),
    "at_most_fifty": Mutation(
        (Cell("size_outside", "roster"),), add=tuple(copy_of("roster", 17, name=f"新党员{n}") for n in range(33))
    ),
    "one_secretary": Mutation((Cell("size_outside", "roster"),), {("roster", 7, "post"): "书记"}),
    "seven_have_a_committee": Mutation(
        (
            Cell("cover_expected", "cover", column="has_committee"),
            Cell("sheet_not_applicable", "committee_meeting", 0, "date"),
        ),
        cover={"has_committee": False},
    ),
    "committee_of_three_to_seven": Mutation(
        (
            Cell("cover_number_outside", "cover", column="committee_size"),
            *(Cell("differs_from_cover", "committee_meeting", row, "due") for row in range(7)),
        ),
        cover={"committee_size": 8},
    ),
    "secretary_on_roster": Mutation(
        (Cell("not_on_roster", "cover", column="secretary"),), cover={"secretary": STRANGER}
    ),
    "term_ends": Mutation(
        (Cell("term_ends_soon", "cover", column="term_end"),), cover={"term_end": date(2023, 12, 30)}
    ),
}

GROUP_STUDY = {
    "speakers_within_present": one("greater_than", "group_study", 7, "speakers", 17),
    "numbered_topic_is_campaign": one("required_here", "group_study", 6, "campaign", None),
    "numbered_topic_not_denied": one("choice_discouraged", "group_study", 6, "campaign", False),
    "readings_finished": one("blank_left", "group_study", 0, "readings", ("党章", "××文件")),
    "held_in_period": Mutation(
        (Cell("not_held_this_period", "group_study"),),
        drop=tuple(("group_study", row) for row in range(len(ROWS["group_study"]))),
    ),
    "readers_on_roster": one("not_on_roster", "group_study", 0, "readers", (STRANGER,)),
}

MEMBER_ASSEMBLY = {
    "host_is_committee": one("role_unexpected", "member_assembly", 0, "host", "方秀琴"),
    "held_quarterly": Mutation((Cell("quarter_without_meeting", "member_assembly"),), drop=(("member_assembly", 0),)),
    "voting_given": assembly(2, at("required_here", "voting", 2), voting=None),
    "voters_due_given": assembly(1, at("required_here", "voters_due"), voters_due=None),
    "voters_present_given": assembly(1, at("required_here", "voters_present"), voters_present=None),
    "ballots_given": assembly(1, at("required_here", "ballots"), ballots=None),
    "yes_given": assembly(1, at("required_here", "yes"), yes=None),
    "resolution_given": assembly(1, at("required_here", "resolution"), resolution=None),
    "voters_within_due": assembly(1, at("greater_than", "voters_present"), voters_present=16, ballots=16, yes=16),
    "voters_due_are_formal": assembly(1, at("exceeds_roster", "voters_due"), voters_due=16),
    "ballots_cover_voters": assembly(1, at("greater_than", "voters_present"), ballots=13, yes=13),
    "ballots_add_up": assembly(1, at("sum_differs", "ballots"), written=99),
    "yes_within_ballots": assembly(1, at("greater_than", "yes"), yes=15),
    "votes_add_up": assembly(1, at("sum_differs", "ballots"), no=99),
    "half_present": assembly(
        1, at("quorum_missing", "voters_present"), voters_present=7, written=5, ballots=12, yes=12
    ),
    "over_half_present_for_admission": assembly(
        2, at("quorum_missing", "voters_present", 2), voters_present=7, written=8
    ),
    "four_fifths_present_for_election": assembly(
        1, at("quorum_missing", "voters_present"), agenda=("选举",), voters_present=11, ballots=11, yes=11
    ),
    "majority_in_favour": assembly(1, at("majority_missing", "yes"), yes=7, no=7),
    "committee_discussed_first": assembly(1, at("related_missing", "agenda"), date=date(2023, 4, 12)),
    "admission_in_development": Mutation(
        (at("related_missing", "agenda", 2),), {("development", 3, "step"): "填写入党志愿书"}
    ),
    "confirmation_in_development": Mutation(
        (at("related_missing", "agenda", 2),), {("development", 4, "step"): "提出转正申请"}
    ),
    "appraisal_recorded": Mutation(
        (at("related_missing", "agenda", 0),),
        {("democratic_appraisal", 0, "date"): date(2023, 2, 16), ("member_assembly", 0, "link"): None},
    ),
}

COMMITTEE = {
    "due_is_committee": Mutation(
        (Cell("differs_from_cover", "committee_meeting", 0, "due"),),
        {("committee_meeting", 0, "due"): 6, ("committee_meeting", 0, "present"): 6},
    ),
    "half_present": Mutation(
        (Cell("quorum_missing", "committee_meeting", 0, "present"),),
        {
            ("committee_meeting", 0, "present"): 2,
            ("committee_meeting", 0, "leave"): 3,
            ("committee_meeting", 0, "absentees"): "沈静宜（出差）、陆建平（出差）、韩志诚（病假）",
        },
    ),
    "host_is_committee": one("role_unexpected", "committee_meeting", 0, "host", "方秀琴"),
    "held_monthly": Mutation((Cell("month_without_meeting", "committee_meeting"),), drop=(("committee_meeting", 1),)),
    "only_with_committee": ROSTER["seven_have_a_committee"],
}

GROUP_MEETING = {
    "group_given": added("required_missing", "group_meeting", 0, "group_name", group_name=None, topic="两组联合学习"),
    "due_is_group": Mutation(
        (Cell("group_size_differs", "group_meeting", 0, "due"),),
        {("group_meeting", 0, "due"): 8, ("group_meeting", 0, "present"): 8},
    ),
    "led_by_leader": Mutation(
        (Cell("differs_from", "group_meeting", 0, "host"),), {("group_meeting", 0, "leader"): "谭雪梅"}
    ),
    "held_monthly": Mutation((Cell("month_without_meeting", "group_meeting"),), drop=(("group_meeting", 0),)),
    "only_with_groups": Mutation(
        (Cell("sheet_not_applicable", "group_meeting", 0, "date"),), cover={"has_groups": False}
    ),
}

PARTY_LECTURE = {
    "titled": one("required_missing", "party_lecture", 1, "title", None),
    "special_titled": Mutation(
        (Cell("required_here", "party_lecture", 0, "title"),),
        {("party_lecture", 0, "title"): None, ("party_lecture", 0, "topic"): "一堂专题党课"},
    ),
    "lecturer_given": one("required_missing", "party_lecture", 1, "lecturer", None),
    "identity_given": one("required_missing", "party_lecture", 1, "identity", None),
    "type_given": one("required_missing", "party_lecture", 1, "type", None),
    "title_recorded_once": twice("party_lecture", 0),
    "title_once": one("not_unique", "party_lecture", 1, "title", ROWS["party_lecture"][0]["title"]),
    "lecturer_on_roster": one("not_on_roster", "party_lecture", 1, "lecturer", STRANGER),
    "lecturer_is_secretary": one("role_unexpected", "party_lecture", 0, "lecturer", "沈静宜"),
    "held_in_period": Mutation(
        (Cell("not_held_this_period", "party_lecture"),),
        drop=tuple(("party_lecture", row) for row in range(len(ROWS["party_lecture"]))),
    ),
    "lecturer_is_committee": one("role_unexpected", "party_lecture", 1, "lecturer", "方秀琴"),
}

THEME_DAY = {
    "held_monthly": Mutation((Cell("month_without_meeting", "theme_day"),), drop=(("theme_day", 0),)),
    "on_the_fixed_day": one("choice_discouraged", "theme_day", 0, "fixed_day", False),
    "partner_named": one("required_here", "theme_day", 3, "partner", None),
    "studied_finished": one("blank_left", "theme_day", 0, "studied", ("待定",)),
}

ORGANISATIONAL_LIFE = {
    "name_given": one("required_missing", "organisational_life", 0, "meeting_name", None),
    "branch_meeting": one("choice_discouraged", "organisational_life", 0, "meeting_name", "领导班子民主生活会"),
    "measures_for_problems": Mutation(
        (Cell("greater_than", "organisational_life", 0, "problems"),), {("organisational_life", 0, "measures"): 2}
    ),
    "problems_listed": one("count_differs", "organisational_life", 0, "problems", 4),
    "talks_held_before": Mutation(
        (Cell("related_missing", "organisational_life", 0, "talks"),),
        {("organisational_life", 0, "date"): date(2023, 6, 9)},
    ),
    "held_yearly": Mutation(
        (Cell("not_held_this_year", "organisational_life"),), drop=(("organisational_life", 0),), part="FY"
    ),
}

DEMOCRATIC_APPRAISAL = {
    "rated_given": one("required_missing", "democratic_appraisal", 0, "rated", None),
    "excellent_within_rated": one("greater_than", "democratic_appraisal", 0, "excellent", 18),
    "grades_add_up": Mutation(
        (Cell("sum_differs", "democratic_appraisal", 0, "rated"),), {("democratic_appraisal", 0, "qualified"): 99}
    ),
    "rated_within_roster": Mutation(
        (Cell("exceeds_roster", "democratic_appraisal", 0, "rated"),),
        {("democratic_appraisal", 0, "rated"): 18, ("democratic_appraisal", 0, "qualified"): 13},
    ),
    "held_yearly": Mutation(
        (Cell("not_held_this_year", "democratic_appraisal"),),
        {("member_assembly", 0, "link"): None, ("member_assembly", 0, "agenda"): ("学习",)},
        drop=(("democratic_appraisal", 0),),
        part="FY",
    ),
}

OWN: dict[tuple[str, str], Mutation] = {
    (activity, rule): mutation
    for activity, rules in {
        "roster": ROSTER,
        "group_study": GROUP_STUDY,
        "member_assembly": MEMBER_ASSEMBLY,
        "committee_meeting": COMMITTEE,
        "group_meeting": GROUP_MEETING,
        "party_lecture": PARTY_LECTURE,
        "theme_day": THEME_DAY,
        "organisational_life": ORGANISATIONAL_LIFE,
        "democratic_appraisal": DEMOCRATIC_APPRAISAL,
    }.items()
    for rule, mutation in rules.items()
}

# Rules that are switched off until an overlay switches them on: customs of some places.
DORMANT: dict[tuple[str, str], Mutation] = {
    ("theme_day", "attended_well"): Mutation(
        (Cell("ratio_outside", "theme_day", 1, "present"),),
        {
            ("theme_day", 1, "present"): 14,
            ("theme_day", 1, "leave"): 3,
            ("theme_day", 1, "absentees"): "丁海涛（出差）、苗若溪（病假）、程一帆（出差）",
        },
    ),
    ("democratic_appraisal", "few_excellent"): Mutation(
        (Cell("ratio_outside", "democratic_appraisal", 0, "excellent"),),
        {("democratic_appraisal", 0, "excellent"): 6, ("democratic_appraisal", 0, "qualified"): 11},
    ),
    ("party_lecture", "held_quarterly"): Mutation(
        (Cell("quarter_without_meeting", "party_lecture"),), drop=(("party_lecture", 0),)
    ),
}
