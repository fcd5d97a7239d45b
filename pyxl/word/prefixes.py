"""Does a part call WordprocessingML `w`, as every program writes it and docxtpl expects, and can it be made to?"""

from __future__ import annotations

from collections import Counter

from lxml import etree

from pyxl.word.namespaces import WML, WORD

__all__ = ["renamed"]

_USUAL = "w"


def renamed(root: etree._Element) -> bytes | None:
    """The same XML under the usual prefix; None when it has it already.

    Raises ValueError where that cannot be: the prefix means something else in the middle of it.
    """
    if _is_usual(root):
        return None
    before = _names(root)
    others = {prefix: space for prefix, space in root.nsmap.items() if prefix != _USUAL and space != WORD}
    made = etree.Element(root.tag, root.attrib, nsmap={**others, _USUAL: WORD})
    made.text = root.text
    made.extend(list(root))
    written: bytes = etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)
    again = etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))
    if _names(again) != before or not _is_usual(again):
        raise ValueError("prefix of another namespace")
    return written


def _is_usual(root: etree._Element) -> bool:
    return {node.prefix for node in root.iter(f"{WML}*")} <= {_USUAL}


def _names(root: etree._Element) -> Counter[str]:
    return Counter(str(node.tag) for node in root.iter())
