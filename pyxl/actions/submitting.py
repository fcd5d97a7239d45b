"""How does an examined ledger become what goes up: a sealed workbook and the summary beside it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyxl.actions.examining import examine_file
from pyxl.errors import UsageError
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.core.ledger import Ledger, Value
    from pyxl.core.submission import Manifest, Rows, UnitPart
    from pyxl.core.totals import Totals
    from pyxl.outcomes import Examination, SubmitOutcome

__all__ = ["Sealed", "sealed_submission", "submission_name", "submit", "write_submission"]


class _Going(NamedTuple):
    """What goes up, in its travelling form, and what it comes to."""

    catalogue: Catalogue
    cover: Mapping[str, Value]
    rows: Rows
    totals: Totals
    units: tuple[UnitPart, ...]


class Sealed(NamedTuple):
    """A finished submission: the workbook's bytes, what its manifest says, and the catalogue it is read by."""

    content: bytes
    manifest: Manifest
    catalogue: Catalogue


def submit(
    ledger: Path,
    *,
    out: Path | None = None,
    period: str | None = None,
    catalogue_folder: Path | None = None,
    today: date,
    moment: datetime,
) -> SubmitOutcome:
    """Writes the submission and the summary of a closed ledger into `out`, or beside it.

    Not while error-level issues stand. `moment` (with a time zone) is when it was made: of two submissions
    of a unit and period the later counts. Raises OutputError, also when the unit's key cannot be kept.
    """
    from pyxl.actions.refusing import make_folder

    found = examine_file(ledger, period, catalogue_folder, today, ahead=_prepare_sealing)
    _refuse_submission(found, ledger)
    if out is not None:
        make_folder(out)
    return write_submission(found, ledger, out or ledger.parent, moment)


def write_submission(found: Examination, ledger: Path, folder: Path, moment: datetime) -> SubmitOutcome:
    """The same of a ledger that has been examined; `ledger` is its file."""
    from pyxl.actions.reporting import write_report
    from pyxl.core.mentions import mentions
    from pyxl.outcomes import SubmitOutcome

    _refuse_submission(found, ledger)
    check = found.outcome(ledger)
    if any(issue.blocks for issue in found.issues):
        return SubmitOutcome(None, None, check)
    written = _write(folder, sealed_submission(found, moment))
    report, left_out, _ = write_report(found, folder / ledger.name, None, None, draft=False, sources=False)
    named = mentions(found.ledger, found.validation, found.catalogue)
    return SubmitOutcome(written, report, check, left_out, named)


def _refuse_submission(found: Examination, ledger: Path) -> None:
    """Sealed once more, it would be somebody else's word under our key."""
    if found.is_submission:
        raise UsageError("is_submission", file=ledger.name)


def sealed_submission(found: Examination, moment: datetime) -> Sealed:
    """The submission of a ledger without errors as a finished workbook, sealed with the unit's key.

    Raises OutputError when the key cannot be kept.
    """
    from pyxl.core.travelling import arrived, outgoing, travelling

    catalogue = travelling(found.catalogue)
    stamp = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    rows = outgoing(found.ledger, found.validation, found.catalogue, stamp)
    cover, period, as_of = _cover(found, catalogue), found.validation.period, found.validation.as_of
    going = _Going(catalogue, cover, rows, *_come_to(arrived(cover, rows, catalogue, period), catalogue, as_of))
    return _sealed(going, _manifest(found, going, stamp))


def _cover(found: Examination, catalogue: Catalogue) -> dict[str, Value]:
    """What goes up of the cover; period and last day are those that were examined."""
    chosen: dict[str, Value] = {"period": found.validation.period.name, "as_of": found.validation.as_of}
    return {field.key: chosen.get(field.key, found.ledger.cover.get(field.key)) for field in catalogue.cover}


def _come_to(ledger: Ledger, catalogue: Catalogue, as_of: date) -> tuple[Totals, tuple[UnitPart, ...]]:
    """What the next level will compute from what goes up: the figures of all of it, and each unit's part.

    They are those of the ledger, but for the rows of a list of people that stay below: who has left is a row
    of the ledger and no member.
    """
    from pyxl.core.submission import parts_of
    from pyxl.core.totals import compute
    from pyxl.core.units import judge_units
    from pyxl.core.validation import choose_period

    whole, verdicts = judge_units(ledger, catalogue, choose_period(ledger, as_of), as_of)
    return compute(whole, catalogue), parts_of(verdicts, catalogue)


def _manifest(found: Examination, going: _Going, made: str) -> Manifest:
    from pyxl import __version__
    from pyxl.core.submission import Manifest, content_digest
    from pyxl.core.travelling import rules_digest

    return Manifest(
        code=found.ledger.text("code"),
        unit=found.ledger.unit,
        period=found.validation.period.code,
        as_of=found.validation.as_of.isoformat(),
        made=made,
        catalogue=found.catalogue.version,
        program=__version__,
        rules=rules_digest(going.catalogue),
        rows={key: len(tuple(rows)) for key, rows in going.rows.items()},
        units=going.units,
        content=content_digest(going.cover, going.rows, going.catalogue),
        parts={},
    )


def _sealed(going: _Going, manifest: Manifest) -> Sealed:
    from pyxl.core.submission import fingerprint
    from pyxl.excel.submitting.book import submission_parts
    from pyxl.excel.submitting.part import Seal, digests, package_of, with_place
    from pyxl.sealing.keys import public_bytes, unit_key
    from pyxl.sealing.seals import seal

    key = unit_key(manifest.identity, name=manifest.unit)
    public = public_bytes(key)
    book = submission_parts(going.catalogue, going.cover, going.rows, going.totals, manifest, fingerprint(public))
    parts = with_place(book)
    whole = replace(manifest, parts=digests(package_of(parts)))
    encoded = whole.encoded()
    return Sealed(package_of(parts, Seal(encoded, public, seal(key, encoded))), whole, going.catalogue)


def _write(folder: Path, sealed: Sealed) -> Path:
    """The workbook under its name, read back before it gets it."""
    from pyxl.outfile import deliver

    def write(path: Path) -> None:
        path.write_bytes(sealed.content)

    def verify(path: Path) -> None:
        _read_back(path, sealed.catalogue, sealed.manifest)

    return deliver(folder / submission_name(sealed.manifest), write, verify, anew=True)


def submission_name(manifest: Manifest) -> str:
    """单位_2023上半年_上报.xlsx, as far as file systems take it."""
    from pyxl.outfile import safe_stem

    stem = phrase("words", "files", "submission", unit=manifest.unit, period=_period_in_names(manifest.period))
    return f"{safe_stem(stem)}.xlsx"


def _period_in_names(code: str) -> str:
    """2023H1 as file names have it."""
    from pyxl.core.period import parse_period

    period = parse_period(code)
    assert period
    return phrase("words", "files", "period", year=period.year, name=period.name)


def _read_back(path: Path, catalogue: Catalogue, manifest: Manifest) -> None:
    """That whoever gets it finds in it what the manifest says: every cell, and every figure computed anew."""
    from pyxl.core.submission import content_digest, rows_of
    from pyxl.errors import OutputError
    from pyxl.excel.closed.reading import read_book
    from pyxl.excel.parse import parse

    ledger = parse(read_book(path), catalogue)
    same = content_digest(ledger.cover, rows_of(ledger), catalogue) == manifest.content
    if not same or _come_to(ledger, catalogue, date.fromisoformat(manifest.as_of))[1] != manifest.units:
        raise OutputError("submission_differs", file=path.name)


def _prepare_sealing() -> None:
    """Imports what the submission and the summary beside it need while the ledger is being read."""
    import xlsxwriter

    import pyxl.excel.submitting.book
    import pyxl.excel.submitting.part
    import pyxl.sealing.keys
    import pyxl.sealing.seals
    import pyxl.word.report  # noqa: F401

    del xlsxwriter
