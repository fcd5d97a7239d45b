"""Mutations for the rules that meetings of every kind share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from tests.mutations import ROWS, Cell, Mutation, copy_of

__all__ = ["SHARED"]


@dataclass(frozen=True)
class Base:
    """The rows of an activity that a change can be made to without touching anything else."""

    full: int  # everybody present, nobody on leave; no link
    linked: int  # where a link may be broken
    topic: str = "topic"
    also: tuple[str, ...] = ()  # further numbers that follow those present


BASES = {
    "group_study": Base(2, 2),
    "member_assembly": Base(0, 1),
    "committee_meeting": Base(0, 0),
    "group_meeting": Base(0, 0),
    "party_lecture": Base(1, 1, topic="title"),
    "theme_day": Base(3, 3),
    "organisational_life": Base(0, 0),
    "democratic_appraisal": Base(0, 0),
    "ideology_integrity": Base(1, 1, also=("educated",)),
}


def present(activity: str, base: Base, number: int, **values: Any) -> dict[tuple[str, int, str], Any]:
    """So many present, and whatever else follows from it."""
    everything = {"present": number, **dict.fromkeys(base.also, number), **values}
    return {(activity, base.full, column): value for column, value in everything.items()}


def of_meeting(activity: str, base: Base) -> dict[str, Mutation]:
    """Rule → its mutation, for one activity."""
    full, due = base.full, ROWS[activity][base.full]["due"]
    assert isinstance(due, int)
    away = {"leave": 1, "absentees": None}
    one = {"leave": 1, "absentees": "丁海涛（出差）"}
    two = {"leave": 1, "absentees": "丁海涛（出差）、苗若溪（病假）"}
    row: dict[str, Any] = dict(ROWS[activity][full])

    def put(column: str, value: Any, code: str, at: int = full) -> Mutation:
        return Mutation((Cell(code, activity, at, column),), {(activity, at, column): value})

    return {
        "end_after_start": replace(
            put("end_time", time(9), "not_later"),
            put={(activity, full, "start_time"): time(10), (activity, full, "end_time"): time(9)},
        ),
        "lasts_at_most_a_day": replace(
            put("end_time", time(16, 30), "lasts_long"),
            put={(activity, full, "start_time"): time(8), (activity, full, "end_time"): time(16, 30)},
        ),
        "topic_short": put(base.topic, "学" * 61, "text_long"),
        "topic_finished": put(base.topic, "学习XX同志先进事迹", "blank_left"),
        "topic_unquoted": put(base.topic, "“学习党章”", "own_quotes"),
        "people_on_roster": put("recorder", "路人甲", "not_on_roster"),
        "recorder_not_host": put("recorder", row["host"], "same_as"),
        "present_within_due": put("present", due + 1, "present_exceeds_due"),
        "attendance_adds_up": Mutation(
            (Cell("attendance_differs", activity, full, "due"),), present(activity, base, due - 2, **one)
        ),
        "absentees_named": Mutation(
            (Cell("required_here", activity, full, "absentees"),), present(activity, base, due - 1, **away)
        ),
        "absentees_counted": Mutation(
            (Cell("names_differ", activity, full, "absentees"),), present(activity, base, due - 1, **two)
        ),
        "due_within_roster": Mutation(
            (Cell("exceeds_roster", activity, full, "due"),),
            {
                (activity, full, "due"): 18,
                **present(activity, base, 18, leave=None, absentees=None),
            },
        ),
        "content_told": put("content", "学习了文件。", "text_short"),
        "link_found": put("link", "不存在的活动", "link_broken", base.linked),
        "recorded_once": Mutation(
            (Cell("duplicate_entry", activity, len(ROWS[activity]), "date"),), add=(copy_of(activity, full),)
        ),
        "one_a_day": Mutation(
            (Cell("same_day", activity, len(ROWS[activity]), "date"),),
            add=(copy_of(activity, full, **{base.topic: "另一个主题"}),),
        ),
        "times_apart": Mutation(
            (Cell("overlap", activity, len(ROWS[activity]), "date"),),
            add=(copy_of(activity, full, **{base.topic: "另一个主题"}, **AT_THE_FIRST_STUDY),),
        ),
    }


# When the first group study of the sample takes place.
AT_THE_FIRST_STUDY = {
    "date": date(2023, 1, 10),
    "start_time": time(15),
    "end_time": time(17),
    "link": None,
    "agenda": ("学习",),
    "talks": None,
    "way": ("专题学习",),
    "category": ("意识形态",),
}

SHARED: dict[tuple[str, str], Mutation] = {
    (activity, rule): mutation
    for activity, base in BASES.items()
    for rule, mutation in of_meeting(activity, base).items()
}

# A committee is smaller than the roster, a group too: their size is checked by rules of their own.
del SHARED["committee_meeting", "due_within_roster"], SHARED["group_meeting", "due_within_roster"]
# Two groups may meet on one day.
del SHARED["group_meeting", "one_a_day"]
# Nothing comes before the first sheet: an overlap is told on the later one.
del SHARED["group_study", "times_apart"]
# A lecture with a title is told apart by that.
UNTITLED = copy_of("party_lecture", 1, title=None, topic="学习党章")
SHARED["party_lecture", "recorded_once"] = Mutation(
    (Cell("duplicate_entry", "party_lecture", len(ROWS["party_lecture"]) + 1, "date"),),
    add=(UNTITLED, UNTITLED),
    drop=(("party_lecture", 1),),
)
