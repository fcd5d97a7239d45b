"""How a piece of WordprocessingML is written in Python."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement

from pyxl.word.namespaces import WML, XML_SPACE

__all__ = ["element", "paragraph", "run"]


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """`element("ind", left=20)` → `<w:ind w:left="20"/>`; children that are None are left out."""
    made: Any = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(f"{WML}{name}", str(value))
    made.extend(child for child in children if child is not None)
    return made


def run(text: str) -> Any:
    """A run of exactly this text, spaces and line breaks kept; what is both Chinese and Latin counts as Chinese."""
    made = element("r", element("rPr", element("rFonts", hint="eastAsia")))
    for number, line in enumerate(text.split("\n")):
        content = element("t")
        content.text = line
        content.set(XML_SPACE, "preserve")
        made.extend([element("br"), content] if number else [content])
    return made


def paragraph(style: str, *content: Any, keep: bool = False) -> Any:
    """A paragraph of the style with this id; `keep` it on the page of the next one."""
    return element("p", element("pPr", element("pStyle", val=style), element("keepNext") if keep else None), *content)
