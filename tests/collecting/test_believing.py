"""A glance at the manifest never counts what a look at the rows would not, and a seal is found wherever it stands."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest

from pyxl.catalogue.model import Severity
from pyxl.collecting import receiving
from pyxl.core.travelling import rules_digest
from pyxl.excel.submitting.part import MANIFEST_PART
from pyxl.package import packed, unpacked
from tests.collecting.receivers import FAST, SLOW, codes
from tests.tampering import UPWARD, manifest_in, resaved, resealed, typed


def with_other_rules(**changes):
    """The catalogue, with other rules on the sheet 主题党日."""
    others = tuple(replace(each, **changes) if each.key == "theme_day" else each for each in UPWARD.activities)
    return replace(UPWARD, activities=others)


THEME_DAY = UPWARD.activity("theme_day")
STRICTER = with_other_rules(checks=tuple(replace(each, severity=Severity.ERROR) for each in THEME_DAY.checks))
NARROWER = with_other_rules(columns=tuple(each for each in THEME_DAY.columns if each.key != "topic"))


@pytest.fixture
def look(look):
    """What is received, without the pieces."""
    return lambda *file: look(*file)[0]


# ── by whose rules ──


def test_the_digest_of_the_rules_is_that_of_the_catalogue_and_of_nothing_else(good):
    assert manifest_in(good)["rules"] == rules_digest(UPWARD) == SLOW.rules
    assert len({rules_digest(each) for each in (UPWARD, STRICTER, NARROWER)}) == 3


@pytest.mark.parametrize("catalogue", [STRICTER, NARROWER], ids=["stricter", "narrower"])
def test_who_goes_by_other_rules_reads_the_rows_whatever_was_asked_for(look, good, catalogue):
    by_ours = replace(SLOW, catalogue=catalogue)
    glance = look(good, replace(by_ours, fast=True))
    assert glance == look(good, by_ours)
    assert glance.full or glance.reason


def test_so_does_who_has_another_program(look, good, monkeypatch):
    assert not look(good, FAST).full
    monkeypatch.setattr(receiving, "__version__", "9.9")
    assert look(good, FAST).full


def test_columns_of_another_catalogue_are_told_as_such(look, good):
    received = look(good, replace(SLOW, catalogue=NARROWER))
    assert (received.reason, received.params) == ("other_columns", {"columns": ["主题党日“主题”"]})


def test_a_column_that_somebody_has_typed_in_is_no_other_catalogue(look, good):
    def add(book):
        sheet = book["主题党日"]
        sheet.cell(3, sheet.max_column + 1).value = "自己的列"
        sheet.cell(4, sheet.max_column).value = "自己的话"

    received = look(resaved(good, add))
    assert received.reason == ""  # nothing that is sealed has changed


# ── how the file is packed ──


def stored_instead(content: bytes, part: str) -> bytes:
    """The same bytes, said to be packed in another way, with size and checksum to match."""
    import io
    import zipfile
    import zlib

    data = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entry = package.getinfo(part)
    start = entry.header_offset + 30 + len(part)
    raw = bytes(data[start : start + entry.compress_size])
    fields = struct.pack("<H", 0), struct.pack("<L", zlib.crc32(raw)), struct.pack("<L", len(raw))
    central = data.rindex(part.encode()) - 46
    for at, places in ((entry.header_offset, (8, 14, 22)), (central, (10, 16, 24))):
        for place, field in zip(places, fields, strict=True):
            data[at + place : at + place + len(field)] = field
    return bytes(data)


def test_what_reading_takes_for_damaged_is_not_believed_either(look, good):
    damaged = stored_instead(good, "xl/worksheets/sheet9.xml")
    slow, fast = look(damaged), look(damaged, FAST)
    assert slow.reason == fast.reason == "damaged_part"
    assert fast.params == slow.params


# ── where the manifest stands, and what the front says ──


def test_the_manifest_is_found_under_another_number(look, good):
    parts = unpacked(good)
    parts["customXml/item7.xml"] = parts.pop(MANIFEST_PART)
    parts["customXml/item1.xml"] = b"<other/>"
    relations = parts["xl/_rels/workbook.xml.rels"].replace(b"item1.xml", b"item7.xml")
    moved = look(packed({**parts, "xl/_rels/workbook.xml.rels": relations}))
    assert (moved.reason, codes(moved)) == ("", ["re_saved"])
    assert moved.identity == "ZB-0001"


def test_a_part_of_that_place_that_is_no_manifest_is_a_damaged_one(look, good):
    parts = {**unpacked(good), MANIFEST_PART: b"<other/>"}
    assert look(packed(parts)).reason == "seal_damaged"


@pytest.mark.parametrize(
    ("label", "text"),
    [("报送单位", "别的支部"), ("签名公钥指纹", "AAAA BBBB"), ("主题党日", "99"), ("截至", "2023-05-31")],
)
def test_what_the_front_says_otherwise_than_the_manifest_is_told(look, good, label, text):
    places = []

    def edit(book):
        sheet = book["上报封面"]
        cell = next(row[1] for row in sheet.iter_rows(min_row=4) if row[0].value and label in str(row[0].value))
        places.append((cell.coordinate, str(cell.value)))
        cell.value = text

    received = look(resaved(good, edit))
    [remark] = [each for each in received.remarks if each.code == "front_says"]
    cell, before = places[0]
    assert remark.params == {"cell": cell, "theirs": text, "ours": before}
    assert received.is_sound


def test_sheets_that_were_added_are_told_and_not_taken(look, good):
    received = look(resaved(good, lambda book: book.create_sheet("补充说明").append(["请看这里"])))
    assert [each.params for each in received.remarks if each.code == "more_sheets"] == [{"names": ["补充说明"]}]


def test_of_every_bad_file_a_glance_says_no_better_than_a_look(look, good):
    """Whatever full reading refuses, --fast refuses."""
    files = [
        resaved(good, typed("主题党日", "实到", 0, 3)),
        resealed(good, signed=False),
        resealed(good, lambda m: m.update(period="2023H9")),
        resealed(good, lambda m: m.update(units=[])),
        resealed(good, lambda m: m["units"][0]["facts"].update(unit="别的支部")),
        good[:5000],
    ]
    assert [bool(look(content).reason) for content in files] == [True] * len(files)
    assert [bool(look(content, FAST).reason) for content in files] == [True] * len(files)
