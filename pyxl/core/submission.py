"""What goes up to the next level, and how is it told from anything else that looks like it?

A submission is a ledger in its travelling form (pyxl.core.travelling) and a manifest, which says whose
it is, for which period, and what it comes to. The manifest holds a digest of the content, computed from
values and not from a file's bytes: a file that was opened and saved by a spreadsheet is still the same
submission, one in which a single cell was changed is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any, TypeAlias

from pyxl.catalogue.model import Catalogue
from pyxl.core.canonical import canonical, plain_value, says
from pyxl.core.ledger import Ledger, Value
from pyxl.core.totals import Share, shares
from pyxl.core.travelling import MADE, REGISTER
from pyxl.core.units import UnitVerdict, gaps
from pyxl.record import record

__all__ = [
    "FORMAT",
    "Manifest",
    "Rows",
    "UnitPart",
    "content_digest",
    "fingerprint",
    "manifest_of",
    "moment_text",
    "parts_of",
    "rows_of",
]

FORMAT = 1  # of manifests; a higher one comes from a later program

Rows: TypeAlias = Mapping[str, Iterable[Mapping[str, Value]]]  # activity key → rows of column key → value

_SHA256 = re.compile(r"[0-9a-f]{64}")


@record
class UnitPart:
    """What one unit's rows come to, as plain JSON: enough to be counted together with other units."""

    facts: Mapping[str, Any]  # column of the sheet of units → value
    rows: Mapping[str, int]  # activity key → rows
    shares: Mapping[str, Share]  # "activity.total" → share; see pyxl.core.totals
    gaps: list[str]  # what should have taken place and is on no row

    @property
    def identity(self) -> str:
        """What tells the unit from others."""
        return str(self.facts.get("code") or self.facts.get("unit") or "")

    @property
    def name(self) -> str:
        """The unit's full name."""
        return str(self.facts.get("unit") or "")

    @property
    def made(self) -> str:
        """When its submission was made; of two, the later counts."""
        return str(self.facts.get(MADE) or "")


@record
class Manifest:
    """上报清单: whose submission, of what, with which content."""

    code: str  # of the unit, "" when it has none: then its name stands for it
    unit: str
    period: str  # 2023H1
    as_of: str  # 2023-06-30
    made: str  # 2023-07-03T09:15:00Z; of two submissions of one unit and period the later counts
    catalogue: str  # version
    program: str  # version
    rules: str  # by what it was judged: pyxl.core.travelling.rules_digest of the travelling catalogue
    rows: Mapping[str, int]  # activity key → rows that go up
    units: tuple[UnitPart, ...]  # of a branch one, of an upper unit those that it has collected
    content: str  # SHA-256 of the canonical content, in hexadecimal
    parts: Mapping[str, str]  # part of the file → SHA-256; empty before there is a file
    format: int = FORMAT

    @property
    def identity(self) -> str:
        """What tells the unit from others."""
        return self.code or self.unit

    def encoded(self) -> bytes:
        """The bytes that are signed: the same for the same manifest, everywhere."""
        return canonical(asdict(self)).encode()


def manifest_of(encoded: bytes) -> Manifest:
    """The manifest in such bytes. Raises ValueError when they are none, whoever made them.

    A later format may have more to say: then only `format` counts, and the caller has to look at it first.
    """
    try:
        data = json.loads(encoded)
        units = tuple(UnitPart(**each) for each in data.pop("units"))
        manifest = Manifest(units=units, **data)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not _is_well_formed(manifest):
        raise ValueError("fields of other types")
    return manifest


def _is_well_formed(manifest: Manifest) -> bool:
    data = {each.name: getattr(manifest, each.name) for each in fields(manifest)}
    texts: list[Any] = [
        data[name] for name in ("code", "unit", "period", "as_of", "made", "catalogue", "program", "rules")
    ]
    counts, parts = data["rows"], data["parts"]
    if not (isinstance(counts, dict) and isinstance(parts, dict)):
        return False
    return (
        type(data["format"]) is int
        and all(map(_is_part, manifest.units))
        and all(isinstance(text, str) for text in texts)
        and all(type(count) is int and count >= 0 for count in counts.values())
        and all(isinstance(each, str) and _SHA256.fullmatch(each) for each in (*parts.values(), data["content"]))
    )


def _is_part(part: Any) -> bool:
    return (
        all(isinstance(each, dict) for each in (part.facts, part.rows, part.shares))
        and all(type(count) is int and count >= 0 for count in part.rows.values())
        and isinstance(part.gaps, list)
        and all(isinstance(gap, str) for gap in part.gaps)
    )


def fingerprint(public: bytes) -> str:
    """A public key in a form that can be read out over the telephone: eight groups of four."""
    digits = sha256(public).hexdigest()[:32].upper()
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def moment_text(made: str) -> str:
    """A moment as clocks in China show it, whatever the clock here shows: 2023-07-03 17:15."""
    try:
        moment = datetime.fromisoformat(made)
        return moment.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M") if moment.tzinfo else made
    except (ValueError, OverflowError):
        return made


_CHINA = timezone(timedelta(hours=8))


def parts_of(verdicts: Iterable[UnitVerdict], catalogue: Catalogue) -> tuple[UnitPart, ...]:
    """What each unit of a travelling ledger comes to, from its rows."""
    register = catalogue.activity(REGISTER)
    inner = [activity for activity in catalogue.activities if activity.key != REGISTER]
    names = [f"{activity.key}.{total.key}" for activity in inner for total in activity.totals]
    return tuple(
        UnitPart(
            facts={c.key: plain_value(unit.row.get(c.key)) for c in register.columns if says(unit.row.get(c.key))},
            rows={key: len(rows) for key, rows in validation.counted.items() if rows},
            shares=dict(zip(names, shares(validation, inner), strict=True)),
            gaps=list(gaps(validation)),
        )
        for unit, validation in verdicts
    )


def rows_of(ledger: Ledger) -> Rows:
    """The rows of a travelling ledger that was read."""
    return {key: tuple(entry.values for entry in entries) for key, entries in ledger.entries.items()}


def content_digest(cover: Mapping[str, Value], rows: Rows, catalogue: Catalogue) -> str:
    """SHA-256 of cover and rows as the travelling `catalogue` knows them.

    Blank cells say nothing, nor do columns and sheets that are there but empty; the order of rows counts.
    When it was made is not of the content: the same ledger has the same digest another day.
    """
    content = {
        "cover": {
            field.key: plain_value(cover.get(field.key)) for field in catalogue.cover if says(cover.get(field.key))
        },
        "rows": {
            activity.key: _texts(found, {column.key for column in activity.columns if column.key != MADE})
            for activity in catalogue.activities
            if (found := tuple(rows.get(activity.key, ())))
        },
    }
    return sha256(canonical(content).encode()).hexdigest()


def _texts(rows: Iterable[Mapping[str, Value]], keys: set[str]) -> list[dict[str, Any]]:
    return [
        {
            key: value if value.__class__ is str else plain_value(value)
            for key, value in row.items()
            if value is not None and key in keys and (value or says(value))
        }
        for row in rows
    ]
