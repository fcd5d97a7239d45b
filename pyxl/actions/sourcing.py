"""What do the figures of a report on many units rest on, when nobody wants to read the workbook again?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.core.consolidation import Consolidation, Status
    from pyxl.core.ledger import Entry
    from pyxl.core.placing import Placed
    from pyxl.core.provenance import Provenance
    from pyxl.core.survey import Survey
    from pyxl.core.unitrows import UnitRows
    from pyxl.excel.consolidating.fragment import Piece
    from pyxl.outcomes import Examination

__all__ = ["origins_of_units"]


def origins_of_units(
    judged: Examination, book: Path, found: Consolidation, sources: Iterable[Piece | None], today: date
) -> Provenance:
    """What the figures rest on: the rows of the workbook `book`, when there are as many as a document carries.

    `sources`: what is known of each unit's rows (see pyxl.collecting.sources); empty when nobody has read them.
    Where anything in it is uncertain, the workbook is read.
    """
    from pyxl.actions.examining import examine_file
    from pyxl.actions.reporting import origins
    from pyxl.core.provenance import MOST_ROWS

    pieces = list(sources)
    rows = sum(1 + sum(each.part.rows.values()) for each in found.units) if pieces else 0
    if not 0 < rows <= MOST_ROWS:
        return origins(judged, book, told=False)
    if told := _told(judged, book, found, pieces, today):
        return told
    return origins(examine_file(book, None, None, today, catalogue=judged.catalogue), book)


def _told(
    judged: Examination, book: Path, found: Consolidation, pieces: Iterable[Piece | None], today: date
) -> Provenance | None:
    """The same without reading it; None where that might not be the same."""
    from pyxl import __version__
    from pyxl.core.travelling import REGISTER
    from pyxl.core.unitrows import provenance_of_units

    units = list(_rows_of(found.units, pieces))
    survey, register = judged.totals.survey, tuple(_standing(judged.ledger.rows(REGISTER)))
    assert found.period
    assert survey
    if len(units) < len(found.units) or survey.comparison or not _is_certain(judged, found, register, today):
        return None
    as_read = replace(judged.totals, survey=_survey_as_read(survey, found, judged.catalogue))
    ledger = replace(judged.ledger, entries={REGISTER: register})
    return provenance_of_units(
        ledger, judged.catalogue, found.period, as_read, units, file=book.name, program=__version__
    )


def _rows_of(units: Iterable[Placed], pieces: Iterable[Piece | None]) -> Iterator[UnitRows]:
    """What is known of each unit's rows, as long as it is known and of as many rows as count."""
    from pyxl.collecting.sources import unpacked_sources

    for each, piece in zip(units, pieces, strict=True):
        told = unpacked_sources(piece) if piece else None
        if told is None or {key: len(rows) for key, rows in told.rows.items()} != dict(each.part.rows):
            return
        yield told


def _standing(rows: Iterable[Entry]) -> Iterator[Entry]:
    """The lines of the units where they stand in the workbook."""
    from pyxl.excel.building.layout import FIRST_ROW

    return (replace(row, row=number) for number, row in enumerate(rows, FIRST_ROW))


def _is_certain(judged: Examination, found: Consolidation, register: tuple[Entry, ...], today: date) -> bool:
    """Whether cover, lines and rows would be read as what they are, and all of the rows would count."""
    from pyxl.core.travelling import REGISTER
    from pyxl.core.units import identity_of
    from pyxl.excel.consolidating.rereading import Rereading, cover_reads_back, has_room
    from pyxl.excel.cover import reporting_period

    catalogue, cover, period = judged.catalogue, dict(judged.ledger.cover), found.period
    sheets = [each.key for each in catalogue.activities if each.key != REGISTER]
    reading = Rereading.of(catalogue.activity(REGISTER))
    days = [row.day("as_of") for row in register]
    return (
        cover_reads_back(cover, catalogue)
        and reporting_period(cover) == period
        and all(reading.gives(row.values) for row in register)
        and len({identity_of(row.get("code"), row.get("unit")) for row in register}) == len(register)
        and all(day is not None and period is not None and day in period and day <= today for day in days)
        and has_room(sum(each.part.rows.get(key, 0) for each in found.units) for key in sheets)
    )


def _survey_as_read(survey: Survey, found: Consolidation, catalogue: Catalogue) -> Survey:
    """Who is missing and what goes back, as it is read from the sheet that says so."""
    from pyxl.core.background import Background
    from pyxl.core.consolidation import Status
    from pyxl.core.survey import survey_of

    assert found.period
    missing = dict.fromkeys(name for _, name in _with_status(found, Status.MISSING))
    background = Background(tuple(missing), tuple(dict.fromkeys(_with_status(found, Status.REJECTED))), None)
    return survey_of(survey.lines, background, found.period, catalogue)


def _with_status(found: Consolidation, status: Status) -> Iterator[tuple[str, str]]:
    """Identity and name; see pyxl.excel.consolidating.background."""
    from pyxl.core.telling import told
    from pyxl.core.units import identity_of
    from pyxl.excel.cells import clean

    for each in found.of(status):
        line = told(each)
        code, unit = clean(line.code), clean(line.unit)
        if unit:
            yield identity_of(code, unit), unit
