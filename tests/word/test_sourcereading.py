"""Whatever the file is, whoever reads it gets what it rests on, or one sentence why not."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document

from pyxl.errors import DocumentError
from pyxl.word.sourcereading import read_sources
from tests.narratives import SAMPLE
from tests.sourced import provenance, report
from tests.word.documents import parts_of, rendered, written
from tests.word.test_sourcing import TEMPLATE

PACKAGE = rendered(report(SAMPLE), TEMPLATE)
PARTS = parts_of(PACKAGE)
ITEM = next(name for name, content in PARTS.items() if b"<provenance" in content)
PART = PARTS[ITEM].decode()


def refused(path: Path) -> str:
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DocumentError) as caught:
        read_sources(path)
    assert time.process_time() - began < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kilobytes
    assert path.name in caught.value.message
    assert caught.value.exit_code == 2
    return caught.value.code


def with_part(folder: Path, content: str | bytes, **others: bytes) -> Path:
    raw = content if isinstance(content, bytes) else content.encode()
    return written(folder / "总结.docx", {**PARTS, ITEM: raw, **others})


def test_what_was_written_is_what_is_read(tmp_path):
    found = read_sources(written(tmp_path / "总结.docx", PARTS))
    whole = provenance(SAMPLE)
    told = found.provenance
    assert (told.unit, told.period, told.ledger, told.digest) == (whole.unit, "2023H1", "台账.xlsx", whole.digest)
    assert (told.program, told.catalogue) == ("9.9", whole.catalogue)
    assert told.numbers.items() <= whole.numbers.items()
    assert told.rows.items() <= whole.rows.items()
    assert len(told.rows) > 30


MUTATIONS = {
    "cut short": (PART[: len(PART) // 2], "document_damaged"),
    "not XML": ("<<<", "document_damaged"),
    "empty": ("", "document_damaged"),
    "document type": (PART.replace("<provenance", '<!DOCTYPE x [<!ENTITY a "b">]><provenance', 1), "document_damaged"),
    "later format": (PART.replace('format="1"', 'format="2"', 1), "document_later"),
    "later namespace": (PART.replace("urn:pyxl:provenance:1", "urn:pyxl:provenance:7", 1), "document_later"),
    "format in words": (PART.replace('format="1"', 'format="one"', 1), "document_damaged"),
    "format zero": (PART.replace('format="1"', 'format="0"', 1), "document_damaged"),
    "format minus": (PART.replace('format="1"', 'format="-2"', 1), "document_damaged"),
    "no format": (PART.replace(' format="1"', "", 1), "document_damaged"),
    "no period": (PART.replace('period="2023H1"', 'period="neulich"', 1), "document_damaged"),
    "no digest": (PART.replace('digest="', 'digest="x', 1), "document_damaged"),
    "row of no number": (PART.replace(' row="4"', ' row="four"', 1), "document_damaged"),
    "row number without end": (PART.replace(' row="4"', f' row="{"9" * 5000}"', 1), "document_damaged"),
    "rows that are not there": (PART.replace('rows="1 ', 'rows="99999 ', 1), "document_damaged"),
    "element of no kind": (PART.replace("</provenance>", "<script/></provenance>"), "document_damaged"),
    "element elsewhere": (PART.replace("</provenance>", '<cell column="x">y</cell></provenance>'), "document_damaged"),
    "deeper and deeper": (PART.replace("</provenance>", "<row>" * 9 + "</row>" * 9 + "</provenance>"), "document_damaged"),
    "attribute missing": (PART.replace(' name="', ' nom="', 1), "document_damaged"),
    "somebody else's": ('<bibliography xmlns="urn:other"><deep><deeper/></deep></bibliography>', "document_without_sources"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_part_that_is_not_as_we_write_it_is_refused(name, tmp_path):
    content, code = MUTATIONS[name]
    assert content != PART, "the mutation changed nothing"
    assert refused(with_part(tmp_path, content)) == code


def test_a_part_that_swells_is_refused(tmp_path):
    assert refused(with_part(tmp_path, PART.replace("</provenance>", " " * 40_000_000 + "</provenance>"))) == (
        "document_too_large"
    )


def test_a_long_text_is_read_and_elements_without_end_are_refused(tmp_path):
    digest = "0" * 32
    long = f'<row id="x" sheet="{"长" * 3_000_000}" row="1" digest="{digest}"/>'
    began = time.process_time()
    found = read_sources(with_part(tmp_path, PART.replace("</provenance>", f"{long}</provenance>")))
    assert time.process_time() - began < 5
    assert max(map(len, found.provenance.rows)) > 3_000_000
    rows = "".join(f'<row id="x{n}" sheet="甲" row="{n}" digest="{digest}"/>' for n in range(200_000))
    assert refused(with_part(tmp_path, PART.replace("</provenance>", f"{rows}</provenance>"))) == "document_too_large"


@pytest.mark.parametrize("lost", ["[relation]", "[item]"])
def test_a_document_that_was_saved_without_its_part_says_so(lost, tmp_path):
    parts = dict(PARTS)
    if lost == "[item]":
        del parts[ITEM]
    else:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"relationships/customXml", b"relationships/other")
    assert refused(written(tmp_path / "总结.docx", parts)) == "document_without_sources"


def test_a_document_of_other_making_says_so(tmp_path):
    path = tmp_path / "别的.docx"
    Document().save(str(path))
    assert refused(path) == "document_without_sources"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document_not_word"),
        (b"hello", "document_not_word"),
        (b"\xd0\xcf\x11\xe0 old", "document_old_format"),
        (b"PK\x03\x04 and nothing", "document_damaged"),
        (PACKAGE[: len(PACKAGE) // 2], "document_damaged"),
    ],
)
def test_what_is_no_document_says_what_it_is(content, code, tmp_path):
    path = tmp_path / "总结.docx"
    path.write_bytes(content)
    assert refused(path) == code


def test_missing_files_and_folders_are_told_apart(tmp_path):
    assert refused(tmp_path / "没有.docx") == "document_missing"
    (tmp_path / "夹.docx").mkdir()
    assert refused(tmp_path / "夹.docx") == "document_is_folder"


def test_packages_of_no_document_are_refused(tmp_path):
    none = {name: part for name, part in PARTS.items() if name != "_rels/.rels"}
    assert refused(written(tmp_path / "甲.docx", none)) == "document_damaged"
    path = tmp_path / "乙.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(6000):
            archive.writestr(str(number), b"")
    assert refused(path) == "document_too_large"


def test_a_part_that_lies_about_its_size_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, ITEM: b" " * 60_000_000}.items():
            archive.writestr(name, content)
    raw = buffer.getvalue().replace((60_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path = tmp_path / "总结.docx"
    path.write_bytes(raw)
    assert refused(path) in {"document_damaged", "document_too_large"}


def test_a_relation_that_leads_out_of_the_package_leads_nowhere(tmp_path):
    name = "word/_rels/document.xml.rels"
    for target in ("../../../../etc/passwd", "file:///etc/passwd", "/customXml/%2e%2e/item1.xml", ""):
        rels = PARTS[name].replace(f'Target="../{ITEM}"'.encode(), f'Target="{target}"'.encode())
        assert rels != PARTS[name]
        assert refused(written(tmp_path / "总结.docx", {**PARTS, name: rels})) == "document_without_sources"
