"""Where in a template does a paragraph stand, in the words of whoever looks for it: 表2第1行第2格?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pyxl.text import phrase
from pyxl.word.archive import Archive
from pyxl.word.namespaces import WML

__all__ = ["margin_names", "spots"]

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_P, _TBL, _TR, _TC, _BOX = (f"{WML}{tag}" for tag in ("p", "tbl", "tr", "tc", "txbxContent"))
_NOTES = frozenset({f"{WML}footnote", f"{WML}endnote", f"{WML}comment"})


@dataclass
class _Within:
    """A body, a cell, a text box …: what it is called, and how many paragraphs and tables of it have been met."""

    head: str
    numbered: bool  # whether its paragraphs are told apart by number
    tables: str = ""  # what stands before the number of a table in it
    met: dict[str, int] = field(default_factory=dict)

    def number(self, tag: str) -> int:
        self.met[tag] = self.met.get(tag, 0) + 1
        return self.met[tag]


def spots(root: etree._Element, kind: str, head: str) -> dict[etree._Element, str]:
    """Every paragraph of a part and where it stands; `head` is what the part is called, `kind` whether it is the body."""
    around = _Within(head, numbered=kind == "body" or _several(root), tables="" if kind == "body" else head)
    return dict(_spots(root, around))


def margin_names(archive: Archive) -> dict[str, str]:
    """Part → 页眉, 首页页眉, 双页页脚 …, for those headers and footers that the text refers to."""
    names: dict[str, str] = {}
    for part, kind in archive.kinds.items():
        relations = archive.relations(part) if kind == "main" and part in archive.parts else {}
        for node in archive.tree(part).iter(f"{WML}headerReference", f"{WML}footerReference") if relations else ():
            which = "header" if node.tag.endswith("headerReference") else "footer"
            pages = node.get(f"{WML}type", "default")
            key = which if pages == "default" else f"{which}_{pages}"
            names.setdefault(relations.get(node.get(_ID, ""), ""), phrase("template", "spots", key))
    return names


def _several(root: etree._Element) -> bool:
    return sum(1 for child in root if child.tag == _P) > 1


def _spots(container: etree._Element, around: _Within) -> Iterator[tuple[etree._Element, str]]:
    for child in container:
        if child.tag == _P:
            yield from _paragraph(child, around)
        elif child.tag == _TBL:
            yield from _table(child, around)
        elif child.tag in _NOTES:
            number = around.number("note")
            head = phrase("template", "spots", "numbered", head=around.head, number=number)
            yield from _spots(child, _Within(head, numbered=_several(child), tables=head))
        else:
            yield from _spots(child, around)


def _paragraph(element: etree._Element, around: _Within) -> Iterator[tuple[etree._Element, str]]:
    number = around.number("paragraph")
    key = "paragraph" if around.numbered else "whole"
    spot = phrase("template", "spots", key, head=around.head, number=number)
    yield element, spot
    for box in element.iter(_BOX):
        if next(box.iterancestors(_P)) is element:
            head = phrase("template", "spots", "box", head=spot)
            yield from _spots(box, _Within(head, numbered=_several(box), tables=head))


def _table(table: etree._Element, around: _Within) -> Iterator[tuple[etree._Element, str]]:
    number = around.number("table")
    for row_number, row in enumerate(_own(table, _TR), 1):
        for cell_number, cell in enumerate(_own(row, _TC), 1):
            words = {"head": around.tables, "table": number, "row": row_number, "cell": cell_number}
            head = phrase("template", "spots", "cell", **words)
            inner = phrase("template", "spots", "inside", head=head)
            yield from _spots(cell, _Within(head, numbered=_several(cell), tables=inner))


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, also those within content controls; not those of inner tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (_TBL, _P, _TC):
            yield from _own(child, tag)
