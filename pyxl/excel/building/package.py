"""How does a workbook come out the same, byte for byte, whenever and wherever it is built?"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from pyxl.package import CONTENT_TYPES, packed, unpacked

__all__ = ["Edit", "add_table_style", "edited", "in_order", "repack", "self_fitting_rows"]

_ROW = re.compile(rb'(<row r="(\d+)"[^>]*?) customHeight="1"')

Edit = Callable[[str, bytes], bytes]


def repack(data: bytes, *edits: Edit) -> bytes:
    """The zip with fixed dates, order and attributes, each part run through `edits`(name, content)."""
    return packed(in_order(edited(data, *edits)), 9)


def in_order(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts as we pack them: the one that says what the others are comes first, then by name."""
    return {name: parts[name] for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name))}


def edited(data: bytes, *edits: Edit) -> dict[str, bytes]:
    """The zip's parts, each run through `edits`(name, content)."""
    parts = unpacked(data)
    for edit in edits:
        parts = {name: edit(name, content) for name, content in parts.items()}
    return parts


def self_fitting_rows(sheets: Collection[int], below: int) -> Edit:
    """Rows below `below` of these sheets (1-based) keep fitting their height to what is typed later.

    XlsxWriter marks each height it is given as chosen by hand, and such a row never grows again.
    """
    names = {f"xl/worksheets/sheet{number}.xml" for number in sheets}

    def edit(name: str, content: bytes) -> bytes:
        if name not in names:
            return content
        return _ROW.sub(lambda m: m[1] if int(m[2]) > below else m[0], content)

    return edit


def add_table_style(style: str, stripe: str, rule: str) -> Edit:
    """Adds a table style of our own: every second row lightly filled, thin rules between rows.

    XlsxWriter knows only Excel's own styles, whose stripes and rules are darker or coloured.
    """
    line = f'<color rgb="FF{rule.lstrip("#")}"/>'
    sides = "".join(
        f'<{side} style="thin">{line}</{side}>' for side in ("left", "right", "top", "bottom", "vertical", "horizontal")
    )
    border = f"<dxf><border>{sides}</border></dxf>"
    fill = f'<dxf><fill><patternFill patternType="solid"><fgColor rgb="FF{stripe.lstrip("#")}"/>'
    fill += f'<bgColor rgb="FF{stripe.lstrip("#")}"/></patternFill></fill></dxf>'

    def edit(name: str, content: bytes) -> bytes:
        if name != "xl/styles.xml":
            return content
        text = content.decode("utf-8")
        found = re.search(r'<dxfs count="(\d+)"(?:/>|>(.*?)</dxfs>)', text, re.DOTALL)
        if found is None:
            raise ValueError("styles.xml holds no dxfs")
        count = int(found[1])
        dxfs = f'<dxfs count="{count + 2}">{found[2] or ""}{border}{fill}</dxfs>'
        text = text[: found.start()] + dxfs + text[found.end() :]
        elements = f'<tableStyleElement type="wholeTable" dxfId="{count}"/>'
        elements += f'<tableStyleElement type="secondRowStripe" dxfId="{count + 1}"/>'
        own = f'<tableStyle name="{style}" pivot="0" count="2">{elements}</tableStyle>'
        text, replaced = re.subn(
            r"<tableStyles count=\"0\"([^>]*?)/>", lambda m: f'<tableStyles count="1"{m[1]}>{own}</tableStyles>', text
        )
        if replaced != 1:
            raise ValueError("styles.xml holds no empty tableStyles")
        return text.encode("utf-8")

    return edit
