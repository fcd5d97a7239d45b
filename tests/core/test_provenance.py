"""What a document tells of its numbers: their rows, and of those only what may travel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pyxl.core import provenance as module
from pyxl.core.changes import RowState, compared
from pyxl.core.provenance import Number, Provenance, SourceRow
from tests.narratives import SAMPLE, each, rows
from tests.reports import ROWS
from tests.sourced import provenance

TOLD = provenance(SAMPLE)


def test_every_figure_has_its_value_and_its_rows():
    assert set(TOLD.numbers) == {figure.path for figure in SAMPLE.totals}
    assert TOLD.numbers["支委会.次数"].value == "7次"
    assert TOLD.numbers["支委会.次数"].rows == tuple(f"支委会!{row}" for row in range(4, 11))
    assert TOLD.numbers["集中学习.出勤率"].value == "95.59%"


def test_of_a_row_only_day_and_topic_are_told():
    labels = {label for row in TOLD.rows.values() for label in row.told}
    assert labels == {"日期", "主题", "学习篇目", "专题序号", "题目", "学习内容", "概括", "提出日期", "开始日期"}
    assert TOLD.rows["谈心谈话!4"].told.keys() == {"日期"}
    assert TOLD.rows["党员名册!4"].told == {}


def test_nobodys_name_is_told():
    people = [row["name"] for row in ROWS["roster"]]
    assert not [name for name in people for row in TOLD.rows.values() if name in str(row)]


@pytest.mark.parametrize(
    ("activity", "changes", "kept"),
    [
        ("committee_meeting", {"topic": "别的"}, False),
        ("committee_meeting", {"place": "别处"}, False),
        ("committee_meeting", {"remarks": "别的"}, True),  # private
        ("committee_meeting", {"host": "别人"}, True),  # who it was does not travel, not even as a digest
        ("heart_to_heart_talk", {"talkees": ("甲",)}, False),  # but how many
    ],
)
def test_the_digests_are_of_what_travels(activity, changes, kept):
    other = provenance(rows=each(activity, **changes))
    assert (other.digest == TOLD.digest) is kept


def test_a_name_instead_of_another_is_no_change_and_one_more_is():
    talks = ROWS["heart_to_heart_talk"]
    swapped = [{**row, "talkees": tuple(f"某{name}" for name in _people(row))} for row in talks]
    assert provenance(rows=rows(heart_to_heart_talk=swapped)).digest == TOLD.digest
    more = [{**talks[0], "talkees": ("甲", "乙", "丙", "丁", "戊")}, *talks[1:]]
    assert provenance(rows=rows(heart_to_heart_talk=more)).digest != TOLD.digest


def _people(row):
    value = row["talkees"]
    return value if isinstance(value, (tuple, list)) else str(value).split("、")


def test_the_cover_counts_but_what_is_private_of_it_does_not():
    assert provenance(superior="别的党委").digest != TOLD.digest
    assert provenance(secretary="别人").digest == TOLD.digest


def test_rows_beyond_measure_are_counted_and_not_told(monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 5)
    told = provenance(SAMPLE)
    assert told.rows == {}
    assert told.numbers["支委会.次数"] == Number("支委会.次数", "7次", None)
    assert told.digest != TOLD.digest
    assert not compared(told, told)["支委会.次数"].changed
    other = provenance(rows=rows(committee_meeting=COUNTED[:-1]))
    assert other.digest != told.digest  # it is of the values then
    assert compared(told, other)["支委会.次数"].differs


# ------------------------------------------------------------------------------ what has become of it


def became(name: str = "支委会.次数", **activities):
    """(state, row then, row now) of what is no longer as it was."""
    change = compared(TOLD, provenance(rows=rows(**activities)))[name]
    found = [(r.state, r.then and r.then.row, r.now and r.now.row) for r in change.rows if r.state is not RowState.SAME]
    return found, change


MEETINGS = ROWS["committee_meeting"]
COUNTED = MEETINGS[:7]  # what is behind them is a draft, or of another period


def test_nothing_changed_is_nothing_told():
    found, change = became()
    assert (found, change.changed, change.differs) == ([], False, False)
    assert len(change.rows) == 7


def test_a_changed_row_is_told_by_its_place():
    found, change = became(committee_meeting=[*MEETINGS[:2], {**MEETINGS[2], "topic": "改过"}, *MEETINGS[3:]])
    assert found == [(RowState.CHANGED, 6, 6)]
    assert (change.changed, change.differs) == (True, False)


def test_a_row_taken_away_is_gone_and_those_behind_it_have_moved():
    found, change = became(committee_meeting=[*MEETINGS[:2], *MEETINGS[3:]])
    moved = [(RowState.MOVED, row, row - 1) for row in range(7, 11)]
    assert found == [(RowState.GONE, 6, None), *moved]
    assert change.differs
    assert change.now.value == "6次"


def test_the_last_row_taken_away_moves_nothing():
    assert became(committee_meeting=COUNTED[:-1])[0] == [(RowState.GONE, 10, None)]


def test_a_new_row_is_told_by_its_place():
    new = {**COUNTED[-1], "topic": "新的"}
    found, change = became(committee_meeting=[*COUNTED, new])
    assert found == [(RowState.NEW, None, 11)]
    assert change.differs


def test_a_row_that_counts_no_longer_is_still_there():
    draft = {**MEETINGS[3], "state": "草稿"}
    found, change = became(committee_meeting=[*MEETINGS[:3], draft, *MEETINGS[4:]])
    assert found == [(RowState.UNCOUNTED, 7, 7)]
    assert change.now.value == "6次"


def test_two_rows_that_change_places_have_moved():
    found, change = became(committee_meeting=[MEETINGS[1], MEETINGS[0], *MEETINGS[2:]])
    assert found == [(RowState.MOVED, 4, 5), (RowState.MOVED, 5, 4)]
    assert not change.differs


def told_of(*digests: str) -> Provenance:
    """A number that rests on rows of these contents, from row 4 on."""
    found = {f"甲!{row}": SourceRow("甲", row, {}, digest) for row, digest in enumerate(digests, 4)}
    return replace(TOLD, numbers={"甲.次数": Number("甲.次数", "n", tuple(found))}, rows=found)


@pytest.mark.parametrize(
    ("then", "now", "states"),
    [
        ("aa", "aaa", ["same 4 4", "same 5 5", "new - 6"]),
        ("aaa", "aa", ["same 4 4", "same 5 5", "gone 6 -"]),
        ("aba", "xaba", ["moved 4 5", "moved 5 6", "moved 6 7", "new - 4"]),
        ("abc", "xbc", ["changed 4 4", "same 5 5", "same 6 6"]),
        ("abc", "bca", ["moved 4 6", "moved 5 4", "moved 6 5"]),
        ("ab", "", ["gone 4 -", "gone 5 -"]),
        ("", "a", ["new - 4"]),
    ],
)
def test_each_row_is_matched_once_those_that_stayed_first(then, now, states):
    rows_now = compared(told_of(*then), told_of(*now))["甲.次数"].rows
    told = [f"{r.state} {r.then.row if r.then else '-'} {r.now.row if r.now else '-'}" for r in rows_now]
    assert told == states


def test_a_figure_that_the_catalogue_no_longer_knows_is_said_to_be_unknown():
    fewer = replace(TOLD, numbers={name: n for name, n in TOLD.numbers.items() if name != "支委会.次数"})
    change = compared(TOLD, fewer)["支委会.次数"]
    assert change.now is None
    assert change.changed
