"""How does the sealed manifest travel inside the workbook, and how is it found there again?

As a custom XML part that the workbook is related to (ECMA-376 part 1, 15.2.4 and 15.2.5), which Excel
keeps when somebody opens and saves the file. The manifest lists the digest of every other part.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from hashlib import sha256
from struct import Struct
from xml.etree import ElementTree as ET

from pyxl.excel.closed.container import Container
from pyxl.package import CONTENT_TYPES, packed
from pyxl.record import record
from pyxl.xmltext import replaced_once

__all__ = ["MANIFEST_PART", "Seal", "digests", "package_of", "packed_digests", "sealed_part", "with_place"]

MANIFEST_PART = "customXml/item1.xml"
_PROPERTIES = "customXml/itemProps1.xml"
_RELATIONS = "customXml/_rels/item1.xml.rels"
_WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"

_NAMESPACE = "urn:pyxl:submission:1"
_STORE = "{9A4C1F0E-6B52-4D0B-9F5E-5D7C9E0C4A61}"  # of the data store, as the standard asks for; always ours
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PACKING = Struct("<HLQ")  # method, checksum, size
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@record
class Seal:
    """What such a part holds: the manifest's bytes, the public key and the signature over those bytes."""

    manifest: bytes
    key: bytes
    signature: bytes


def with_place(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The workbook's parts, with everything that the manifest's part needs, but not the part itself."""
    properties = (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    override = f'<Override PartName="/{_PROPERTIES}" ContentType="{kind}"/></Types>'
    relation = f'<Relationship Id="rIdPyxl" Type="{_OFFICE}/relationships/customXml" Target="../{MANIFEST_PART}"/>'
    own = f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps1.xml"/>'
    return {
        **parts,
        CONTENT_TYPES: replaced_once(parts[CONTENT_TYPES], "</Types>", override),
        _WORKBOOK_RELATIONS: replaced_once(
            parts[_WORKBOOK_RELATIONS], "</Relationships>", f"{relation}</Relationships>"
        ),
        _PROPERTIES: properties.encode(),
        _RELATIONS: f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{own}</Relationships>'.encode(),
    }


def digests(package: bytes) -> dict[str, str]:
    """Part → SHA-256 of how it is packed and of its packed bytes, of every part but the manifest's own."""
    return packed_digests(package, Container(package))


def packed_digests(package: bytes, container: Container) -> dict[str, str]:
    """The same, of a package that has been looked at. Packed, because then nothing has to be inflated to compare."""
    view = memoryview(package)
    found = {}
    for name in sorted(container.names):
        if name != MANIFEST_PART:
            digest = sha256(_PACKING.pack(*container.declared(name)))
            digest.update(view[slice(*container.span(name))])
            found[name] = digest.hexdigest()
    return found


def package_of(parts: Mapping[str, bytes], sealed: Seal | None = None) -> bytes:
    """The package: `parts` as with_place gives them, and the manifest once there is one. Equal parts pack alike."""
    whole = {**parts, **({MANIFEST_PART: _part(sealed)} if sealed else {})}
    return packed({name: whole[name] for name in sorted(whole, key=lambda name: (name != CONTENT_TYPES, name))}, 9)


def _part(sealed: Seal) -> bytes:
    fields = {"manifest": sealed.manifest, "key": sealed.key, "signature": sealed.signature}
    inner = "".join(f"<{name}>{base64.b64encode(content).decode()}</{name}>" for name, content in fields.items())
    return f'{_HEAD}<submission xmlns="{_NAMESPACE}">{inner}</submission>'.encode()


def sealed_part(content: bytes) -> Seal:
    """What a part of that name holds. Raises ValueError when it is not ours."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("a document type")
    try:
        root = ET.fromstring(content)  # noqa: S314 - without a document type nothing can swell
        if root.tag != f"{{{_NAMESPACE}}}submission":
            raise ValueError(root.tag)
        texts = [root.findtext(f"{{{_NAMESPACE}}}{name}", "") for name in ("manifest", "key", "signature")]
        return Seal(*(base64.b64decode(text, validate=True) for text in texts))
    except (ET.ParseError, binascii.Error) as error:
        raise ValueError(str(error)) from None
