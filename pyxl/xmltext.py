"""What can XML hold, how is a text written in it, and how is it read without letting it declare anything?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

__all__ = ["ENTITIES", "ILLEGAL", "NEVER", "escaped", "parser", "replaced_once"]

NEVER = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"  # what XML 1.0 cannot hold at all, within brackets
ILLEGAL = re.compile(f"[{NEVER}]")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}  # in this order, one after the other


def escaped(text: str) -> str:
    """The text as it stands between tags."""
    for sign, entity in ENTITIES.items():
        text = text.replace(sign, entity)
    return text


def replaced_once(content: bytes, old: str, new: str) -> bytes:
    """The part with a text that must stand in it once replaced; ValueError where it stands more often, or nowhere."""
    count = content.count(old.encode())
    if count != 1:
        raise ValueError(f"{old} stands there {count} times")
    return content.replace(old.encode(), new.encode())


def parser() -> XMLParserType:
    """One that parts prefixes from names by a blank, and raises ValueError at a document type: Office writes none."""
    from xml.parsers import expat

    made = expat.ParserCreate(namespace_separator=" ")
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_: object) -> None:
    raise ValueError("document type declaration")
