"""What is inside a .docx file that somebody else may have written: read with care."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from pyxl.errors import TemplateError
from pyxl.package import CONTENT_TYPES, DAMAGE, Parts, TooLargeError, packed
from pyxl.word.bounds import is_xml, refuse_large, refuse_many, refuse_nested
from pyxl.word.opening import word_bytes
from pyxl.word.prefixes import renamed

__all__ = ["BROKEN", "Archive", "parsed", "read_archive"]

_MAXIMUM_TOTAL = 40_000_000  # bytes, pictures included; of the XML alone see pyxl.word.bounds
_MAXIMUM_ENTRIES = 1000
_MACROS = (b"macroEnabled", b"vbaProject")
_STRICT = b"purl.oclc.org/ooxml"

# What unpacking and parsing a broken file may raise.
BROKEN = (*DAMAGE, etree.LxmlError, AttributeError, TypeError)


@dataclass(frozen=True)
class Archive:
    """The parts of one .docx: name within the package → bytes."""

    name: str  # of the file, for messages
    package: bytes  # the file itself
    parts: dict[str, bytes]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Part → the last word of its content type: main, header, footer, footnotes …"""
        tree = parsed(self.parts[CONTENT_TYPES])
        kinds = {}
        for override in tree.iter("{*}Override"):
            match = re.search(r"wordprocessingml\.(?:document\.)?(\w+)\+xml$", override.get("ContentType", ""))
            if match:
                kinds[override.get("PartName", "").lstrip("/")] = match[1]
        return kinds

    def tree(self, part: str) -> etree._Element:
        """A part's XML."""
        return parsed(self.parts[part])

    def relations(self, part: str) -> dict[str, str]:
        """Id → name of the part within the package that a part refers to by it."""
        folder, _, name = part.rpartition("/")
        content = self.parts.get(f"{folder}/_rels/{name}.rels".lstrip("/"))
        nodes = [] if content is None else [*parsed(content).iter("{*}Relationship")]
        inside = [node for node in nodes if node.get("TargetMode") != "External"]
        return {node.get("Id", ""): _joined_path(folder, node.get("Target", "")) for node in inside}

    def changed(self, parts: dict[str, bytes]) -> Archive:
        """The same file with other contents of these parts."""
        together = {**self.parts, **parts}
        return Archive(self.name, packed(together), together)


def _joined_path(folder: str, target: str) -> str:
    """A target as it is written in a relationship, from the root of the package."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def parsed(xml: bytes) -> etree._Element:
    """The root of an XML part, entities untouched; a document type, which Word never writes, raises ValueError."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.getroottree().docinfo.doctype:
        raise ValueError("document type declaration")
    return root


def read_archive(path: Path) -> Archive:
    """Opens a template; raises TemplateError when it is no .docx that we can fill."""

    def refused(reason: str) -> TemplateError:
        return TemplateError(f"template_{reason}", file=path.name or str(path))

    package = word_bytes(path, _MAXIMUM_TOTAL, refused)
    try:
        archive = Archive(path.name, package, _parts(package))
        refuse_many(content for part, content in archive.parts.items() if is_xml(part))
        _refuse_other_kinds(archive.parts[CONTENT_TYPES], archive.parts["_rels/.rels"], path.name)
        if "main" not in archive.kinds.values():
            raise KeyError("main")
        refuse_many(content for part, content in archive.parts.items() if is_xml(part) or part in archive.kinds)
        read = {part: archive.tree(part) for part in archive.kinds if part in archive.parts}
        refuse_nested(read.values())
        others = {part: written for part, root in read.items() if (written := renamed(root))}
        archive = archive.changed(others) if others else archive
    except TooLargeError:
        raise TemplateError("template_too_large", file=path.name) from None
    except BROKEN:
        raise TemplateError("template_damaged", file=path.name) from None
    return archive


def _parts(package: bytes) -> dict[str, bytes]:
    """Unpacks everything, after the directory has been held against the limits; checks every checksum."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = Parts(archive, _MAXIMUM_TOTAL, _MAXIMUM_ENTRIES)
        if parts.size > _MAXIMUM_TOTAL:
            raise TooLargeError
        refuse_large(parts.entries)
        return {name: parts[name] for name, entry in parts.entries.items() if not entry.is_dir()}


def _refuse_other_kinds(kinds: bytes, relations: bytes, name: str) -> None:
    """Workbooks, presentations, and those kinds of Word file that docxtpl cannot fill."""
    if b"spreadsheetml" in kinds and b"wordprocessingml.document.main" not in kinds:
        raise TemplateError("template_is_excel", file=name)
    if b"wordprocessingml.template.main" in kinds or any(mark in kinds for mark in _MACROS) or _STRICT in relations:
        raise TemplateError("template_other_kind", file=name)
    if b"wordprocessingml.document.main" not in kinds:
        raise TemplateError("template_not_word", file=name)
