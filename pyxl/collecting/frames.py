"""In what form does a child hand over what it found in a file? The parent needs no more of the child's code than this."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import Struct

from pyxl.excel.consolidating.fragment import Piece

__all__ = ["HEAD", "SOURCES", "packed_pieces", "unpacked_pieces"]

# Under this name a unit's pieces hold what a document tells of its rows (pyxl.collecting.sources); no activity has it.
SOURCES = "*"
HEAD = Struct(">LL")  # of a frame: the lengths of what was received, and of its pieces


def packed_pieces(pieces: Sequence[Mapping[str, Piece]]) -> bytes:
    """Pieces as bytes: a line that says which, and their data one behind the other."""
    index = [
        [number, sheet, each.rows, each.size, each.crc, len(each.data)]
        for number, sheets in enumerate(pieces)
        for sheet, each in sheets.items()
    ]
    data = b"".join(each.data for sheets in pieces for each in sheets.values())
    return json.dumps(index, separators=(",", ":")).encode() + b"\n" + data


def unpacked_pieces(data: bytes) -> Iterator[tuple[int, str, Piece]]:
    """Number of the unit, sheet, piece."""
    line, _, rest = data.partition(b"\n")
    at = 0
    entries: Iterable[tuple[int, str, int, int, int, int]] = json.loads(line)
    for number, sheet, rows, size, crc, length in entries:
        yield number, sheet, Piece(rows, size, crc, rest[at : at + length])
        at += length
