"""Is a template small and plain enough to be read? What unpacks to a few megabytes may still take minutes to go through."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable, Mapping
from zipfile import ZipInfo

from lxml import etree

from pyxl.package import TooLargeError
from pyxl.word.namespaces import WML

__all__ = ["is_xml", "refuse_large", "refuse_many", "refuse_nested"]

# A finished report of 17 pages, taken as a template, has 400,000 bytes of XML, 12,000 elements, 900 paragraphs; Word adds 20,000 elements of styles.
_LARGEST_XML, _ALL_XML = 4_000_000, 7_000_000  # bytes, of one part and of all
_LARGEST_OTHER = 15_000_000  # bytes of one picture
_ELEMENTS, _PARAGRAPHS = 120_000, 20_000
_ATTRIBUTES = 1000  # of one element; of 200,000 each is compared with every other
_DEEP, _TABLES_DEEP = 100, 8

_PARAGRAPH = re.compile(rb"<(?:[\w.-]+:)?p[\s/>]")
_ATTRIBUTE = re.compile(rb"=\s*[\"']")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENCODING = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_ASCII_WITHIN = re.compile(rb"utf-?8|(?:us-)?ascii|iso-?8859-\d+|windows-\d+|gbk|gb2312|gb18030|big5", re.IGNORECASE)


def is_xml(name: str) -> bool:
    """Whether a part is XML by its name."""
    return name.casefold().endswith((".xml", ".rels"))


def refuse_large(entries: Mapping[str, ZipInfo]) -> None:
    """Raises TooLargeError for what the directory of a package announces."""
    xml = [entry.file_size for name, entry in entries.items() if is_xml(name)]
    others = [entry.file_size for name, entry in entries.items() if not is_xml(name)]
    if max(xml, default=0) > _LARGEST_XML or sum(xml) > _ALL_XML or max(others, default=0) > _LARGEST_OTHER:
        raise TooLargeError


def refuse_many(contents: Iterable[bytes]) -> None:
    """Raises TooLargeError for XML of too many bytes, elements, paragraphs or attributes, before any tree is built.

    Raises ValueError where they cannot be counted: in an encoding that no Office program writes.
    """
    plain = [_countable(content) for content in contents]
    elements = sum(content.count(b"<") - content.count(b"</") for content in plain)
    if sum(map(len, plain)) > _ALL_XML or elements > _ELEMENTS:
        raise TooLargeError
    if sum(len(_PARAGRAPH.findall(content)) for content in plain) > _PARAGRAPHS:
        raise TooLargeError
    long = (piece for content in plain for piece in content.split(b"<") if len(piece) > _ATTRIBUTES)
    if any(len(_ATTRIBUTE.findall(piece)) > _ATTRIBUTES for piece in long):
        raise TooLargeError


def _countable(content: bytes) -> bytes:
    """The same XML where a byte < is the beginning of a tag and nothing else."""
    if content.startswith(_UTF16):
        return content.decode("utf-16").encode("utf-8", "surrogatepass")
    content = content.removeprefix(codecs.BOM_UTF8).lstrip()
    said = _ENCODING.match(content)
    if content and (
        not content.startswith(b"<") or b"\0" in content[:4] or (said and not _ASCII_WITHIN.fullmatch(said[1]))
    ):
        raise ValueError("unusual encoding")
    return content


def refuse_nested(roots: Collection[etree._Element]) -> None:
    """Raises TooLargeError for elements, or tables, that stand too deep in one another."""
    tables = etree.XPath(f"boolean(//w:tbl[count(ancestor::w:tbl) >= {_TABLES_DEEP}])", namespaces={"w": WML[1:-1]})
    anything = etree.XPath(f"boolean(//*[count(ancestor::*) >= {_DEEP}])")
    if any(tables(root) or anything(root) for root in roots):
        raise TooLargeError
