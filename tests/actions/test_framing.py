"""Rows as pandas frames: the same rows as the ledger's, with types that can be computed with."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pyxl import actions
from pyxl.actions import Collecting
from tests.reports import ROWS, TODAY
from tests.submissions import submission


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return actions.demo(tmp_path_factory.mktemp("demo"), today=TODAY).ledger


def test_every_sheet_is_a_frame_of_its_rows(ledger):
    found = actions.frames(ledger)
    assert {name: len(frame) for name, frame in found.items()}["主题党日"] == len(ROWS["theme_day"])
    days = found["主题党日"]
    assert list(days.index) == list(range(4, 4 + len(days)))
    assert days["日期"].dt.date.tolist() == [row["date"] for row in ROWS["theme_day"]]
    assert days["实到"].sum() == sum(row["present"] for row in ROWS["theme_day"])
    assert days.loc[4, "主题"] == ROWS["theme_day"][0]["topic"]


def test_a_sheet_without_rows_has_its_columns(tmp_path):
    blank = actions.new(tmp_path / "空白.xlsx", year=2023).written
    frame = actions.frames(blank)["党课"]
    assert frame.empty
    assert "日期" in frame.columns


def test_of_many_units_the_rows_can_be_grouped(tmp_path):
    folder = tmp_path / "上报件"
    folder.mkdir()
    for number in (1, 2):
        submission(folder, number)
    written = actions.collect(Collecting(folder), today=TODAY).written
    days = actions.frames(written)["主题党日"]
    by_unit = days[days["日期"] < pd.Timestamp(date(2023, 7, 1))].groupby("报送单位")["日期"].count()
    assert by_unit.to_dict() == {"云溪市第1党支部": 5, "云溪市第2党支部": 6}
