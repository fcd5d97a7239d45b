"""Every tag of every template that we ship, and what a hand may do to it; made from the files themselves."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from pyxl.assets import templates_folder
from pyxl.word.archive import Archive, read_archive
from pyxl.word.blocks import paired, words_of
from pyxl.word.tags import Tag, lexed, paragraphs
from tests.word.documents import W

__all__ = ["HAND", "SHIPPED", "Place", "mutated", "places"]

SHIPPED = sorted(templates_folder().glob("*.docx"))
FULL_WIDTH = str.maketrans("{}%", "｛｝％")


class Place(NamedTuple):
    """One tag: its paragraph by number, where in it it begins, and what it is."""

    part: str
    number: int
    start: int
    raw: str
    word: str  # if, for, endif …; "" for a value
    prefix: str
    partner: str  # the other end of a block, as typed
    loops: tuple[str, ...]  # what the loops around it call their items

    @property
    def is_block(self) -> bool:
        return self.word in ("if", "for", "endif", "endfor")

    @property
    def path(self) -> str:
        """段.文字 of {{ 段.文字 }}."""
        return self.raw[2:-2].partition("|")[0].strip() if not self.word else ""

    @property
    def of_a_loop(self) -> bool:
        return self.path.partition(".")[0] in self.loops


def places(template: Path) -> list[Place]:
    """Every tag of a template, in order."""
    by_part: dict[str, list[Tag]] = {}
    for paragraph in paragraphs(read_archive(template)):
        found = [item for item in lexed(paragraph) if isinstance(item, Tag)]
        by_part.setdefault(paragraph.part, []).extend(found)
    return [place for tags in by_part.values() for place in _places(tags)]


def _places(tags: list[Tag]) -> list[Place]:
    partners = {}
    for end, begin in paired(tags).begun_at.items():
        partners[end], partners[begin] = tags[begin].raw, tags[end].raw
    found, loops = [], []
    for number, tag in enumerate(tags):
        word, rest = words_of(tag)
        if word == "endfor":
            loops.pop()
        where = (tag.paragraph.part, tag.paragraph.number, tag.start, tag.raw)
        found.append(Place(*where, word, tag.prefix, partners.get(number, ""), tuple(loops)))
        if word == "for":
            loops.append(rest.split()[0])
    return found


def mutated(template: Path, place: Place, hand: str, target: Path) -> tuple[Path, str]:
    """The template with one tag changed, and how the tag reads now."""
    archive = read_archive(template)
    trees = {part: archive.tree(part) for part, kind in archive.kinds.items() if kind in ("main", "header", "footer")}
    paragraph = list(trees[place.part].iter(f"{W}p"))[place.number - 1]
    raw = HAND[hand](paragraph, place, trees, archive)
    parts = {part: etree.tostring(tree, xml_declaration=True, encoding="UTF-8") for part, tree in trees.items()}
    target.write_bytes(archive.changed(parts).package)
    return target, raw


def _pieces(paragraph: Any) -> list[Any]:
    return list(paragraph.iter(f"{W}t"))


def _replace(paragraph: Any, place: Place, text: str) -> str:
    """Puts `text` where the tag was: all of a tag of ours stands in one piece."""
    position = 0
    for piece in _pieces(paragraph):
        length = len(piece.text or "")
        if position <= place.start < position + length:
            inside = place.start - position
            assert piece.text[inside : inside + len(place.raw)] == place.raw
            piece.text = piece.text[:inside] + text + piece.text[inside + len(place.raw) :]
            return text
        position += length
    raise AssertionError(place)


def _delete(paragraph: Any, place: Place, *_: Any) -> str:
    return _replace(paragraph, place, "")


def _double(paragraph: Any, place: Place, *_: Any) -> str:
    """A tag that stands for a paragraph or a row takes that along."""
    outer = {"p": paragraph, "tr": next(paragraph.iterancestors(f"{W}tr"), None)}.get(place.prefix)
    if outer is None:
        _replace(paragraph, place, place.raw * 2)
    else:
        outer.addnext(copy.deepcopy(outer))
    return place.raw


def _misspell(paragraph: Any, place: Place, *_: Any) -> str:
    """Another character for the last one that is Chinese; without any, two letters of the word change places."""
    if re.search("[一-鿿]", place.raw):
        return _replace(paragraph, place, re.sub("(.*)[一-鿿]", r"\1错", place.raw))
    word = place.word
    return _replace(paragraph, place, place.raw.replace(word, word[:-2] + word[-1] + word[-2]))


def _widen(paragraph: Any, place: Place, *_: Any) -> str:
    raw = place.raw
    return _replace(paragraph, place, raw[:2].translate(FULL_WIDTH) + raw[2:-2] + raw[-2:].translate(FULL_WIDTH))


def _move(paragraph: Any, place: Place, trees: dict[str, Any], archive: Archive) -> str:
    """Into the first header, as a paragraph of its own."""
    _replace(paragraph, place, "")
    header = next(tree for part, tree in trees.items() if archive.kinds[part] == "header")
    moved = etree.SubElement(etree.SubElement(header, f"{W}p"), f"{W}r")
    etree.SubElement(moved, f"{W}t").text = place.raw
    return place.raw


def _split(between: str) -> Callable[..., str]:
    """A run for every character, and something between any two of them that Word or Writer may leave there."""

    def split(paragraph: Any, place: Place, *_: Any) -> str:
        position = 0
        for piece in _pieces(paragraph):
            length = len(piece.text or "")
            if position <= place.start < position + length:
                _spread(piece, between)
                return place.raw
            position += length
        raise AssertionError(place)

    return split


def _spread(piece: Any, between: str) -> None:
    run = piece.getparent()
    text = piece.text
    piece.text = text[0]
    if list(piece.itersiblings()):  # a line break, and what follows it: into a run behind all the letters
        rest = etree.SubElement(etree.Element("x"), f"{W}r")
        rest.extend(list(piece.itersiblings()))
        run.addnext(rest)
    for number, letter in enumerate(text[1:], 1):
        wrapped = f'<w:r xmlns:w="{W[1:-1]}" w:rsidR="00{number:06X}"><w:t xml:space="preserve">{_escaped(letter)}</w:t></w:r>'
        nodes = etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{between.format(run=wrapped, number=number)}</x>'.encode())
        for node in list(nodes):
            run.addnext(node)
            run = node


def _escaped(letter: str) -> str:
    return {"&": "&amp;", "<": "&lt;"}.get(letter, letter)


HAND: dict[str, Callable[..., str]] = {
    "deleted": _delete,
    "doubled": _double,
    "misspelt": _misspell,
    "full-width": _widen,
    "moved to the header": _move,
    "split into runs": _split("{run}"),
    "split by the spelling check": _split('<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>'),
    "split by bookmarks": _split(
        '<w:bookmarkStart w:id="9{number}" w:name="b{number}"/>{run}<w:bookmarkEnd w:id="9{number}"/>'
    ),
    "split by smart tags": _split('<w:smartTag w:uri="x" w:element="y">{run}</w:smartTag>'),
    "split by links": _split('<w:hyperlink w:anchor="x">{run}</w:hyperlink>'),
    "split by line breaks": _split("<w:r><w:br/></w:r>{run}"),
    "split by content controls": _split("<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
}
