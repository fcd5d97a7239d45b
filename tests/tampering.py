"""What careless hands, other programs and modified ones make of a submission."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl

from pyxl.core.submission import content_digest, rows_of
from pyxl.core.travelling import travelling
from pyxl.excel.closed.child import read_bytes
from pyxl.excel.closed.unpacking import unpacked as unpacked_book
from pyxl.excel.parse import parse
from pyxl.excel.submitting.part import MANIFEST_PART, Seal, digests, package_of, sealed_part
from pyxl.package import unpacked
from pyxl.sealing.keys import public_bytes, unit_key
from pyxl.sealing.seals import seal
from tests.reports import CATALOGUE

UPWARD = travelling(CATALOGUE)

__all__ = ["UPWARD", "manifest_in", "resaved", "resealed", "typed", "with_manifest_of", "without_seal"]

Edit = Callable[[openpyxl.Workbook], object]


def typed(sheet: str, column: str, row: int, value: Any) -> Edit:
    """Types a value under a column's header, in row `row` (from 0) of the sheet's entries."""

    def edit(book: openpyxl.Workbook) -> None:
        header = next(cells for cells in book[sheet].iter_rows() if column in [cell.value for cell in cells])
        place = next(cell for cell in header if cell.value == column)
        book[sheet].cell(place.row + 1 + row, place.column).value = value

    return edit


def manifest_in(content: bytes) -> dict[str, Any]:
    """The manifest as plain JSON."""
    found: dict[str, Any] = json.loads(sealed_part(unpacked(content)[MANIFEST_PART]).manifest)
    return found


def resaved(content: bytes, edit: Edit = lambda _: None) -> bytes:
    """Opened, edited and saved by another program that keeps what it does not know, as Excel does."""
    parts = dict(unpacked(without_seal(content, edit)))
    return package_of(parts, sealed_part(unpacked(content)[MANIFEST_PART]))


def without_seal(content: bytes, edit: Edit = lambda _: None) -> bytes:
    """The same by a program that drops what it does not know."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_manifest_of(content: bytes, other: bytes) -> bytes:
    """The workbook with another one's manifest."""
    return package_of({**unpacked(content)}, sealed_part(unpacked(other)[MANIFEST_PART]))


def resealed(
    content: bytes,
    change: Callable[[dict[str, Any]], object] = lambda _: None,
    *,
    by: str = "",
    parts: Mapping[str, bytes] | None = None,
    signed: bool = True,
) -> bytes:
    """As a modified program would seal it: another manifest, a valid seal by the key of the unit `by`.

    By default that of the unit that the manifest names; without `signed` the old signature stays.
    """
    manifest = manifest_in(content)
    own = {name: part for name, part in unpacked(content).items() if name != MANIFEST_PART} | dict(parts or {})
    manifest["parts"] = digests(package_of(own))
    manifest["content"] = _content_digest(package_of(own))
    change(manifest)
    encoded = json.dumps(manifest, ensure_ascii=True, sort_keys=True).encode()
    key = unit_key(by or manifest["code"] or manifest["unit"])
    before = sealed_part(unpacked(content)[MANIFEST_PART])
    return package_of(own, Seal(encoded, public_bytes(key), seal(key, encoded) if signed else before.signature))


def _content_digest(package: bytes) -> str:
    ledger = parse(unpacked_book("x.xlsx", read_bytes(package, "x.xlsx"), ()), UPWARD)
    return content_digest(ledger.cover, rows_of(ledger), UPWARD)
