"""What texts and number formats do the cells of a workbook share?"""

from __future__ import annotations

import re
from functools import lru_cache

from pyxl.excel.closed.facts import is_utf8
from pyxl.excel.closed.serials import calamine_misreads, format_kind
from pyxl.excel.closed.xmlpart import parse

__all__ = ["TRIMMED", "NotPlainError", "Styles", "decoded", "read_strings", "read_styles", "unescaped"]

# White space at the ends of a <t> without xml:space="preserve" does not count (Excel and calamine agree).
TRIMMED = " \t\r\n"

_SMALL = 1 << 16  # bytes of a part that is worth keeping in memory
_HEAD = re.compile(rb"(?:<\?xml[^<>]*\?>\s*)?<sst[^<>]*(?<!/)>")
_TAIL = b"</sst>"
_ITEM, _KEPT_ITEM, _ITEM_END = "<si><t>", '<si><t xml:space="preserve">', "</t></si>"
# what is no text in XML, or not the text that it seems to be
_NO_TEXT = bytes({*range(32)} - {*b"\t\n"})
_UNUSUAL = re.compile("[<\x00-\x08\x0b-\x1f\ufffe\uffff]|]]>")
_ENTITIES = {"lt;": "<", "gt;": ">", "amp;": "&", "quot;": '"', "apos;": "'"}
_ENTITY = re.compile(f"&({'|'.join(_ENTITIES)})")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def decoded(text: str) -> str:
    """The text with _x000D_ and its like replaced by the characters they stand for."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # Half a surrogate pair is no character; no program has a reason to write one so.
    return match[0] if 0xD800 <= code < 0xE000 else chr(code)


class NotPlainError(Exception):
    """Something that only an XML parser should read."""


def unescaped(text: str) -> str:
    """Text of an XML part with its entities replaced. Raises NotPlainError for what is not plain text."""
    if _UNUSUAL.search(text):
        raise NotPlainError
    if "&" not in text:
        return text
    parts = text.split("&")
    if not all(part.startswith(tuple(_ENTITIES)) for part in parts[1:]):
        raise NotPlainError
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], text)


def read_strings(data: bytes, part: str) -> list[str]:
    """The shared strings in order: rich text joined, phonetic guides left out."""
    try:
        return _plain_strings(data)
    except (NotPlainError, UnicodeDecodeError):
        return _parsed_strings(data, part)


def _plain_strings(data: bytes) -> list[str]:
    """The strings of a part that holds nothing but plain texts, as nearly all do: ten times as fast."""
    head = _HEAD.match(data)
    if head is None or not is_utf8(data) or not data.endswith(_TAIL) or len(data.translate(None, _NO_TEXT)) < len(data):
        raise NotPlainError
    inner = data[head.end() : -len(_TAIL)].decode()
    texts = _items(inner)
    is_literal = not any(sign in inner for sign in ("&", "_x", "]]>", "\ufffe", "\uffff"))
    return texts if is_literal else [decoded(unescaped(text)) for text in texts]


def _items(inner: str) -> list[str]:
    """What stands in the items, as long as there is no other tag than theirs."""
    tags, tags_of_each = inner.count("<"), (_ITEM + _ITEM_END).count("<")
    if inner.startswith(_ITEM) and inner.endswith(_ITEM_END):
        alike = inner[len(_ITEM) : -len(_ITEM_END)].split(_ITEM_END + _ITEM)
        if tags == len(alike) * tags_of_each:  # mostly: no item has its blanks kept
            return [item.strip(TRIMMED) for item in alike]
    *items, rest = inner.split(_ITEM_END)
    if rest or tags != len(items) * tags_of_each:
        raise NotPlainError
    return [_plain_string(item) for item in items]


def _plain_string(item: str) -> str:
    if item.startswith(_ITEM):
        return item[len(_ITEM) :].strip(TRIMMED)
    if item.startswith(_KEPT_ITEM):
        return item[len(_KEPT_ITEM) :]
    raise NotPlainError


def _parsed_strings(data: bytes, part: str) -> list[str]:
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

    `misread` holds the numbers of those that calamine would take for plain numbers. Nobody changes them.
    """

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.misread: set[str] = set()


def read_styles(data: bytes, part: str) -> Styles:
    """The date and time styles of a workbook."""
    return _remembered(data, part) if len(data) <= _SMALL else _styles(data, part)


def _styles(data: bytes, part: str) -> Styles:
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


# workbooks that one program made have the same styles
_remembered = lru_cache(maxsize=8)(_styles)
