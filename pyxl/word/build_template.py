"""How templates/半年工作总结.docx, 汇总情况报告.docx and 活动记录.docx come about: the same bytes on every run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm, Twips
from lxml import etree

from pyxl.package import packed, unpacked
from pyxl.text import table
from pyxl.word.markup import element, paragraph, run
from pyxl.word.properties import set_properties
from pyxl.word.styles import cell_margins, font_table, settings, styles

__all__ = ["build_template", "skeleton", "table_of", "template_bytes"]

_RECORD = "record"  # beside template and upper, tables of text/document.toml: of entries, of a unit, of many

# Nothing of ours refers to the theme, but Microsoft's schema of packages asks for one.
_KEPT_PARTS = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.THEME)
_KEPT_RELATIONS = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_ROW_OF_TAG = "TemplateTag"


def build_template(path: Path, which: str = "template") -> None:
    """Writes one of our own templates to `path`."""
    path.write_bytes(template_bytes(which))


def template_bytes(which: str = "template") -> bytes:
    """One of our own templates as a .docx, from text/document.toml."""
    words = table("document")
    if which == _RECORD:
        document = skeleton(words[which]["header"], words[which]["title"])
        _write_body(document, words[which]["body"], words["tables"], _form_table(words["form"]))
    else:
        document = skeleton(words["template"]["header"], words[which]["title"])
        _write_body(document, [*words["template"]["body"], *words[which]["closing"]], words["tables"])
    return _saved(document)


def skeleton(header: str, title: str) -> Any:
    """A document of our look with nothing in its body but a page."""
    words = table("document")
    document = Document()
    _strip(document)
    _replace(document.styles.element, styles())
    _replace(document.settings.element, settings())
    _add_font_table(document)
    _set_page(document, words["page"])
    _set_margins_text(document.sections[0], header, words["template"]["page_number"])
    set_properties(document, title=title, author="")
    _tidy(document)
    return document


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return packed(unpacked(buffer.getvalue()))


def _strip(document: Any) -> None:
    """Takes out what python-docx's own template brings along: numbering, custom XML, thumbnail …"""
    for relations, kept in ((document.part.rels, _KEPT_PARTS), (document.part.package.rels, _KEPT_RELATIONS)):
        for key in [key for key, relation in relations.items() if relation.reltype not in kept]:
            relations.pop(key)


def _replace(parent: Any, children: list[Any]) -> None:
    for child in list(parent):
        parent.remove(child)
    parent.extend(children)


def _tidy(document: Any) -> None:
    """Drops the declarations of some twenty vocabularies that no part of ours uses."""
    margins = [part.target_part for part in document.part.rels.values() if hasattr(part.target_part, "element")]
    for part in (document.part, *margins):
        part.element.attrib.pop(_IGNORABLE, None)
        etree.cleanup_namespaces(part.element, keep_ns_prefixes=["w", "r"])


def _add_font_table(document: Any) -> None:
    uri = PackURI("/word/fontTable.xml")
    part = Part(uri, CONTENT_TYPE.WML_FONT_TABLE, font_table(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_page(document: Any, page: dict[str, Any]) -> None:
    """GB/T 9704—2012 5.1 (paper), 5.2.1 (margins) and 5.2.3 (22 lines of 28 characters)."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["inside"]), Mm(page["outside"])
    section.header_distance, section.footer_distance = Mm(page["header"]), Mm(page["footer"])
    section.gutter = Twips(0)
    properties = section._sectPr
    for old in properties.xpath("w:docGrid | w:cols"):
        properties.remove(old)
    grid = {"linePitch": page["line_pitch"], "charSpace": page["character_space"]}
    properties.append(element("cols", space=425))
    properties.append(element("docGrid", type="linesAndChars", **grid))


def _set_margins_text(section: Any, words: str, dashes: list[str]) -> None:
    """The draft mark above every page, the page number below it on the outer side (7.5)."""
    before, after = dashes
    for header in (section.header, section.even_page_header):
        _replace(_part(header), [paragraph("DraftHeader", run(words))])
    for footer, style in ((section.footer, "PageNumberOdd"), (section.even_page_footer, "PageNumberEven")):
        number = element("fldSimple", run("1"), instr=" PAGE ")
        _replace(_part(footer), [paragraph(style, run(before), number, run(after))])


def _part(header_or_footer: Any) -> Any:
    header_or_footer.is_linked_to_previous = False
    return header_or_footer._element


def _write_body(document: Any, lines: list[dict[str, str]], tables: dict[str, Any], form: Any = None) -> None:
    section = document.element.body.sectPr
    for line in lines:
        style = line["style"]
        own = form if style == "form" else _table(tables[style]) if style in tables else _paragraph(line)
        section.addprevious(own)


def _paragraph(line: dict[str, str]) -> Any:
    return paragraph(line["style"], *([run(line["text"])] if line["text"] else []))


def _table(words: dict[str, Any]) -> Any:
    """The table of an appendix, with the instructions that repeat its row."""
    widths, styles = words["widths"], words["styles"]
    rows = [
        _row([words["head_style"]] * len(widths), words["head"], widths, repeated=True),
        _tag_row(words["before"], widths),
        _row(styles, words["row"], widths),
        _tag_row(words["after"], widths),
        *([_row(styles, words["whole"], widths)] if "whole" in words else []),
    ]
    return _tabled(widths, words["margin"], rows)


def table_of(widths: Sequence[int], head: Sequence[str], styles: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
    """A table of these texts, in the look of the table of units."""
    heads = ["UnitHead"] * len(widths)
    made = [_row(heads, head, widths, repeated=True), *(_row(styles, texts, widths) for texts in rows)]
    return _tabled(widths, table("document")["tables"]["units"]["margin"], made)


def _tabled(widths: Sequence[int], margin: int, rows: Iterable[Any]) -> Any:
    """The first row is repeated on every page, and no row breaks across two pages."""
    borders = (element(side, val="single", sz=4, space=0, color="000000") for side in _BORDERS)
    look = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *borders),
        element("tblLayout", type="fixed"),
        cell_margins(margin),
    )
    return element("tbl", look, element("tblGrid", *(element("gridCol", w=width) for width in widths)), *rows)


_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def _form_table(words: dict[str, Any]) -> Any:
    """The table of one form: lines of two boxes and of one, each kind with the instructions that repeat its line."""
    widths, both = words["widths"], [words["name_style"], words["value_style"]]
    first, *rest = widths
    rows = []
    for key, height in (("pairs", words["least"]), ("lines", words["least"]), ("signatures", words["tall"])):
        before, *texts, after = words[key]
        spans = [1] * 4 if len(texts) == 4 else [1, 3]
        shares = widths if len(texts) == 4 else [first, sum(rest)]
        cells = [
            _cell(style, text, width, span=span)
            for style, text, width, span in zip(both * 2, texts, shares, spans, strict=False)
        ]
        whole = element("cantSplit") if len(texts) == 4 else None  # a long text goes on on the next page
        properties = element("trPr", whole, element("trHeight", val=height, hRule="atLeast"))
        rows += [_tag_row(before, widths), element("tr", properties, *cells), _tag_row(after, widths)]
    return _tabled(widths, words["margin"], rows)


def _row(styles: Sequence[str], texts: Sequence[str], widths: Sequence[int], *, repeated: bool = False) -> Any:
    properties = element("trPr", element("cantSplit"), element("tblHeader") if repeated else None)
    return element("tr", properties, *(_cell(*cell) for cell in zip(styles, texts, widths, strict=True)))


def _tag_row(tag: str, widths: list[int]) -> Any:
    """A row that is an instruction: gone once the document is made."""
    return element("tr", _cell(_ROW_OF_TAG, tag, sum(widths), span=len(widths)))


def _cell(style: str, text: str, width: int, *, span: int = 1) -> Any:
    properties = element(
        "tcPr",
        element("tcW", w=width, type="dxa"),
        element("gridSpan", val=span) if span > 1 else None,
        element("vAlign", val="center"),
    )
    return element("tc", properties, paragraph(style, run(text)))
