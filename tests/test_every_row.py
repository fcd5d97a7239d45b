"""Every number rests on rows: take any counted row of the sample away, and it shows; put it back, and it is as before."""

from __future__ import annotations

from typing import Any

import pytest

from pyxl.core.issue import Issue
from tests.books import FIRST_ROW
from tests.reports import CATALOGUE, ROWS, Written, written

SAMPLE = written()
COUNTED = [(key, row.row - FIRST_ROW) for key, rows in SAMPLE.verdict.counted.items() for row in rows]


def without(activity: str, place: int) -> dict[str, list[dict[str, Any]]]:
    """The sample's rows with one of them emptied: the others keep their places."""
    kept = [{} if number == place else row for number, row in enumerate(ROWS[activity])]
    return {**ROWS, activity: kept}


def values(found: Written) -> dict[tuple[str, str], object]:
    return {name: figure.value for name, figure in found.totals.by_name.items()}


def issues(found: Written) -> list[tuple[object, ...]]:
    return [_seen(each) for each in found.issues]


def _seen(found: Issue) -> tuple[object, ...]:
    return (found.code, found.severity, found.where, found.message)


def test_the_sample_counts_all_its_rows_but_those_set_aside_on_purpose() -> None:
    assert len(COUNTED) == SAMPLE.verdict.rows_counted
    assert SAMPLE.verdict.rows_read == sum(map(len, ROWS.values()))
    assert SAMPLE.verdict.erroneous == ()
    assert {row.reason for row in SAMPLE.verdict.excluded} == {"draft", "void", "outside_period"}


@pytest.mark.parametrize(("activity", "place"), COUNTED, ids=[f"{key}-{FIRST_ROW + place}" for key, place in COUNTED])
def test_no_counted_row_can_be_missed(activity: str, place: int) -> None:
    found = written(without(activity, place))
    label, ref = CATALOGUE.activity(activity).label, f"{CATALOGUE.activity(activity).label}!{FIRST_ROW + place}"
    assert values(found) != values(SAMPLE) or issues(found) != issues(SAMPLE)
    count = SAMPLE.totals.get(label, "次数").value
    assert isinstance(count, int)
    assert found.totals.get(label, "次数").value == count - 1
    assert not [figure for figure in found.totals if ref in figure.rows]
    assert found.verdict.rows_read == SAMPLE.verdict.rows_read - 1


@pytest.mark.parametrize("activity", [key for key, rows in ROWS.items() if rows])
def test_a_row_put_back_brings_everything_back(activity: str) -> None:
    emptied = without(activity, 0)
    assert values(written(emptied)) != values(SAMPLE)
    restored = {**emptied, activity: [ROWS[activity][0], *emptied[activity][1:]]}
    again = written(restored)
    assert again.totals == SAMPLE.totals
    assert again.narrative == SAMPLE.narrative
    assert issues(again) == issues(SAMPLE)


def test_a_row_that_does_not_count_changes_no_figure() -> None:
    """The control: taking away what was set aside is not seen in any figure."""
    places = {row.ref for row in SAMPLE.verdict.excluded}
    for key, rows in ROWS.items():
        label = CATALOGUE.activity(key).label
        for place in range(len(rows)):
            if f"{label}!{FIRST_ROW + place}" in places:
                found = written(without(key, place))
                assert values(found) == values(SAMPLE)
                assert found.text == SAMPLE.text


def test_every_row_of_every_figure_exists_and_every_counted_row_is_in_a_figure() -> None:
    there = {row.ref for row in SAMPLE.ledger.all_rows()}
    counted = {row.ref for rows in SAMPLE.verdict.counted.values() for row in rows}
    behind = {ref for figure in SAMPLE.totals for ref in figure.rows}
    assert behind <= there
    assert behind == counted


def test_every_figure_that_the_text_quotes_has_rows() -> None:
    quoted = [figure for paragraph in SAMPLE.narrative.paragraphs for figure in paragraph.figures if figure.value]
    assert quoted
    for figure in quoted:
        assert figure.rows, (figure.activity, figure.name)
