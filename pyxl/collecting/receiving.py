"""What is this file that was handed in, and what does it come to?

Nothing in it is believed but what its rows and its seal bear out. Runs in a child process; see
pyxl.collecting.child.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from pyxl.catalogue.model import Catalogue
from pyxl.core.addressing import Origins
from pyxl.core.consolidation import totals_of
from pyxl.core.credible import is_credible
from pyxl.core.ledger import Ledger
from pyxl.core.place import CellRef
from pyxl.core.received import Received, Remark
from pyxl.core.submission import FORMAT, Manifest, UnitPart, content_digest, manifest_of, parts_of, rows_of
from pyxl.core.summary import printed
from pyxl.core.travelling import VIA
from pyxl.core.units import UnitVerdict, identity_of, judge_units
from pyxl.core.validation import choose_period
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
    fast: bool = False  # believe a manifest whose seal holds, as long as no byte of the file was changed


class _Refused(Exception):  # noqa: N818 - as Refusal
    """The file cannot be counted."""

    def __init__(self, reason: str, **params: Any) -> None:
        self.reason, self.params = reason, params


class _ForeignError(_Refused):
    """The manifest is of one unit, the content of another."""

    def __init__(self, manifest: Manifest, unit: str) -> None:
        super().__init__("manifest_of_other", other=manifest.unit, unit=unit)
        self.unit = unit


class _NewerError(_Refused):
    """It can be told whose it is, and no more."""

    def __init__(self, reason: str, manifest: Manifest, ours: str) -> None:
        super().__init__(reason, theirs=manifest.catalogue, ours=ours)
        self.manifest = manifest


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
        if container and sealed and receiver.fast and not _is_suspect(container):
            manifest = _vouched(sealed, receiver)
            if packed_digests(data, container) == manifest.parts:
                _refuse_foreign(manifest.units, manifest)
                return _told(found, manifest, sealed, manifest.units, full=False), []
        answer = read_bytes(data, path, container)
        company = _company(answer["notes"])
        book = unpacked(found.file, answer, tuple(answer["notes"]))
        if container is None or sealed is None:
            return replace(found, reason=company or _what_else(book, receiver.catalogue), params={}), []
        manifest = _vouched(sealed, receiver, company)
        found = _told(found, manifest, sealed, ())
        if company:
            return replace(found, reason=company, params={}), []
        received, pieces = _examined(book, manifest, found, receiver)
    except _Refused as refused:
        if isinstance(refused, _NewerError):
            found = replace(found, identity=refused.manifest.identity, unit=refused.manifest.unit)
        if isinstance(refused, _ForeignError):  # whose it is said to be is not whose it is
            found = replace(found, identity="", unit=refused.unit)
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


def _is_suspect(container: Container) -> bool:
    """Whether there is a part in it that no submission has: then it is read, whoever has sealed it."""
    return any(part in name.lower() for name in container.names for part in _NEVER)


def _company(notes: Iterable[str]) -> str:
    """What a submission never has: macros, and links to other files."""
    return next((reason for note, reason in _COMPANY.items() if note in notes), "")


_NEVER = ("vbaproject", "externallink", "connections", "embeddings")
_COMPANY = {"has_macros": "has_macros", "external_links": "has_links", "connections": "has_links"}


def _what_else(book: RawBook, catalogue: Catalogue) -> str:
    """A workbook without a manifest: one that lost it, a ledger that somebody sent instead, or anything else."""
    if find_sheet(book, phrase("words", "sheets", "front")):
        return "seal_missing"
    try:
        parse(book, catalogue)
    except WorkbookError:
        return "not_submission"
    return "is_ledger"


def _vouched(sealed: Seal, receiver: Receiver, company: str = "") -> Manifest:
    """The manifest, once its seal holds and this program can read it; `company` is worse than that it does not."""
    ours = receiver.catalogue.version
    newer = _later_format(sealed.manifest)
    if newer:
        raise _Refused(company or "made_by_newer", theirs=newer, ours=ours)
    try:
        manifest = manifest_of(sealed.manifest)
    except ValueError:
        raise _Refused(company or "seal_damaged") from None
    if not holds(sealed.key, sealed.signature, sealed.manifest):
        raise _Refused(company or "seal_broken")
    if _version(manifest.catalogue) > _version(ours):
        raise _NewerError(company or "made_by_newer", manifest, ours)
    if not is_credible(manifest, receiver.catalogue):
        raise _Refused(company or "seal_damaged")
    return manifest


def _later_format(encoded: bytes) -> str:
    """The catalogue's version in a manifest of a later format, of which nothing else can be relied on."""
    try:
        content = json.loads(encoded)
        return str(content.get("catalogue")) if content["format"] > FORMAT else ""
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() and len(part) < _DIGITS else 0 for part in text.split("."))


_DIGITS = 9


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
    day = date.fromisoformat(manifest.as_of)
    _refuse_changed(ledger, manifest, catalogue)
    # by the day that it is about, not by today's: tomorrow it is still the same
    whole, verdicts = judge_units(ledger, catalogue, choose_period(ledger, day), day)
    units = parts_of(verdicts, catalogue)
    _refuse_foreign(units, manifest)
    origins = Origins(ledger, catalogue)
    complaints = tuple(map(origins.complaint, whole.issues))
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
    """What is sealed is what stands there, and the manifest speaks of nothing else."""
    here = identity_of(ledger.cover.get("code"), ledger.cover.get("unit"))
    if here != manifest.identity:
        raise _ForeignError(manifest, ledger.unit)
    day = date.fromisoformat(manifest.as_of)
    cover = (ledger.unit, choose_period(ledger, day).code, ledger.cover.get("as_of"))
    same = content_digest(ledger.cover, rows_of(ledger), catalogue) == manifest.content
    unknown = [key for key, rows in manifest.rows.items() if rows and key not in catalogue.by_key]
    if unknown and not same:  # by their catalogue it may well be unchanged
        raise _Refused("other_catalogue", count=len(unknown))
    if not same or cover != (manifest.unit, manifest.period, day):
        raise _Refused("content_changed")


def _refuse_foreign(units: Sequence[UnitPart], manifest: Manifest) -> None:
    """A unit speaks for itself, or hands on what others have sent to it, as they have sent it."""
    if not units:
        raise _Refused("no_units")
    for unit in units:
        if unit.identity != manifest.identity and not unit.facts.get(VIA):
            raise _ForeignError(manifest, unit.name)
    # when each was made is no part of the content's digest, but decides what counts
    ours, theirs = ([(unit.identity, unit.name, unit.made) for unit in each] for each in (units, manifest.units))
    if ours != theirs:
        raise _Refused("content_changed")


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
            ours_, theirs_ = printed(one)[:_SHOWN], printed(other)[:_SHOWN]
            yield Remark("figure_differs", {"name": name, "ours": ours_, "theirs": theirs_})


def _fronts(book: RawBook, units: tuple[UnitPart, ...], catalogue: Catalogue) -> Iterator[Remark]:
    """What somebody has typed over on the front: it is what people look at."""
    sheet = find_sheet(book, phrase("words", "sheets", "front"))
    if sheet is None:
        return
    for place, figure in zip(figure_places(), totals_of(units, catalogue), strict=False):
        there, here = shown(sheet.cell(*place)), printed(figure)
        if there != here:
            cell = CellRef(sheet.name, *place).cell
            yield Remark("front_differs", {"cell": cell, "theirs": there[:_SHOWN], "ours": here[:_SHOWN]})


_SHOWN = 100  # characters of what somebody has typed there


def _pieces(verdict: UnitVerdict, receiver: Receiver) -> dict[str, Piece]:
    """The unit's rows that count, as pieces of the consolidated sheets."""
    catalogue, counted = receiver.catalogue, verdict.validation.counted
    return {
        key: piece((row.values for row in rows), catalogue.activity(key), receiver.styles)
        for key, rows in counted.items()
        if rows
    }
