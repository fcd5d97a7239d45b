"""Levels of upper units made by the commands, and their figures added up by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from pyxl.catalogue.model import ActivityType, ColumnType, TotalKind, TotalSpec
from pyxl.cli.boundary import main
from pyxl.core.ledger import Entry, Ledger
from pyxl.core.travelling import travelling
from pyxl.excel.closed.reading import read_book
from pyxl.excel.parse import parse
from tests.reports import CATALOGUE

__all__ = ["UPWARD", "Level", "by_hand", "figures_of", "ledger_of", "passed_on", "plain", "run"]

UPWARD = travelling(CATALOGUE)


class Level(NamedTuple):
    """What one upper unit has made of a folder."""

    book: Path
    submission: Path

    @property
    def ledger(self) -> Ledger:
        return parse(read_book(self.book), UPWARD)


def ledger_of(path: Path) -> Ledger:
    return parse(read_book(path), UPWARD)


def run(*words: object) -> int:
    return main([str(word) for word in words])


def passed_on(folder: Path, unit: str, code: str, up: Path) -> Level:
    """Collected, checked and submitted by the commands."""
    up.mkdir(exist_ok=True)
    book = folder.with_name(f"{folder.name}汇总.xlsx")
    assert run("collect", folder, "-o", book, "--unit", unit, "--code", code) == 0
    assert run("check", book) == 0
    assert run("submit", book, "-o", up) == 0
    return Level(book, up / f"{unit}_2023上半年_上报.xlsx")


def spoken(value: Any) -> set[str]:
    if isinstance(value, bool):
        return {"是" if value else "否"}
    return set(map(str, value)) if isinstance(value, tuple) else {str(value)} if value is not None else set()


def wanted(row: Entry, spec: TotalSpec) -> bool:
    return all(
        spoken(row.get(key)) & set(values) or ("*" in values and row.get(key) is not None)
        for key, values in spec.where.items()
    )


def amount(value: Any) -> float:
    return len(value) if isinstance(value, tuple) else value


def by_hand(activity: ActivityType, spec: TotalSpec, ledgers: dict[str, Any]) -> Any:
    """The figure from the rows of all branches' own ledgers, without any of the program's sums."""
    rows = [
        (code, row)
        for code, found in sorted(ledgers.items())
        for row in found.validation.counted.get(activity.key, ())
        if wanted(row, spec)
    ]
    last = date(2023, 6, 30)
    if spec.present:
        rows = [
            (code, row)
            for code, row in rows
            if all(row.day(key) is None or row.day(key) <= last for key in ("joined", "moved_in"))
            and (row.day("moved_out") is None or row.day("moved_out") >= last)
        ]
    if spec.kind is TotalKind.MONTHS_WITHOUT:
        return tuple(sorted({1, 2, 3, 4, 5, 6} - {row.day("date").month for _, row in rows}))
    some = spec.kind in (TotalKind.LIST, TotalKind.DISTINCT)
    rows = [(c, row) for c, row in rows if (any if some else all)(row.get(key) is not None for key in spec.columns)]
    if spec.kind is TotalKind.COUNT:
        return len(rows)
    if spec.kind is TotalKind.SUM:
        return round(sum(amount(row.get(spec.columns[0])) for _, row in rows), 2)
    if spec.kind is TotalKind.RATIO:
        above, below = (sum(amount(row.get(key)) for _, row in rows) for key in spec.columns)
        return round(above / below, 4) if below else None
    return listed_by_hand(activity, spec, rows)


def listed_by_hand(activity: ActivityType, spec: TotalSpec, rows: list[tuple[str, Entry]]) -> Any:
    types = {column.key: column.type for column in activity.columns}
    found: dict[Any, None] = {}
    for code, row in sorted(rows, key=lambda pair: pair[1].day(activity.date) or date.max):  # stable: unit by unit
        key = next(key for key in spec.columns if row.get(key) is not None)
        value = row.get(key)
        for item in value if isinstance(value, tuple) else (value,):
            is_name = types[key] in (ColumnType.PERSON, ColumnType.PEOPLE)
            found[(code, item) if is_name and spec.kind is TotalKind.DISTINCT else item] = None
    if spec.kind is TotalKind.DISTINCT:
        return len(found)
    return tuple(sorted(found)) if found and all(isinstance(each, int) for each in found) else tuple(map(str, found))


def plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def figures_of(book: Path, capsys) -> dict[tuple[str, str], Any]:
    """What the command says."""
    capsys.readouterr()
    assert run("totals", book, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    return {(each["activity"], each["name"]): plain(each["value"]) for each in found["figures"]}
