"""The report as a whole: title, date, notes of a draft, appendix of sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pyxl.catalogue.model import TotalKind
from pyxl.core.document import Report
from pyxl.core.period import Period
from pyxl.core.summary import printed, rows_in_words, summarise
from pyxl.core.totals import Figure
from pyxl.core.validation import validate
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
    assert (lines["党课", "次数"].value, lines["党课", "次数"].rows) == (f"{held.value}次", rows_in_words(held.rows))
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


@pytest.mark.parametrize(
    ("cover", "period", "text"),
    [
        ({"signed_on": date(2023, 7, 3)}, None, "2023年7月3日"),
        ({"signed_on": date(2023, 6, 28)}, None, "2023年6月28日"),  # the secretary's own choice for this period
        ({"signed_on": date(2023, 7, 3)}, Period(2023, "H2"), "2023年12月31日"),
        ({"signed_on": date(2023, 7, 3)}, Period(2023, "FY"), "2023年12月31日"),
        ({"signed_on": date(2024, 1, 5)}, Period(2023, "H2"), "2024年1月5日"),
        ({"signed_on": None}, Period(2023, "Q1"), "2023年3月31日"),
        (
            {"signed_on": date(2023, 7, 3)},
            Period(2023, "Q1"),
            "2023年3月31日",
        ),  # the half-year's day, not the quarter's
        ({"signed_on": date(2023, 7, 3)}, Period(2023, "Q2"), "2023年7月3日"),
    ],
)
def test_the_day_on_the_cover_is_not_put_under_a_period_that_ends_later(
    cover: dict[str, Any], period: Period | None, text: str
) -> None:
    found = written(**cover)
    if period:
        verdict = validate(found.ledger, CATALOGUE, period, date(2024, 2, 1))
        found = replace(found, verdict=verdict)
    assert report(found).date_text == text


def test_runs_of_rows_are_shortened_and_each_sheet_is_named_once() -> None:
    assert rows_in_words([f"党课!{row}" for row in range(4, 22)]) == "党课第4–21行"
    assert rows_in_words(("党课!9", "党课!4", "党课!5", "党课!6", "党课!12", "党课!13")) == "党课第4–6、9、12、13行"
    assert rows_in_words(("党课!4", "支委会!7", "党课!5"), "党课") == "第4、5行；支委会第7行"
    assert rows_in_words(()) == ""


def test_months_that_nobody_asks_for_do_not_apply():
    figure = Figure("党小组会", "缺会月份", None, (), kind=TotalKind.MONTHS_WITHOUT)
    assert printed(figure) == "不适用"
