"""An activity that a unit has added: a catalogue folder of its own, and rows of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pyxl.sample import sample

__all__ = ["service", "with_volunteering"]

VOLUNTEERING = """
key = "volunteering"
label = "志愿服务"
group = "meetings"
order = 65
purpose = "党员志愿服务，一次一行。"
include = ["meeting", "record"]

[[columns]]
key = "field"
label = "服务类别"
type = "choice"
choices = ["社区", "助老", "环保"]

[[columns]]
key = "hours"
label = "服务时长"
type = "decimal"
required = true
maximum = 12
hint = "小时，如 2.5。"

[[checks]]
id = "hours_within_a_day"
check = "not_greater"
columns = ["present", "due"]
severity = "off"
basis = "本单位规定"

[[checks]]
id = "held_monthly"
check = "held_every"
every = "month"
severity = "warning"
basis = "本单位规定：每月一次"

[[totals]]
key = "hours"
label = "服务时长"
kind = "sum"
columns = ["hours"]
unit = "小时"

[[clauses]]
key = "志愿服务1"
section = "activities"
form = "sentence"
order = 70
when = "志愿服务.次数"
text = "开展志愿服务{{ 志愿服务.次数 }}次，累计{{ 志愿服务.服务时长 }}小时。"
"""


def with_volunteering(folder: Path) -> Path:
    """The folder, with the activity in it."""
    (folder / "volunteering.toml").write_text(VOLUNTEERING, encoding="utf-8")
    return folder


def service(day: date, **cells: object) -> dict[str, object]:
    """A row of it."""
    row = {
        "date": day,
        "place": "东门社区",
        "topic": f"{day.month}月社区清洁",
        "host": "",
        "recorder": "",
        "due": 16,
        "present": 16,
        "content": "到社区清扫楼道、清理小广告，帮助老人搬运旧物。",
        "field": "社区",
        "hours": 2.5,
    }
    members = sample()[1]["roster"]
    return row | {"host": members[0]["name"], "recorder": members[1]["name"]} | cells
