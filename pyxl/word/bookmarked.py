"""What stands in the bookmarks of a document?"""

from __future__ import annotations

from collections.abc import Mapping

from pyxl.word.namespaces import WORD
from pyxl.word.sourcepart import parsed

__all__ = ["texts"]

_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t"}


def texts(xml: bytes) -> dict[str, str]:
    """What stands in each bookmark of a part, by name. Raises ValueError when it is no XML, or has a document type."""
    reader = _Reader()
    parsed(xml, reader.begins, reader.says, reader.ends)
    return {name: "".join(pieces) for name, pieces in reader.found.items()}


class _Reader:
    """What expat tells, by bookmark."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}
        self._open: dict[str, list[str]] = {}  # number of a bookmark → its text so far
        self._inside = False

    def begins(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        space, _, name = tag.rpartition(" ")
        if space != WORD:
            return
        number = attributes.get(f"{WORD} id", "")
        if name == "bookmarkStart":
            self._open[number] = self.found.setdefault(attributes.get(f"{WORD} name", ""), [])
        elif name == "bookmarkEnd":
            self._open.pop(number, None)
        elif name == "t":
            self._inside = True
        elif name in _BREAKS:
            self.says(_BREAKS[name], always=True)

    def ends(self, tag: str) -> None:
        """An element ends."""
        if tag == f"{WORD} t":
            self._inside = False

    def says(self, text: str, *, always: bool = False) -> None:
        """Text, whether it is printed or not."""
        if self._inside or always:
            for pieces in self._open.values():
                pieces.append(text)
