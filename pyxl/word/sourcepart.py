"""How do the sources of a document's numbers travel inside it?

As a custom XML part to which the document is related (ECMA-376 part 1, 15.2.4 and 15.2.5), in the
namespace urn:pyxl:provenance:1, which pyxl/DESIGN.md describes; pyxl.word.sourcereading finds it again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.parsers import expat

from pyxl.core.provenance import Number, Provenance, SourceRow
from pyxl.package import CONTENT_TYPES
from pyxl.record import record
from pyxl.xmltext import ENTITIES, ILLEGAL, parser

__all__ = ["CUSTOM", "FORMAT", "SPACE", "Mark", "main_part", "parsed", "related", "with_sources"]

FORMAT = 1  # a higher one comes from a later program
SPACE = "urn:pyxl:provenance:"  # and the format
_NAMESPACE = f"{SPACE}{FORMAT}"
_STORE = "{5B0B7C54-2B3E-4C58-9C1B-6D7E5F0A8C12}"  # of the data store, as the standard asks for; always ours
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CUSTOM = "/customXml"  # how the type of the relation ends
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ESCAPES = str.maketrans({**ENTITIES, '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


@record
class Mark:
    """One place of the document in which a figure is printed."""

    figure: str  # 支委会.次数
    name: str  # of the bookmark
    text: str  # what was printed


def with_sources(parts: Mapping[str, bytes], provenance: Provenance, marks: Iterable[Mark]) -> dict[str, bytes]:
    """The document's parts with the sources of the figures that it prints; one of ours that is there is replaced."""
    own = _written(provenance, tuple(marks)).encode()
    main = main_part(parts)
    there = [name for name in related(parts, main, CUSTOM) if SPACE.encode() in parts[name]]
    if there:
        return {**parts, there[0]: own}
    number = next(n for n in range(1, len(parts) + 2) if f"customXml/item{n}.xml" not in parts)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    relations = _relations_of(main)
    target = posixpath.relpath(item, posixpath.dirname(main) or ".")
    override = f'<Override PartName="/{properties}" ContentType="{_PROPERTIES}"/>'
    default = b'="xml"' in parts[CONTENT_TYPES]
    override += "" if default else f'<Override PartName="/{item}" ContentType="application/xml"/>'
    link = f'<Relationship Id="rIdPyxl" Type="{_OFFICE}/relationships/customXml" Target="{target}"/>'
    inner = f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps{number}.xml"/>'
    return {
        **parts,
        CONTENT_TYPES: _ended(parts[CONTENT_TYPES], "</Types>", override),
        relations: _ended(parts[relations], "</Relationships>", link),
        item: own,
        f"customXml/_rels/item{number}.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'.encode()
        ),
        properties: (
            f'{_HEAD}<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode(),
    }


def _ended(content: bytes, end: str, more: str) -> bytes:
    """The XML with more before its last end tag."""
    head, found, tail = content.decode().rpartition(end)
    if not found:
        message = f"no {end}"
        raise ValueError(message)
    return f"{head}{more}{found}{tail}".encode()


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the document itself. Raises ValueError when there is none."""
    for name in related(parts, "", "/officeDocument"):
        return name
    raise ValueError("no document")


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def related(parts: Mapping[str, bytes], part: str, kind: str) -> list[str]:
    """The parts of the package to which one is related so; `kind` ends the type. Raises ValueError."""
    found: list[str] = []

    def note(tag: str, attributes: Mapping[str, str]) -> None:
        inside = attributes.get("TargetMode", "Internal") == "Internal"
        if tag.endswith(" Relationship") and attributes.get("Type", "").endswith(kind) and inside:
            target = posixpath.join("/", posixpath.dirname(part), attributes.get("Target", ""))
            found.append(posixpath.normpath(target).lstrip("/"))

    parsed(parts.get(_relations_of(part), b"<none/>"), note)
    return [name for name in found if name in parts]


def parsed(
    xml: bytes,
    begins: Callable[[str, dict[str, str]], Any],
    says: Callable[[str], Any] | None = None,
    ends: Callable[[str], Any] | None = None,
) -> None:
    """Reads XML with these handlers. Raises ValueError when it is none, or has a document type."""
    made = parser()
    made.StartElementHandler = begins
    made.CharacterDataHandler = says
    made.EndElementHandler = ends
    try:
        made.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


# ------------------------------------------------------------------------------ writing


def _written(told: Provenance, marks: tuple[Mark, ...]) -> str:
    figures = dict.fromkeys(mark.figure for mark in marks)
    numbers = [told.numbers[figure] for figure in figures]
    rows = {ref: told.rows[ref] for number in numbers for ref in number.rows or ()}
    ids = {ref: count for count, ref in enumerate(rows, 1)}
    own = {name: getattr(told, name) for name in ("program", "catalogue", "ledger", "unit", "period", "digest")}
    lines = [
        *(_number(number, marks, ids) for number in numbers),
        *(_row(row, ids[ref]) for ref, row in rows.items()),
    ]
    inner = "".join(f"{line}\n" for line in lines)
    return f"{_HEAD}<provenance{_attributes(xmlns=_NAMESPACE, format=FORMAT, **own)}>\n{inner}</provenance>\n"


def _number(number: Number, marks: tuple[Mark, ...], ids: Mapping[str, int]) -> str:
    """A figure made of names does not say them here again."""
    inner = "".join(
        f"<mark{_attributes(bookmark=mark.name)}>{_escaped(mark.text if number.value else '')}</mark>"
        for mark in marks
        if mark.figure == number.name
    )
    rows = {} if number.rows is None else {"rows": " ".join(str(ids[ref]) for ref in number.rows)}
    head = _attributes(name=number.name, value=number.value, **rows)
    return f"<number{head}>{inner}</number>"


def _row(row: SourceRow, own: int) -> str:
    inner = "".join(f"<cell{_attributes(column=label)}>{_escaped(text)}</cell>" for label, text in row.told.items())
    return f"<row{_attributes(id=own, sheet=row.sheet, row=row.row, digest=row.digest)}>{inner}</row>"


def _attributes(**values: object) -> str:
    return "".join(f' {name}="{_escaped(str(value))}"' for name, value in values.items())


def _escaped(text: str) -> str:
    """Also within quotation marks; a file may be called by what XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text).translate(_ESCAPES)
