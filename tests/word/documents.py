"""Templates and reports for the tests of pyxl.word, and how a document is read back."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from hypothesis import strategies as st
from lxml import etree

from pyxl.core.document import Block, Report, SourceLine
from pyxl.core.language import Known
from pyxl.word.build_template import template_bytes
from pyxl.word.report import render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNIT = "示例公司机关党支部"
OURS = template_bytes()
UPPER = template_bytes("upper")  # of reports on many units
RECORD = template_bytes("record")  # of forms

SOURCES = (
    SourceLine("主题党日", "次数", "6次", "主题党日!4、主题党日!5"),
    SourceLine("党课", "专题党课题目", "甲；乙", "党课!4"),
)
# What XML can hold of a text on one line.
LEGAL = st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, range(32))) + "\ufffe\uffff")
FIELDS = {
    "主题党日": {"次数": 6, "出勤率": 0.95, "主题清单": ("甲", "乙"), "缺会月份": ()},
    "党课": {"次数": 2},
    "单位": {"名称": UNIT},
}


def a_report(*texts: str, **changes: Any) -> Report:
    """A report of body paragraphs, everything else filled in."""
    values: dict[str, Any] = {
        "title": "2023年上半年工作总结",
        "unit": UNIT,
        "date_text": "2023年6月30日",
        "blocks": tuple(Block("body", text) for text in texts),
        "fields": FIELDS,
    }
    return Report(**(values | changes))


def rendered(report: Report, template: Path, known: Known | None = None) -> bytes:
    """The document that comes of it."""
    with tempfile.TemporaryDirectory() as folder:
        render(report, template, Path(folder) / "成文.docx", known)
        return (Path(folder) / "成文.docx").read_bytes()


def our_template(folder: Path) -> Path:
    """The template that comes with the program."""
    path = folder / "模板.docx"
    path.write_bytes(OURS)
    return path


def a_template(folder: Path, *paragraphs: str, header: str = "", cells: tuple[str, ...] = ()) -> Path:
    """A template as a committee might write one in Word."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        row = document.add_table(1, len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    path = folder / "自备模板.docx"
    document.save(str(path))
    return path


def edited(path: Path, edit: Callable[[str], str], part: str = "word/document.xml") -> Path:
    """The same file with the XML of one part changed."""
    parts = parts_of(path.read_bytes())
    changed = edit(parts[part].decode())
    assert changed != parts[part].decode(), "the edit changed nothing"
    return written(path, parts | {part: changed.encode()})


def written(path: Path, parts: dict[str, bytes]) -> Path:
    """A package of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(package: bytes) -> dict[str, bytes]:
    """Name → content of everything in a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(package: bytes, part: str = "word/document.xml") -> etree._Element:
    """One part, parsed without mercy."""
    return etree.fromstring(parts_of(package)[part])


def texts(package: bytes) -> list[str]:
    """The body's paragraphs as Word shows them: breaks are newlines, tabs are tabs."""
    return [paragraph.text for paragraph in Document(io.BytesIO(package)).paragraphs]


def styled(package: bytes) -> list[tuple[str, str]]:
    """The body's paragraphs with the names of their styles."""
    return [(paragraph.style.name, paragraph.text) for paragraph in Document(io.BytesIO(package)).paragraphs]
