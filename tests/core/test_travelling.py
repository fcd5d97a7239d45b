"""What goes up to the next level: everything that counts, nothing personal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pyxl.catalogue.model import ColumnType
from pyxl.core.travelling import CODE, ORIGIN, REGISTER, UNIT, outgoing, travelling
from pyxl.core.units import judge
from pyxl.excel.parse import parse
from tests.books import raw_book
from tests.reports import CATALOGUE, COVER, ROWS, TODAY, written

UPWARD = travelling(CATALOGUE)
SAMPLE = written()
MADE = "2023-07-03T01:15:00Z"
SENT = outgoing(SAMPLE.ledger, SAMPLE.verdict, CATALOGUE, MADE)
ROWS_SENT = {key: rows for key, rows in SENT.items() if key != REGISTER}
NAMES = {row["name"] for row in ROWS["roster"]}


def texts(value):
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


def read_again():
    cover = {field.key: SAMPLE.ledger.cover.get(field.key) for field in UPWARD.cover}
    return parse(raw_book(UPWARD, cover, SENT), UPWARD)


def test_private_columns_and_fields_stay_and_each_row_tells_where_it_comes_from():
    for own, sent in zip(CATALOGUE.activities, UPWARD.activities[1:], strict=True):
        kept = [column.key for column in own.columns if not column.private]
        assert [column.key for column in sent.columns] == [*kept, UNIT, CODE, ORIGIN]
    gone = {field.key for field in CATALOGUE.cover} - {field.key for field in UPWARD.cover}
    assert gone == {"secretary", "reporter", "local_committee"}


def test_of_the_travelling_catalogue_it_is_the_same_once_more():
    assert travelling(UPWARD) is UPWARD


def test_only_rules_that_can_be_asked_go_along_and_most_do():
    for own, sent in zip(CATALOGUE.activities, UPWARD.activities[1:], strict=True):
        private = {column.key for column in own.columns if column.private}
        left = [spec for spec in own.checks if spec not in sent.checks]
        assert [spec.id for spec in left if not private & (_named(spec))] == [], own.key
        assert not any(private & set(spec.columns) for spec in sent.checks)
    assert sum(len(each.checks) for each in UPWARD.activities) > 200


def _named(spec):
    inner = {key for value in spec.params.values() if isinstance(value, dict) for key in value}
    return {*spec.columns, *inner, *(value for value in spec.params.values() if isinstance(value, str))}


def test_every_row_that_counts_goes_and_no_other():
    sent = {row[ORIGIN] for rows in ROWS_SENT.values() for row in rows}
    counted = {row.ref for rows in SAMPLE.verdict.counted.values() for row in rows}
    assert sent == counted
    assert sum(map(len, ROWS_SENT.values())) == SAMPLE.verdict.rows_counted
    whose = {(row[UNIT], row[CODE]) for rows in ROWS_SENT.values() for row in rows}
    assert whose == {(COVER["unit"], COVER["code"])}


def test_one_line_says_of_the_unit_what_its_cover_says_and_nothing_private():
    [line] = SENT[REGISTER]
    assert {key: line[key] for key in ("unit", "code", "has_committee", "made", "period")} == {
        "unit": COVER["unit"], "code": COVER["code"], "has_committee": True, "made": MADE, "period": "上半年",
    }  # fmt: skip
    assert not {"secretary", "reporter"} & set(line)


def test_no_name_of_the_roster_goes_up():
    found = [
        (activity, key, text)
        for activity, rows in SENT.items()
        for row in rows
        for key, value in row.items()
        for text in texts(value)
        if any(name in text for name in NAMES)
    ]
    assert found == []


def test_a_name_is_the_same_other_word_wherever_it_stands():
    talks = SENT["heart_to_heart_talk"]
    pairs = {
        (name, alias)
        for own, sent in zip(SAMPLE.verdict.counted["heart_to_heart_talk"], talks, strict=True)
        for name, alias in zip(own.items("talkees"), sent["talkees"], strict=True)
    }
    assert len({name for name, _ in pairs}) == len({alias for _, alias in pairs}) == len(pairs) > 5


def test_a_catalogue_may_open_a_column_of_names():
    def opened(activity):
        columns = tuple(replace(c, upward=c.type is ColumnType.PEOPLE) for c in activity.columns)
        return replace(activity, columns=columns)

    catalogue = replace(CATALOGUE, activities=tuple(map(opened, CATALOGUE.activities)))
    sent = outgoing(SAMPLE.ledger, SAMPLE.verdict, catalogue, MADE)["heart_to_heart_talk"]
    own = SAMPLE.verdict.counted["heart_to_heart_talk"]
    assert [row["talkees"] for row in sent] == [row.get("talkees") for row in own]


def test_the_next_level_computes_the_same_figures_and_finds_nothing_wrong():
    from pyxl.core.totals import compute

    ledger = read_again()
    verdict = judge(ledger, UPWARD, SAMPLE.verdict.period, TODAY)
    above = {(figure.activity, figure.name): figure.value for figure in compute(verdict, UPWARD)}
    below = {(figure.activity, figure.name): figure.value for figure in SAMPLE.totals}
    assert {key: value for key, value in above.items() if key in below} == below
    assert above["各单位", "数量"] == 1
    assert [issue.code for issue in verdict.issues if issue.blocks] == []


def test_what_came_from_below_goes_on_as_it_came_by_way_of_the_unit():
    ledger = read_again()
    verdict = judge(ledger, UPWARD, SAMPLE.verdict.period, TODAY)
    upper = replace(ledger, cover={**ledger.cover, "unit": "云溪市档案馆党总支"})
    again = outgoing(upper, verdict, UPWARD, "2023-07-09T00:00:00Z")
    assert {key: [dict(row) for row in rows] for key, rows in again.items() if key != REGISTER} == {
        key: [dict(row) for row in rows] for key, rows in ROWS_SENT.items()
    }
    [line], [before] = again[REGISTER], SENT[REGISTER]
    assert dict(line) == {**before, "via": "云溪市档案馆党总支"}


@pytest.mark.parametrize("day", ["moved_out", "joined"])
def test_who_does_not_belong_to_the_branch_on_the_last_day_is_not_counted_above(day):
    from datetime import date

    changed = [dict(row) for row in ROWS["roster"]]
    changed[-1] |= {"moved_out": date(2023, 3, 1)} if day == "moved_out" else {"moved_in": date(2023, 12, 1)}
    found = written(rows={**ROWS, "roster": changed})
    sent = outgoing(found.ledger, found.verdict, CATALOGUE, MADE)["roster"]
    assert len(sent) == found.totals.get("党员名册", "党员人数").value == len(changed) - 1
