"""What is inside a .docx file that somebody else may have written: read with care."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from pyxl.errors import TemplateError
from pyxl.package import CONTENT_TYPES, packed

__all__ = ["DAMAGE", "MAXIMUM_PART", "Archive", "parsed", "read_archive"]

MAXIMUM_PART = 4_000_000  # bytes of one XML part; a plain template has some 50,000
_MAXIMUM_TOTAL = 100_000_000  # pictures included
_MAXIMUM_ENTRIES = 1000
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"  # .doc and .xls; also a .docx with a password
_PARSED = ("main", "header", "footer", "footnotes", "endnotes", "comments")
_MACROS = (b"macroEnabled", b"vbaProject")
_STRICT = b"purl.oclc.org/ooxml"

# What unpacking and parsing a broken file may raise.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    EOFError,
    KeyError,
    IndexError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)


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
    package = _bytes_of(path)
    if package.startswith(_OLD_FORMAT):
        raise TemplateError("template_old_format", file=path.name)
    if not package.startswith(b"PK"):
        raise TemplateError("template_not_word", file=path.name)
    try:
        archive = Archive(path.name, package, _parts(package, path.name))
        _refuse_other_kinds(archive.parts[CONTENT_TYPES], archive.parts["_rels/.rels"], path.name)
        for part, kind in archive.kinds.items():
            if kind in _PARSED and part in archive.parts:
                archive.tree(part)
        if "main" not in archive.kinds.values():
            raise KeyError("main")
    except DAMAGE:
        raise TemplateError("template_damaged", file=path.name) from None
    return archive


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():  # Windows calls the attempt to read one a want of rights
            raise TemplateError("template_is_folder", file=path.name or str(path))
        size = path.stat().st_size
        if size > _MAXIMUM_TOTAL:
            raise TemplateError("template_too_large", file=path.name)
        package = path.read_bytes()
    except FileNotFoundError:
        raise TemplateError("template_missing", file=path.name) from None
    except OSError:
        raise TemplateError("template_unreadable", file=path.name) from None
    if not package:
        raise TemplateError("template_empty", file=path.name)
    return package


def _parts(package: bytes, name: str) -> dict[str, bytes]:
    """Unpacks everything, after the directory has been held against the limits; checks every checksum."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        entries = archive.infolist()
        large = any(entry.file_size > MAXIMUM_PART and entry.filename.endswith((".xml", ".rels")) for entry in entries)
        if large or len(entries) > _MAXIMUM_ENTRIES or sum(entry.file_size for entry in entries) > _MAXIMUM_TOTAL:
            raise TemplateError("template_too_large", file=name)
        if len({entry.filename for entry in entries}) < len(entries):
            raise zipfile.BadZipFile("a name stands twice")
        return {entry.filename: _content(archive, entry) for entry in entries if not entry.is_dir()}


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Never more than the directory said: a bomb lies about its size."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile("size differs")
    return content


def _refuse_other_kinds(kinds: bytes, relations: bytes, name: str) -> None:
    """Workbooks, presentations, and those kinds of Word file that docxtpl cannot fill."""
    if b"spreadsheetml" in kinds and b"wordprocessingml.document.main" not in kinds:
        raise TemplateError("template_is_excel", file=name)
    if b"wordprocessingml.template.main" in kinds or any(mark in kinds for mark in _MACROS) or _STRICT in relations:
        raise TemplateError("template_other_kind", file=name)
    if b"wordprocessingml.document.main" not in kinds:
        raise TemplateError("template_not_word", file=name)
