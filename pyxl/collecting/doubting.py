"""What in a sound submission is not as it says of itself? It counts all the same, by its rows, and that is told."""

from __future__ import annotations

from collections.abc import Iterator

from pyxl.catalogue.model import Catalogue
from pyxl.collecting.receiver import Receiver
from pyxl.core.consolidation import totals_of
from pyxl.core.ledger import Ledger
from pyxl.core.place import CellRef
from pyxl.core.received import Remark
from pyxl.core.submission import Manifest, UnitPart, fingerprint
from pyxl.core.summary import printed
from pyxl.excel.cells import shown
from pyxl.excel.grid import RawBook, RawSheet
from pyxl.excel.submitting.places import figure_places, said, said_places
from pyxl.excel.tabs import find_sheet
from pyxl.text import phrase

__all__ = ["SHOWN", "doubts", "version"]

SHOWN = 100  # characters of what somebody has typed there
_DIGITS = 9


def doubts(
    book: RawBook, ledger: Ledger, manifest: Manifest, key: bytes, units: tuple[UnitPart, ...], receiver: Receiver
) -> Iterator[Remark]:
    """`units`: what its rows come to; `key`: the public one under which it is sealed."""
    catalogue = receiver.catalogue
    if version(manifest.catalogue) < version(catalogue.version):
        yield Remark("catalogue_older", {"theirs": manifest.catalogue, "ours": catalogue.version})
    yield from _differences(units, manifest, catalogue)
    front = find_sheet(book, phrase("words", "sheets", "front"))
    if front:
        if manifest.rules == receiver.rules:  # others have other lines
            yield from _misstated(front, manifest, key, catalogue)
        yield from _mistyped(front, units, catalogue)
    added = [each.where.sheet for each in ledger.issues if each.code == "sheet_unknown"]
    if added:  # nobody has sealed them, and nothing of them is taken
        yield Remark("more_sheets", {"names": added})


def version(text: str) -> tuple[int, ...]:
    """A version as it is compared with others."""
    return tuple(int(part) if part.isdecimal() and len(part) < _DIGITS else 0 for part in text.split("."))


def _differences(units: tuple[UnitPart, ...], manifest: Manifest, catalogue: Catalogue) -> Iterator[Remark]:
    """Figures that the manifest has otherwise than the rows."""
    if units == manifest.units:
        return
    ours, theirs = totals_of(units, catalogue), totals_of(manifest.units, catalogue)
    for one, other in zip(ours, theirs, strict=True):
        if one.value != other.value:
            name = f"{one.activity}.{one.name}"
            yield Remark(
                "figure_differs", {"name": name, "ours": printed(one)[:SHOWN], "theirs": printed(other)[:SHOWN]}
            )


def _misstated(front: RawSheet, manifest: Manifest, key: bytes, catalogue: Catalogue) -> Iterator[Remark]:
    """What was typed over on the left: name, rows, and the fingerprint that is read out over the telephone."""
    for place, (_, here) in zip(said_places(), said(manifest, fingerprint(key), catalogue), strict=False):
        yield from _compared("front_says", front, place, here)


def _mistyped(front: RawSheet, units: tuple[UnitPart, ...], catalogue: Catalogue) -> Iterator[Remark]:
    """Figures that were typed over on the right: they are what people look at."""
    for place, figure in zip(figure_places(), totals_of(units, catalogue), strict=False):
        yield from _compared("front_differs", front, place, printed(figure))


def _compared(code: str, front: RawSheet, place: tuple[int, int], here: str) -> Iterator[Remark]:
    there = shown(front.cell(*place))
    if there != here:
        cell = CellRef(front.name, *place).cell
        yield Remark(code, {"cell": cell, "theirs": there[:SHOWN], "ours": here[:SHOWN]})
