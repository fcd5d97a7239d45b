"""Which files can be a template, and what is said of those that cannot."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile

import pytest

from pyxl.errors import TemplateError
from pyxl.package import packed, unpacked
from pyxl.word.archive import read_archive
from tests.word.documents import OURS, our_template, parts_of, written


def refused(path):
    with pytest.raises(TemplateError) as caught:
        read_archive(path)
    assert caught.value.exit_code == 2
    assert path.name in caught.value.message
    assert caught.value.hint
    return caught.value.code


def a_file(folder, content, name="x.docx"):
    path = folder / name
    path.write_bytes(content)
    return path


def test_our_own_template_is_read(tmp_path):
    archive = read_archive(our_template(tmp_path))
    assert archive.kinds["word/document.xml"] == "main"
    assert archive.package == OURS
    assert archive.parts == parts_of(OURS)


def test_a_file_that_is_not_there(tmp_path):
    assert refused(tmp_path / "x.docx") == "template_missing"


def test_a_folder(tmp_path):
    assert refused(tmp_path) == "template_is_folder"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "template_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "template_old_format"),
        ("甲,乙\n".encode("gbk"), "template_not_word"),
        (b"{\\rtf1", "template_not_word"),
        (b"PK\x03\x04", "template_damaged"),
        (OURS[: len(OURS) * 2 // 3], "template_damaged"),
        (OURS[:300] + bytes(b ^ 0x55 for b in OURS[300:400]) + OURS[400:], "template_damaged"),
    ],
)
def test_a_file_of_another_kind_or_damaged(tmp_path, content, code):
    assert refused(a_file(tmp_path, content)) == code


def test_every_flipped_stretch_is_noticed(tmp_path):
    """Either the file is refused, or every part reads exactly as before."""
    for start in range(0, len(OURS) - 40, 97):
        content = OURS[:start] + bytes(b ^ 0xFF for b in OURS[start : start + 40]) + OURS[start + 40 :]
        path, codes = a_file(tmp_path, content), set()
        try:
            archive = read_archive(path)
        except TemplateError as error:
            codes.add(error.code)
        else:
            assert set(archive.parts.values()) <= set(parts_of(OURS).values())
        assert codes <= {"template_damaged", "template_not_word", "template_too_large"}


def test_a_workbook(tmp_path):
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet()
    assert refused(a_file(tmp_path, buffer.getvalue(), "台账.xlsx")) == "template_is_excel"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"wordprocessingml.document.main", b"wordprocessingml.template.main", "template_other_kind"),
        (
            b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
            b"vnd.ms-word.document.macroEnabled.main",
            "template_other_kind",
        ),
        (b"wordprocessingml.document.main", b"presentationml.presentation.main", "template_not_word"),
    ],
)
def test_other_kinds_of_office_files(tmp_path, old, new, code):
    parts = parts_of(OURS)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(old, new)
    assert refused(written(tmp_path / "x.docx", parts)) == code


def test_macros_in_a_plain_document(tmp_path):
    parts = parts_of(OURS)
    override = b'<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    assert refused(written(tmp_path / "x.docx", parts)) == "template_other_kind"


def test_strict_open_xml(tmp_path):
    parts = parts_of(OURS)
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
    )
    assert refused(written(tmp_path / "x.docx", parts)) == "template_other_kind"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels"])
def test_a_missing_part(tmp_path, part):
    parts = parts_of(OURS)
    parts.pop(part)
    assert refused(written(tmp_path / "x.docx", parts)) == "template_damaged"


def test_a_document_type_is_refused_and_nothing_is_fetched(tmp_path):
    secret = a_file(tmp_path, b"secret", "secret.txt")
    parts = parts_of(OURS)
    parts["word/document.xml"] = (
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
        + parts["word/document.xml"].split(b"?>", 1)[1]
    )
    assert refused(written(tmp_path / "x.docx", parts)) == "template_damaged"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(300_000_000))
    tracemalloc.start()
    try:
        assert refused(path) == "template_too_large"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(50_000_000))
    content = bytearray(path.read_bytes())
    for position in (content.find(b"PK\x03\x04") + 22, content.find(b"PK\x01\x02") + 24):
        content[position : position + 4] = struct.pack("<I", 1000)
    assert refused(a_file(tmp_path, bytes(content))) == "template_damaged"


def test_many_entries_are_refused(tmp_path):
    parts = parts_of(OURS) | {f"x{number}": b"" for number in range(1001)}
    assert refused(written(tmp_path / "x.docx", parts)) == "template_too_large"


def test_a_name_that_stands_twice_is_refused(tmp_path):
    path = our_template(tmp_path)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    assert refused(path) == "template_damaged"


def test_packing_again_changes_nothing():
    assert packed(unpacked(OURS)) == OURS
    assert parts_of(packed(unpacked(OURS))) == parts_of(OURS)
