"""The manifest and the digest: the same for the same content, another for anything else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyxl.core.submission import FORMAT, Manifest, UnitPart, content_digest, manifest_of, parts_of, rows_of
from pyxl.core.travelling import MADE, arrived, outgoing, travelling
from pyxl.core.units import judge_units
from pyxl.excel.parse import parse
from tests.books import raw_book
from tests.reports import CATALOGUE, written

UPWARD = travelling(CATALOGUE)
SAMPLE = written()
SENT = outgoing(SAMPLE.ledger, SAMPLE.verdict, CATALOGUE, "2023-07-03T09:15:00Z")
COVER = {field.key: SAMPLE.ledger.cover.get(field.key) for field in UPWARD.cover}
DIGEST = content_digest(COVER, SENT, UPWARD)
ARRIVED = arrived(COVER, SENT, UPWARD, SAMPLE.verdict.period)
UNITS = parts_of(judge_units(ARRIVED, UPWARD, SAMPLE.verdict.period, SAMPLE.verdict.as_of)[1], UPWARD)

MANIFEST = Manifest(
    code="ZB-01",
    unit="云溪市档案馆第一党支部",
    period="2023H1",
    as_of="2023-06-30",
    made="2023-07-03T09:15:00Z",
    catalogue=CATALOGUE.version,
    program="0.1.0",
    rules="0" * 64,
    rows={key: len(rows) for key, rows in SENT.items()},
    units=UNITS,
    content=DIGEST,
    parts={"xl/workbook.xml": "0" * 64},
)


def changed(activity: str, number: int, **values):
    rows = [dict(row) for row in SENT[activity]]
    rows[number] |= values
    return {**SENT, activity: rows}


def test_what_is_encoded_is_read_back_and_encoded_alike():
    assert manifest_of(MANIFEST.encoded()) == MANIFEST
    assert manifest_of(MANIFEST.encoded()).encoded() == MANIFEST.encoded()
    turned = replace(MANIFEST, rows=dict(reversed(MANIFEST.rows.items())))
    assert turned.encoded() == MANIFEST.encoded()


_shares = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(), st.lists, max_leaves=5
)


@given(st.dictionaries(st.text(), _shares), st.lists(st.text()))
def test_any_share_is_read_back(shares, gaps):
    manifest = replace(MANIFEST, units=(UnitPart({"unit": "甲"}, {"theme_day": 1}, shares, gaps),))
    assert manifest_of(manifest.encoded()) == manifest


def test_a_part_says_what_the_rows_come_to():
    [part] = UNITS
    assert (part.identity, part.name, part.made) == (COVER["code"], COVER["unit"], "2023-07-03T09:15:00Z")
    assert part.rows["theme_day"] == part.shares["theme_day.count"] == 6
    present, due = part.shares["group_study.attendance"]
    assert round(present / due, 4) == SAMPLE.totals.get("集中学习", "出勤率").value
    assert "units.count" not in part.shares


def test_a_unit_is_known_by_its_code_and_without_one_by_its_name():
    assert MANIFEST.identity == "ZB-01"
    assert replace(MANIFEST, code="").identity == "云溪市档案馆第一党支部"


def test_a_later_format_can_be_told():
    later = replace(MANIFEST, format=FORMAT + 1)
    assert manifest_of(later.encoded()).format == FORMAT + 1


DATA = json.loads(MANIFEST.encoded())


@pytest.mark.parametrize(
    "encoded",
    [
        b"", b"\xff\xfe", b"[]", b"3", b"null", b"{}", b"[" * 100_000,
        *(json.dumps({key: value for key, value in DATA.items() if key != left}).encode()
          for left in DATA if left != "format"),
        *(json.dumps({**DATA, key: wrong}).encode() for key, wrong in {
            "code": 7, "unit": None, "made": ["2023"], "rows": [1], "content": "abc", "parts": {"a": "b"},
            "units": [{"facts": "甲"}], "format": "1", "more": 1,
        }.items()),
        json.dumps({**DATA, "rows": {"theme_day": -1}}).encode(),
        json.dumps({**DATA, "rows": {"theme_day": True}}).encode(),
        *(json.dumps({**DATA, "units": [{**DATA["units"][0], key: wrong}]}).encode() for key, wrong in {
            "facts": [1], "rows": {"theme_day": "6"}, "shares": [], "gaps": [1], "more": 1,
        }.items()),
        json.dumps({**DATA, "units": 5}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_manifest_is_told(encoded):
    with pytest.raises(ValueError):
        manifest_of(encoded)


def test_content_that_was_written_and_read_has_the_same_digest():
    ledger = parse(raw_book(UPWARD, COVER, SENT), UPWARD)
    assert content_digest(ledger.cover, rows_of(ledger), UPWARD) == DIGEST


def test_blank_cells_and_empty_sheets_say_nothing():
    blank = {key: [{**row, "state": None, "remarks": ""} for row in rows] for key, rows in SENT.items()}
    bare = {key: [{k: v for k, v in row.items() if v is not None} for row in rows] for key, rows in blank.items()}
    assert content_digest(COVER, bare, UPWARD) == content_digest(COVER, blank, UPWARD)
    without = {key: rows for key, rows in SENT.items() if rows}
    assert content_digest(COVER, without, UPWARD) == DIGEST


def test_whole_numbers_are_the_same_however_a_cell_holds_them():
    assert content_digest(COVER, changed("theme_day", 0, present=16.0), UPWARD) == content_digest(
        COVER, changed("theme_day", 0, present=16), UPWARD
    )


@pytest.mark.parametrize("key", [key for key, rows in SENT.items() if rows])
def test_every_cell_of_every_row_counts(key):
    for number, row in enumerate(SENT[key]):
        for column, value in row.items():
            if value not in (None, "", ()) and column != MADE:
                assert content_digest(COVER, changed(key, number, **{column: _other(value)}), UPWARD) != DIGEST


def _other(value):
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case time():
            return time(23, 59)
        case date():
            return date(1999, 1, 1)
        case tuple():
            return (*value, "又一个")
        case _:
            return value + "。"


def test_the_order_of_rows_and_each_cover_field_count():
    rows = {**SENT, "theme_day": SENT["theme_day"][::-1]}
    assert content_digest(COVER, rows, UPWARD) != DIGEST
    for field in UPWARD.cover:
        if COVER[field.key] not in (None, ""):
            assert content_digest({**COVER, field.key: _other(COVER[field.key])}, SENT, UPWARD) != DIGEST
