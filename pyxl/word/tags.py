"""Where in a template do instructions stand, and in which paragraph?

Word splits a text into runs wherever it likes; a paragraph's text is put together first, as docxtpl
does, so that a placeholder is found however it is split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pyxl.word.archive import Archive

__all__ = ["Paragraph", "Stray", "Tag", "container", "lexed", "paragraphs", "row_text", "unrendered"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _T, _TR, _TC, _TBL, _BOX = (f"{_W}{tag}" for tag in ("p", "t", "tr", "tc", "tbl", "txbxContent"))
_CHANGES = frozenset(f"{_W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))

_RENDERED = {"main": "body", "header": "header", "footer": "footer", "footnotes": "footnote"}
_NOT_RENDERED = {"endnotes": "endnote", "comments": "comment"}

# Delimiters, with the full-width twins of each of their characters.
_TOKEN = re.compile("[{\uff5b][{\uff5b%\uff05#]|[}\uff5d%\uff05#][}\uff5d]")
_ASCII_BRACES = str.maketrans("\uff5b\uff5d\uff05", "{}%")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_KINDS = {"{{": "output", "{%": "statement", "{#": "comment"}
_PREFIX = re.compile(r"(p|tr|tc|r)\s")
_QUOTES = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")  # Word's own, repaired as docxtpl does


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a template, with its text in one piece."""

    part: str  # name of the part it stands in
    place: str  # a key of document.toml [places]
    text: str
    element: etree._Element
    number: int = 0  # within the part, in the order of the file

    @property
    def changed(self) -> bool:
        """Whether it holds changes that are tracked and not yet accepted."""
        return any(node.tag in _CHANGES for node in self.element.iter(*_CHANGES))


@dataclass(frozen=True)
class Tag:
    """One instruction: {{ … }} (output), {% … %} (statement) or {# … #} (comment)."""

    kind: str
    prefix: str  # p, tr, tc, r: it stands for its whole paragraph, row, cell or run; or nothing
    body: str  # what stands inside, quotes straightened
    raw: str  # all of it, as typed
    paragraph: Paragraph

    @property
    def full_width(self) -> bool:
        """Whether a brace was typed as a full-width character: Word would print it as it is."""
        return _ends(self.raw) != _ends(self.raw).translate(_ASCII_BRACES)

    @property
    def corrected(self) -> str:
        """As it should have been typed, as far as the braces go."""
        return self.raw[:2].translate(_ASCII_BRACES) + self.raw[2:-2] + self.raw[-2:].translate(_ASCII_BRACES)


@dataclass(frozen=True)
class Stray:
    """A delimiter without its partner."""

    opening: bool
    raw: str  # from the delimiter on
    paragraph: Paragraph
    tag: Tag | None = None  # what an opening one was probably meant to be


def _ends(raw: str) -> str:
    """The two delimiters of a tag."""
    return raw[:2] + raw[-2:]


def paragraphs(archive: Archive) -> Iterator[Paragraph]:
    """Every paragraph that will be filled: body, tables, text boxes, headers, footers, footnotes."""
    yield from _paragraphs(archive, _RENDERED)


def unrendered(archive: Archive) -> Iterator[Paragraph]:
    """Every paragraph where a placeholder would stay as it is: endnotes and comments."""
    yield from _paragraphs(archive, _NOT_RENDERED)


def _paragraphs(archive: Archive, wanted: dict[str, str]) -> Iterator[Paragraph]:
    for part, kind in archive.kinds.items():
        if kind in wanted and part in archive.parts:
            for number, element in enumerate(archive.tree(part).iter(_P), 1):
                yield Paragraph(part, _place(element, wanted[kind]), "".join(_texts(element)), element, number)


def _texts(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph without that of the text boxes anchored in it."""
    for child in element:
        if child.tag == _T:
            yield child.text or ""
        elif child.tag != _P:
            yield from _texts(child)


def _place(element: etree._Element, part: str) -> str:
    for ancestor in element.iterancestors():
        if ancestor.tag == _BOX:
            return "box"
        if ancestor.tag == _TC and part == "body":
            return "table"
    return part


def container(tag: Tag) -> etree._Element | None:
    """What both ends of a block must share so that the XML stays whole: a paragraph, a table, a row …"""
    element = tag.paragraph.element
    if tag.prefix == "p":
        return element.getparent()
    if tag.prefix == "tr":
        return next(element.iterancestors(_TBL), None)
    if tag.prefix == "tc":
        return next(element.iterancestors(_TR), None)
    return element


def row_text(paragraph: Paragraph, prefix: str) -> str:
    """All text of the row or cell around a paragraph, or of the paragraph itself."""
    outer = {"tr": _TR, "tc": _TC}.get(prefix)
    around = next(paragraph.element.iterancestors(outer), None) if outer else None
    if around is None:
        return paragraph.text
    return "".join(node.text or "" for node in around.iter(_T))


def lexed(paragraph: Paragraph) -> Iterator[Tag | Stray]:
    """The instructions of one paragraph, in order, and the delimiters that have no partner."""
    text = paragraph.text
    plain = _TOKEN.sub(lambda match: match[0].translate(_ASCII_BRACES), text)
    position = 0
    while match := _TOKEN.search(plain, position):
        opening, start = match[0], match.start()
        if opening not in _CLOSING:
            if text[start : start + 2] == opening:  # a full-width one is likely to be plain text
                yield Stray(False, opening, paragraph)
            position = match.end()
            continue
        following = _next(plain, match.end(), _CLOSING[opening])
        if following is None:
            meant = _tag(opening, plain[match.end() :].rstrip("%#}"), text[start:], paragraph)
            yield Stray(True, text[start : start + 30], paragraph, meant)
            position = match.end()
            continue
        yield _tag(opening, plain[match.end() : following], text[start : following + 2], paragraph)
        position = following + 2


def _next(plain: str, position: int, closing: str) -> int | None:
    """Where the partner stands; None when there is none, or another instruction begins before it."""
    end = plain.find(closing, position)
    other = min((found for opener in _CLOSING if (found := plain.find(opener, position)) >= 0), default=len(plain))
    return end if 0 <= end < other else None


def _tag(opening: str, body: str, raw: str, paragraph: Paragraph) -> Tag:
    prefix = _PREFIX.match(body)
    rest = body[prefix.end() :] if prefix else body
    return Tag(_KINDS[opening], prefix[1] if prefix else "", rest.translate(_QUOTES), raw, paragraph)
