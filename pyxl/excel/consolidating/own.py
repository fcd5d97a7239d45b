"""Is this file a consolidated workbook of ours, and is it whole?"""

from __future__ import annotations

import zipfile
from pathlib import Path

from pyxl.errors import OutputError
from pyxl.excel.closed.container import MAX_PART, MAX_TOTAL
from pyxl.excel.closed.preflight import MAX_FILE
from pyxl.excel.closed.refusal import Refusal
from pyxl.excel.closed.xmlpart import parse
from pyxl.package import CUSTOM_PROPERTIES, DAMAGE, Parts

__all__ = ["can_be_read", "is_consolidated", "sound"]

_NAME, _KIND = "pyxl", "consolidated"
_MOST = 1 << 20  # bytes of that part


def is_consolidated(path: Path) -> bool:
    """By what the file says of itself; whatever cannot be read is none."""
    try:
        with zipfile.ZipFile(path) as package:
            return _said(Parts(package, _MOST)[CUSTOM_PROPERTIES]) == _KIND
    except (*DAMAGE, Refusal):
        return False


def _said(content: bytes) -> str:
    """The text of our property, however the program that saved it last spells its XML."""
    ours, texts = [False], []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            ours[0] = attributes.get("name") == _NAME

    def text(found: str) -> None:
        if ours[0]:
            texts.append(found)

    def end(name: str) -> None:
        ours[0] = ours[0] and name != "property"

    parse(content, CUSTOM_PROPERTIES, start, end, text)
    return "".join(texts).strip()


def sound(path: Path) -> None:
    """Raises OutputError when a part cannot be read, or is not what its checksum says."""
    if not is_consolidated(path) or not _is_whole(path):
        raise OutputError("consolidated_unsound", file=path.name)


def _is_whole(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None
    except DAMAGE:
        return False


def can_be_read(path: Path) -> bool:
    """Whether our own reader takes a sound workbook of this size: nobody's may be so large that it fills the memory."""
    with zipfile.ZipFile(path) as package:
        sizes = [part.file_size for part in package.infolist()]
    return path.stat().st_size <= MAX_FILE and max(sizes) <= MAX_PART and sum(sizes) <= MAX_TOTAL
