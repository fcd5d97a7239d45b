"""Where in a template do instructions stand, and in which paragraph?

Word splits a text into runs wherever it likes; a paragraph's text is put together first, as docxtpl
does, so that a placeholder is found however it is split.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice

from lxml import etree

from pyxl.text import phrase
from pyxl.word.archive import Archive
from pyxl.word.namespaces import WML
from pyxl.word.spots import margin_names, spots

__all__ = [
    "MAXIMUM_LENGTH",
    "MAXIMUM_TAGS",
    "Paragraph",
    "Stray",
    "Tag",
    "around",
    "container",
    "first_piece",
    "lexed",
    "paragraphs",
    "paragraphs_of",
    "row_text",
    "unrendered",
    "without_comments",
]

MAXIMUM_TAGS = 2000  # in one part of a template
MAXIMUM_LENGTH = 300  # characters of one tag; the longest of ours has 30

_P, _T, _TR, _TC, _TBL, _BOX = (f"{WML}{tag}" for tag in ("p", "t", "tr", "tc", "tbl", "txbxContent"))
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHANGES = frozenset(f"{WML}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))

_RENDERED = {"main": "body", "header": "header", "footer": "footer", "footnotes": "footnote"}
_NOT_RENDERED = {"endnotes": "endnote", "comments": "comment"}
_IN_STORE = {"glossary": "glossary"}  # building blocks, which come along unseen

# Delimiters, with the full-width twins of each of their characters.
_TOKEN = re.compile("[{\uff5b][{\uff5b%\uff05#]|[}\uff5d%\uff05#][}\uff5d]")
_ASCII_BRACES = str.maketrans("\uff5b\uff5d\uff05", "{}%")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_FOLLOWING = {opening: re.compile(re.escape(closing) + r"|\{[{%#]") for opening, closing in _CLOSING.items()}
_COMMENT = "{#"
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
    spot: str = ""  # where it stands, in words

    @cached_property
    def pieces(self) -> list[etree._Element]:
        """The elements that hold its text, in order."""
        return list(_pieces(self.element))

    @cached_property
    def begins(self) -> list[int]:
        """Where in the text each of them begins."""
        return [0, *accumulate(len(piece.text or "") for piece in self.pieces)][:-1]

    @property
    def twin(self) -> bool:
        """Whether Word keeps it as another way of drawing a text box, which it draws in a way that it knows."""
        fallback = next(self.element.iterancestors(f"{_CHOICES}Fallback"), None)
        if fallback is None:
            return False
        drawn = fallback.itersiblings(f"{_CHOICES}Choice", preceding=True)
        return any("".join(_texts(other)) == self.text for choice in drawn for other in choice.iter(_P))

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
    start: int = 0  # where in the paragraph's text it begins

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


def paragraphs_of(archive: Archive, part: str, root: etree._Element) -> Iterator[Paragraph]:
    """Every paragraph of one part, whatever Word does with it; `root` is its XML."""
    places = _RENDERED | _NOT_RENDERED | _IN_STORE
    yield from _located(part, root, places.get(archive.kinds.get(part, ""), "file"), margin_names(archive))


def _paragraphs(archive: Archive, wanted: dict[str, str]) -> Iterator[Paragraph]:
    margins = margin_names(archive)
    for part, kind in archive.kinds.items():
        if kind in wanted and part in archive.parts:
            root = archive.tree(part)
            _take_annotations(root)
            yield from _located(part, root, wanted[kind], margins)


def _located(part: str, root: etree._Element, kind: str, margins: dict[str, str]) -> Iterator[Paragraph]:
    head = margins.get(part) or phrase("template", "spots", kind)
    where = spots(root, kind, head)
    for number, element in enumerate(root.iter(_P), 1):
        place, text = _place(element, kind), "".join(_texts(element))
        yield Paragraph(part, place, text, element, number, where.get(element, head))


def _take_annotations(root: etree._Element) -> None:
    """Leaves out what we have remarked in a template ourselves: it quotes tags that are wrong."""
    author = f"{WML}author"
    for comment in [each for each in root if each.get(author) == phrase("template", "annotation", "author")]:
        root.remove(comment)


def _texts(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph without that of the text boxes anchored in it."""
    return (piece.text or "" for piece in _pieces(element))


def _pieces(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == _T:
            yield child
        elif child.tag != _P:
            yield from _pieces(child)


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
    return _run_parent(tag)


def first_piece(tag: Tag) -> int:
    """Which of its paragraph's pieces a tag begins in."""
    return bisect_right(tag.paragraph.begins, tag.start) - 1


def _run_parent(tag: Tag) -> etree._Element:
    """What holds the run in which a tag begins: the paragraph, a link in it …"""
    run = tag.paragraph.pieces[first_piece(tag)].getparent()
    return tag.paragraph.element if run is None or run.getparent() is None else run.getparent()


def around(tag: Tag) -> etree._Element | None:
    """What vanishes when a tag with a prefix is filled: its paragraph, row or cell; None when it stands in none."""
    outer = {"tr": _TR, "tc": _TC}.get(tag.prefix)
    element = tag.paragraph.element
    return next(element.iterancestors(outer), None) if outer else element


def row_text(tag: Tag) -> str:
    """All text of what vanishes with a tag: its row or cell, or its paragraph."""
    outer = around(tag)
    if outer is None or outer is tag.paragraph.element:
        return tag.paragraph.text
    return "".join(node.text or "" for node in outer.iter(_T))


def without_comments(text: str) -> str:
    """What is left of a text when every comment is taken out."""
    pieces, end = [], 0
    while (begin := text.find(_COMMENT, end)) >= 0 and (closing := text.find(_CLOSING[_COMMENT], begin + 2)) >= 0:
        pieces.append(text[end:begin])
        end = closing + 2
    return "".join([*pieces, text[end:]])


def lexed(paragraph: Paragraph) -> Iterator[Tag | Stray]:
    """The instructions of one paragraph, in order, and the delimiters that have no partner.

    No more than a part may hold, and one: whoever writes so many means no template.
    """
    yield from islice(_lexed(paragraph), MAXIMUM_TAGS + 1)


def _lexed(paragraph: Paragraph) -> Iterator[Tag | Stray]:
    text = paragraph.text
    plain = _TOKEN.sub(lambda match: match[0].translate(_ASCII_BRACES), text)
    position, last_comment = 0, plain.rfind(_CLOSING[_COMMENT])
    while match := _TOKEN.search(plain, position):
        opening, start = match[0], match.start()
        if opening not in _CLOSING:
            if text[start : start + 2] == opening:  # a full-width one is likely to be plain text
                yield Stray(False, opening, paragraph)
            position = match.end()
            continue
        is_open = opening == _COMMENT and match.end() > last_comment  # looked for once, not from each that begins
        following = None if is_open else _next(plain, match.end(), opening)
        if following is None:
            rest = slice(match.end(), match.end() + MAXIMUM_LENGTH)
            meant = _tag(opening, plain[rest].rstrip("%#}"), text[start : rest.stop], paragraph, start)
            yield Stray(True, text[start : start + 30], paragraph, meant)
            position = match.end()
            continue
        yield _tag(opening, plain[match.end() : following], text[start : following + 2], paragraph, start)
        position = following + 2


def _next(plain: str, position: int, opening: str) -> int | None:
    """Where the partner stands; None when there is none, or another instruction begins before it.

    Whatever a comment holds is passed over.
    """
    if opening == _COMMENT:
        found = plain.find(_CLOSING[_COMMENT], position)
        return None if found < 0 else found
    match = _FOLLOWING[opening].search(plain, position)
    return match.start() if match and match[0] == _CLOSING[opening] else None


def _tag(opening: str, body: str, raw: str, paragraph: Paragraph, start: int) -> Tag:
    prefix = _PREFIX.match(body)
    rest = body[prefix.end() :] if prefix else body
    return Tag(_KINDS[opening], prefix[1] if prefix else "", rest.translate(_QUOTES), raw, paragraph, start)
