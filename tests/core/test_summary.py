"""The report as a whole: title, date, notes of a draft, appendix of sources."""

from __future__ import annotations

from typing import Any

from pyxl.core.document import Report
from pyxl.core.summary import summarise
from tests.reports import CATALOGUE, ROWS, Written, written

SAMPLE = written()


def report(found: Written = SAMPLE, **options: Any) -> Report:
    return summarise(
        found.ledger, CATALOGUE, found.verdict, found.totals, found.narrative,
        **{"issues": found.issues, "draft": False, "sources": False, **options},
    )  # fmt: skip


def test_levels_follow_the_narrative() -> None:
    levels = [block.level for block in report().blocks]
    assert levels[:3] == ["body", "heading1", "heading2"]
    assert len(levels) == len(SAMPLE.narrative.paragraphs)


def test_sources_list_every_figure_with_its_rows() -> None:
    assert report().sources == ()
    lines = {(line.activity, line.name): line for line in report(sources=True).sources}
    assert set(lines) == set(SAMPLE.totals.by_name)
    held = SAMPLE.totals.get("党课", "次数")
    rows = "、".join(ref.partition("!")[2] for ref in held.rows)
    assert (lines["党课", "次数"].value, lines["党课", "次数"].rows) == (f"{held.value}次", f"党课第{rows}行")
    assert lines["主题党日", "出勤率"].value.endswith("%")
    assert lines["主题党日", "缺会月份"].value == "无"


def test_the_appendix_of_an_empty_ledger_says_so() -> None:
    lines = {(line.activity, line.name): line for line in report(written({}), sources=True).sources}
    assert (lines["主题党日", "次数"].value, lines["主题党日", "次数"].rows) == ("0次", "无")
    assert lines["主题党日", "出勤率"].value == "无法计算"
    assert lines["主题党日", "主题清单"].value == "无"


def test_only_a_draft_bears_its_open_errors_and_not_all_of_them() -> None:
    placeless = {key: [{**row, "place": None} for row in ROWS[key]] for key in ("theme_day", "group_study")}
    found = written({**ROWS, **placeless})
    errors = [each for each in found.issues if each.blocks]
    assert len(errors) > 8
    assert report(found).draft_notes == ()
    notes = report(found, draft=True).draft_notes
    assert len(notes) == 9
    assert notes[0] == f"{errors[0].where.address}：{errors[0].message}"
    assert notes[-1] == f"还有{len(errors) - 8}处"
    assert report(draft=True).draft_notes == ()


def test_fields_hold_what_a_committees_own_template_may_ask_for() -> None:
    fields = report().fields
    assert fields["单位"]["简称"] == "第一党支部"
    assert fields["期间"]["全称"] == "2023年上半年"
    assert fields["主题党日"]["次数"] == SAMPLE.totals.get("主题党日", "次数").value


def test_a_unit_without_a_short_name_is_called_by_its_full_one() -> None:
    found = written(short_name=None)
    assert report(found).fields["单位"]["简称"] == found.ledger.unit
