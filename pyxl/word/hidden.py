"""What does docxtpl read as an instruction although it stands in no text: in a field, an alternative text, a change?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pyxl.word.namespaces import WML
from pyxl.word.tags import Paragraph

__all__ = ["Hidden", "hidden", "hidden_outside"]

_T, _P = f"{WML}t", f"{WML}p"
_MARK = re.compile(r"\{[{%#].{0,60}?(?:[}%#]\}|$)", re.DOTALL)
_CODES = {f"{WML}instrText": "in_field_code", f"{WML}delText": "in_deleted", f"{WML}delInstrText": "in_deleted"}
_ATTRIBUTES = {"descr": "in_alternative_text", "title": "in_alternative_text", f"{WML}instr": "in_field_code"}


class Hidden(NamedTuple):
    """An instruction outside the text: a key of document.toml [problems], and what stands there."""

    reason: str
    found: str


def hidden(paragraph: Paragraph) -> list[Hidden]:
    """Whatever in a paragraph looks like an instruction and is not in its text; each once."""
    return list(dict.fromkeys(_hidden(paragraph)))


def _hidden(paragraph: Paragraph) -> Iterator[Hidden]:
    texts: dict[str, str] = {}
    for node in _own(paragraph.element):
        for name, value in node.attrib.items():
            yield from _in(_ATTRIBUTES.get(str(name), "in_other_place"), str(value))
        if node.tag != _T and node.text:
            reason = _CODES.get(str(node.tag), "in_other_place")
            texts[reason] = texts.get(reason, "") + node.text
    for reason, text in texts.items():
        yield from _in(reason, text)


def hidden_outside(root: etree._Element) -> Iterator[Hidden]:
    """The same for what stands in no paragraph: in the properties of a table, of a content control …"""
    for node in _own(root):
        for value in (*node.attrib.values(), node.text or ""):
            yield from _in("in_other_place", str(value))


def _own(element: etree._Element) -> Iterator[etree._Element]:
    """Everything in a paragraph but the paragraphs of its text boxes."""
    yield element
    for child in element:
        if child.tag != _P and isinstance(child.tag, str):
            yield from _own(child)


def _in(reason: str, text: str) -> Iterator[Hidden]:
    for match in _MARK.finditer(text):
        yield Hidden(reason, match[0])
