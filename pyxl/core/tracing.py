"""Where in a finished paragraph stands what the figures have printed?

Joining, numbering and proofreading know nothing of figures: they are given text and make text. So what
is printed cannot change because it is traced; here each piece of wording is found again in what was made
of it, and with it the places of its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyxl.core import grammar
from pyxl.core.marks import Span, Spanned, clipped
from pyxl.text import phrase

__all__ = ["located"]

_FURTHER = 64  # characters more than a piece has, among which one that was changed is looked for
_LONGEST = 1000  # beyond, a piece that was changed is not looked for: that takes the square of its length


def located(text: str, pieces: Iterable[Spanned], verbs: Sequence[str] = ()) -> tuple[Span, ...]:
    """The places in `text` of what the pieces, in their order, have had printed.

    Of a piece may be missing what joining takes away: signs at its ends, a verb that it shares with the
    piece before, its line breaks.
    """
    found: list[Span] = []
    at = 0
    for piece in map(_bare, map(_on_one_line, pieces)):
        if not piece.spans:
            at = max(at, text.find(piece.text, at) + len(piece.text)) if piece.text in text[at:] else at
            continue
        hits = [(text.find(each.text, at), each) for each in _shortened(piece, verbs)]
        first = min(((place, each) for place, each in hits if place >= 0), key=lambda hit: hit[0], default=None)
        if first:
            place, each = first
            found += _shifted(each.spans, place)
            at = place + len(each.text)
        else:
            found += _similar(text[at : at + len(piece.text) + _FURTHER], piece, at)
    return tuple(found)


def _on_one_line(piece: Spanned) -> Spanned:
    """The piece as proofreading leaves it: see pyxl.core.grammar.unbroken."""
    if "\n" not in piece.text:
        return piece
    flat = grammar.unbroken(piece.text)
    places = _places(piece.text, flat)
    spans = (Span(places[span.start], places[span.end], span.name) for span in piece.spans)
    return Spanned(flat, tuple(clipped(spans, 0, len(flat))))


def _places(text: str, shorter: str) -> list[int]:
    """For each place in `text` its place in what remains of it; blanks that became others count as gone."""
    places, at = [], 0
    for sign in text:
        places.append(at)
        at += at < len(shorter) and (shorter[at] == sign or (shorter[at] == " " and sign == "\n"))
    return [*places, at]


def _bare(piece: Spanned) -> Spanned:
    """Without the signs that joining may take away at its ends."""
    signs = "".join(phrase("words", "grammar", key) for key in ("weak_stops", "stop", "colon")) + " \t\u3000"
    text = piece.text.lstrip(signs)
    return piece.part(len(piece.text) - len(text), len(text.rstrip(signs)))


def _shortened(piece: Spanned, verbs: Sequence[str]) -> Iterator[Spanned]:
    yield piece
    for verb in verbs:
        if piece.text.startswith(verb) and len(verb) < len(piece.text):
            yield piece.part(len(verb), len(piece.text) - len(verb))


def _shifted(spans: Iterable[Span], by: int) -> Iterator[Span]:
    return (Span(span.start + by, span.end + by, span.name) for span in spans)


def _similar(text: str, piece: Spanned, at: int) -> Iterator[Span]:
    """The places in a text that is not quite the piece's: only what is printed there letter by letter."""
    if len(piece.text) > _LONGEST:
        return
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, piece.text, text, autojunk=False).get_matching_blocks()
    for span in piece.spans:
        for block in blocks:
            if block.a <= span.start and span.end <= block.a + block.size:
                by = at + block.b - block.a
                yield Span(span.start + by, span.end + by, span.name)
