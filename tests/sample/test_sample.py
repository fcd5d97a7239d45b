"""The sample: fictional people, real days, true to every rule of the catalogue."""

from __future__ import annotations

from datetime import date, time

import pytest

from pyxl.catalogue.loader import load_catalogue
from pyxl.catalogue.model import ColumnType
from pyxl.core.validation import validate
from pyxl.excel.parse import parse
from pyxl.sample import sample
from tests.books import raw_book

CATALOGUE = load_catalogue()
COVER, ROWS = sample()
# An excluded row may be as unfinished as it likes.
KEPT = [(key, row) for key, rows in ROWS.items() for row in rows if row.get("state") is None]
TYPES = {
    ColumnType.DATE: date,
    ColumnType.MONTH: date,
    ColumnType.TIME: time,
    ColumnType.INTEGER: int,
    ColumnType.DECIMAL: float,
    ColumnType.YESNO: bool,
    ColumnType.CHOICES: tuple,
    ColumnType.PEOPLE: tuple,
    ColumnType.ITEMS: tuple,
}


def test_every_activity_of_the_catalogue_has_rows():
    assert set(ROWS) == set(CATALOGUE.by_key)
    assert all(ROWS.values())


def test_the_cover_is_filled_in():
    assert set(COVER) == {field.key for field in CATALOGUE.cover}


@pytest.mark.parametrize("key", list(CATALOGUE.by_key))
def test_rows_hold_known_columns_with_values_of_their_types(key):
    activity = CATALOGUE.activity(key)
    for row in ROWS[key]:
        assert {name for name in row if not activity.has(name)} == set()
        for name, value in row.items():
            column = activity.column(name)
            assert type(value) is TYPES.get(column.type, str), (name, value)
            if column.choices and not column.open:
                assert set(value if isinstance(value, tuple) else (value,)) <= set(column.choices)


def test_rows_that_count_have_every_required_cell():
    lacking = [
        (key, column.label)
        for key, row in KEPT
        for column in CATALOGUE.activity(key).columns
        if column.required and row.get(column.key) is None
    ]
    assert lacking == []


def test_names_on_the_roster_are_unique():
    names = [row["name"] for row in ROWS["roster"]]
    assert len(names) == len(set(names)) == 18


def test_meetings_take_place_on_weekdays_of_the_year():
    days = [row["date"] for key, row in KEPT if isinstance(row.get("date"), date)]
    assert {day.year for day in days} == {COVER["year"]}
    assert [day for day in days if day.weekday() >= 5] == []


def test_nothing_is_wrong_and_every_row_is_accounted_for():
    ledger = parse(raw_book(CATALOGUE, COVER, ROWS), CATALOGUE)
    verdict = validate(ledger, CATALOGUE, ledger.period, date(2024, 1, 2))
    assert [(found.code, found.where.address) for found in verdict.issues] == []
    assert [(each.ref, each.reason) for each in verdict.excluded] == [
        ("集中学习!16", "draft"),
        ("集中学习!17", "outside_period"),
        ("支委会!11", "void"),
        ("主题党日!10", "outside_period"),
    ]
    assert (verdict.rows_read, verdict.rows_counted, verdict.erroneous) == (sum(map(len, ROWS.values())), 102, ())
