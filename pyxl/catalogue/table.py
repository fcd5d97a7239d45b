"""Typed access to one TOML table, noting every mistake instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from pyxl.errors import CatalogueProblem
from pyxl.text import phrase

__all__ = ["Table", "merged", "name_of"]

E = TypeVar("E", bound=StrEnum)


class Table:
    """One TOML table, with its file and key path for messages; mistakes go to `problems`."""

    def __init__(self, data: Mapping[str, Any], file: str, path: str, problems: list[CatalogueProblem]) -> None:
        self.data = data
        self.file = file
        self.path = path
        self.problems = problems
        self._used: set[str] = set()

    def problem(self, key: str, reason: str, **params: object) -> None:
        """Notes a mistake at `key`; `reason` is a key of text/catalogue.toml."""
        path = f"{self.path}.{key}" if key else self.path
        self.problems.append(CatalogueProblem(self.file, path, phrase("catalogue", "problems", reason, **params)))

    def text(self, key: str, default: str | None = None) -> str:
        """A string; required when there is no default."""
        value = self._take(key, default)
        if isinstance(value, str):
            return value
        self.problem(key, "missing" if value is None else "not_text")
        return default or ""

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A flag: true or false."""
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        self.problem(key, "not_flag")
        return default

    def number(self, key: str, default: float) -> float:
        """A number."""
        value = self._take(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        self.problem(key, "not_number")
        return default

    def optional_number(self, key: str) -> float | None:
        """A number, or None when the key is absent."""
        return self.number(key, 0.0) if key in self.data else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty when the key is absent."""
        value = self._take(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.problem(key, "not_texts")
        return ()

    def member(self, key: str, kind: type[E], default: E | None = None) -> E:
        """A member of an enumeration, written by its value."""
        written = self.text(key, default.value if default is not None else None)
        try:
            return kind(written)
        except ValueError:
            if written:
                self.problem(key, "not_one_of", value=written, allowed=" / ".join(kind))
            return default if default is not None else next(iter(kind))

    def conditions(self, key: str) -> dict[str, tuple[str, ...]]:
        """A table of column key → allowed values."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            self.problem(key, "not_conditions")
            return {}
        found = {}
        for column, allowed in value.items():
            values = [allowed] if isinstance(allowed, str) else allowed
            if isinstance(values, list) and all(isinstance(item, str) for item in values):
                found[column] = tuple(values)
            else:
                self.problem(f"{key}.{column}", "not_texts")
        return found

    def words(self, key: str, names: tuple[str, ...]) -> dict[str, str]:
        """A table of strings under some of these names; empty when the key is absent."""
        table = self.table(key)
        found = {name: table.text(name) for name in names if name in table.data}
        table.close()
        return found

    def tables(self, key: str) -> list[Table]:
        """A list of tables, each named by its key or id in messages, or by where it stands."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.problem(key, "not_tables")
            return []
        return [
            Table(item, self.file, f"{self.path}.{key}[{name_of(item) or number}]", self.problems)
            for number, item in enumerate(value, 1)
        ]

    def table(self, key: str) -> Table:
        """A table within the table; empty when the key is absent."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            self.problem(key, "not_table")
            value = {}
        return Table(value, self.file, f"{self.path}.{key}", self.problems)

    def rest(self) -> dict[str, Any]:
        """The keys nobody asked for, taken as parameters."""
        rest = {key: value for key, value in self.data.items() if key not in self._used}
        self._used.update(rest)
        return rest

    def close(self) -> None:
        """Notes every key that nobody asked for."""
        for key in self.data:
            if key not in self._used:
                self.problem(key, "unknown_key")

    def _take(self, key: str, default: Any) -> Any:
        self._used.add(key)
        return self.data.get(key, default)


def merged(below: Any, above: Any) -> Any:
    """`above` laid over `below`: tables by key, lists of keyed tables by their key or id, the rest replaced."""
    if isinstance(below, dict) and isinstance(above, dict):
        keys = [*below, *(key for key in above if key not in below)]
        return {
            key: merged(below[key], above[key])
            if key in below and key in above
            else above[key]
            if key in above
            else below[key]
            for key in keys
        }
    if _is_keyed(below) and _is_keyed(above):
        order = {name_of(item): item for item in below}
        for item in above:
            name = name_of(item)
            order[name] = merged(order[name], item) if name in order else item
        return list(order.values())
    return above


def _is_keyed(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) and name_of(item) for item in value)


def name_of(item: Mapping[str, Any]) -> str:
    """What a table in a list goes by: its key or id; empty when it has neither."""
    return str(item.get("key") or item.get("id") or "")
