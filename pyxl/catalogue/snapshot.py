"""How is our own catalogue known again without parsing and assembling its TOML files?

`pyxl build` writes the assembled catalogue into snapshot.json, and `pyxl build --check` proves it
fresh. It counts only while the TOML files are those that it was made from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from pyxl.catalogue.model import (
    ActivityType,
    Catalogue,
    CheckSpec,
    Clause,
    ClauseForm,
    Column,
    ColumnType,
    CoverField,
    Kind,
    OnForm,
    PeriodRule,
    Section,
    Settlement,
    Severity,
    TotalKind,
    TotalSpec,
)
from pyxl.text import fingerprint, table

__all__ = ["recalled", "snapshot"]

_Records: TypeAlias = dict[type[Any], list[Any]]
_Reader: TypeAlias = Callable[[Any, _Records], Any]
_Pools: TypeAlias = dict[type[Any], list[tuple[Any, dict[str, Any]]]]  # kind → record and its content


def snapshot(catalogue: Catalogue, sources: Iterable[Path]) -> str:
    """What snapshot.json should say of the catalogue that was assembled from `sources`."""
    pools: _Pools = {kind: [] for kind in _SHARED}
    whole = _plain(catalogue, pools)
    shared = {kind.__name__: [content for _, content in pool] for kind, pool in pools.items()}
    return json.dumps({"of": _stamp(sources), **shared, "catalogue": whole}, ensure_ascii=False, indent=0)


def recalled(folder: Path, sources: Iterable[Path]) -> Catalogue | None:
    """The catalogue from snapshot.json in `folder`; None when it was made from other sources, or is damaged."""
    try:
        content = json.loads((folder / "snapshot.json").read_bytes())
        if content["of"] != _stamp(sources):
            return None
        records = {kind: [_made(kind, each, {}) for each in content[kind.__name__]] for kind in _SHARED}
        catalogue: Catalogue = _made(Catalogue, content["catalogue"], records)
    except (OSError, ValueError, TypeError, LookupError):
        return None
    return catalogue


def _stamp(sources: Iterable[Path]) -> str:
    """A fingerprint of the files, their names, and what assembling adds of its own."""
    defaults = json.dumps(table("catalogue")["defaults"]).encode()
    return fingerprint(defaults, *(part for path in sources for part in (path.name.encode(), path.read_bytes())))


def _plain(value: Any, pools: _Pools) -> Any:
    """A value as JSON knows it: of a record the fields that differ from their defaults, of a shared one its number."""
    if isinstance(value, tuple):
        return [_plain(item, pools) for item in value]
    kind = type(value)
    if kind not in _READERS:
        return value
    pool = pools.get(kind, [])
    number = next((number for number, (known, _) in enumerate(pool) if known == value), len(pool))
    if number < len(pool):
        return number
    changed = {each.name: getattr(value, each.name) for each in fields(value) if not _is_default(each, value)}
    content = {name: _plain(item, pools) for name, item in changed.items()}
    pool.append((value, content))
    return number if kind in pools else content


def _is_default(each: Field[Any], record: Any) -> bool:
    default = each.default if each.default_factory is MISSING else each.default_factory()
    return bool(getattr(record, each.name) == default)


def _made(kind: type[Any], content: dict[str, Any], records: _Records) -> Any:
    """The record again; what JSON does not tell apart (tuples, enumerations, records) by the field's reader."""
    for name, read in _READERS[kind].items():
        if name in content:
            content[name] = read(content[name], records)
    return kind(**content)


def _enumerated(kind: type[StrEnum]) -> _Reader:
    members = {member.value: member for member in kind}  # a look-up here is cheaper than the enumeration's own
    return lambda value, _: members[value]


def _several(kind: type[Any]) -> _Reader:
    return lambda items, records: tuple([_made(kind, item, records) for item in items])


def _shared(kind: type[Any]) -> _Reader:
    return lambda numbers, records: tuple([records[kind][number] for number in numbers])


def _texts(items: list[str], _: _Records) -> tuple[str, ...]:
    return tuple(items)


def _conditions(where: dict[str, list[str]], _: _Records) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in where.items()}


# Half of these records stand in several activities: the columns and rules of all meetings.
_SHARED = (Column, CheckSpec, TotalSpec, Clause)
_READERS: dict[type[Any], dict[str, _Reader]] = {
    Column: {"type": _enumerated(ColumnType), "choices": _texts, "aliases": _texts, "on_form": _enumerated(OnForm)},
    CheckSpec: {"severity": _enumerated(Severity), "columns": _texts},
    TotalSpec: {"kind": _enumerated(TotalKind), "columns": _texts, "where": _conditions},
    Clause: {"form": _enumerated(ClauseForm), "where": _conditions, "documents": _texts},
    CoverField: {"type": _enumerated(ColumnType), "choices": _texts, "aliases": _texts},
    Section: {"documents": _texts},
    Settlement: {"values": _texts, "known": _texts},
    ActivityType: {
        "columns": _shared(Column),
        "kind": _enumerated(Kind),
        "period_rule": _enumerated(PeriodRule),
        "checks": _shared(CheckSpec),
        "totals": _shared(TotalSpec),
        "clauses": _shared(Clause),
        "aliases": _texts,
        "told_by": _texts,
        "settlement": lambda content, records: _made(Settlement, content, records),
    },
    Catalogue: {
        "cover": _several(CoverField),
        "activities": _several(ActivityType),
        "sections": _several(Section),
        "clauses": _shared(Clause),
        "verbs": _texts,
        "wording": _shared(Column),
        "sources": _texts,
        "register": _several(ActivityType),
        "upper_sections": _several(Section),
        "upper_clauses": _shared(Clause),
        "upper_main": _texts,
    },
}
