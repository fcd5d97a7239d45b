"""Does a manifest hold what a manifest can hold, so that it can be counted together with others?

A seal says who made it, not that the program was ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pyxl.catalogue.model import Catalogue, ColumnType, TotalKind
from pyxl.core.period import parse_period
from pyxl.core.submission import Manifest, UnitPart
from pyxl.core.travelling import REGISTER

__all__ = ["is_credible"]

_MADE = re.compile(r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\dZ", re.ASCII)
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}", re.ASCII)
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # what no name has, and no file can hold
_LONGEST = 500  # characters of a name
_LONGEST_CELL = 32_767
_MOST = 10**12  # of anything that is counted in a half-year
_MOST_ROWS = 1_048_576  # of a sheet
_MONTHS = range(1, 13)
_DAYS = (ColumnType.DATE, ColumnType.MONTH)


def is_credible(manifest: Manifest, catalogue: Catalogue) -> bool:
    """Whether nothing in it would surprise whoever counts it, by the travelling `catalogue`."""
    period = parse_period(manifest.period)
    kinds = {f"{each.key}.{total.key}": total.kind for each in catalogue.activities for total in each.totals}
    facts = {column.key: column.type for column in catalogue.activity(REGISTER).columns}
    return (
        period is not None
        and period.code == manifest.period
        and _is_day(manifest.as_of)
        and date.fromisoformat(manifest.as_of) in period
        and _MADE.fullmatch(manifest.made) is not None
        and _VERSION.fullmatch(manifest.catalogue) is not None
        and bool(manifest.identity and manifest.unit)
        and all(map(_is_name, (manifest.code, manifest.unit, manifest.program, manifest.rules)))
        and all(map(_is_row_count, manifest.rows.values()))
        and all(part.made <= manifest.made and _is_part(part, kinds, facts) for part in manifest.units)
    )


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and not _NO_TEXT.search(value)


def _is_day(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_part(part: UnitPart, kinds: Mapping[str, TotalKind], facts: Mapping[str, ColumnType]) -> bool:
    return (
        bool(part.identity)
        and (part.made == "" or _MADE.fullmatch(part.made) is not None)
        and all(_is_name(part.facts.get(key, "")) for key in ("code", "unit"))
        and all(map(_is_row_count, part.rows.values()))
        and all(_is_fact(part.facts.get(key), kind) for key, kind in facts.items())
        and all(_is_share(kind, part.shares.get(name)) for name, kind in kinds.items())
    )


def _is_fact(value: Any, kind: ColumnType) -> bool:
    if value is None:
        return True
    if kind in _DAYS and isinstance(value, str):
        return _is_day(value)
    return (
        isinstance(value, bool)
        or _is_number(value)
        or all(map(_is_text, value if isinstance(value, list) else [value]))
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_CELL


def _is_number(value: Any) -> bool:
    """One that something can be counted with: neither endless nor beyond all bounds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -_MOST <= value <= _MOST


def _is_row_count(count: int) -> bool:
    return count <= _MOST_ROWS


def _is_share(kind: TotalKind, share: Any) -> bool:
    return share is None or _SHARES[kind](share)


def _is_count(share: Any) -> bool:
    return type(share) is int and 0 <= share <= _MOST


def _is_ratio(share: Any) -> bool:
    return isinstance(share, list) and len(share) == 2 and all(map(_is_number, share))


def _is_list(share: Any) -> bool:
    return isinstance(share, list) and all(
        isinstance(each, list) and len(each) == 2 and _is_day(each[0]) and _are_items(each[1]) for each in share
    )


def _are_items(items: Any) -> bool:
    return isinstance(items, list) and all(
        isinstance(each, str) or (type(each) is int and _is_number(each)) for each in items
    )


def _is_months(share: Any) -> bool:
    """Whether it is asked for, months, those with a row."""
    return (
        isinstance(share, list)
        and [type(each) for each in share] == [bool, list, list]
        and all(type(month) is int and month in _MONTHS for months in share[1:] for month in months)
    )


_SHARES: Mapping[TotalKind, Callable[[Any], bool]] = {
    TotalKind.COUNT: _is_count,
    TotalKind.SUM: _is_number,
    TotalKind.RATIO: _is_ratio,
    TotalKind.LIST: _is_list,
    TotalKind.DISTINCT: _is_list,
    TotalKind.MONTHS_WITHOUT: _is_months,
}
