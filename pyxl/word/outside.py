"""Would a document made from this template fetch anything, or start a program, when it is opened?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pyxl.word.archive import BROKEN, Archive, parsed
from pyxl.word.bounds import is_xml
from pyxl.word.problems import Survey
from pyxl.word.tags import paragraphs_of

__all__ = ["survey_outside"]

_FOREIGN = ("/aFChunk", "/oleObject", "/control", "/subDocument", "/vbaProject")  # files of other kinds within
_HARMLESS_LINKS = ("/hyperlink", "/attachedTemplate")  # the second is cut off when a document is made

# The fields that people's templates have, and that look nowhere but into the document itself (ECMA-376 part 1,
# 17.16.5); a link waits to be clicked. Word reads their names without regard to case.
_FIELDS = frozenset(
    [
        "=",
        "ADVANCE",
        "AUTHOR",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "BIBLIOGRAPHY",
        "CITATION",
        "COMMENTS",
        "COMPARE",
        "CREATEDATE",
        "DATE",
        "DOCPROPERTY",
        "DOCVARIABLE",
        "EDITTIME",
        "EQ",
        "FILENAME",
        "FILESIZE",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "HYPERLINK",
        "IF",
        "INDEX",
        "INFO",
        "KEYWORDS",
        "LASTSAVEDBY",
        "LISTNUM",
        "MERGEFIELD",
        "NOTEREF",
        "NUMCHARS",
        "NUMPAGES",
        "NUMWORDS",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "QUOTE",
        "REF",
        "REVNUM",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "SET",
        "SHAPE",
        "STYLEREF",
        "SUBJECT",
        "SYMBOL",
        "TA",
        "TC",
        "TEMPLATE",
        "TIME",
        "TITLE",
        "TOA",
        "TOC",
        "USERADDRESS",
        "USERINITIALS",
        "USERNAME",
        "XE",
    ]
)
_NAME = re.compile(r"\s*(=|[^\s\"\\]*)")
_PROMPT = re.compile(r"\s*MACROBUTTON\s+NoMacro\b", re.IGNORECASE)  # how templates say: click here and type
_SHOWN = 60  # characters of a code

_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_PICTURE_LINKS = ("src", f"{_OFFICE}href", f"{_OFFICE}althref")


class _Danger(NamedTuple):
    """A key of document.toml [problems], what stands there, and where."""

    reason: str
    found: str
    node: etree._Element


@dataclass
class _Field:
    """A field of Word's own between its beginning and its end, which may stand in different paragraphs."""

    node: etree._Element  # at which it begins
    code: list[str] = field(default_factory=list)
    is_code: bool = True  # and not yet what the code has come to
    holds_others: bool = False  # which say a part of the code

    @property
    def danger(self) -> _Danger | None:
        """What is wrong with its code, if anything is."""
        code = "".join(self.code)
        name = _NAME.match(code)
        word = name[1].upper() if name else ""
        empty = not (code.strip() or self.holds_others)
        is_tag = word[:2] in ("{{", "{%", "{#")  # which is told as one, by pyxl.word.hidden
        if empty or is_tag or word in _FIELDS or _PROMPT.match(code):
            return None
        return _Danger("field", code.strip()[:_SHOWN] or "{ }", self.node)


def survey_outside(archive: Archive, found: Survey) -> None:
    """Nothing in a template may fetch anything when the finished document is opened."""
    for part, content in archive.parts.items():
        if part.casefold().endswith(".rels"):
            _survey_relations(parsed(content), found)
        elif part in archive.kinds or is_xml(part):
            _survey_part(archive, part, found)


def _survey_relations(root: etree._Element, found: Survey) -> None:
    for relation in root.iter("{*}Relationship"):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if relation.get("TargetMode", "").casefold() == "external" and not kind.endswith(_HARMLESS_LINKS):
            found.add("outside", None, target)
        elif kind.endswith(_FOREIGN):
            found.add("embedded", None, target.rpartition("/")[2])


def _survey_part(archive: Archive, part: str, found: Survey) -> None:
    """Whatever Word reads as its own: text, notes, comments, building blocks, bullets."""
    try:
        root = archive.tree(part)
    except BROKEN:  # none of those that Word would show: they have been read before
        return
    if not (dangers := [*_field_dangers(root), *_linked_pictures(root)]):
        return
    places = {each.element: each for each in paragraphs_of(archive, part, root)}
    told: set[tuple[str, str]] = set()
    for reason, text, node in dangers:
        paragraph = next((places[each] for each in node.iterancestors() if each in places), None)
        if not (paragraph and paragraph.twin and (reason, text) in told):  # a text box that is stored twice
            told.add((reason, text))
            found.add(reason, paragraph, text, twins=True)


def _field_dangers(root: etree._Element) -> Iterator[_Danger]:
    return (danger for each in _fields(root) if (danger := each.danger))


def _fields(root: etree._Element) -> Iterator[_Field]:
    """Every field with its own code, however that is split; codes outside any field, paragraph by paragraph."""
    open_: list[_Field] = []
    stray: dict[etree._Element, _Field] = {}
    for node in root.iter("{*}fldSimple", "{*}fldChar", "{*}instrText", "{*}delInstrText"):
        name = etree.QName(node).localname
        kind = _attribute(node, "fldCharType").lower()
        if name == "fldSimple":
            yield _Field(node, [_attribute(node, "instr")])
        if open_ and open_[-1].is_code and (name == "fldSimple" or kind == "begin"):
            open_[-1].holds_others = True
        if kind == "begin":
            open_.append(_Field(node))
        elif kind == "separate" and open_:
            open_[-1].is_code = False
        elif kind == "end" and open_:
            yield open_.pop()
        elif name in ("instrText", "delInstrText"):
            within = open_[-1] if open_ and open_[-1].is_code else None
            outer = next(node.iterancestors("{*}p"), root)
            (within or stray.setdefault(outer, _Field(node))).code.append(node.text or "")
    yield from (*open_, *stray.values())


def _attribute(node: etree._Element, name: str) -> str:
    """An attribute whatever its prefix stands for."""
    return next((str(value) for key, value in node.attrib.items() if etree.QName(key).localname == name), "")


def _linked_pictures(root: etree._Element) -> Iterator[_Danger]:
    """Pictures of the old kind, which may name a file without any relationship."""
    for node in root.iter(f"{_VML}*"):
        for name in _PICTURE_LINKS:
            if target := node.get(name, "").strip():
                yield _Danger("outside", target, node)
