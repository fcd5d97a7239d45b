"""How is a tag written, whatever it says: its braces, its quotation marks, and what stands around it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from pyxl.word.names import Group
from pyxl.word.namespaces import WML
from pyxl.word.problems import Survey
from pyxl.word.tags import MAXIMUM_LENGTH, Paragraph, Stray, Tag, around, first_piece, row_text, without_comments

__all__ = ["survey_braces", "survey_comment", "survey_doubles", "survey_form", "survey_surroundings"]

_SINGLE_BRACE = re.compile("(?<![{\uff5b])[{\uff5b]([^{}%#\uff5b\uff5d]{1,60})[}\uff5d](?![}\uff5d])")
_WHOLE_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
# What docxtpl does something with before jinja2 passes over a comment.
_DOING = re.compile(r"\{[{%](?:-|(?:p|tr|tc|r)\s)|-[%}]\}|\{%\s*(?:cellbg|colspan|hm|vm)\b")
_DELIMITER = re.compile(r"\{[{%#]|[}%]\}")
_SHOWN = 30  # so much of a tag that is too long is quoted
_TAKEN_ALONG = tuple(f"{WML}{tag}" for tag in ("drawing", "pict", "object", "sectPr"))
_LINK = re.compile(r"\s*(HYPERLINK|PAGEREF|REF)\b")  # the fields around a link, and entries of a contents table


def survey_braces(paragraph: Paragraph, names: Group, found: Survey) -> None:
    """A single pair of braces around a known name would print as it is."""
    for match in _SINGLE_BRACE.finditer(without_comments(paragraph.text)):
        inside = match[1].strip()
        if inside.split(".")[0].split("\uff0e")[0] in names.members:
            found.add("single_brace", paragraph, match[0], "{{ " + inside.replace("\uff0e", ".") + " }}")


def survey_form(tag: Tag, found: Survey) -> bool:
    """How a tag is written, whatever it says; False when there is no point in reading it."""
    if len(tag.raw) > MAXIMUM_LENGTH:
        found.add("too_long", tag.paragraph, tag.raw[:_SHOWN])
        return False
    if tag.full_width:
        found.add("full_width", tag.paragraph, tag.raw, tag.corrected)
    if tag.paragraph.changed:
        found.add("tracked_changes", tag.paragraph, tag.raw)
    inside = tag.raw[2:-2]
    if inside[:1] in ("-", "+") or inside[-1:] in ("-", "+"):
        found.add("dash", tag.paragraph, tag.raw)
        return False
    if tag.prefix and tag.kind == "output":
        found.add("value_prefix", tag.paragraph, tag.raw, "{{ " + tag.body.strip() + " }}")
    elif tag.prefix and ("%" in tag.body or "}" in tag.body):
        found.add("percent_inside", tag.paragraph, tag.raw)
    elif tag.prefix in ("p", "tr", "tc"):
        _survey_prefix(tag, found)
    return True


def survey_comment(tag: Tag, found: Survey) -> None:
    """A comment may quote any whole tag that stands for itself; of others docxtpl would make something."""
    if _DOING.search(tag.raw[2:-2]) or _DELIMITER.search(_WHOLE_TAG.sub("", tag.raw[2:-2])):
        found.add("in_comment", tag.paragraph, tag.raw)


def _survey_prefix(tag: Tag, found: Survey) -> None:
    """A tag that stands for its whole paragraph, row or cell: there must be one, and nothing else in it."""
    outer = around(tag)
    if outer is None:
        found.add("no_row", tag.paragraph, tag.raw)
    elif row_text(tag).strip() != tag.raw:
        found.add("not_alone", tag.paragraph, tag.raw)
    elif next(outer.iter(*_TAKEN_ALONG), None) is not None:
        found.add("taken_along", tag.paragraph, tag.raw)


def survey_surroundings(tag: Tag, found: Survey) -> None:
    """Where a value is filled in and still does not show, or does not last."""
    if tag.kind != "output":
        return
    piece = tag.paragraph.pieces[first_piece(tag)]
    vanish = piece.getparent().find(f"{WML}rPr/{WML}vanish")
    if vanish is not None and vanish.get(f"{WML}val") not in ("0", "false", "off"):
        found.add("in_hidden_text", tag.paragraph, tag.raw)
    if next(piece.iterancestors(f"{WML}fldSimple"), None) is not None or _in_field(tag.paragraph, piece):
        found.add("in_field", tag.paragraph, tag.raw)


def _in_field(paragraph: Paragraph, piece: etree._Element) -> bool:
    """Whether it lies between the beginning and the end of a field that Word computes anew; links do not count."""
    codes: list[str] = []
    for node in paragraph.element.iter():
        if node is piece:
            return any(not _LINK.match(code) for code in codes)
        if node.tag == f"{WML}fldChar" and node.get(f"{WML}fldCharType") == "begin":
            codes.append("")
        elif node.tag == f"{WML}fldChar" and node.get(f"{WML}fldCharType") == "end" and codes:
            codes.pop()
        elif node.tag == f"{WML}instrText" and codes:
            codes[-1] += node.text or ""
    return False


def survey_doubles(items: Sequence[Tag | Stray], found: Survey) -> None:
    """The same value twice in a row, with nothing between: hardly meant."""
    for before, after in _neighbours(items):
        if before.kind == "output" and _same(before, after) and not _text_between(before, after):
            found.add("doubled", after.paragraph, after.raw)


def _neighbours(items: Sequence[Tag | Stray]) -> Iterator[tuple[Tag, Tag]]:
    for before, after in pairwise(items):
        if isinstance(before, Tag) and isinstance(after, Tag):
            yield before, after


def _same(before: Tag, after: Tag) -> bool:
    return (before.kind, before.body.split()) == (after.kind, after.body.split())


def _text_between(before: Tag, after: Tag) -> str:
    end = before.start + len(before.raw)
    if before.paragraph.element is after.paragraph.element:
        return before.paragraph.text[end : after.start].strip()
    if before.paragraph.element.getnext() is not after.paragraph.element:
        return "elsewhere"
    return (before.paragraph.text[end:] + after.paragraph.text[: after.start]).strip()
