"""How do pieces of wording become paragraphs? Leads, phrases, sentences, numbered items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyxl.catalogue.model import ClauseForm
from pyxl.core import grammar
from pyxl.core.ledger import Entry
from pyxl.core.marks import Span
from pyxl.core.outline import Wording
from pyxl.core.totals import Figure
from pyxl.record import record

__all__ = ["Body", "Piece", "compose"]


@record
class Piece:
    """A row of wording, rendered; `applies` is false when its condition fails."""

    wording: Wording
    text: str
    applies: bool = True
    figures: tuple[Figure, ...] = ()
    row: Entry | None = None  # the row it was written for, with ClauseForm.EACH
    spans: tuple[Span, ...] = ()  # where in the text its figures are printed


@record
class Body:
    """One finished paragraph and the pieces it was made of."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass
class _Item:
    """A numbered item, or the text before the first: sentences so far."""

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class _Paragraph:
    opening: _Item = field(default_factory=_Item)
    items: list[_Item] = field(default_factory=list)

    @property
    def current(self) -> _Item:
        return self.items[-1] if self.items else self.opening

    def bodies(self) -> list[Body]:
        """The paragraph; none when it says nothing."""
        items = [item for item in self.items if item.text]
        opening = self.opening.text if items else grammar.ended(self.opening.text)
        text = opening + grammar.joined_items([item.text for item in items])
        pieces = [*self.opening.pieces, *(piece for item in items for piece in item.pieces)]
        return [Body(text, tuple(pieces))] if text else []


@dataclass
class _List:
    """Pieces written for each row: a paragraph for each."""

    pieces: list[Piece]

    def bodies(self) -> list[Body]:
        """One paragraph for each row, numbered when there are several."""
        if len(self.pieces) < 2:
            return [Body(grammar.ended(piece.text), (piece,)) for piece in self.pieces]
        numbered = (grammar.numbered(number, piece.text) for number, piece in enumerate(self.pieces, 1))
        return [Body(grammar.ended(text), (piece,)) for text, piece in zip(numbered, self.pieces, strict=True)]


def compose(pieces: Sequence[Piece], verbs: Iterable[str]) -> list[Body]:
    """The paragraphs of one section.

    What hangs on a piece falls with it: an item whose condition fails takes its sentences along,
    a paragraph its items, a lead its phrases; a lead without phrases says nothing.
    """
    verbs = tuple(verbs)
    blocks: list[_Paragraph | _List] = []
    dropped: ClauseForm | None = None
    number = 0
    while number < len(pieces):
        piece = pieces[number]
        run = _run(pieces, number)
        number += len(run)
        if dropped and not _begins_anew(piece.wording.form, dropped):
            continue
        form = piece.wording.form
        dropped = None
        if form in (ClauseForm.PARAGRAPH, ClauseForm.ITEM) and not piece.applies:
            dropped = form
        elif form is ClauseForm.EACH:
            blocks.append(_List([one for one in run if one.applies]))
        else:
            _place(run, blocks, verbs)
    return [body for block in blocks for body in block.bodies()]


def _begins_anew(form: ClauseForm, dropped: ClauseForm) -> bool:
    """Whether a piece stands on its own after a dropped paragraph or item."""
    if form in (ClauseForm.PARAGRAPH, ClauseForm.EACH):
        return True
    return dropped is ClauseForm.ITEM and form is ClauseForm.ITEM


def _run(pieces: Sequence[Piece], start: int) -> list[Piece]:
    """A lead with its phrases, phrases without a lead, neighbours written for each row, or one piece."""
    first = pieces[start].wording.form
    follow = {
        ClauseForm.LEAD: ClauseForm.PHRASE,
        ClauseForm.PHRASE: ClauseForm.PHRASE,
        ClauseForm.EACH: ClauseForm.EACH,
    }
    run = [pieces[start]]
    for piece in pieces[start + 1 :]:
        if piece.wording.form is not follow.get(first):
            break
        run.append(piece)
    return run


def _place(run: list[Piece], blocks: list[_Paragraph | _List], verbs: tuple[str, ...]) -> None:
    """Adds one piece, or one sentence of phrases, to the last paragraph."""
    form = run[0].wording.form
    text, used = _sentence(run, verbs)
    if not text:
        return
    last = blocks[-1] if blocks else None
    if form is ClauseForm.PARAGRAPH or not isinstance(last, _Paragraph):
        last = _Paragraph()
        blocks.append(last)
    if form is ClauseForm.ITEM:
        last.items.append(_Item())
    item = last.current
    item.text += text
    item.pieces += used


def _sentence(run: list[Piece], verbs: tuple[str, ...]) -> tuple[str, list[Piece]]:
    """The sentence that a run makes, and the pieces that are in it."""
    form = run[0].wording.form
    if form not in (ClauseForm.LEAD, ClauseForm.PHRASE):
        return (grammar.sentence(run[0].text), run) if run[0].applies else ("", [])
    lead = run[0] if form is ClauseForm.LEAD else None
    phrases = [piece for piece in run if piece is not lead and piece.applies]
    if not phrases or (lead and not lead.applies):
        return "", []
    text = grammar.ended(grammar.joined_phrases([piece.text for piece in phrases], verbs))
    return (lead.text if lead else "") + text, [*([lead] if lead else []), *phrases]
