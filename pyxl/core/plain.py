"""Which wording is only text with plain placeholders, and what does it say? No template has to be compiled for it.

`{{ 党课.次数 }}` and `{{ 党课.题目 | 顿号 }}` are most of what wording consists of, and `甲.次数 or 乙.次数`
most conditions. They mean the same here as in jinja2, which reads everything else; a test holds the two
together. Compiling a template for each would take a third of a report's time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pyxl.core.filters import filters, suits
from pyxl.core.sorts import Sort

__all__ = ["Path", "Term", "condition", "filled", "holds", "is_known", "is_known_condition", "parts"]

_PLACEHOLDER = re.compile(
    r"\{\{ *([^\W\d]\w*)\.([^\W\d_]\w*) *(?:\| *([^\W\d]\w*) *(?:\( *(?:\"([^\"'\\{}%#]*)\"|'([^\"'\\{}%#]*)') *\) *)?)?\}\}"
)
_TERM = re.compile(r"(not +)?([^\W\d]\w*)\.([^\W\d_]\w*)")
_WORDS = frozenset(
    {"and", "or", "not", "if", "else", "in", "is", "true", "false", "none", "True", "False", "None", "loop"}
)


class Path(NamedTuple):
    """A placeholder: object, field, and the filter it goes through, if any."""

    name: str
    field: str
    filter: str = ""
    argument: str | None = None  # of the filter


class Term(NamedTuple):
    """One part of a condition."""

    path: Path
    negated: bool


@lru_cache(maxsize=512)
def parts(source: str) -> tuple[str | Path, ...]:
    """Texts and placeholders in turn; nothing when there is more in it than plain placeholders."""
    found: list[str | Path] = []
    end = 0
    for match in _PLACEHOLDER.finditer(source):
        path = Path(match[1], match[2], match[3] or "", match[4] if match[4] is not None else match[5])
        if path.name in _WORDS or (path.filter and path.filter not in filters()):
            return ()
        found += [source[end : match.start()], path]
        end = match.end()
    found.append(source[end:])
    texts = "".join(part for part in found if isinstance(part, str))
    return () if "{" in texts or "}" in texts or "#" in texts else tuple(found)


def filled(
    pieces: tuple[str | Path, ...], values: Mapping[str, Any], printed: Callable[[Any, Path], str]
) -> Iterator[str]:
    """The pieces with their placeholders looked up and printed. Raises TypeError or ValueError as the filters do."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield printed(_filtered(piece, _value(piece, values)), piece)


def _filtered(path: Path, value: Any) -> Any:
    if not path.filter:
        return value
    return filters()[path.filter](value, *([] if path.argument is None else [path.argument]))


def _value(path: Path, values: Mapping[str, Any]) -> Any:
    try:
        return values[path.name][path.field]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}.{path.field}") from error


@lru_cache(maxsize=512)
def condition(source: str) -> tuple[tuple[Term, ...], ...]:
    """A condition as alternatives of terms that must hold together; nothing when there is more in it."""
    alternatives = []
    for alternative in re.split(r" +or +", source.strip()):
        matches = [_TERM.fullmatch(term) for term in re.split(r" +and +", alternative)]
        terms = [Term(Path(m[2], m[3]), bool(m[1])) for m in matches if m and m[2] not in _WORDS]
        if len(terms) != len(matches):
            return ()
        alternatives.append(tuple(terms))
    return tuple(alternatives)


def holds(alternatives: tuple[tuple[Term, ...], ...], values: Mapping[str, Any]) -> bool:
    """Whether one of the alternatives holds; reads no further than it has to, as `and` and `or` do."""
    return any(all(bool(_value(term.path, values)) != term.negated for term in terms) for terms in alternatives)


def is_known(source: str, known: Mapping[str, Mapping[str, Sort] | None]) -> bool:
    """Whether a text is plain, and every placeholder in it known and filtered with sense: nothing can be wrong then."""
    pieces = parts(source)
    return bool(pieces) and all(isinstance(piece, str) or _is_known(piece, known) for piece in pieces)


def is_known_condition(source: str, known: Mapping[str, Mapping[str, Sort] | None]) -> bool:
    """The same of a condition."""
    alternatives = condition(source)
    return bool(alternatives) and all(_is_known(term.path, known) for terms in alternatives for term in terms)


def _is_known(path: Path, known: Mapping[str, Mapping[str, Sort] | None]) -> bool:
    fields = known.get(path.name)
    return fields is not None and path.field in fields and suits(path.filter, fields[path.field])
