"""What is this file that was handed in, and what does it come to?

Nothing in it is believed but what its rows and its seal bear out. Runs in a child process; see
pyxl.collecting.child.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from pyxl.catalogue.model import Catalogue
from pyxl.core.consolidation import totals_of
from pyxl.core.ledger import Ledger
from pyxl.core.place import CellRef
from pyxl.core.received import Complaint, Received, Remark
from pyxl.core.submission import FORMAT, Manifest, UnitPart, content_digest, manifest_of, parts_of, rows_of
from pyxl.core.summary import printed
from pyxl.core.travelling import ORIGIN
from pyxl.core.units import UnitVerdict, identity_of, judge_units
from pyxl.core.validation import Validation, choose_period
from pyxl.errors import WorkbookError
from pyxl.excel.cells import shown
from pyxl.excel.closed.child import read_bytes
from pyxl.excel.closed.container import Container
from pyxl.excel.closed.preflight import load
from pyxl.excel.closed.refusal import Refusal
from pyxl.excel.closed.unpacking import unpacked
from pyxl.excel.consolidating.fragment import Piece, piece
from pyxl.excel.grid import RawBook
from pyxl.excel.parse import parse
from pyxl.excel.submitting.part import MANIFEST_PART, Seal, packed_digests, sealed_part
from pyxl.excel.submitting.places import figure_places
from pyxl.excel.tabs import find_sheet
from pyxl.sealing.seals import holds
from pyxl.text import phrase

__all__ = ["Pieces", "Receiver", "receive"]

Pieces = list[dict[str, Piece]]  # for each unit of a submission: activity key → its rows


class Receiver(NamedTuple):
    """By what a file is judged."""

    catalogue: Catalogue  # of what travels
    styles: Mapping[str, int]  # column type → number of its cell format in the consolidated workbook
    today: date
    fast: bool = False  # believe a manifest whose seal holds, as long as no byte of the file was changed


class _Refused(Exception):  # noqa: N818 - as Refusal
    """The file cannot be counted."""

    def __init__(self, reason: str, **params: Any) -> None:
        self.reason, self.params = reason, params


def receive(path: str, name: str, receiver: Receiver) -> tuple[Received, Pieces]:
    """Looks at one file; `name` is what it is called in the folder. Never raises for what is in the file."""
    found = Received(name, "")
    try:
        data = load(path)
        found = replace(found, digest=sha256(data).hexdigest())
        return _read(data, path, found, receiver)
    except Refusal as refusal:
        return replace(found, reason=refusal.code, params={"file": name, **refusal.params}), []
    except MemoryError:
        return replace(found, reason="needs_memory", params={"file": name}), []


def _read(data: bytes, path: str, found: Received, receiver: Receiver) -> tuple[Received, Pieces]:
    """The file as a submission; Refusal when it is no sound workbook."""
    container = Container(data) if data.startswith(b"PK") else None
    sealed = _sealed(container) if container else None
    try:
        if container and sealed and receiver.fast:
            manifest = _vouched(sealed, receiver)
            if packed_digests(data, container) == manifest.parts:
                return _told(found, manifest, sealed, manifest.units, full=False), []
        answer = read_bytes(data, path)
        _refuse_company(answer["notes"])
        book = unpacked(found.file, answer, tuple(answer["notes"]))
        if container is None or sealed is None:
            return replace(found, reason=_what_else(book, receiver.catalogue), params={}), []
        manifest = _vouched(sealed, receiver)
        received, pieces = _examined(book, manifest, _told(found, manifest, sealed, ()), receiver)
    except _Refused as refused:
        return replace(found, reason=refused.reason, params=refused.params), []
    if packed_digests(data, container) != manifest.parts:
        received = replace(received, remarks=(*received.remarks, Remark("re_saved", {})))
    return received, pieces


def _sealed(container: Container) -> Seal | None:
    """What stands where a manifest would; None when there is none."""
    name = container.find(MANIFEST_PART)
    if name is None:
        return None
    try:
        return sealed_part(container.read(name))
    except ValueError:
        return Seal(b"", b"", b"")


def _refuse_company(notes: list[str]) -> None:
    """What a submission never has: macros, and links to other files."""
    for note, reason in (("has_macros", "has_macros"), ("external_links", "has_links"), ("connections", "has_links")):
        if note in notes:
            raise _Refused(reason)


def _what_else(book: RawBook, catalogue: Catalogue) -> str:
    """A workbook without a manifest: a ledger that somebody sent instead, or anything else."""
    try:
        parse(book, catalogue)
    except WorkbookError:
        return "not_submission"
    return "is_ledger"


def _vouched(sealed: Seal, receiver: Receiver) -> Manifest:
    """The manifest, once its seal holds and this program can read it."""
    ours = receiver.catalogue.version
    newer = _later_format(sealed.manifest)
    if newer:
        raise _Refused("made_by_newer", theirs=newer, ours=ours)
    try:
        manifest = manifest_of(sealed.manifest)
    except ValueError:
        raise _Refused("seal_damaged") from None
    if not holds(sealed.key, sealed.signature, sealed.manifest):
        raise _Refused("seal_broken")
    if _version(manifest.catalogue) > _version(ours):
        raise _Refused("made_by_newer", theirs=manifest.catalogue, ours=ours)
    return manifest


def _later_format(encoded: bytes) -> str:
    """The catalogue's version in a manifest of a later format, of which nothing else can be relied on."""
    try:
        content = json.loads(encoded)
        return str(content.get("catalogue")) if content["format"] > FORMAT else ""
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in text.split("."))


def _told(
    found: Received, manifest: Manifest, sealed: Seal, units: tuple[UnitPart, ...], *, full: bool = True
) -> Received:
    return replace(
        found,
        identity=manifest.identity,
        unit=manifest.unit,
        period=manifest.period,
        as_of=manifest.as_of,
        made=manifest.made,
        catalogue=manifest.catalogue,
        program=manifest.program,
        content=manifest.content,
        key=sealed.key.hex(),
        units=units,
        full=full,
    )


def _examined(book: RawBook, manifest: Manifest, found: Received, receiver: Receiver) -> tuple[Received, Pieces]:
    """Its rows, read and judged by the rules, against what the manifest says of them."""
    catalogue = receiver.catalogue
    try:
        ledger = parse(book, catalogue)
    except WorkbookError:
        raise _Refused("not_submission") from None
    _refuse_changed(ledger, manifest, catalogue)
    day = date.fromisoformat(manifest.as_of)
    whole, verdicts = judge_units(ledger, catalogue, choose_period(ledger, day), min(day, receiver.today))
    units = parts_of(verdicts, catalogue)
    complaints = tuple(_complaints(whole, ledger))
    remarks = [
        *_older(manifest, catalogue),
        *_differences(units, manifest, catalogue),
        *_fronts(book, units, catalogue),
    ]
    found = replace(found, units=units, complaints=complaints, remarks=tuple(remarks))
    wrong = sum(complaint.severity == "error" for complaint in complaints)
    if wrong:
        return replace(found, reason="has_errors", params={"count": wrong}), []
    return found, [_pieces(verdict, receiver) for verdict in verdicts]


def _refuse_changed(ledger: Ledger, manifest: Manifest, catalogue: Catalogue) -> None:
    if content_digest(ledger.cover, rows_of(ledger), catalogue) == manifest.content:
        return
    here = identity_of(ledger.cover.get("code"), ledger.cover.get("unit"))
    if here != manifest.identity:
        raise _Refused("manifest_of_other", other=manifest.unit, unit=ledger.unit)
    raise _Refused("content_changed")


def _complaints(whole: Validation, ledger: Ledger) -> Iterator[Complaint]:
    origins = {(row.sheet, row.row): row.text(ORIGIN) for row in ledger.all_rows()}
    for issue in whole.issues:
        where = issue.where
        origin = origins.get((where.sheet, where.row or 0), "")
        yield Complaint(issue.severity, where.sheet, where.cell, issue.found, issue.message, issue.hint, origin)


def _older(manifest: Manifest, catalogue: Catalogue) -> Iterator[Remark]:
    if _version(manifest.catalogue) < _version(catalogue.version):
        yield Remark("catalogue_older", {"theirs": manifest.catalogue, "ours": catalogue.version})


def _differences(units: tuple[UnitPart, ...], manifest: Manifest, catalogue: Catalogue) -> Iterator[Remark]:
    """Figures that the manifest has otherwise than the rows."""
    if units == manifest.units:
        return
    ours, theirs = totals_of(units, catalogue), totals_of(manifest.units, catalogue)
    for one, other in zip(ours, theirs, strict=True):
        if one.value != other.value:
            name = f"{one.activity}.{one.name}"
            yield Remark("figure_differs", {"name": name, "ours": printed(one), "theirs": printed(other)})


def _fronts(book: RawBook, units: tuple[UnitPart, ...], catalogue: Catalogue) -> Iterator[Remark]:
    """What somebody has typed over on the front: it is what people look at."""
    sheet = find_sheet(book, phrase("words", "sheets", "front"))
    if sheet is None:
        return
    for place, figure in zip(figure_places(), totals_of(units, catalogue), strict=False):
        there, here = shown(sheet.cell(*place)), printed(figure)
        if there != here:
            cell = CellRef(sheet.name, *place).cell
            yield Remark("front_differs", {"cell": cell, "theirs": there, "ours": here})


def _pieces(verdict: UnitVerdict, receiver: Receiver) -> dict[str, Piece]:
    """The unit's rows that count, as pieces of the consolidated sheets."""
    catalogue, counted = receiver.catalogue, verdict.validation.counted
    return {
        key: piece((row.values for row in rows), catalogue.activity(key), receiver.styles)
        for key, rows in counted.items()
        if rows
    }
