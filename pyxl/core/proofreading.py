"""Is a finished paragraph fit to be sent? Blanks left over, doubled signs, numbers typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pyxl.catalogue.model import Catalogue
from pyxl.core import grammar
from pyxl.core.composition import Body, Piece
from pyxl.core.issue import Issue, issue
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.place import CellRef
from pyxl.text import phrase, phrases

__all__ = ["proofread"]

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LITERAL = re.compile(r"\{\{\s*[\"']?(\d+(?:\.\d+)?)[\"']?\s*\}\}")  # {{ 99 }} is a number typed by hand, too

_Counted = Mapping[str, tuple[Entry, ...]]


def proofread(body: Body, ledger: Ledger, catalogue: Catalogue, counted: _Counted) -> tuple[str, list[Issue]]:
    """The paragraph's text on one line, and an issue for each thing that must not stand in it."""
    text = grammar.unbroken(body.text)
    issues = []
    for _, fragment in grammar.residue(text):
        cells = [source for piece in body.pieces for source in _cells(piece, ledger, catalogue, counted)]
        issues.append(issue("text_residue", _origin(fragment, body, cells), found=fragment, fragment=fragment))
    issues += [found for piece in body.pieces for found in _typed_numbers(piece)]
    return text, issues


def _typed_numbers(piece: Piece) -> Iterator[Issue]:
    """A count that the secretary typed instead of a placeholder rests on no row."""
    if not piece.wording.own:
        return
    plain = _PLACEHOLDER.sub("", _LITERAL.sub(r"\1", piece.wording.text))
    for match in re.finditer(phrase("words", "wording", "counted_by_hand"), plain):
        yield issue("number_by_hand", piece.wording.place, found=match[0], number=match[0])


def _origin(fragment: str, body: Body, cells: Sequence[tuple[str, CellRef]]) -> CellRef:
    """The cell a fragment comes from: of the wording, of what the wording quotes, or of what meets there."""
    for piece in body.pieces:
        if fragment in _PLACEHOLDER.sub("", piece.wording.text):
            return piece.wording.place
    for text, place in cells:
        if fragment in text:
            return place
    for text, place in cells:
        # two signs in a row: one may have been typed, the other comes from the wording
        if text.endswith(fragment[0]) or text.startswith(fragment[-1]):
            return place
    return next((piece for piece in body.pieces if fragment in piece.text), body.pieces[-1]).wording.place


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
