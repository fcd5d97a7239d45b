"""Is the file a package whose parts, types and relations agree, and of the kind that its ending says?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pyxl.excel.addin.gate.fault import Fault
from pyxl.excel.addin.packing import MAIN_TYPES, PLAIN_WORKBOOK
from pyxl.package import CONTENT_TYPES, DAMAGE, unpacked
from pyxl.record import record

__all__ = ["MAIN", "PROJECT", "Container", "Relation", "container_faults", "opened", "relations"]

MAIN = "xl/workbook.xml"
PROJECT = "xl/vbaProject.bin"
_PROJECT_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"


@record
class Container:
    """The parts of a package as bytes, and those that are XML as trees."""

    parts: dict[str, bytes]
    trees: dict[str, Any]


@record
class Relation:
    """What one part says of another: what it is to it, and where it is."""

    id: str
    kind: str
    target: str  # a part's name


def opened(package: bytes) -> Container | Fault:
    """The package, or why it is none."""
    try:
        parts = unpacked(package)
    except DAMAGE as error:
        return Fault("no_package", str(error))
    trees = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                return Fault("not_well_formed", f"{name}: {error}")
    missing = {CONTENT_TYPES, MAIN, "_rels/.rels"} - trees.keys()
    return Fault("part_missing", ", ".join(sorted(missing))) if missing else Container(parts, trees)


def container_faults(container: Container, kind: str) -> tuple[Fault, ...]:
    """Parts without a type, types without a part, relations that lead nowhere, and the wrong kind."""
    types = dict(_types(container))
    parts = container.parts.keys() - {CONTENT_TYPES}
    found = [Fault("part_without_type", name) for name in sorted(parts - types.keys())]
    found += [Fault("type_without_part", name) for name in sorted(types.keys() - parts)]
    found += [
        Fault("relation_without_target", f"{name} {relation.id}: {relation.target}")
        for name in ("", *sorted(parts))
        for relation in relations(container, name)
        if relation.target not in parts
    ]
    if types.get(MAIN) != MAIN_TYPES[kind]:
        found.append(Fault("wrong_main_type", f"{kind}: {types.get(MAIN)}"))
    return (*found, *_project_faults(container, kind, types.get(PROJECT)))


def relations(container: Container, part: str) -> tuple[Relation, ...]:
    """The relations of a part ("" is the package) to others inside the package."""
    folder, _, name = part.rpartition("/")
    tree = container.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"), ())
    return tuple(
        Relation(node.get("Id"), node.get("Type"), _absolute(folder, node.get("Target")))
        for node in tree
        if node.get("TargetMode") != "External"
    )


def _absolute(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _types(container: Container) -> Iterator[tuple[str, str]]:
    """Each part's type: that of its ending, unless it has one of its own."""
    tree = container.trees[CONTENT_TYPES]
    endings = {node.get("Extension").lower(): node.get("ContentType") for node in tree.iterfind("{*}Default")}
    for name in container.parts:
        ending = name.rpartition(".")[2].lower()
        if name != CONTENT_TYPES and ending in endings:
            yield name, endings[ending]
    for node in tree.iterfind("{*}Override"):
        yield node.get("PartName").lstrip("/"), node.get("ContentType")


def _project_faults(container: Container, kind: str, project_type: str | None) -> Iterator[Fault]:
    """A macro file without macros is as wrong as macros in a plain one."""
    related = [relation for relation in relations(container, MAIN) if relation.kind == _PROJECT_RELATION]
    present = PROJECT in container.parts
    if kind == PLAIN_WORKBOOK:
        if present or related:
            yield Fault("macros_in_plain_workbook")
    elif not present or len(related) != 1 or related[0].target != PROJECT:
        yield Fault("macros_missing")
    elif project_type != _PROJECT_TYPE:
        yield Fault("macros_of_wrong_type", str(project_type))
