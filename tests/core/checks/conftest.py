"""A small catalogue and ledger by hand: what one rule finds in a few rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from pyxl.catalogue.model import ActivityType, Catalogue, CheckSpec, Column, ColumnType, CoverField, Kind, Severity
from pyxl.core.checks import Context, run_rules
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.period import Period
from pyxl.core.place import CellRef

T = ColumnType

MEETING = (
    Column("date", "日期", T.DATE, required=True),  # A
    Column("start", "开始时间", T.TIME),  # B
    Column("end", "结束时间", T.TIME),  # C
    Column("topic", "主题", required=True),  # D
    Column("host", "主持人", T.PERSON),  # E
    Column("recorder", "记录人", T.PERSON),  # F
    Column("due", "应到", T.INTEGER),  # G
    Column("present", "实到", T.INTEGER),  # H
    Column("leave", "请假", T.INTEGER),  # I
    Column("absent", "缺席", T.INTEGER),  # J
    Column("absentees", "未到人员及原因"),  # K
    Column("people", "参加人员", T.PEOPLE),  # L
    Column("readings", "学习篇目", T.ITEMS),  # M
    Column("form", "形式", T.CHOICE, choices=("座谈", "讲授", "参观")),  # N
    Column("fixed", "是否固定日", T.YESNO),  # O
    Column("group_name", "党小组"),  # P
    Column("amount", "量化值", T.DECIMAL),  # Q
    Column("born", "出生年月", T.MONTH),  # R
    Column("deadline", "时限", T.DATE),  # S
    Column("content", "主要内容", T.LONGTEXT),  # T
    Column("link", "关联编号"),  # U
)

TALK = (
    Column("date", "日期", T.DATE, required=True),  # A
    Column("start", "开始时间", T.TIME),  # B
    Column("end", "结束时间", T.TIME),  # C
    Column("topic", "主题"),  # D
    Column("tags", "类型", T.CHOICES, choices=("会前", "日常")),  # E
    Column("link", "关联编号"),  # F
)

ROSTER = (
    Column("name", "姓名", required=True),  # A
    Column("category", "党员类别", T.CHOICE, choices=("正式党员", "预备党员")),  # B
    Column("joined", "入党时间", T.DATE),  # C
    Column("confirmed", "转正时间", T.DATE),  # D
    Column("post", "党内职务", T.CHOICE),  # E
    Column("group", "党小组"),  # F
    Column("moved_in", "转入日期", T.DATE),  # G
    Column("moved_out", "转出日期", T.DATE),  # H
    Column("exempt", "可不计应到", T.YESNO),  # I
)

COVER = (
    CoverField("has_committee", "是否设支委会", T.YESNO),  # B1
    CoverField("committee_size", "委员人数", T.INTEGER),  # B2
    CoverField("secretary", "书记", T.PERSON),  # B3
    CoverField("term_end", "任期届满日", T.DATE),  # B4
)

COLUMNS = {"talk": TALK, "meeting": MEETING, "roster": ROSTER}


def activity(key: str, label: str, **more: Any) -> ActivityType:
    return ActivityType(key, label, "meetings", 1, "", COLUMNS[key], **more)


def entry(kind: str, number: int, **values: Any) -> Entry:
    """One row; the column of a key is its place in the catalogue."""
    columns = COLUMNS[kind]
    unreadable = frozenset(values.pop("unreadable", ()))
    label = {"talk": "谈话", "meeting": "会议", "roster": "党员名册"}[kind]
    places = {column.key: place for place, column in enumerate(columns, 1)}
    return Entry(kind, label, number, values, places, unreadable=unreadable)


@dataclass
class Lab:
    """One rule, the rows it looks at, and the place it is run."""

    period: Period = field(default_factory=lambda: Period(2023, "H1"))
    as_of: date = date(2023, 6, 30)
    cover: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[Entry]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()

    def add(self, kind: str = "meeting", **values: Any) -> Lab:
        """One more row, from row 4 on; the date is 10 May unless given."""
        rows = self.rows.setdefault(kind, [])
        if kind != "roster":
            values = {"date": date(2023, 5, 10), **values}
        rows.append(entry(kind, 4 + len(rows), **values))
        return self

    def member(self, name: str, category: str = "正式党员", **values: Any) -> Lab:
        return self.add("roster", name=name, category=category, **values)

    def catalogue(self, on: str, *specs: CheckSpec) -> Catalogue:
        kinds = {
            "talk": activity("talk", "谈话"),
            "meeting": activity("meeting", "会议", aliases=("例会",)),
            "roster": activity("roster", "党员名册", kind=Kind.REGISTER, date=""),
        }
        checked = {
            key: activity(key, kind.label, kind=kind.kind, date=kind.date, aliases=kind.aliases, checks=specs)
            if key == on
            else kind
            for key, kind in kinds.items()
        }
        return Catalogue("1", COVER, tuple(checked.values()), (), ())

    def issues(self, check: str, columns: tuple[str, ...] = (), on: str = "meeting", **params: Any) -> list[Issue]:
        """What the rule finds. `severity` and `code` are the rule's, all else its parameters."""
        severity = Severity(params.pop("severity", "error"))
        spec = CheckSpec("rule", check, severity, "依据", tuple(columns), params.pop("code", ""), params)
        entries = {key: tuple(rows) for key, rows in self.rows.items()}
        places = {each.key: CellRef("基本信息", number, 2) for number, each in enumerate(COVER, 1)}
        ledger = Ledger(self.cover, places, entries, missing=self.missing)
        return run_rules(Context(self.catalogue(on, spec), ledger, self.period, self.as_of, entries, entries))

    def found(self, check: str, *columns: str, on: str = "meeting", **params: Any) -> list[tuple[str, str, str]]:
        """(code, severity, address) of what the rule finds."""
        return [
            (each.code, each.severity.value, each.where.address) for each in self.issues(check, columns, on, **params)
        ]


@pytest.fixture
def lab() -> Lab:
    return Lab()


@pytest.fixture(scope="session")
def new_lab() -> type[Lab]:
    """For tests that need several, or one for every example of hypothesis."""
    return Lab
