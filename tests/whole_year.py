"""The sample branch's whole made-up year, and another branch's second half of another year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.reports import COVER, ROWS

__all__ = ["OTHER_COVER", "YEAR_COVER", "other_rows", "year_rows"]

_HALF = timedelta(days=182)  # whole weeks: a Tuesday stays one
_AND_A_YEAR = timedelta(days=546)

# What takes place again in the second half-year, under other names; the rest of the sample stays as it is.
_AGAIN = (
    "group_study", "member_assembly", "committee_meeting", "group_meeting", "party_lecture", "theme_day",
    "heart_to_heart_talk", "ideology_integrity", "team_building",
)  # fmt: skip
_SECOND = {
    "牢记初心使命，勇于担当作为": "奋进新征程，建功新时代",
    "以学铸魂强党性，实干担当促发展": "以学增智强本领，以学促干开新局",
    "从红色档案中汲取奋进力量": "档案里的延安精神",
    "守好一卷档案，守护一段历史": "一张老照片的故事",
    "上半年": "下半年",
}

YEAR_COVER = {**COVER, "period": "全年", "as_of": date(2023, 12, 31), "signed_on": date(2024, 1, 5)}

_OTHER = {
    "习近平新时代中国特色社会主义思想主题教育": "党纪学习教育",
    "学习贯彻党纪学习教育": "党纪学习教育",
    "主题教育": "党纪学习教育",
    "上半年": "下半年",
    "2023": "2024",
    "2022": "2024",
    "云溪市": "临江县",
    "档案": "水利",
}
OTHER_COVER = {
    "unit": "临江县水务局机关党支部",
    "short_name": "机关党支部",
    "year": 2024,
    "period": "下半年",
    "superior": "县直机关工委",
    "local_committee": "县委",
    "theme": "党纪学习教育",
    "has_committee": True,
    "has_groups": True,
    "committee_size": 5,
}


def year_rows() -> dict[str, list[dict[str, Any]]]:
    """The sample's rows, and those of its first half-year once more in the second; plans name their period."""
    rows = {key: list(found) for key, found in ROWS.items()}
    for key in _AGAIN:
        first = [row for row in ROWS[key] if row["date"] < date(2023, 7, 1) and not row.get("state")]
        rows[key] = [*rows[key], *(_moved(row, _HALF, _SECOND) for row in first)]
    plans = [{**row, "for_period": "全年", "deadline": None} for row in ROWS["next_steps"]]
    rows["next_steps"] = [*({**row, "for_period": "上半年"} for row in ROWS["next_steps"]), *plans]
    return rows


def other_rows() -> dict[str, list[dict[str, Any]]]:
    """The sample's first half-year as another branch might have had it in the second half of 2024."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for key, found in ROWS.items():
        days = [row.get("date", row.get("raised", row.get("started"))) for row in found]
        kept = [row for row, day in zip(found, days, strict=True) if day is None or day < date(2023, 7, 1)]
        rows[key] = [_moved(row, _AND_A_YEAR, _OTHER) if key != "roster" else _plain(row) for row in kept]
    return rows


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _renamed(value, _OTHER) for key, value in row.items()}


def _moved(row: Mapping[str, Any], by: timedelta, names: Mapping[str, str]) -> dict[str, Any]:
    return {key: value + by if type(value) is date else _renamed(value, names) for key, value in row.items()}


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_renamed(item, names) for item in value)
    if isinstance(value, str):
        for old, new in names.items():
            value = value.replace(old, new)
    return value
