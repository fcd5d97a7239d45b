"""How is it known where in a text a placeholder printed something? By marks, which are taken out again.

While wording is rendered, what a placeholder inserts stands between marks that name it. They are control
characters, which reading lets through from nobody, and they never leave the rendering of one piece of
wording: whatever is done to its text afterwards knows nothing of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyxl.record import record

__all__ = ["ANY", "CLOSE", "Span", "Spanned", "clipped", "marked", "taken_out"]

_OPEN, _NAMED, CLOSE = "\x03", "\x05", "\x04"
ANY = f"(?:{_OPEN}[^{_NAMED}]*{_NAMED}|{CLOSE})"  # a mark, for patterns that look beyond it
_MARKS = re.compile(f"{_OPEN}([^{_NAMED}]*){_NAMED}|{CLOSE}")


@record
class Span:
    """Characters `start` to `end` of a text were printed by the placeholder `name`: 支委会.次数."""

    start: int
    end: int
    name: str


@record
class Spanned:
    """A text, and what in it was printed by placeholders, in order; nothing of it is empty."""

    text: str
    spans: tuple[Span, ...] = ()

    def stripped(self) -> Spanned:
        """Without the blanks around it."""
        bare = self.text.strip()
        return self.part(self.text.index(bare), len(bare))

    def part(self, start: int, length: int) -> Spanned:
        """So many characters from `start`, with what was printed there."""
        return Spanned(self.text[start : start + length], tuple(clipped(self.spans, start, length)))


def clipped(spans: Iterable[Span], start: int, length: int) -> Iterable[Span]:
    """What of these lies within a part of the text, counted from where the part begins."""
    for span in spans:
        first, last = max(span.start - start, 0), min(span.end - start, length)
        if first < last:
            yield Span(first, last, span.name)


def marked(text: str, name: str) -> str:
    """The text between marks that name the placeholder that has printed it."""
    return f"{_OPEN}{name}{_NAMED}{text}{CLOSE}"


def taken_out(text: str) -> Spanned:
    """The text without its marks, and what they say."""
    if CLOSE not in text:
        return Spanned(text)
    pieces: list[str] = []
    opened: list[tuple[int, str]] = []
    spans: list[Span] = []
    length = last = 0
    for mark in _MARKS.finditer(text):
        pieces.append(text[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        if mark[1] is not None:
            opened.append((length, mark[1]))
        elif opened:
            start, name = opened.pop()
            spans.append(Span(start, length, name))
    spans.sort(key=lambda span: (span.start, -span.end))
    return Spanned("".join([*pieces, text[last:]]), tuple(span for span in spans if span.start < span.end))
