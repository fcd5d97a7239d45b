"""The filters that wording and templates may use, under their Chinese names, and what each of them is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeGuard

from pyxl.core import grammar, seams
from pyxl.core.grammar import printed
from pyxl.core.sorts import Sort
from pyxl.text import phrase, phrases

__all__ = ["filters", "purpose", "suits"]

_ALL_NAMED, _FEW_NAMED = 8, 5  # so many are all named; of more than that, so many

# Filter → what it may be used on; any other takes whatever there is, one or several.
_TAKES: dict[str, frozenset[Sort]] = {
    "several": frozenset({Sort.TEXT, Sort.TEXTS, Sort.COUNT, Sort.NUMBER, Sort.NUMBERS, Sort.MONTHS}),
    "ordinals": frozenset({Sort.COUNT, Sort.NUMBER, Sort.NUMBERS, Sort.MONTHS}),
    "numeral": frozenset({Sort.COUNT, Sort.NUMBER, Sort.DECIMAL}),
    "percent": frozenset({Sort.RATE, Sort.DECIMAL}),
    "date": frozenset({Sort.DAY}),
    "months": frozenset({Sort.MONTHS, Sort.NUMBERS, Sort.NUMBER}),
}


def _items(value: object) -> list[object]:
    """What a list filter goes through, as it is printed: a single value is a list of one, a blank a list of none."""
    items = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    return [printed(item) for item in items if item not in ("", None)]


def _quoted(value: object) -> str:
    return grammar.and_quoted(_items(value))


def _listed(value: object) -> str:
    return grammar.listed(seams.once(_items(value)))


def _commas(value: object) -> str:
    return seams.joined(phrase("words", "grammar", "comma"), _items(value))


def _semicolons(value: object) -> str:
    """Items that have commas of their own: 支委会缺2、5月；主题党日缺1月."""  # noqa: RUF002
    return seams.joined(phrase("words", "grammar", "semicolon"), _items(value))


def _each(value: object, before: str) -> str:
    """Every item behind the same word: 学习甲，学习乙; one that begins with it is not told it again, nor one twice."""  # noqa: RUF002
    said = (seams.sewn(f"{before}{seams.inserted(str(item))}") for item in _items(value))
    return _commas(dict.fromkeys(map(seams.bare, said)))


def _several(value: object) -> str:
    """How many items; a number is how many there are."""
    return grammar.several(value if isinstance(value, int) else len(_items(value)))


def _ordinals(value: object) -> str:
    return grammar.ordinals(_items(value))


def _numeral(value: object) -> str:
    return grammar.numeral(value) if _is_number(value, int) else str(printed(value))


def _percent(value: object) -> str:
    return grammar.percent(value) if _is_number(value, int | float) else str(printed(value))


def _date(value: object) -> str:
    return str(printed(value))


def _months(value: object) -> str:
    return grammar.listed(
        phrase("words", "grammar", "month", month=item) if isinstance(item, int) else item for item in _items(value)
    )


def _is_number(value: object, kind: Any) -> TypeGuard[Any]:
    """Yes and no are whole numbers for Python, and for nobody else."""
    return isinstance(value, kind) and not isinstance(value, bool)


def _enumerated(value: object, measure: str) -> str:
    """甲、乙; of many only the first, and how many there are: 甲、乙、丙、丁、戊等20个党支部."""
    items = _items(value)
    if len(items) <= _ALL_NAMED:
        return grammar.listed(items)
    names = grammar.listed(items[:_FEW_NAMED])
    return phrase("words", "grammar", "and_others", names=names, count=len(items), measure=measure)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "quoted": _quoted,
    "listed": _listed,
    "commas": _commas,
    "semicolons": _semicolons,
    "each": _each,
    "several": _several,
    "ordinals": _ordinals,
    "numeral": _numeral,
    "percent": _percent,
    "date": _date,
    "months": _months,
    "enumerated": _enumerated,
}


@cache
def filters() -> dict[str, Callable[..., Any]]:
    """Chinese name → function, for an environment's filters."""
    return {name: _FUNCTIONS[key] for key, name in phrases("words", "filters").items()}


def suits(name: str, sort: Sort | None) -> bool:
    """Whether a filter makes sense of a value of this sort; nobody knows of one that is not known."""
    taken = _TAKES.get(_keys().get(name, ""))
    return sort is None or taken is None or sort in taken


def purpose(name: str) -> str:
    """What a filter is for, in a clause."""
    return phrase("words", "filter_purposes", _keys()[name])


@cache
def _keys() -> dict[str, str]:
    return {name: key for key, name in phrases("words", "filters").items()}
