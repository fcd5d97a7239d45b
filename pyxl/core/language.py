"""What may a person write between {{ and }}? A small, bounded part of jinja2, in a sandbox.

Wording on the sheet comes from other people's hands. It is therefore examined before it runs, and every
name must be known. Plain placeholders are read here (pyxl.core.plain); for anything more jinja2 is
loaded (pyxl.core.templating), which costs as much time as reading the whole ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from pyxl.core import grammar, plain
from pyxl.text import phrase

__all__ = [
    "TAG",
    "Fault",
    "Known",
    "RenderError",
    "evaluate",
    "examine",
    "examine_condition",
    "nearest",
    "paths",
    "printed",
    "quoted",
    "render",
]

_SHOWN = 30  # so much of a faulty piece is quoted

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_FULL_WIDTH_BRACES = re.compile("[\uff5b\uff5d]{2}|[\uff5b\uff5d][%\uff05{}]|[%\uff05{}][\uff5b\uff5d]|{\uff05|\uff05}")
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3001\u3002\u2018\u2019\u201c\u201d]")

# Object name → the names that may follow its dot; None = any (checked when it is filled).
Known = Mapping[str, frozenset[str] | None]


class Fault(NamedTuple):
    """One thing wrong with a text: `code` is unknown_name, full_width, forbidden or syntax."""

    code: str
    fragment: str  # what stands there
    nearest: str = ""


class RenderError(Exception):
    """A text that was examined and still cannot be filled; its argument is the part at fault."""


def printed(value: Any) -> Any:
    """What stands in the text for a value; a placeholder without a filter prints no Python."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return phrase("words", "yesno", "yes" if value else "no")
    if isinstance(value, date):
        return grammar.day_text(value)
    if isinstance(value, list | tuple):
        return grammar.listed(printed(item) for item in value)
    return value


def render(source: str, values: Mapping[str, Any]) -> str:
    """The text with its placeholders filled. Raises RenderError."""
    if not (parts := plain.parts(source)):
        from pyxl.core import templating

        return templating.render(source, values)
    try:
        return "".join(plain.filled(parts, values, printed))
    except (TypeError, ValueError) as error:
        tags = [tag for tag in TAG.findall(source) if tag != source]
        for tag in tags:  # the first that cannot be filled by itself raises, and names itself
            render(tag, values)
        raise RenderError(quoted(source)) from error


def evaluate(condition: str, values: Mapping[str, Any]) -> bool:
    """Whether a condition holds. Raises RenderError."""
    if not (terms := plain.condition(condition)):
        from pyxl.core import templating

        return templating.evaluate(condition, values)
    try:
        return plain.holds(terms, values)
    except (TypeError, ValueError) as error:
        raise RenderError(quoted(condition)) from error


def examine(source: str, known: Known) -> list[Fault]:
    """Everything wrong with a template's text, or nothing: then it is safe to render."""
    if faults := _full_width(source):
        return faults
    if plain.is_known(source, known):
        return []
    from pyxl.core import templating

    return templating.examine(source, known)


def examine_condition(condition: str, known: Known) -> list[Fault]:
    """Everything wrong with a condition, or nothing: then it is safe to evaluate."""
    return [] if plain.is_known_condition(condition, known) else examine("{{ " + condition + " }}", known)


def _full_width(source: str) -> list[Fault]:
    """Braces that print as they are, and signs that a tag cannot hold outside its quoted texts."""
    found = [match[0] for match in _FULL_WIDTH_BRACES.finditer(source)]
    found += [quoted(tag) for tag in TAG.findall(source) if _FULL_WIDTH.search(_STRING.sub("", tag))]
    return [Fault("full_width", fragment) for fragment in found]


def quoted(fragment: str) -> str:
    """So much of a piece of wording as a message has room for."""
    fragment = " ".join(fragment.split())
    return fragment if len(fragment) <= _SHOWN else fragment[:_SHOWN] + "\u2026"


def nearest(written: str, known: Known) -> str:
    """The known placeholder most like `written`; empty when none is."""
    name, _, field = written.partition(".")
    fields = known.get(name)
    if fields:
        from difflib import get_close_matches

        near = get_close_matches(field, sorted(fields), 1, 0.3)
        return f"{name}.{near[0]}" if near else ""
    return _near(written, paths(known))


def _near(written: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(written, list(names), 1, 0.5)
    return near[0] if near else ""


def paths(known: Known) -> list[str]:
    """Every known placeholder, written out: object.field, or the object where it has no fields."""
    return [
        path
        for name, fields in known.items()
        for path in ([f"{name}.{f}" for f in sorted(fields)] if fields else [name])
    ]
