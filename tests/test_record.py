from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from functools import cached_property

from pyxl.record import record


@record
class Point:
    """A record with a default, and a field that does not count."""

    x: int
    y: str = "a"
    notes: Mapping[str, int] = field(default_factory=dict, compare=False)

    @cached_property
    def double(self) -> int:
        return self.x * 2


@record
class Other:
    """The same fields under another name."""

    x: int
    y: str = "a"


def test_records_are_equal_by_the_fields_that_count():
    assert Point(1, notes={"n": 1}) == Point(1)
    assert Point(1) != Point(2)
    assert Point(1) != Other(1)


def test_equal_records_have_one_hash():
    assert {Point(1), Point(1, notes={"n": 1}), Point(1, "b")} == {Point(1), Point(1, "b")}


def test_a_record_prints_as_it_is_made():
    assert repr(Point(1, "b")) == "Point(x=1, y='b', notes={})"


def test_what_dataclasses_offers_works_on_records():
    changed = replace(Point(1), y="c")
    assert (changed.x, changed.y, changed.double) == (1, "c", 2)
    assert [each.name for each in fields(changed)] == ["x", "y", "notes"]


def test_records_match_by_place():
    match Point(3, "z"):
        case Point(x, y):
            assert (x, y) == (3, "z")
