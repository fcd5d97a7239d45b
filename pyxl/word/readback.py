"""Is a document that we wrote whole?"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from pyxl.errors import OutputError
from pyxl.package import CONTENT_TYPES, DAMAGE, unpacked
from pyxl.xmltext import parser

__all__ = ["verify"]

_SHOWN = "wordprocessingml"
_MAIN = "wordprocessingml.document.main"


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
                parser().Parse(parts[name], True)
        if not any(_MAIN in kind for kind in kinds.values()):
            raise ValueError("no document in it")
    except (*DAMAGE, expat.ExpatError) as error:
        raise OutputError("document_unreadable", file=document.name) from error


def _kinds(content_types: bytes) -> dict[str, str]:
    """Part → content type, for those parts that have one of their own."""
    kinds: dict[str, str] = {}

    def note(_: str, attributes: dict[str, str]) -> None:
        if "PartName" in attributes:
            kinds[attributes["PartName"].lstrip("/")] = attributes.get("ContentType", "")

    made = parser()
    made.StartElementHandler = note
    made.Parse(content_types, True)
    return kinds
