"""What is this file that was handed in, and what does it come to?

Nothing in it is believed but what its rows and its seal bear out. Runs in a child process; see
pyxl.collecting.child.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from pyxl import __version__
from pyxl.collecting.doubting import doubts, version
from pyxl.collecting.frames import SOURCES
from pyxl.collecting.receiver import Receiver
from pyxl.collecting.unsealed import presumed, what_else
from pyxl.core.addressing import Origins
from pyxl.core.credible import is_credible
from pyxl.core.ledger import Ledger
from pyxl.core.received import Received, Remark
from pyxl.core.submission import (
    FORMAT,
    Manifest,
    UnitPart,
    content_digest,
    manifest_of,
    parts_of,
    rows_of,
)
from pyxl.core.travelling import VIA
from pyxl.core.units import UnitVerdict, identity_of, judge_units
from pyxl.core.validation import choose_period
from pyxl.errors import WorkbookError
from pyxl.excel.closed.child import read_bytes
from pyxl.excel.closed.container import Container
from pyxl.excel.closed.preflight import load
from pyxl.excel.closed.refusal import Refusal
from pyxl.excel.closed.unpacking import unpacked
from pyxl.excel.consolidating.fragment import Piece, piece
from pyxl.excel.grid import RawBook
from pyxl.excel.parse import parse
from pyxl.excel.submitting.part import MANIFEST_PART, Seal, packed_digests, sealed_part
from pyxl.sealing.seals import holds

__all__ = ["Pieces", "receive"]

Pieces = list[
    dict[str, Piece]
]  # for each unit of a submission: activity key → its rows; SOURCES → what is told of them


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
            if _is_believed(manifest, receiver) and packed_digests(data, container) == manifest.parts:
                _refuse_foreign(manifest.units, manifest)
                return _told(found, manifest, sealed, manifest.units, full=False), []
        answer = read_bytes(data, path, container)
        company = _company(answer["notes"])
        book = unpacked(found.file, answer, tuple(answer["notes"]))
        if container is None or sealed is None:
            reason = company or what_else(book, path, receiver.catalogue)
            return replace(found, reason=reason, params=presumed(book, receiver.catalogue)), []
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
    """What stands where a manifest would; None when there is none.

    A program that saves the file again may number such parts anew, so each is looked at.
    """
    names = [name for name in container.names if _MAY_BE_MANIFEST.fullmatch(name)]
    for name in sorted(names, key=lambda name: (name != MANIFEST_PART, name)):
        try:
            return sealed_part(container.read(name))
        except ValueError:
            continue
    return Seal(b"", b"", b"") if container.find(MANIFEST_PART) else None


def _is_believed(manifest: Manifest, receiver: Receiver) -> bool:
    """Whether who made it went by the same rules, and by the same program: then we would come to the same."""
    return (manifest.rules, manifest.program) == (receiver.rules, __version__)


def _is_suspect(container: Container) -> bool:
    """Whether there is a part in it that no submission has: then it is read, whoever has sealed it."""
    return any(part in name.lower() for name in container.names for part in _NEVER)


def _company(notes: Iterable[str]) -> str:
    """What a submission never has: macros, and links to other files."""
    return next((reason for note, reason in _COMPANY.items() if note in notes), "")


_MAY_BE_MANIFEST = re.compile(r"customxml/item[0-9]{1,4}\.xml", re.IGNORECASE)
_NEVER = ("vbaproject", "externallink", "connections", "embeddings")
_COMPANY = {"has_macros": "has_macros", "external_links": "has_links", "connections": "has_links"}


def _vouched(sealed: Seal, receiver: Receiver, company: str = "") -> Manifest:
    """The manifest, once its seal holds and this program can read it; `company` is worse than that it does not."""
    ours = receiver.catalogue.version
    manifest = _understood(sealed.manifest)
    if manifest is None or manifest.format > FORMAT:
        newer = _later_format(sealed.manifest)
        if newer:
            raise _Refused(company or "made_by_newer", theirs=newer, ours=ours)
    if manifest is None:
        raise _Refused(company or "seal_damaged")
    if not holds(sealed.key, sealed.signature, sealed.manifest):
        raise _Refused(company or "seal_broken")
    if version(manifest.catalogue) > version(ours):
        raise _NewerError(company or "made_by_newer", manifest, ours)
    if not is_credible(manifest, receiver.catalogue):
        raise _Refused(company or "seal_damaged")
    return manifest


def _understood(encoded: bytes) -> Manifest | None:
    try:
        return manifest_of(encoded)
    except ValueError:
        return None


def _later_format(encoded: bytes) -> str:
    """The catalogue's version in a manifest of a later format, of which nothing else can be relied on."""
    try:
        content = json.loads(encoded)
        return str(content.get("catalogue")) if content["format"] > FORMAT else ""
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""


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
    _refuse_changed(ledger, manifest, receiver)
    # by the day that it is about, not by today's: tomorrow it is still the same
    whole, verdicts = judge_units(ledger, catalogue, choose_period(ledger, day), day)
    units = parts_of(verdicts, catalogue)
    _refuse_foreign(units, manifest)
    complaints = tuple(map(Origins(ledger, catalogue).complaint, whole.issues)) if whole.issues else ()
    remarks = tuple(doubts(book, ledger, manifest, bytes.fromhex(found.key), units, receiver))
    found = replace(found, units=units, complaints=complaints, remarks=remarks)
    wrong = sum(complaint.severity == "error" for complaint in complaints)
    if wrong:
        return replace(found, reason="has_errors", params={"count": wrong}), []
    pieces = [_pieces(verdict, receiver) for verdict in verdicts]
    if receiver.sources:
        from pyxl.collecting.sources import sources_of

        for each, told in zip(pieces, sources_of(ledger, verdicts, catalogue), strict=True):
            each[SOURCES] = told
    return found, pieces


def _refuse_changed(ledger: Ledger, manifest: Manifest, receiver: Receiver) -> None:
    """What is sealed is what stands there, and the manifest speaks of nothing else."""
    catalogue = receiver.catalogue
    here = identity_of(ledger.cover.get("code"), ledger.cover.get("unit"))
    if here != manifest.identity:
        raise _ForeignError(manifest, ledger.unit)
    day = date.fromisoformat(manifest.as_of)
    cover = (ledger.unit, choose_period(ledger, day).code, ledger.cover.get("as_of"))
    same = content_digest(ledger.cover, rows_of(ledger), catalogue) == manifest.content
    if not same:  # by their catalogue it may well be unchanged
        _refuse_other_catalogue(ledger, manifest, receiver)
    if not same or cover != (manifest.unit, manifest.period, day):
        raise _Refused("content_changed")


def _refuse_other_catalogue(ledger: Ledger, manifest: Manifest, receiver: Receiver) -> None:
    """Sheets or columns that we do not know."""
    unknown = [key for key, rows in manifest.rows.items() if rows and key not in receiver.catalogue.by_key]
    if unknown:
        raise _Refused("other_catalogue", count=len(unknown))
    columns = [f"{each.where.sheet}“{each.found}”" for each in ledger.issues if each.code == "header_unknown"]
    if columns and manifest.rules != receiver.rules:
        raise _Refused("other_columns", columns=columns)


def _refuse_foreign(units: Sequence[UnitPart], manifest: Manifest) -> None:
    """A unit speaks for itself, or hands on what others have sent to it, as they have sent it."""
    if not units:
        raise _Refused("no_units")
    for unit in units:
        if (unit.identity, unit.name) != (manifest.identity, manifest.unit) and not unit.facts.get(VIA):
            raise _ForeignError(manifest, unit.name)
    # when each was made is no part of the content's digest, but decides what counts
    ours, theirs = ([(unit.identity, unit.name, unit.made) for unit in each] for each in (units, manifest.units))
    if ours != theirs:
        raise _Refused("content_changed")


def _pieces(verdict: UnitVerdict, receiver: Receiver) -> dict[str, Piece]:
    """The unit's rows that count, as pieces of the consolidated sheets."""
    catalogue, counted = receiver.catalogue, verdict.validation.counted
    return {
        key: piece((row.values for row in rows), catalogue.activity(key), receiver.styles)
        for key, rows in counted.items()
        if rows
    }
