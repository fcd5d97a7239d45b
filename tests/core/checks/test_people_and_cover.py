"""Names and head counts against the roster, and the cover against both."""

from __future__ import annotations

from datetime import date

import pytest

from pyxl.core.period import Period


@pytest.mark.parametrize(
    ("member", "day", "counted"),
    [
        ({}, date(2023, 5, 10), True),
        ({"joined": date(2023, 5, 10)}, date(2023, 5, 10), True),
        ({"joined": date(2023, 5, 11)}, date(2023, 5, 10), False),
        ({"moved_in": date(2023, 5, 11)}, date(2023, 5, 10), False),
        ({"moved_in": date(2023, 5, 10)}, date(2023, 5, 10), True),
        ({"moved_out": date(2023, 5, 10)}, date(2023, 5, 10), True),
        ({"moved_out": date(2023, 5, 9)}, date(2023, 5, 10), False),
    ],
)
def test_members_are_counted_on_the_day_of_the_row(lab, member, day, counted):
    lab.member("甲").member("乙", **member).add(date=day, due=2)
    found = lab.found("at_most_members", "due", scope="members")
    assert found == ([] if counted else [("exceeds_roster", "error", "会议!G4")])


@pytest.mark.parametrize(
    ("confirmed", "category", "counted"),
    [
        (date(2023, 5, 10), "正式党员", True),
        (date(2023, 5, 11), "正式党员", False),
        (None, "正式党员", True),
        (None, "预备党员", False),
    ],
)
def test_formal_members_are_those_confirmed_by_that_day(lab, confirmed, category, counted):
    lab.member("甲").member("乙", category, confirmed=confirmed).add(due=2)
    found = lab.found("at_most_members", "due", scope="formal")
    assert found == ([] if counted else [("exceeds_roster", "error", "会议!G4")])


@pytest.mark.parametrize(
    ("check", "columns", "params"),
    [
        ("at_most_members", ("due",), {"scope": "members"}),
        ("equals_group_size", ("due", "group_name"), {}),
        ("on_roster", ("host",), {}),
        ("role_is", ("host",), {"roles": ["书记"]}),
        ("cover_on_roster", (), {"field": "secretary"}),
    ],
)
def test_an_empty_roster_is_no_reproach(lab, check, columns, params):
    lab.cover = {"secretary": "甲"}
    lab.add(due=9, host="甲", group_name="一组")
    assert lab.found(check, *columns, **params) == []


def test_whoever_need_not_come_may_be_left_out_of_a_group(lab):
    for name, exempt in (("甲", None), ("乙", False), ("丙", True)):
        lab.member(name, group="一组", exempt=exempt)
    for due in (1, 2, 3, 4):
        lab.add(due=due, group_name="一组")
    found = lab.found("equals_group_size", "due", "group_name")
    assert found == [("group_size_differs", "error", "会议!G4"), ("group_size_differs", "error", "会议!G7")]


def test_a_group_the_roster_does_not_know_has_no_members(lab):
    lab.member("甲", group="一组").add(due=1, group_name="二组")
    (issue,) = lab.issues("equals_group_size", ("due", "group_name"))
    assert (issue.code, issue.params["members"], issue.params["group"]) == ("group_size_differs", 0, "二组")


def test_strangers_are_named_together(lab):
    lab.member("甲").add(people=("乙", "甲", "丙"))
    (issue,) = lab.issues("on_roster", ("people",))
    assert issue.message == "“参加人员”中的“乙、丙”不在党员名册里。"


def test_a_post_that_was_left_blank_is_not_the_one_asked_for(lab):
    lab.member("甲").add(host="甲")
    assert lab.found("role_is", "host", roles=["书记"]) == [("role_unexpected", "error", "会议!E4")]


@pytest.mark.parametrize(
    ("text", "leave", "silent"),
    [
        ("张三（出差）", 1, True),
        ("张三(出差，下周回)、李四", 2, True),
        ("张三；李四;王五\n赵六", 4, True),
        ("张三、李四出差。", 2, True),
        ("张三出差，已请假", 1, True),  # one part begins with a member's name
        ("路人出差，已请假", 1, False),
        ("张三", 2, False),
        ("张三、李四", 1, False),
    ],
)
def test_names_are_counted_part_by_part(lab, text, leave, silent):
    lab.member("张三").member("李四").add(absentees=text, leave=leave)
    assert (lab.found("names_counted", "absentees", "leave", "absent") == []) is silent


def test_all_members_are_to_appear_in_a_full_year_only(lab):
    lab.member("甲").member("乙").member("丙", moved_out=date(2023, 1, 1)).add(people=("甲 ",))
    assert lab.found("covers_roster", "people") == []
    lab.period, lab.as_of = Period(2023, "FY"), date(2023, 12, 31)
    (issue,) = lab.issues("covers_roster", ("people",))
    assert (issue.where.address, issue.params["count"], issue.params["names"]) == ("会议", 1, "乙")


@pytest.mark.parametrize(
    ("limits", "count", "said"),
    [
        ({"minimum": 3}, 2, "不少于 3"),
        ({"minimum": 3}, 3, None),
        ({"maximum": 3}, 4, "不超过 3"),
        ({"maximum": 3}, 3, None),
        ({"minimum": 1, "maximum": 1}, 2, "1 至 1"),
    ],
)
def test_the_size_of_the_roster(lab, limits, count, said):
    for number in range(count):
        lab.member(f"党员{number}")
    lab.member("离开的", moved_out=date(2023, 6, 29)).member("将来的", moved_in=date(2023, 7, 1))
    issues = lab.issues("size_between", on="roster", where={"category": ["正式党员"]}, **limits)
    assert [(issue.code, issue.where.address) for issue in issues] == ([("size_outside", "党员名册")] if said else [])
    if said:
        assert issues[0].message == f"“党员名册”中正式党员有 {count} 人，一般{said}人。"


def test_an_empty_roster_has_no_size(lab):
    assert lab.found("size_between", on="roster", minimum=3) == []


@pytest.mark.parametrize(
    ("term_end", "code"),
    [
        (date(2023, 12, 30), "term_ends_soon"),
        (date(2023, 12, 31), None),
        (date(2023, 6, 30), "term_ends_soon"),
        (date(2023, 6, 29), "term_ended"),
        (None, None),
    ],
)
def test_the_end_of_a_term(lab, term_end, code):
    lab.cover = {"term_end": term_end}
    found = lab.found("cover_date_near", on="roster", field="term_end", months=6, severity="hint")
    assert found == ([(code, "hint", "基本信息!B4")] if code else [])


@pytest.mark.parametrize(("size", "outside"), [(2, True), (3, False), (7, False), (8, True), (None, False)])
def test_the_size_of_the_committee(lab, size, outside):
    lab.cover = {"committee_size": size}
    found = lab.found("cover_number_between", on="roster", field="committee_size", minimum=3, maximum=7)
    assert found == ([("cover_number_outside", "error", "基本信息!B2")] if outside else [])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("甲", None),
        ("乙", "role_unexpected"),
        ("丙", "not_on_roster"),
        ("甲、乙", "one_person_only"),
        (None, None),
    ],
)
def test_the_secretary_is_a_member_with_that_post(lab, name, code):
    lab.cover = {"secretary": name}
    lab.member("甲", post="书记").member("乙", post="委员")
    found = lab.found("cover_on_roster", on="roster", field="secretary", roles=["书记"], severity="warning")
    assert found == ([(code, "warning", "基本信息!B3")] if code else [])
    without_roles = [each for each, *_ in lab.found("cover_on_roster", on="roster", field="secretary")]
    assert without_roles == ([code] if code in ("not_on_roster", "one_person_only") else [])


@pytest.mark.parametrize(("given", "found"), [(True, 0), (False, 1), (None, 0)])
def test_a_blank_on_the_cover_breaks_no_rule(lab, given, found):
    lab.cover = {"has_committee": given}
    lab.member("甲").add()
    assert len(lab.found("empty_unless", field="has_committee", value="是")) == found
    expects = {"where": {"category": ["正式党员"]}, "minimum": 1, "field": "has_committee", "value": "是"}
    assert len(lab.found("cover_expects", on="roster", **expects)) == found


def test_a_sheet_without_dates_is_told_at_its_first_column(lab):
    lab.cover = {"has_committee": False}
    lab.member("甲").member("乙")
    found = lab.found("empty_unless", on="roster", field="has_committee", value="是")
    assert found == [("sheet_not_applicable", "error", "党员名册!A4")]


def test_a_blank_on_the_cover_equals_anything(lab):
    lab.add(due=3)
    assert lab.found("equals_cover", "due", field="committee_size") == []
    lab.cover = {"committee_size": 5}
    (issue,) = lab.issues("equals_cover", ("due",), field="committee_size")
    assert issue.message == "“应到”是“3”，基本信息的“委员人数”是“5”。"
    assert "G4 与 基本信息!B2" in issue.hint


@pytest.mark.parametrize(
    ("member", "day", "found"),
    [
        ({"category": "正式党员"}, date(2023, 5, 10), []),
        ({"category": "正式党员", "confirmed": date(2023, 5, 10)}, date(2023, 5, 10), []),
        ({"category": "正式党员", "confirmed": date(2023, 5, 11)}, date(2023, 5, 10), ["会议!E4"]),
        ({"category": "预备党员"}, date(2023, 5, 10), ["会议!E4"]),
        ({"category": None}, date(2023, 5, 10), []),  # required_missing says so
        ({"category": "正式党员", "confirmed": date(2023, 7, 1)}, None, ["会议!E4"]),  # by the closing date then
    ],
)
def test_a_formal_member_is_one_on_the_day_of_the_row(lab, member, day, found):
    lab.member("甲", **member).add(host="甲", date=day)
    assert [address for _, _, address in lab.found("member_is_formal", "host")] == found


def test_the_roster_has_to_be_filled_in_once_something_has_taken_place(lab):
    assert lab.found("roster_filled", on="roster") == []
    lab.add().add("talk")
    (issue,) = lab.issues("roster_filled", on="roster")
    assert (issue.code, issue.where.address, issue.params["count"]) == ("roster_empty", "党员名册", 2)
    lab.member("甲")
    assert lab.found("roster_filled", on="roster") == []


def test_two_people_in_the_cell_of_one_are_told_as_such(lab):
    """Both may be on the roster: that they are not would be false."""
    lab.member("甲").member("乙").add(host="甲、乙").add(host="甲、丙").add(host="丙").add(people=("甲", "乙"))
    severity, found = "warning", lab.issues("on_roster", ("host", "people"), severity="warning")
    assert [(each.code, each.severity.value, each.where.address) for each in found] == [
        ("one_person_only", severity, "会议!E4"),
        ("one_person_only", severity, "会议!E5"),
        ("not_on_roster", severity, "会议!E6"),
    ]
    assert found[0].message == "“主持人”这一格只填一个人，现在填了 2 人（甲、乙）。"
    assert found[0].hint == "请在 E4 只留一个人；其他人可以写在别处，如“备注”列。"
    assert found[1].params["names"] == "甲、丙"


def test_a_name_that_the_roster_has_with_the_sign_in_it_is_one_person(lab):
    lab.member("甲、乙").add(host="甲、乙")
    assert lab.found("on_roster", "host") == []
