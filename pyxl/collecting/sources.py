"""What will a document tell of the rows that a unit has handed in? Found here, so that nobody reads them once more.

Only where it is certain: where the consolidated workbook, read again, would give the same rows, and all of them
would count. Whatever is not as a submission of ours has it is left to who reads the workbook.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from pyxl.catalogue.model import ActivityType, Catalogue, ColumnType
from pyxl.core.ledger import Ledger
from pyxl.core.travelling import REGISTER
from pyxl.core.unitrows import UnitRows, decoded, encoded, unit_rows
from pyxl.core.units import UnitVerdict
from pyxl.excel.consolidating.fragment import LEVEL, Piece
from pyxl.excel.consolidating.rereading import Rereading

__all__ = ["UNCERTAIN", "are_complete", "sources_of", "unpacked_sources"]

UNCERTAIN = Piece(0, 0, 0, b"")
_MOST = 1 << 26  # bytes; the largest submission has a tenth of that
_WRITTEN = (ColumnType.TEXT, ColumnType.LONGTEXT, ColumnType.PERSON)
_DAYS = ("joined", "moved_in", "moved_out")  # by which it depends on the day whether somebody is counted


def sources_of(ledger: Ledger, verdicts: Iterable[UnitVerdict], catalogue: Catalogue) -> Iterator[Piece]:
    """What will be told of the rows of each unit of a submission; UNCERTAIN where that cannot be known."""
    are_whole = are_complete(ledger, catalogue)
    return (_of_unit(verdict, catalogue) if are_whole else UNCERTAIN for verdict in verdicts)


def are_complete(ledger: Ledger, catalogue: Catalogue) -> bool:
    """Whether every sheet and column is there: on the consolidated sheets all are."""
    return all(
        {column.key for column in activity.columns} <= ledger.columns.get(activity.key, {}).keys()
        for activity in catalogue.activities
    )


def _of_unit(verdict: UnitVerdict, catalogue: Catalogue) -> Piece:
    unit, validation = verdict
    inner = [activity for activity in catalogue.activities if activity.key != REGISTER]
    if validation.as_of != unit.row.day("as_of") or not all(_are_certain(verdict, activity) for activity in inner):
        return UNCERTAIN
    text = encoded(unit_rows(validation, catalogue))
    return Piece(validation.rows_counted, len(text), zlib.crc32(text), zlib.compress(text, LEVEL))


def _are_certain(verdict: UnitVerdict, activity: ActivityType) -> bool:
    """Whether all rows of the sheet count, just as they stand there, and will be read and counted like that again."""
    rows, counted = verdict.unit.ledger.rows(activity.key), verdict.validation.counted.get(activity.key, ())
    if len(rows) != len(counted) or any(row is not other for row, other in zip(rows, counted, strict=True)):
        return False
    if any(total.present for total in activity.totals) and any(row.day(key) for row in rows for key in _DAYS):
        return False
    reading = Rereading.of(activity)
    judged = [column.key for column in activity.columns if column.required and column.type in _WRITTEN]
    return all(
        not row.unreadable and all(row.typed[key] == row.text(key) for key in judged) and reading.gives(row.values)
        for row in rows
    )


def unpacked_sources(piece: Piece) -> UnitRows | None:
    """What was told; None where nothing was certain, or what came is none."""
    if not piece.data or piece.size > _MOST:
        return None
    try:
        text = zlib.decompressobj().decompress(piece.data, piece.size + 1)
        return decoded(text) if (len(text), zlib.crc32(text)) == (piece.size, piece.crc) else None
    except (zlib.error, ValueError, TypeError):
        return None
