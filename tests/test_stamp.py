from __future__ import annotations

import os
import zipfile
from xml.etree import ElementTree as ET

import pytest

from pyxl.package import packed, unpacked
from pyxl.photos.decoding import SMALL
from pyxl.photos.looking import MOST_PHOTOS
from pyxl.stamp import is_untouched, stamped, with_stamp
from tests.archives import pack

PARTS = {
    "[Content_Types].xml": b'<Types><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": b"<Relationships></Relationships>",
    "word/document.xml": b"<a/>",
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(packed(stamped(PARTS, "slip")))
    return path


def test_what_we_wrote_is_ours_until_a_part_changes(path):
    assert is_untouched(path, "slip")
    assert not is_untouched(path, "report")
    for name in PARTS:
        parts = unpacked(packed(stamped(PARTS, "slip")))
        path.write_bytes(packed({**parts, name: parts[name] + b" "}))
        assert not is_untouched(path, "slip"), name
    path.write_bytes(packed({**stamped(PARTS, "slip"), "added.xml": b""}))
    assert not is_untouched(path, "slip")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text", packed(PARTS), packed(PARTS)[:-30]])
def test_anything_else_is_not(path, content):
    path.write_bytes(content)
    assert not is_untouched(path, "slip")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_one_surprises_nobody(path, method):
    whole = pack(unpacked(path.read_bytes()), method)
    path.write_bytes(whole)
    assert is_untouched(path, "slip") is (method == zipfile.ZIP_DEFLATED)
    for at in range(0, len(whole), 5):
        path.write_bytes(whole[:at] + bytes(byte ^ 0x5A for byte in whole[at : at + 8]) + whole[at + 8 :])
        assert is_untouched(path, "slip") in (True, False)


def test_neither_a_link_to_ours_nor_a_folder_nor_nothing_is(path, tmp_path):
    link = tmp_path / "b.docx"
    os.symlink(path, link)
    assert not is_untouched(link, "slip")
    assert not is_untouched(tmp_path, "slip")
    assert not is_untouched(tmp_path / "none", "slip")


def test_a_package_that_has_properties_already_cannot_be_stamped_twice():
    with pytest.raises(ValueError, match="times"):
        stamped({**PARTS, "_rels/.rels": b"<Relationships/>"}, "slip")


OTHERS = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    b' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="KSOProductBuildVer">'
    b"<vt:lpwstr>2052-11.1.0</vt:lpwstr></property></Properties>\n"
)


def test_a_whole_package_is_stamped_also_beside_the_properties_of_others(path):
    for parts in (PARTS, {**PARTS, "docProps/custom.xml": OTHERS}):
        path.write_bytes(with_stamp(packed(parts), "report"))
        assert is_untouched(path, "report")
        whole = unpacked(path.read_bytes())
        assert whole["docProps/custom.xml"].count(b'name="pyxl"') == 1
        path.write_bytes(packed({**whole, "word/document.xml": b"<a>changed</a>"}))
        assert not is_untouched(path, "report")
    told = ET.fromstring(whole["docProps/custom.xml"])
    assert [(each.get("name"), each.get("pid")) for each in told] == [
        ("KSOProductBuildVer", "7"), ("pyxl", "8"), ("digest", "9"),
    ]  # fmt: skip
    assert {each.tag for each in told} == {told.tag.replace("Properties", "property")}


def test_the_stamp_of_what_a_document_was_made_from_gives_way(path):
    for parts in (PARTS, {**PARTS, "docProps/custom.xml": OTHERS}):
        first = with_stamp(packed(parts), "annotated")
        path.write_bytes(with_stamp(packed({**unpacked(first), "word/document.xml": b"<b/>"}), "report"))
        assert (is_untouched(path, "report"), is_untouched(path, "annotated")) == (True, False)


@pytest.mark.parametrize(
    "package",
    [
        b"no package",
        packed({**PARTS, "_rels/.rels": b"<Relationships/>"}),
        packed({**PARTS, "docProps/custom.xml": b"<Properties/>"}),
        packed({**PARTS, "docProps/custom.xml": OTHERS.replace(b"KSOProductBuildVer", b"pyxl")}),
    ],
)
def test_what_leaves_no_room_for_a_stamp_stays_as_it_is(package):
    assert with_stamp(package, "report") == package


def test_a_document_with_as_many_photographs_as_there_may_be_is_still_ours(path):
    photos = {f"word/media/{number}.jpg": bytes(SMALL) for number in range(MOST_PHOTOS)}
    path.write_bytes(packed(stamped({**PARTS, **photos, "customXml/item1.xml": b"x" * 5_000_000}, "report")))
    assert is_untouched(path, "report")
