"""Is a finished paragraph fit to be sent? Blanks left over, doubled signs, numbers typed by hand, lapses of usage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pyxl.catalogue.model import Catalogue
from pyxl.core import grammar
from pyxl.core.composition import Body, Piece
from pyxl.core.issue import Issue, issue
from pyxl.core.language import TAG
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.place import CellRef
from pyxl.core.usage import Lapse, lapses
from pyxl.text import phrase, phrases

__all__ = ["proofread"]

_LITERAL = re.compile(r"\{\{\s*[\"']?(\d+(?:\.\d+)?)[\"']?\s*\}\}")  # {{ 99 }} is a number typed by hand, too

_PRINTED = "\ufffc"  # stands in wording for what is printed there: no sign, no letter, no digit
_SHOWN = 12  # characters of a paragraph's beginning
_LONGEST = 30  # characters of a phrase said twice

_Counted = Mapping[str, tuple[Entry, ...]]
_Finder = Callable[[str], list[str]]


def proofread(body: Body, ledger: Ledger, catalogue: Catalogue, counted: _Counted) -> tuple[str, list[Issue]]:
    """The paragraph's text on one line, and an issue for each thing that must not or had better not stand in it."""
    text = grammar.unbroken(body.text)
    typed = body, ledger, catalogue, counted
    issues = [*_residue(text, _Typed(*typed, _left)), *_lapses(text, _Typed(*typed, _lapsed))]
    issues += [found for piece in body.pieces for found in _typed_numbers(piece)]
    return text, issues


class _Typed:
    """What was typed to make a paragraph: its wording, and the cells that this quotes.

    `find` finds fragments of one kind in a text: 0人 is none of 10人.
    """

    def __init__(self, body: Body, ledger: Ledger, catalogue: Catalogue, counted: _Counted, find: _Finder) -> None:
        self._pieces = body.pieces
        self._sources = ledger, catalogue, counted
        self._find = find

    @property
    def section(self) -> str:
        """The name of the section that the paragraph stands in."""
        key = self._pieces[0].wording.section
        return next((each.label for each in self._sources[1].sections if each.key == key), key)

    @cached_property
    def _cells(self) -> list[tuple[str, CellRef]]:
        return [cell for piece in self._pieces for cell in _cells(piece, *self._sources)]

    @cached_property
    def _holding(self) -> dict[str, CellRef]:
        """Fragment → the first cell that holds it, the wording before what it quotes."""
        plain = [(TAG.sub(_PRINTED, each.wording.text), each.wording.place) for each in self._pieces]
        return {fragment: at for text, at in reversed([*plain, *self._cells]) for fragment in self._find(text)}

    def origin(self, fragment: str) -> CellRef:
        """The cell a fragment comes from: of the wording, of what the wording quotes, or of what meets there."""
        if fragment in self._holding:
            return self._holding[fragment]
        if not any(map(str.isdigit, fragment)):
            for text, place in self._cells:
                if _meets(text, fragment):
                    return place
        return next((each for each in self._pieces if fragment in each.text), self._pieces[-1]).wording.place


def _meets(text: str, fragment: str) -> bool:
    """Of two signs in a row, or a phrase said twice, one may have been typed; the other comes from the wording."""
    least = 1 if len(fragment) == 2 else 2
    parts = range(least, min(len(fragment), _LONGEST))
    return any(text.endswith(fragment[:part]) or text.startswith(fragment[-part:]) for part in parts)


def _residue(text: str, typed: _Typed) -> Iterator[Issue]:
    """What must not stand in a finished document, with the beginning of its paragraph and the cell to mend."""
    beginning = text if len(text) <= _SHOWN else phrase("words", "usage_words", "beginning", text=text[:_SHOWN])
    for fragment in dict.fromkeys(_left(text)):
        known = {"fragment": fragment, "beginning": beginning, "section": typed.section}
        yield _issue("text_residue", typed.origin(fragment), fragment, known)


def _lapses(text: str, typed: _Typed) -> Iterator[Issue]:
    """What official writing has otherwise; one sign is told once for a paragraph, however often it stands there."""
    first: dict[tuple[str, str], Lapse] = {}
    for lapse in lapses(text):
        first.setdefault((lapse.code, lapse.fragment), lapse)
    for lapse in first.values():
        known = {"fragment": lapse.shown, "proposal": lapse.proposal, "section": typed.section}
        yield _issue(lapse.code, typed.origin(lapse.fragment), lapse.fragment, known)


def _issue(code: str, where: CellRef, found: str, known: Mapping[str, object]) -> Issue:
    params: dict[str, Any] = {**known}
    return issue(code, where, found=found, **params)


def _left(text: str) -> list[str]:
    return [fragment for _, fragment in grammar.residue(text)]


def _lapsed(text: str) -> list[str]:
    return [lapse.fragment for lapse in lapses(text)]


def _typed_numbers(piece: Piece) -> Iterator[Issue]:
    """A count that the secretary typed instead of a placeholder rests on no row."""
    if not piece.wording.own:
        return
    plain = TAG.sub("", _LITERAL.sub(r"\1", piece.wording.text))
    for match in re.finditer(phrase("words", "wording", "counted_by_hand"), plain):
        yield issue("number_by_hand", piece.wording.place, found=match[0], number=match[0])


def _cells(piece: Piece, ledger: Ledger, catalogue: Catalogue, counted: _Counted) -> Iterator[tuple[str, CellRef]]:
    """What was typed into the cells that a piece quotes: of its row, of its figures, of the cover."""
    objects, text = phrases("words", "objects"), piece.wording.text
    if piece.row:
        for column in catalogue.activity(piece.row.activity).columns:
            if f"{objects['row']}.{column.label}" in text:
                yield piece.row.typed.get(column.key, ""), piece.row.at(column.key)
    for figure in piece.figures:
        activity = catalogue.by_label.get(figure.activity)
        if activity is None:  # what is known of units besides their rows
            continue
        columns = next(total.columns for total in activity.totals if total.label == figure.name)
        for row in counted.get(activity.key, ()):
            if row.ref in figure.rows:
                yield from ((row.typed.get(key, ""), row.at(key)) for key in columns)
    own = phrases("words", "unit_fields")
    names = [
        *((field.key, field.label) for field in catalogue.cover),
        ("unit", own["name"]),
        ("short_name", own["short"]),
    ]
    for key, label in names:
        if key in ledger.cover_places and f"{objects['unit']}.{label}" in text:
            yield ledger.text(key), ledger.cover_places[key]
