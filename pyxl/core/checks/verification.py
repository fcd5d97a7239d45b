"""Are the rules of a catalogue written so that their checks can run?"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pyxl.catalogue.model import ActivityType, Catalogue, CheckSpec
from pyxl.core.checks.model import CheckKind, Param
from pyxl.errors import CatalogueProblem
from pyxl.text import phrase, table

__all__ = ["COMMON_PARAMS", "verified"]

# Every rule may say when it is of concern.
COMMON_PARAMS: Mapping[str, Param] = {
    "when": Param("where"),
    "unless": Param("where"),
    "applies_if": Param("cover"),
}

# What every sentence may quote; see pyxl.core.issue.
_ALWAYS_GIVEN = {"cell", "sheet", "row", "found"}

_Problem = tuple[str, str]  # where in the rule, and why


def verified(catalogue: Catalogue, kinds: Mapping[str, CheckKind], broken: Mapping[str, str]) -> list[CatalogueProblem]:
    """Every mistake in the rules that are switched on; none when all of them can run.

    `broken`: names of kinds that an installed package offers and cannot give, and why.
    """
    return [
        CatalogueProblem(f"{activity.key}.toml", f"{activity.key}.checks[{spec.id}].{part}", reason)
        for activity, spec in catalogue.rules()
        for part, reason in _mistakes(activity, spec, catalogue, kinds, broken)
    ]


def _mistakes(
    activity: ActivityType,
    spec: CheckSpec,
    catalogue: Catalogue,
    kinds: Mapping[str, CheckKind],
    broken: Mapping[str, str],
) -> Iterator[_Problem]:
    kind = kinds.get(spec.check)
    if kind is None:
        yield "check", broken.get(spec.check) or _reason("unknown_check", value=spec.check)
        return
    yield from _columns(activity, spec, kind)
    yield from _params(activity, spec, catalogue, kind)
    yield from _codes(spec, kind)


def _reason(name: str, **params: object) -> str:
    return phrase("catalogue", "problems", name, **params)


def _columns(activity: ActivityType, spec: CheckSpec, kind: CheckKind) -> Iterator[_Problem]:
    least, most = kind.columns
    given = len(spec.columns)
    if given < least or (most is not None and given > most):
        expected = str(least) if most == least else f"{least}+" if most is None else f"{least}-{most}"
        yield "columns", _reason("column_count", check=spec.check, expected=expected, given=given)
    yield from (("columns", _reason("unknown_column", value=key)) for key in spec.columns if not activity.has(key))


def _params(activity: ActivityType, spec: CheckSpec, catalogue: Catalogue, kind: CheckKind) -> Iterator[_Problem]:
    known = {**COMMON_PARAMS, **kind.params}
    for name, value in spec.params.items():
        if name not in known:
            yield name, _reason("unknown_param", check=spec.check, value=name)
        else:
            yield from _value(name, value, known[name], _Scope(activity, spec, catalogue))
    for name, param in kind.params.items():
        if param.needed and name not in spec.params:
            yield name, _reason("missing_param", check=spec.check, value=name)
    if kind.any_of and not set(kind.any_of) & set(spec.params):
        yield kind.any_of[0], _reason("one_param", check=spec.check, names=" / ".join(kind.any_of))


class _Scope:
    """What the names in a rule's parameters may refer to."""

    def __init__(self, activity: ActivityType, spec: CheckSpec, catalogue: Catalogue) -> None:
        self.own = {column.key for column in activity.columns}
        self.activities = set(catalogue.by_key)
        self.fields = {field.key for field in catalogue.cover}
        other = spec.params.get("other")
        there = catalogue.by_key.get(other) if isinstance(other, str) else None
        # `where` is about the other sheet, if the rule names one
        self.where = {column.key for column in there.columns} if there else self.own if other is None else None


def _value(name: str, value: Any, param: Param, scope: _Scope) -> Iterator[_Problem]:
    """What is wrong with one parameter."""
    if not _SHAPES[param.shape](value):
        yield name, _reason("bad_param", value=name)
        return
    if param.options and value not in param.options:
        yield name, _reason("not_one_of", value=value, allowed=" / ".join(param.options))
    match param.shape:
        case "column" if value not in scope.own:
            yield name, _reason("unknown_column", value=value)
        case "activity" if value not in scope.activities:
            yield name, _reason("unknown_activity", value=value)
        case "field" if value not in scope.fields:
            yield name, _reason("unknown_field", value=value)
        case "cover":
            yield from _unknown(name, value, scope.fields, "unknown_field")
        case "where":
            known = scope.where if name == "where" else scope.own
            yield from _unknown(name, value, known, "unknown_column")
        case _:
            pass


def _unknown(name: str, value: Mapping[str, Any], known: set[str] | None, reason: str) -> Iterator[_Problem]:
    """The keys of a condition that nothing answers to; an unknown sheet is told elsewhere."""
    for key in value:
        if known is not None and key not in known:
            yield f"{name}.{key}", _reason(reason, value=key)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, str) for item in value)


def _is_condition(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(_is_allowed(allowed) for allowed in value.values())


def _is_allowed(allowed: Any) -> bool:
    """One value of a cell, or a list of them."""
    given = allowed if isinstance(allowed, list | tuple) else [allowed]
    return bool(given) and all(isinstance(item, str | int | float) for item in given)


_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    "number": _is_number,
    "flag": lambda value: isinstance(value, bool),
    "texts": _is_texts,
    "value": _is_text,
    "activity": _is_text,
    "field": _is_text,
    "column": _is_text,
    "where": _is_condition,
    "cover": _is_condition,
}


def _codes(spec: CheckSpec, kind: CheckKind) -> Iterator[_Problem]:
    """Codes without words, and words that ask for what this check does not give."""
    for code in dict.fromkeys((spec.code, *kind.codes) if spec.code else kind.codes):
        words = (kind.texts.get(code) if code != spec.code else None) or table("issues").get(code)
        if words is None:
            yield "code", _reason("unknown_code", value=code)
            continue
        lacking = sorted(_fields(words.values()) - kind.gives - _ALWAYS_GIVEN)
        if lacking:
            yield "code", _reason("code_misfit", check=spec.check, value=code, names=", ".join(lacking))


def _fields(sentences: Iterable[str]) -> set[str]:
    """The names in braces."""
    return {name for text in sentences for _, name, _, _ in string.Formatter().parse(text) if name}
