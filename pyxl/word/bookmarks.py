"""How does a number in a document become a bookmark, without a sign of it on the page?

While a document is filled, what a figure prints stands between two marks: characters that Unicode has set
aside for a program's own use (noncharacters), which reading takes out of every cell. Here runs are parted
at the marks, and a bookmark is put in place of each pair; every mark is gone afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["bookmarked", "enclosed", "unmarked"]

_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
_OPEN, _NUMBERED, _CLOSE, _ZERO = "\ufdd0", "\ufdd1", "\ufdd2", 0xFDD6  # ten of them are digits
_MARK = f"{_OPEN}([{chr(_ZERO)}-{chr(_ZERO + 9)}]{{1,9}}){_NUMBERED}|{_CLOSE}"
_RUN = re.compile(r"(<w:r(?: [^<>]*)?>(?:<w:rPr>.*?</w:rPr>|<w:rPr/>)?)((?:(?!<w:r[ >]).)*?)</w:r>", re.DOTALL)
_TOKEN = re.compile(rf"{_MARK}|<[^<>]*>")
_FALLBACK = re.compile(r"<mc:Fallback>.*?</mc:Fallback>", re.DOTALL)  # says the same again, for old programs
_BOOKMARK = re.compile(r"<w:bookmarkStart [^<>]*>")
_ID, _NAME = re.compile(r' w:id="(\d+)"'), re.compile(r' w:name="([^"]*)"')
_TEXT = '<w:t xml:space="preserve">'
_EMPTY = re.compile(r"<w:t(?: [^<>]*)?></w:t>")
_LONGEST = 40  # UTF-16 units of a name; Word refuses more


def enclosed(text: str, number: int) -> str:
    """The text between the marks of a figure's number; nothing around nothing."""
    digits = "".join(chr(_ZERO + int(digit)) for digit in str(number))
    return f"{_OPEN}{digits}{_NUMBERED}{text}{_CLOSE}" if text else text


def unmarked(text: str) -> str:
    """The text without any mark."""
    return _NONCHARACTERS.sub("", text)


def bookmarked(parts: Mapping[str, str], figures: Sequence[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The XML parts with bookmarks instead of marks; of each bookmark its figure and its name, in order.

    `figures` are the names that the marks number. A part whose marks do not match gets no bookmark at all.
    """
    names = _Names(parts.values())
    done, found = {}, []
    for name, xml in parts.items():
        part = _Part(names, figures)
        made = xml
        if _NONCHARACTERS.search(xml):
            made = _RUN.sub(part.parted, _FALLBACK.sub(lambda match: unmarked(match[0]), xml))
            made = unmarked(xml if part.open else made)
        done[name] = made
        found += [] if part.open else part.made
    return done, found


class _Names:
    """Names and numbers that no other bookmark of the document has."""

    def __init__(self, parts: Iterable[str]) -> None:
        there = [match[0] for xml in parts for match in _BOOKMARK.finditer(xml)]
        self._taken = {name[1].casefold() for mark in there if (name := _NAME.search(mark))}
        self._counts: dict[str, int] = {}  # how often a name was given
        self._last = max((int(number[1]) for mark in there if (number := _ID.search(mark))), default=0)

    def number(self) -> int:
        """A new one."""
        self._last += 1
        return self._last

    def name(self, figure: str) -> str:
        """The figure's name in the letters that Word allows; with a number when it is taken."""
        base = "".join(sign if sign.isalpha() or sign in "0123456789_" else "_" for sign in figure)
        base = base if base[:1].isalpha() else f"n_{base}"
        count = self._counts.get(base, 0) + 1
        name = _cut(base, _LONGEST) if count == 1 else _numbered(base, count)
        while name.casefold() in self._taken:
            count += 1
            name = _numbered(base, count)
        self._counts[base] = count
        self._taken.add(name.casefold())
        return name


def _numbered(base: str, count: int) -> str:
    return f"{_cut(base, _LONGEST - len(f'_{count}'))}_{count}"


def _cut(name: str, longest: int) -> str:
    """So many UTF-16 units of a name, as Word counts."""
    return name.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")


class _Part:
    """The runs of one part, one after the other: a bookmark may begin in one and end in the next."""

    def __init__(self, names: _Names, figures: Sequence[str]) -> None:
        self._names = names
        self._figures = figures
        self.open: list[int] = []  # numbers of bookmarks that have begun and not ended
        self.made: list[tuple[str, str]] = []  # figure and name

    def parted(self, run: re.Match[str]) -> str:
        """A run as one or more runs, with the bookmarks between them."""
        beginning, content = run[1], run[2]
        if not _NONCHARACTERS.search(content):
            return run[0]
        done, piece, inside, last = "", "", False, 0
        for token in _TOKEN.finditer(content):
            piece += content[last : token.start()]
            last = token.end()
            if token[0].startswith("<"):
                piece += token[0]
                inside = token[0].startswith(("<w:t>", "<w:t ")) and not token[0].endswith("/>")
            elif inside and (element := self._element(token[1])):
                done += _run(beginning, f"{piece}</w:t>") + element
                piece = _TEXT
        return done + _run(beginning, piece + content[last:])

    def _element(self, digits: str | None) -> str:
        """The beginning or the end of a bookmark; nothing where there is none to end, or no such figure."""
        if digits is None:
            return f'<w:bookmarkEnd w:id="{self.open.pop()}"/>' if self.open else ""
        number = int("".join(str(ord(digit) - _ZERO) for digit in digits))
        if number >= len(self._figures):
            return ""
        figure = self._figures[number]
        name = self._names.name(figure)
        self.open.append(self._names.number())
        self.made.append((figure, name))
        return f'<w:bookmarkStart w:id="{self.open[-1]}" w:name="{name}"/>'


def _run(beginning: str, content: str) -> str:
    """A run; none when there is nothing in it but the text that was parted. Blanks at its ends are kept."""
    content = _EMPTY.sub("", content).replace("<w:t>", _TEXT)
    return f"{beginning}{content}</w:r>" if content else ""
