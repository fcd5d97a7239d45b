"""What texts and number formats do the cells of a workbook share?"""

from __future__ import annotations

import re

from pyxl.excel.closed.serials import calamine_misreads, format_kind
from pyxl.excel.closed.xmlpart import parse

__all__ = ["TRIMMED", "Styles", "decoded", "read_strings", "read_styles"]

# White space at the ends of a <t> without xml:space="preserve" does not count (Excel and calamine agree).
TRIMMED = " \t\r\n"

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def decoded(text: str) -> str:
    """The text with _x000D_ and its like replaced by the characters they stand for."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # Half a surrogate pair is no character; no program has a reason to write one so.
    return match[0] if 0xD800 <= code < 0xE000 else chr(code)


def read_strings(data: bytes, part: str) -> list[str]:
    """The shared strings in order: rich text joined, phonetic guides left out."""
    strings: list[str] = []
    item: list[str] = []
    run: list[str] = []
    state = {"phonetic": False, "keep": False, "inside": False}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "si":
            item.clear()
        elif element == "rPh":
            state["phonetic"] = True
        elif element == "t" and not state["phonetic"]:
            run.clear()
            state["inside"] = True
            state["keep"] = attributes.get("xml:space") == "preserve"

    def end(element: str) -> None:
        if element == "t" and state["inside"]:
            state["inside"] = False
            text = "".join(run)
            item.append(decoded(text if state["keep"] else text.strip(TRIMMED)))
        elif element == "rPh":
            state["phonetic"] = False
        elif element == "si":
            strings.append("".join(item))

    parse(data, part, start, end, lambda piece: run.append(piece) if state["inside"] else None)
    return strings


class Styles:
    """Which styles show a day or a time: style number, as the sheets write it → DATE or SPAN.

    `misread` holds the numbers of those that calamine would take for plain numbers.
    """

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.misread: set[str] = set()


def read_styles(data: bytes, part: str) -> Styles:
    """The date and time styles of a workbook."""
    styles = Styles()
    codes: dict[str, str] = {}
    uses: list[str] = []
    inside = {"cellXfs": False}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif element == "cellXfs":
            inside["cellXfs"] = True
        elif element == "xf" and inside["cellXfs"]:
            uses.append(attributes.get("numFmtId", ""))

    def end(element: str) -> None:
        if element == "cellXfs":
            inside["cellXfs"] = False

    parse(data, part, start, end)
    for index, identifier in enumerate(uses):
        number, code = int(identifier) if identifier.isdecimal() else 0, codes.get(identifier)
        kind = format_kind(number, code)
        if kind:
            styles.kinds[str(index)] = kind
        if calamine_misreads(number, code):
            styles.misread.add(str(index))
    return styles
