from __future__ import annotations

import os

import pytest

from pyxl.package import packed, unpacked
from pyxl.stamp import is_untouched, stamped

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


def test_neither_a_link_to_ours_nor_a_folder_nor_nothing_is(path, tmp_path):
    link = tmp_path / "b.docx"
    os.symlink(path, link)
    assert not is_untouched(link, "slip")
    assert not is_untouched(tmp_path, "slip")
    assert not is_untouched(tmp_path / "none", "slip")


def test_a_package_that_has_properties_already_cannot_be_stamped_twice():
    with pytest.raises(ValueError, match="times"):
        stamped({**PARTS, "_rels/.rels": b"<Relationships/>"}, "slip")
