"""How is a .docx packed so that the same content gives the same bytes, and is one that we wrote whole?"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from pyxl.errors import OutputError

__all__ = ["CONTENT_TYPES", "packed", "unpacked", "verify"]

CONTENT_TYPES = "[Content_Types].xml"
_SHOWN = "wordprocessingml"
_MAIN = "wordprocessingml.document.main"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_LEVEL = 6
_DAMAGE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, in their order and without any trace of when or where it was written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            package.writestr(entry, content, compresslevel=_LEVEL)
    return buffer.getvalue()


def unpacked(package: bytes) -> dict[str, bytes]:
    """Every part by name, in order; for packages of our own, which need no care."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def verify(document: Path) -> None:
    """Reads a written document back; raises OutputError when it is not whole.

    Every part must have its checksum; those that Word shows must be there and well-formed, with their
    prefixes declared and no document type; and one of them must be the document.
    """
    try:
        parts = unpacked(document.read_bytes())
        kinds = _kinds(parts[CONTENT_TYPES])
        for name, kind in kinds.items():
            if _SHOWN in kind:
                _parser().Parse(parts[name], True)
        if not any(_MAIN in kind for kind in kinds.values()):
            raise ValueError("no document in it")
    except _DAMAGE as error:
        raise OutputError("document_unreadable", file=document.name) from error


def _kinds(content_types: bytes) -> dict[str, str]:
    """Part → content type, for those parts that have one of their own."""
    kinds: dict[str, str] = {}

    def note(_: str, attributes: dict[str, str]) -> None:
        if "PartName" in attributes:
            kinds[attributes["PartName"].lstrip("/")] = attributes.get("ContentType", "")

    parser = _parser()
    parser.StartElementHandler = note
    parser.Parse(content_types, True)
    return kinds


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> None:
    raise ValueError("document type declaration")
