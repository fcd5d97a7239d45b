"""Nothing in a submission is believed but what its rows and its seal bear out, whoever has touched it."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from pyxl.core.consolidation import totals_of
from pyxl.core.submission import FORMAT
from pyxl.core.telling import remark_text
from pyxl.excel.submitting.part import MANIFEST_PART, package_of, sealed_part
from pyxl.package import unpacked
from pyxl.sealing.keys import public_bytes, unit_key
from tests.archives import pack
from tests.collecting.receivers import FAST, SLOW, codes
from tests.submissions import sealed
from tests.tampering import UPWARD, manifest_in, resaved, resealed, typed, with_manifest_of, without_seal


def cell(sheet: str, at: str, value):
    return lambda book: book[sheet].__setitem__(at, value)


def test_a_submission_is_known_by_what_its_manifest_says_and_counts_by_its_rows(look, good):
    received, pieces = look(good)
    manifest = manifest_in(good)
    assert received.is_sound
    assert (received.identity, received.unit, received.period) == ("ZB-0001", "云溪市第1党支部", "2023H1")
    assert (received.as_of, received.made, received.content) == ("2023-06-30", manifest["made"], manifest["content"])
    assert received.key == public_bytes(unit_key("ZB-0001")).hex()
    assert [unit.rows for unit in received.units] == [{k: n for k, n in manifest["rows"].items() if k != "units" and n}]
    assert (received.remarks, received.full) == ((), True)
    assert [set(each) for each in pieces] == [set(received.units[0].rows)]
    assert {key: each.rows for key, each in pieces[0].items()} == received.units[0].rows


def test_fast_believes_what_nobody_has_touched_and_reads_no_rows(look, good):
    slow, (received, pieces) = look(good)[0], look(good, FAST)
    assert received == replace(slow, full=False, complaints=())
    assert pieces == []


@pytest.mark.parametrize("receiver", [SLOW, FAST], ids=["slow", "fast"])
def test_saved_again_it_is_read_and_is_still_the_same(look, good, receiver):
    received, pieces = look(resaved(good), receiver)
    assert received.is_sound
    assert (codes(received), received.full, len(pieces)) == (["re_saved"], True, 1)
    assert received.units == look(good)[0].units


def added_row(book: openpyxl.Workbook) -> None:
    sheet = book["主题党日"]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(sheet.max_row if column > 1 else sheet.max_row + 1, column).value = sheet.cell(4, column).value


CHANGES = {
    "a number": typed("主题党日", "实到", 0, 3),
    "a date": typed("主题党日", "日期", 0, datetime(2023, 2, 1)),
    "a text": typed("主题党日", "主题", 0, "别的主题"),
    "the unit of a row": typed("主题党日", "报送单位", 0, "别的支部"),
    "where a row came from": typed("主题党日", "来源行", 0, "主题党日!99"),
    "a row added": added_row,
    "a row deleted": lambda book: book["主题党日"].delete_rows(4),
    "a sheet deleted": lambda book: book.remove(book["主题党日"]),
    "a value made a formula": typed("主题党日", "实到", 0, "=1+1"),
    "the cover's period": cell("基本信息", "B7", "第一季度"),
    "the cover's last day": cell("基本信息", "B8", datetime(2023, 6, 1)),
    "the cover's unit": cell("基本信息", "B4", "别的支部"),
    "when it was made": typed("各单位", "上报时间", 0, "2029-07-01T00:00:00Z"),
    "what the unit says of itself": typed("各单位", "委员人数", 0, 3),
}


@pytest.mark.parametrize("receiver", [SLOW, FAST], ids=["slow", "fast"])
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_under_the_seal_is_found(look, good, change, receiver):
    received, pieces = look(resaved(good, CHANGES[change]), receiver)
    assert (received.reason, received.identity, received.units, pieces) == ("content_changed", "ZB-0001", (), [])


ADDITIONS = {
    "a far corner": cell("主题党日", "XFD1048576", 2),
    "a last row": cell("主题党日", "A1048576", 2),
    "beside the table": cell("主题党日", "AZ4", "=1+1"),
    "another sheet": lambda book: book.create_sheet("恶意"),
    "a hidden row": lambda book: setattr(book["主题党日"].row_dimensions[4], "hidden", True),
}


@pytest.mark.parametrize("addition", ADDITIONS)
def test_what_is_added_beside_the_content_changes_nothing(look, good, addition):
    received, _ = look(resaved(good, ADDITIONS[addition]))
    assert received.is_sound
    assert "re_saved" in codes(received)
    assert received.units == look(good)[0].units


def test_figures_typed_over_on_the_front_are_told_and_no_longer_than_anyone_reads(look, good):
    received, _ = look(resaved(good, lambda book: book["上报封面"].__setitem__("F6", "很多" * 9000)))
    [remark, _] = received.remarks
    assert (remark.code, remark.params["cell"], len(remark.params["theirs"])) == ("front_differs", "F6", 100)
    assert remark.params["ours"]


# ── other programs, and modified ones ──


def test_a_seal_that_was_lost_is_told_apart_from_a_ledger(look, good):
    received, _ = look(without_seal(good))
    assert received.reason == "seal_missing"


def test_another_units_manifest_is_no_seal(look, good):
    other = sealed(2).content
    received, _ = look(with_manifest_of(other, good))
    assert (received.reason, received.params) == (
        "manifest_of_other", {"other": "云溪市第1党支部", "unit": "云溪市第2党支部"},
    )  # fmt: skip
    assert (received.identity, received.unit) == ("", "云溪市第2党支部")


def test_nobody_speaks_for_another_unit_with_his_own_key(look, good):
    """Content and seal are those of unit 2, but its line says that it is unit 1."""
    content = sealed(2).content
    for column, value in (("单位编码", "ZB-0001"), ("单位名称", "云溪市第1党支部")):
        content = resaved(content, typed("各单位", column, 0, value))
    for receiver in (SLOW, FAST):
        received, _ = look(resealed(content, lambda m: m["units"][0]["facts"].update(code="ZB-0001")), receiver)
        assert (received.reason, received.identity) == ("manifest_of_other", "")


@pytest.mark.parametrize("receiver", [SLOW, FAST], ids=["slow", "fast"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("made", "9999"), ("made", ""), ("as_of", "2023-02-30"), ("as_of", "2022-12-31"), ("period", "2023h1"),
        ("period", "明年"), ("unit", "\ud800"), ("unit", ""), ("unit", "甲\x00"), ("unit", "甲" * 501),
        ("program", "9\n9"), ("catalogue", "旧"), ("catalogue", "9" * 5000), ("code", 7), ("rows", {"theme_day": -1}),
        ("units", 5), ("units", [[]]), ("content", "x"), ("parts", {"a": "b"}), ("format", "1"),
    ],
)  # fmt: skip
def test_a_manifest_that_no_program_of_ours_makes_is_damaged_however_well_it_is_sealed(
    look, good, field, value, receiver
):
    received, _ = look(resealed(good, lambda manifest: manifest.update({field: value}), by="ZB-0001"), receiver)
    assert (received.reason, received.identity) == ("seal_damaged", "")


SHARES = ("theme_day.count", "theme_day.studied", "theme_day.months_without", "theme_day.rate")


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize("value", ["多", {}, True, [1], [["2023-01-01"]], [["明天", []]], -0.5, float("inf"), [[]]])
def test_shares_that_cannot_be_added_up_stop_nobody(look, good, name, value):
    content = resealed(good, lambda manifest: manifest["units"][0]["shares"].update({name: value}))
    for receiver in (SLOW, FAST):
        received, _ = look(content, receiver)
        if received.is_sound:  # then whoever adds them up can
            totals_of(received.units * 2, UPWARD)
        else:
            assert received.reason == "seal_damaged"


@pytest.mark.parametrize(
    "change",
    [
        {"period": "2023Q2"}, {"as_of": "2023-05-30"}, {"unit": "别名"}, {"units": []},
    ],
)  # fmt: skip
def test_a_manifest_that_speaks_of_something_else_than_the_rows_is_found(look, good, change):
    received, _ = look(resealed(good, lambda manifest: manifest.update(change)))
    assert received.reason == "content_changed"


def test_wrong_figures_under_a_valid_seal_are_told_and_the_rows_count(look, good):
    def change(manifest) -> None:
        manifest["units"][0]["shares"]["theme_day.count"] = 99

    received, _ = look(resealed(good, change))
    [remark] = received.remarks
    assert remark_text(remark) == "清单里“主题党日.次数”是 99次，按各行重算是 5次，以重算的为准"
    assert received.units[0].shares["theme_day.count"] == 5


def test_errors_that_a_modified_program_has_let_through_are_found_cell_by_cell(look, good):
    wrong = resealed(resaved(good, typed("主题党日", "实到", 0, 400)))
    received, pieces = look(wrong)
    assert (received.reason, received.params, received.identity, pieces) == ("has_errors", {"count": 1}, "ZB-0001", [])
    [error] = [each for each in received.complaints if each.severity == "error"]
    assert (error.sheet, error.found) == ("主题党日", "400")
    assert error.origin.startswith("主题党日!")


@pytest.mark.parametrize("field", ["manifest", "key", "signature"])
def test_a_flipped_bit_in_the_seal_breaks_it(look, good, field):
    seal = sealed_part(unpacked(good)[MANIFEST_PART])
    content = getattr(seal, field)
    at = content.index(b"theme_day") if field == "manifest" else 5
    flipped = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    parts = {name: part for name, part in unpacked(good).items() if name != MANIFEST_PART}
    received, _ = look(package_of(parts, replace(seal, **{field: flipped})))
    assert received.reason == "seal_broken"


@pytest.mark.parametrize(
    "part",
    [
        b"", b"<x/>", b"<submission/>", b"\xff", b"<submission xmlns='urn:pyxl:submission:1'><manifest>!</manifest></submission>",
        b"<?xml version='1.0'?>" + b"<a>" * 300_000 + b"</a>" * 300_000,
    ],
)  # fmt: skip
def test_where_the_manifest_should_be_there_may_be_anything(look, good, part):
    received, _ = look(pack({**unpacked(good), MANIFEST_PART: part}))
    assert received.reason == "seal_damaged"


@pytest.mark.parametrize("manifest", [b"[" * 300_000, b'{"format": 1, "units": ' + b"[" * 99_999, b"{}", b"1", b"\xff"])
def test_a_manifest_may_be_anything(look, good, manifest):
    part = b"<submission xmlns='urn:pyxl:submission:1'><manifest>%s</manifest></submission>" % base64.b64encode(
        manifest
    )
    received, _ = look(pack({**unpacked(good), MANIFEST_PART: part}))
    assert received.reason == "seal_damaged"


# ── versions ──


def test_of_a_later_catalogue_it_is_told_whose_it_is_and_no_more(look, good):
    received, _ = look(resealed(good, lambda manifest: manifest.update(catalogue="2999.1")))
    assert (received.reason, received.params) == ("made_by_newer", {"theirs": "2999.1", "ours": UPWARD.version})
    assert (received.identity, received.unit, received.units) == ("ZB-0001", "云溪市第1党支部", ())


def test_of_a_later_format_nothing_is_relied_on(look, good):
    def change(manifest) -> None:
        manifest.update(format=FORMAT + 1, catalogue="2999.1", units={"otherwise": 1})

    received, _ = look(resealed(good, change))
    assert (received.reason, received.params["theirs"], received.identity) == ("made_by_newer", "2999.1", "")


def test_an_older_catalogue_counts_and_is_told(look, good):
    received, _ = look(resealed(good, lambda manifest: manifest.update(catalogue="2001.1")))
    assert received.is_sound
    assert [remark_text(remark) for remark in received.remarks] == [
        f"由较旧的活动目录 2001.1 生成，这里是 {UPWARD.version}",
        f"上报封面 B9 写的是“{UPWARD.version}”，签了名的清单里是“2001.1”，以清单为准",
    ]


# ── what a submission never has ──


@pytest.mark.parametrize("receiver", [SLOW, FAST], ids=["slow", "fast"])
@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("xl/vbaProject.bin", "has_macros"), ("XL/VBAPROJECT.BIN", "has_macros"),
        ("xl/externalLinks/externalLink1.xml", "has_links"), ("xl/connections.xml", "has_links"),
    ],
)  # fmt: skip
def test_company_is_refused_however_well_it_is_sealed(look, good, part, reason, receiver):
    received, _ = look(resealed(good, parts={part: b"<x/>"}), receiver)
    assert (received.reason, received.identity) == (reason, "ZB-0001")


def test_macros_are_worse_than_a_broken_seal(look, good):
    received, _ = look(resealed(good, parts={"xl/vbaProject.bin": b"x"}, signed=False))
    assert (received.reason, received.identity) == ("has_macros", "")


# ── other days ──


def test_what_is_found_does_not_depend_on_the_day(look):
    late = sealed(1, moment=datetime(2030, 1, 1, tzinfo=UTC), as_of=date(2023, 6, 30)).content
    assert look(late)[0].is_sound
