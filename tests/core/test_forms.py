"""The form of one entry: boxes from the activity's own columns, the same for all forms of a document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pyxl.catalogue.model import Column, ColumnType, Kind, OnForm
from pyxl.core.forms import Form, forms_of
from tests.reports import CATALOGUE, ROWS, written

UNIT = "云溪市档案馆第一党支部"
SAMPLE = written()


def forms(key: str, rows: list[dict[str, Any]] | None = None, **changes: Any) -> tuple[Form, ...]:
    found = SAMPLE if rows is None else written({"roster": ROWS["roster"], key: rows})
    return forms_of(found.verdict.counted[key], replace(CATALOGUE.activity(key), **changes), UNIT)


def boxes(form: Form) -> dict[str, str]:
    found = [*(box for pair in form.pairs for box in pair), *form.lines]
    assert len({box.name for box in found if box.name}) == len([box for box in found if box.name])
    return {box.name: box.value for box in found if box.name}


def test_a_meeting_has_its_day_hours_people_and_attendance_side_by_side():
    form = forms("member_assembly")[1]
    assert (form.title, form.unit) == ("党员大会记录", UNIT)
    assert [(left.name, right.name) for left, right in form.pairs[:4]] == [
        ("日期", "时间"), ("主持人", "记录人"), ("应到", "实到"), ("请假", "列席"),
    ]  # fmt: skip
    assert [(left.value, right.value) for left, right in form.pairs[:4]] == [
        ("2023年4月14日", "14:30—16:00"), ("周明远", "卢雨桐"), ("17", "16"), ("1", ""),
    ]  # fmt: skip
    found = boxes(form)
    assert found["未到人员及原因"] == "程一帆（出差）"
    assert found["议题类型"] == "学习、议事"
    assert found["决议"].startswith("同意支部主题教育实施方案")
    assert "状态" not in found


@pytest.mark.parametrize(
    "activity", [each for each in CATALOGUE.activities if each.kind is Kind.ACTIVITY], ids=lambda a: a.key
)
def test_every_cell_of_every_activity_is_on_its_form_and_all_forms_have_the_same_boxes(activity):
    made = forms(activity.key)
    entries = SAMPLE.verdict.counted[activity.key]
    assert len(made) == len(entries) > 0
    always = {c.label for c in activity.columns if c.on_form is OnForm.FILLED}
    assert len({frozenset(boxes(form)) - always for form in made}) == 1
    for form, entry in zip(made, entries, strict=True):
        found = boxes(form)
        for column in activity.columns:
            if column.on_form is not OnForm.NEVER and column.type is not ColumnType.TIME and entry.get(column.key):
                assert found[column.label], column.label
    assert made[0].signatures


def test_who_signs_is_named_by_the_catalogue():
    assert [[box.name for box in pair] for pair in forms("theme_day")[0].signatures] == [["主持人签名", "记录人签名"]]
    assert [[box.name for box in pair] for pair in forms("heart_to_heart_talk")[0].signatures] == [
        ["谈话人签名", "谈话对象签名"]
    ]
    assert [[box.name for box in pair] for pair in forms("team_building")[0].signatures] == [["经办人签名", ""]]


def test_a_column_that_no_entry_fills_has_no_box_and_one_that_any_fills_has_one_in_all():
    rows = [{**row, "absent": None, "observers": None} for row in ROWS["theme_day"][:2]]
    assert not {"缺席", "列席"} & set(boxes(forms("theme_day", rows)[0]))
    rows[1] = {**rows[1], "observers": 2}
    assert [boxes(form)["列席"] for form in forms("theme_day", rows)] == ["", "2"]


def test_votes_against_have_a_box_wherever_votes_for_have_one():
    voted = [row for row in ROWS["member_assembly"] if row.get("yes")]
    rows = [{**row, "no": None, "abstain": None} for row in voted]
    for form in forms("member_assembly", rows):
        assert [name for name in boxes(form) if name in ("赞成", "反对", "弃权")] == ["赞成", "反对", "弃权"]
    activity = CATALOGUE.activity("member_assembly")
    votes = dict.fromkeys(("yes", "no", "abstain"))
    none = [replace(row, values={**row.values, **votes}) for row in SAMPLE.verdict.counted["member_assembly"]]
    assert not {"赞成", "反对", "弃权"} & set(boxes(forms_of(none, activity, UNIT)[0]))


def test_what_is_said_of_the_row_itself_stands_only_where_something_is_said():
    rows = [{**ROWS["theme_day"][0], "remarks": "补记"}, {**ROWS["theme_day"][1], "remarks": None}]
    assert ["备注" in boxes(form) for form in forms("theme_day", rows)] == [True, False]


def test_an_activity_of_ones_own_needs_no_code():
    own = Column("hours", "时长", ColumnType.DECIMAL)
    flag = Column("done", "已完成", ColumnType.YESNO)
    items = Column("items", "清单", ColumnType.ITEMS)
    row = replace(
        SAMPLE.verdict.counted["theme_day"][0],
        values={"date": ROWS["theme_day"][0]["date"], "hours": 2.5, "done": False, "items": ("甲", "乙")},
    )
    activity = replace(
        CATALOGUE.activity("theme_day"),
        label="志愿服务",
        columns=(CATALOGUE.activity("theme_day").columns[0], own, flag, items),
    )
    (form,) = forms_of([row], activity, UNIT)
    assert form.title == "志愿服务记录"
    assert boxes(form) == {"日期": "2023年1月20日", "时长": "2.5", "已完成": "否", "清单": "甲、乙"}
    assert form.signatures[0][0].name == "经办人签名"


def test_a_form_does_not_depend_on_which_others_are_printed_with_it():
    activity = CATALOGUE.activity("member_assembly")
    rows = SAMPLE.verdict.counted["member_assembly"]
    every = forms_of(rows, activity, UNIT)
    alone = [forms_of([row], activity, UNIT, rows)[0] for row in rows]
    assert alone == list(every)
    assert [each.lines for each in every] != [forms_of([row], activity, UNIT)[0].lines for row in rows]
