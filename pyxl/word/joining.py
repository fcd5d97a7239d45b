"""How does an instruction that Word has split over many runs become one piece of text again?

Whatever Word or Writer puts between two pieces stays where it is: marks of the spelling check, the two
ends of a bookmark, a link that begins in the middle. docxtpl, which takes out whatever stands between
the two braces, would break the file there.
"""

from __future__ import annotations

import copy
from dataclasses import replace

from lxml import etree

from pyxl.word.archive import Archive
from pyxl.word.blocks import paired, words_of
from pyxl.word.namespaces import WML, XML_SPACE
from pyxl.word.tags import MAXIMUM_TAGS, Paragraph, Stray, Tag, first_piece, lexed, paragraphs

__all__ = ["joined"]

_R, _T, _PROPERTIES = f"{WML}r", f"{WML}t", f"{WML}rPr"
# What would print in the middle of an instruction, or after it once it is whole.
_GAPS = tuple(f"{WML}{tag}" for tag in ("br", "cr", "tab", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak"))

_MAXIMUM_PIECES = 5000  # of one paragraph; nobody has written one of more by hand

_Items = list[Tag | Stray]


def joined(archive: Archive) -> Archive:
    """The same template with every instruction in one piece of text; itself when none is split.

    A part with too many instructions is left alone: the check refuses it.
    """
    by_part: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs(archive):
        by_part.setdefault(paragraph.part, []).append(paragraph)
    changed = {part: root for part, inside in by_part.items() if (root := _joined_part(inside)) is not None}
    written = {
        part: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for part, root in changed.items()
    }
    return archive.changed(written) if written else archive


def _joined_part(inside: list[Paragraph]) -> etree._Element | None:
    """The root of a part in which something was joined; None when nothing was."""
    some = [paragraph for paragraph in inside if "{" in paragraph.text and len(paragraph.pieces) <= _MAXIMUM_PIECES]
    found = [(paragraph, [*lexed(paragraph)]) for paragraph in some]
    if sum(len(items) for _, items in found) > MAXIMUM_TAGS:
        return None
    split = [_join_all(items) for _, items in found]
    lifted = [_lift_all(paragraph, items) for paragraph, items in found]
    return inside[0].element.getroottree().getroot() if any([*split, *lifted]) else None


def _join_all(items: _Items) -> bool:
    split = [tag for tag in items if isinstance(tag, Tag) and len(_span(tag)) > 1]
    for tag in reversed(split):  # from the end, so that the places of the others stay true
        _join(tag)
    return bool(split)


def _span(tag: Tag) -> list[tuple[etree._Element, int, int]]:
    """The pieces of text that a tag lies in, each with the part of it that is the tag's.

    What is joined further on changes nothing of where an earlier tag begins and ends.
    """
    end, found, begins = tag.start + len(tag.raw), [], tag.paragraph.begins
    for place in range(first_piece(tag), len(begins)):
        if begins[place] >= end:
            break
        until = begins[place + 1] if place + 1 < len(begins) else end
        low, high = max(tag.start - begins[place], 0), min(end, until) - begins[place]
        if low < high:
            found.append((tag.paragraph.pieces[place], low, high))
    return found


def _join(tag: Tag) -> None:
    span = _span(tag)
    first, low, _ = span[0]
    _take_gaps(tag.paragraph, first, span[-1][0])
    for piece, begin, end in span[1:]:
        _set(piece, (piece.text or "")[:begin] + (piece.text or "")[end:])
    _set(first, (first.text or "")[:low] + tag.raw)


def _set(piece: etree._Element, text: str) -> None:
    piece.text = text
    piece.set(XML_SPACE, "preserve")


def _take_gaps(paragraph: Paragraph, first: etree._Element, last: etree._Element) -> None:
    """Takes out the breaks and tabs between the two ends of a tag."""
    within = False
    for node in list(paragraph.element.iter()):
        within = within or node is first
        if node is last:
            return
        if within and node.tag in _GAPS and node.getparent().tag == _R:
            node.getparent().remove(node)


def _lift_all(paragraph: Paragraph, items: _Items) -> bool:
    """Where one end of a block stands in a link and the other outside, both leave it, if no text changes its place."""
    pairs, lifted = paired(items), False
    for end in pairs.crossing:
        begin = pairs.begun_at[end]
        branches = [place for place in range(begin, end) if words_of(items[place])[0] in ("elif", "else")]
        for place in (begin, *branches, end):
            tag = items[place]
            lifted = (isinstance(tag, Tag) and not tag.prefix and _lift(paragraph, tag)) or lifted
    return lifted


def _lift(paragraph: Paragraph, tag: Tag) -> bool:
    """Puts a tag into a run of the paragraph's own, before or behind what it stands in."""
    fresh = replace(tag, paragraph=replace(paragraph))  # an earlier one that was lifted has pieces of its own
    piece, low, high = _span(fresh)[0]
    run = piece.getparent()
    outer = run
    while outer.getparent() is not paragraph.element:
        outer = outer.getparent()
        if outer is None:
            return False
    if outer is run:
        return False
    before, after = _text_around(outer, piece)
    text = piece.text or ""
    if before + text[:low] and text[high:] + after:
        return False
    lifted = etree.Element(_R)
    lifted.extend(copy.deepcopy(properties) for properties in run.findall(_PROPERTIES))
    _set(etree.SubElement(lifted, _T), tag.raw)
    _set(piece, text[:low] + text[high:])
    if before + text[:low]:
        outer.addnext(lifted)
    else:
        outer.addprevious(lifted)
    return True


def _text_around(outer: etree._Element, piece: etree._Element) -> tuple[str, str]:
    """What an element says before and behind one of its pieces."""
    pieces = list(outer.iter(_T))
    place = pieces.index(piece)
    before, after = pieces[:place], pieces[place + 1 :]
    return "".join(each.text or "" for each in before), "".join(each.text or "" for each in after)
