"""What a filled document still needs before it can be saved: places that no template can work out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyxl.core.document import Report
from pyxl.text import phrase, table
from pyxl.word.bookmarks import unmarked
from pyxl.word.layout import signature_places
from pyxl.word.markup import element, paragraph, run
from pyxl.word.namespaces import WML
from pyxl.word.tall_rows import split_tall_rows

__all__ = [
    "TABLE_STYLES",
    "cut_links",
    "keep_last_rows",
    "left_out",
    "mark_draft",
    "mend",
    "place_signature",
    "signature_room",
    "style_ids",
]

TABLE_STYLES = ("TableNumber", "TableText", "UnitNumber", "UnitText")  # of the rows of our tables
_VAL = f"{WML}val"
_CHARACTER = 320  # twips of a character of 16 pt
_EMU = 635  # a twip
_TYPE_AREA = 8845  # twips: 156 mm
_NO_TEXT = str.maketrans("", "", "\r\n\t")  # becomes a break or a tab, which is no text


def place_signature(document: Any, report: Report) -> None:
    """Sets unit and date as GB/T 9704—2012 7.3.5.2 has them, and keeps them with the text before.

    Which paragraphs they are is told by their styles, so a template of one's own gets this by using them.
    """
    ids = style_ids(document)
    body = document.element.body
    room = signature_room(document)
    places = signature_places(report.unit, report.date_text, room)
    for key in room:
        for signed in _of_style(body, ids[key]):
            _indent(signed, places[key], places[f"{key}Right"])
            if key == "SignedBy":
                _keep_with(signed.getprevious(), ids.get("AttachmentNote"))


def signature_room(document: Any) -> dict[str, tuple[int, int]]:
    """Our key of a signature's style → twips of its line, and of one character in it."""
    ids = style_ids(document)
    return {
        key: (_text_width(document), _character(document, ids[key])) for key in ("SignedBy", "SignedOn") if key in ids
    }


def _text_width(document: Any) -> int:
    """Twips between the margins of the last section, where the signature stands."""
    if not document.sections:
        return _TYPE_AREA
    section = document.sections[-1]
    margins = [int(length or 0) for length in (section.left_margin, section.right_margin, section.gutter)]
    return round((int(section.page_width or 0) - sum(margins)) / _EMU)


def _character(document: Any, style: str) -> int:
    """Twips that one character of a style takes, its spacing included; that of 16 pt when the style is silent."""
    for found in _styles(document):
        if found.get(f"{WML}styleId") == style:
            size = [int(node.get(_VAL)) * 10 for node in found.iterfind(f"{WML}rPr/{WML}sz")]
            space = [int(node.get(_VAL)) for node in found.iterfind(f"{WML}rPr/{WML}spacing")]
            return (size or [_CHARACTER])[0] + (space or [0])[0]
    return _CHARACTER


def _keep_with(before: Any, note: str | None) -> None:
    """A signature never stands on a page without text (and neither does the note on attachments)."""
    while before is not None and before.tag == f"{WML}p":
        properties = before.get_or_add_pPr()
        properties.get_or_add_keepNext()
        style = properties.find(f"{WML}pStyle")
        before = before.getprevious() if note and style is not None and style.get(_VAL) == note else None


def keep_last_rows(document: Any) -> None:
    """The last row of a table in our look, which sums it up, never stands on a page without the one before.

    Rows stay whole, but for those that are so high that it would leave half a page empty.
    """
    ids = style_ids(document)
    ours = [ids[key] for key in TABLE_STYLES if key in ids]
    for rows in document.element.body.xpath(".//w:tbl[w:tr[2]]/w:tr[last() - 1]"):
        for style in ours:
            for found in _of_style(rows, style):
                found.get_or_add_pPr().get_or_add_keepNext()
    split_tall_rows(document, ours)


def style_ids(document: Any) -> dict[str, str]:
    """Our key of a style → its id in this document, which Word may have changed; names stay."""
    names = {style.find(f"{WML}name").get(_VAL): style.get(f"{WML}styleId") for style in _styles(document)}
    return {style["key"]: names[style["name"]] for style in table("document")["styles"] if style["name"] in names}


def _styles(document: Any) -> Iterator[Any]:
    for style in document.part._styles_part.element.iter(f"{WML}style"):
        if style.find(f"{WML}name") is not None:
            yield style


def _of_style(body: Any, style: str) -> list[Any]:
    """The paragraphs of a style, in order."""
    marks = body.iter(f"{WML}pStyle")
    return [mark.getparent().getparent() for mark in marks if mark.get(_VAL) == style]


def _indent(signed: Any, left: int, right: int) -> None:
    properties = signed.get_or_add_pPr()
    for old in properties.xpath("w:ind | w:jc"):
        properties.remove(old)
    indent = properties.get_or_add_ind()
    for name, value in (("left", left), ("right", right), ("leftChars", 0), ("rightChars", 0)):
        indent.set(f"{WML}{name}", str(value))
    properties.get_or_add_jc().set(_VAL, "left")


def mark_draft(document: Any, report: Report, used: set[str]) -> None:
    """A draft says so on its first line even when the template has no place for the mark."""
    if report.draft and phrase("document", "names", "draft") not in used:
        mark = run(phrase("document", "names", "draft"))
        document.element.body.insert(0, paragraph(style_ids(document).get("DraftMark", "Normal"), mark))


def left_out(document: Any, report: Report) -> dict[str, int]:
    """Level → how many paragraphs of it the template did not print: it has no branch for that level."""
    printed = unmarked("".join(node.text or "" for node in document.element.body.iter(f"{WML}t")))
    missing = [block.level for block in report.blocks if unmarked(block.text).translate(_NO_TEXT) not in printed]
    return {phrase("document", "levels", level): missing.count(level) for level in dict.fromkeys(missing)}


def mend(document: Any) -> None:
    """Word opens no cell without a paragraph and no table without a row; a loop over nothing leaves such."""
    body = document.element.body
    for empty in body.xpath(".//w:tbl[not(w:tr)]"):
        empty.getparent().remove(empty)
    for cell in body.xpath(".//w:tc[not(*[last()][self::w:p])]"):
        cell.append(element("p"))
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external:
            margin = relation.target_part.element
            if not margin.xpath("w:p"):
                margin.append(element("p"))


def cut_links(document: Any) -> None:
    """Takes out the path of the file that the template was once made from: it leads nowhere, or out."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/settings") and not relation.is_external:
            part = relation.target_part
            for link in part.element.findall(f"{WML}attachedTemplate"):
                part.element.remove(link)
            for key in [key for key, link in part.rels.items() if link.reltype.endswith("/attachedTemplate")]:
                part.rels.pop(key)
