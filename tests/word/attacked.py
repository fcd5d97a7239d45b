"""The cases that tests.word.limited runs: an attack in each place where other people's text comes in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document

from pyxl.actions.templates import check_template
from pyxl.core.summary import summarise
from pyxl.word.sourcereading import read_sources
from tests.reports import CATALOGUE, ROWS, sheet_wording, written
from tests.word.attacks import HARMLESS, PAYLOADS
from tests.word.bombs import documents as documents_that_unpack
from tests.word.bombs import templates as templates_that_unpack
from tests.word.documents import a_report, a_template, parts_of, rendered, texts
from tests.word.documents import written as packed
from tests.word.limited import Case

TEXT_KINDS = ("text", "longtext", "items", "person", "people", "choice", "choices", "month")
MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def payloads(folder: Path, *, harmless: bool = False) -> dict[str, str]:
    """With the file that an attack which succeeds would make."""
    chosen = HARMLESS if harmless else PAYLOADS
    return {name: text.replace("{canary}", str(folder / "canary")) for name, text in chosen.items()}


def _all(folder: Path) -> dict[str, str]:
    return payloads(folder) | payloads(folder, harmless=True)


# ---------------------------------------------------------------------------------- in templates


def templates(folder: Path) -> Iterator[Case]:
    """An attack in the body, in a header and in a row of a table."""
    for name, attack in payloads(folder).items():
        for place, words in (("body", {}), ("header", {"header": attack}), ("table", {"cells": ("甲", attack)})):
            paragraphs = ("前文", attack) if place == "body" else ("前文",)
            yield f"{name}, {place}", _filling(a_template(folder, *paragraphs, **words).read_bytes(), folder)


def harmless_templates(folder: Path) -> Iterator[Case]:
    """What is no instruction is printed as it is."""
    for name, text in payloads(folder, harmless=True).items():
        yield name, _filling(a_template(folder, text).read_bytes(), folder)


def properties(folder: Path) -> Iterator[Case]:
    """An attack in what a document says of itself."""
    for name, attack in _all(folder).items():
        path = a_template(folder, "{{ 标题 }}")
        document = Document(str(path))
        own = document.core_properties
        own.title = own.author = own.subject = own.keywords = own.comments = own.category = attack[:255]
        document.save(str(path))
        yield name, _filling(path.read_bytes(), folder)


def _filling(template: bytes, folder: Path, **changes: Any):
    def fill() -> list[str]:
        path = folder / "攻击.docx"
        path.write_bytes(template)
        return texts(rendered(a_report("正文一", **changes), path))

    return fill


def packages(folder: Path) -> Iterator[Case]:
    """Bombs, and files that want to fetch something."""
    plain = parts_of(a_template(folder, "{{ 标题 }}").read_bytes())
    for name, parts in _changed(plain).items():
        yield name, _filling(packed(folder / "包.docx", parts).read_bytes(), folder)
    yield "zip bomb", _filling(_zip_bomb(plain), folder)
    yield "zip bomb in a picture", _filling(_zip_bomb(plain, "word/media/image1.png", 2_000_000_000), folder)
    yield (
        "many parts",
        _filling(packed(folder / "包.docx", plain | {f"x/{n}.xml": b"<x/>" for n in range(5000)}).read_bytes(), folder),
    )


def bombs(folder: Path) -> Iterator[Case]:
    """What takes long to go through, filled."""
    for name, path in templates_that_unpack(folder):
        yield name, lambda path=path: len(rendered(a_report("正文一"), path))


def checked_bombs(folder: Path) -> Iterator[Case]:
    """The same, checked."""
    for name, path in templates_that_unpack(folder):
        yield name, lambda path=path: [each.line[:200] for each in check_template(path).problems]


def explained_bombs(folder: Path) -> Iterator[Case]:
    """The same for who asks what a document rests on."""
    for name, path in documents_that_unpack(folder):
        yield name, lambda path=path: str(read_sources(path))[:200]


def _changed(plain: dict[str, bytes]) -> dict[str, dict[str, bytes]]:
    main = plain[MAIN]
    declared = main.replace(b"<w:document", b"<!DOCTYPE x [%s]><w:document", 1)
    laughs = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"x") for n in range(12))
    bombs = {
        "billion laughs": declared.replace(b"%s", laughs, 1).replace("{{ 标题 }}".encode(), b"&a11;"),
        "quadratic entity": declared.replace(b"%s", b'<!ENTITY a "' + b"x" * 100_000 + b'">', 1).replace(
            "{{ 标题 }}".encode(), b"&a;" * 20_000
        ),
        "external entity": declared.replace(b"%s", b'<!ENTITY a SYSTEM "file:///etc/passwd">', 1).replace(
            "{{ 标题 }}".encode(), b"&a;"
        ),
        "external document type": main.replace(
            b"<w:document", b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x"><w:document', 1
        ),
        "deep elements": main.replace(b"<w:sectPr", b"<w:sdt>" * 20_000 + b"</w:sdt>" * 20_000 + b"<w:sectPr", 1),
    }
    changed = {name: plain | {MAIN: text} for name, text in bombs.items()}
    for kind in ("image", "oleObject", "frame", "subDocument", "attachedTemplate", "aFChunk", "hyperlink"):
        link = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
        changed[f"external {kind}"] = plain | {
            RELATIONS: plain[RELATIONS].replace(b"</Relationships>", link.encode() + b"</Relationships>")
        }
    for kind, target in (("aFChunk", "x.html"), ("oleObject", "embeddings/x.bin"), ("control", "activeX/x.xml")):
        link = f'<Relationship Id="rId98" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
        changed[f"embedded {kind}"] = plain | {
            RELATIONS: plain[RELATIONS].replace(b"</Relationships>", link.encode()), f"word/{target}": b"<html/>"
        }  # fmt: skip
    field = b'<w:r><w:instrText>INCLUDEPICTURE "http://127.0.0.1:9/x"</w:instrText></w:r>'
    changed["field that fetches"] = plain | {MAIN: main.replace(b"<w:r>", field + b"<w:r>", 1)}
    return changed


def _zip_bomb(plain: dict[str, bytes], name: str = "word/bomb.xml", size: int = 200_000_000) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in plain.items():
            archive.writestr(part, content)
        with archive.open(name, "w", force_zip64=True) as stream:
            for _ in range(size // 1_000_000):
                stream.write(bytes(1_000_000))
    return buffer.getvalue()


def again(folder: Path) -> Iterator[Case]:
    """A finished document, whose cells held attacks, used as a template."""
    for name, attack in _all(folder).items():
        first = rendered(
            a_report("正文一", attack[:5000]),
            a_template(folder, "{%p for 段 in 正文 %}", "{{ 段.文字 }}", "{%p endfor %}"),
        )
        yield name, _filling(first, folder)


# ---------------------------------------------------------------------------------- in the ledger


def cells(folder: Path) -> Iterator[Case]:
    """An attack in every cell of every kind that holds words, in the first row of every sheet."""
    for name, attack in _all(folder).items():
        yield name, _in_cells(attack[:30_000])


def _in_cells(attack: str):
    def run() -> dict[str, Any]:
        rows = {key: [dict(row) for row in sheet] for key, sheet in ROWS.items()}
        for activity in CATALOGUE.activities:
            for column in activity.columns:
                if str(column.type) in TEXT_KINDS and rows.get(activity.key):
                    rows[activity.key][0][column.key] = attack
        return _reported(written(rows))

    return run


def _reported(found: Any) -> dict[str, Any]:
    """The paragraphs as they were meant and as they stand in the document, and what was found where."""
    from pyxl.assets import template_path

    report = summarise(
        found.ledger, CATALOGUE, found.verdict, found.totals, found.narrative,
        issues=found.issues, draft=True, sources=True,
    )  # fmt: skip
    printed = texts(rendered(report, template_path()))
    issues = [(issue.code, issue.severity.value, issue.where.address) for issue in found.issues]
    return {"meant": [block.text for block in report.blocks], "printed": printed, "issues": issues}


def printed_cells(folder: Path) -> Iterator[Case]:
    """An attack in the cells that the text quotes word for word: a problem, and what is to be done next."""
    for name, attack in _all(folder).items():
        yield name, _in_quoted_cells(attack[:2000])


def _in_quoted_cells(attack: str):
    def run() -> dict[str, Any]:
        rows = {key: [dict(row) for row in sheet] for key, sheet in ROWS.items()}
        rows["next_steps"][0]["measure"] = f"甲{attack}乙"
        return _reported(written(rows))

    return run


def wording(folder: Path) -> Iterator[Case]:
    """An attack in the text and in the condition of a sentence on 总结文字."""
    for name, attack in _all(folder).items():
        for column in ("text", "when"):
            inside = attack[:30_000]
            condition = inside.removeprefix("{{").removesuffix("}}") if column == "when" else inside
            yield f"{name}, {column}", _in_wording(column, condition)


def _in_wording(column: str, attack: str):
    def run() -> dict[str, Any]:
        sheet = sheet_wording()
        row = next(row for row in sheet if row["key"] == "抓建设3")
        row[column] = attack
        return _reported(written(wording=sheet))

    return run
