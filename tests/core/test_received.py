"""What is known of a file survives being written down."""

from __future__ import annotations

import json

import pytest

from pyxl.core.received import Complaint, Received, Remark, decoded, encoded
from pyxl.core.submission import UnitPart

PART = UnitPart(
    facts={"code": "ZB-1", "unit": "甲", "committee_size": 5, "has_groups": True},
    rows={"theme_day": 3},
    shares={"a.count": 3, "a.rate": [3, 4], "a.list": [["2023-01-05", ["甲", 2]]], "a.none": None},
    gaps=["支委会缺2月"],
)
WHOLE = Received(
    file="好\ud800.xlsx",
    digest="d" * 64,
    reason="kind_text",
    params={"encoding": "GBK", "file": "a"},
    identity="ZB-1",
    unit="甲",
    period="2023H1",
    as_of="2023-06-30",
    made="2023-07-01T00:00:00Z",
    catalogue="2023.1",
    program="0.1",
    content="c" * 64,
    key="0" * 64,
    units=(PART, PART),
    remarks=(Remark("front_differs", {"cell": "F4", "theirs": "9", "ours": "8"}),),
    complaints=(Complaint("error", "主题党日", "C4", "9", "m", "h", "主题党日!9"),),
    full=False,
)


@pytest.mark.parametrize("received", [Received("a.xlsx", ""), WHOLE])
def test_it_is_read_back_as_it_was(received):
    again = decoded(encoded(received))
    assert again == received
    assert encoded(again) == encoded(received)
    assert [type(each) for each in again.remarks + again.complaints] == [
        type(each) for each in received.remarks + received.complaints
    ]


def test_the_bytes_are_plain_json():
    assert json.loads(encoded(WHOLE).decode("utf-8", "surrogatepass"))["units"][0]["rows"] == {"theme_day": 3}


@pytest.mark.parametrize("data", [b"", b"1", b"[]", b"{}", b"\xff", b'{"units": [1], "remarks": [], "complaints": []}'])
def test_anything_else_is_refused(data):
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        decoded(data)


def test_a_file_without_a_reason_is_sound():
    assert Received("a.xlsx", "").is_sound
    assert not WHOLE.is_sound
