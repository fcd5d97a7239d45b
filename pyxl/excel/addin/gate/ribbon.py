"""Will Excel show the ribbon of a file, and does each of its buttons lead to a callback?

Excel says nothing about a ribbon that it cannot read: the tab is just not there. So this knows exactly
the elements and attributes that we write, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from lxml import etree

from pyxl.excel.addin.gate.container import Container, relations
from pyxl.excel.addin.gate.fault import Fault
from pyxl.excel.addin.images import IMAGES, TABS
from pyxl.excel.addin.packing import RIBBON_PART, RIBBON_RELATION
from pyxl.excel.addin.ribbon import NAMESPACE, ribbon_xml

__all__ = ["ELEMENTS", "ribbon_faults"]

# Element → the one that it stands in, and the attributes that it must have and alone may have.
ELEMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "customUI": ("", ()),
    "ribbon": ("customUI", ()),
    "tabs": ("ribbon", ()),
    "tab": ("tabs", ("id", "insertAfterMso", "keytip", "label")),
    "group": ("tab", ("id", "label")),
    "button": ("group", ("id", "imageMso", "keytip", "label", "onAction", "screentip", "size", "supertip")),
}
_LONGEST_TEXT = 1024
_KEYTIP = re.compile(r"[A-Z0-9]{1,3}")
_SIZES = ("large", "normal")
_CALLBACK = re.compile(r"^Public Sub (\w+)\((.*)\)$", re.MULTILINE)
_SIGNATURE = "control As IRibbonControl"


def ribbon_faults(container: Container, modules: Mapping[str, str]) -> Iterator[Fault]:
    """From the relation that leads to the ribbon to the Sub that a button calls."""
    related = [relation for relation in relations(container, "") if relation.kind == RIBBON_RELATION]
    if [relation.target for relation in related] != [RIBBON_PART]:
        yield Fault("ribbon_not_related", str(related))
        return
    root = container.trees[RIBBON_PART]
    if root.tag != f"{{{NAMESPACE}}}customUI":
        yield Fault("ribbon_namespace", str(root.tag))
        return
    if container.parts[RIBBON_PART] != ribbon_xml().encode("utf-8"):
        yield Fault("ribbon_differs_from_table")
    elements = list(root.iter(tag=etree.Element))
    yield from (fault for element in elements for fault in _element_faults(element))
    yield from _duplicate_faults(elements)
    yield from _callback_faults(modules, elements)


def _element_faults(element: Any) -> Iterator[Fault]:
    """Its name, where it stands, and each of its attributes."""
    name = etree.QName(element).localname
    parent = element.getparent()
    if name not in ELEMENTS:
        yield Fault("ribbon_element", name)
        return
    place, attributes = ELEMENTS[name]
    if ("" if parent is None else etree.QName(parent).localname) != place:
        yield Fault("ribbon_element", f"{name} outside {place}")
    where = element.get("id", name)
    yield from (Fault("ribbon_attribute", f"{where} {key}") for key in sorted(set(element.attrib) ^ set(attributes)))
    yield from (Fault(code, f"{where} {element.get(key)}") for code, key in _wrong_values(element))


def _wrong_values(element: Any) -> Iterator[tuple[str, str]]:
    """Code of the fault and attribute, for each value that Excel would not take."""
    values = dict(element.attrib)
    if "keytip" in values and not _KEYTIP.fullmatch(values["keytip"]):
        yield "ribbon_keytip", "keytip"
    if "size" in values and values["size"] not in _SIZES:
        yield "ribbon_size", "size"
    if "imageMso" in values and values["imageMso"] not in IMAGES:
        yield "ribbon_image", "imageMso"
    if "insertAfterMso" in values and values["insertAfterMso"] not in TABS:
        yield "ribbon_place", "insertAfterMso"
    for key in ("label", "screentip", "supertip"):
        if key in values and not 1 <= len(values[key]) <= _LONGEST_TEXT:
            yield "ribbon_text", key


def _duplicate_faults(elements: list[Any]) -> Iterator[Fault]:
    """Ids of the whole ribbon; keytips of the buttons, none of which may begin another."""
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    yield from (Fault("ribbon_duplicate_id", name) for name, times in ids.items() if times > 1)
    keys = sorted(element.get("keytip", "") for element in elements if etree.QName(element).localname == "button")
    for one, next_one in pairwise(keys):
        if next_one.startswith(one):
            yield Fault("ribbon_duplicate_keytip", f"{one} {next_one}")


def _callback_faults(modules: Mapping[str, str], elements: list[Any]) -> Iterator[Fault]:
    """Each onAction names a public Sub, with its module, that takes what the ribbon gives."""
    for action in [element.get("onAction") for element in elements if element.get("onAction")]:
        module, _, name = action.rpartition(".")
        lines = modules.get(module, "").replace("\r\n", "\n")
        signatures = {found[1]: found[2] for found in _CALLBACK.finditer(lines)}
        if name not in signatures:
            yield Fault("callback_missing", action)
        elif signatures[name] != _SIGNATURE:
            yield Fault("callback_signature", f"{action}({signatures[name]})")
