"""The sealed manifest as a part of the package: related, found again, and told from others."""

from __future__ import annotations

import base64

import pytest

from pyxl.excel.submitting.part import MANIFEST_PART, Seal, digests, package_of, sealed_part, with_place
from pyxl.package import CONTENT_TYPES, unpacked

SEALED = Seal(b'{"unit":"x"}', b"\1" * 32, b"\2" * 64)
BARE = {
    CONTENT_TYPES: b'<Types><Default Extension="xml" ContentType="application/xml"/></Types>',
    "xl/_rels/workbook.xml.rels": b"<Relationships></Relationships>",
    "xl/workbook.xml": b"<workbook/>",
}


def test_what_was_put_in_is_found_again():
    parts = unpacked(package_of(with_place(BARE), SEALED))
    assert sealed_part(parts[MANIFEST_PART]) == SEALED
    assert next(iter(parts)) == CONTENT_TYPES
    assert parts["xl/_rels/workbook.xml.rels"].count(f"../{MANIFEST_PART}".encode()) == 1


def test_every_part_but_its_own_has_a_digest():
    parts = with_place(BARE)
    found = digests(package_of(parts, SEALED))
    assert found == digests(package_of(parts))
    assert found.keys() == parts.keys()
    assert MANIFEST_PART not in found
    for name in parts:
        assert digests(package_of({**parts, name: parts[name] + b" "})) != found


def test_the_same_gives_the_same_bytes():
    assert package_of(with_place(BARE), SEALED) == package_of(with_place(BARE), SEALED)


def test_a_package_of_another_make_is_refused():
    with pytest.raises(ValueError, match="times"):
        with_place({**BARE, CONTENT_TYPES: b"<x:Types></x:Types>"})


def submission(inner: str, namespace: str = "urn:pyxl:submission:1") -> bytes:
    return f'<submission xmlns="{namespace}">{inner}</submission>'.encode()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<", b"<a/>", b"\xff\xfe\x00",
        submission("", "urn:other"),
        submission("<manifest>$$$</manifest>"),
        submission(f"<manifest>{base64.b64encode(b'x').decode()}=</manifest>"),
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + submission("<manifest>&b;</manifest>"),
        "<!DOCTYPE submission><submission/>".encode("utf-16"),
    ],
)  # fmt: skip
def test_what_is_not_ours_is_told(content):
    with pytest.raises(ValueError):
        sealed_part(content)
