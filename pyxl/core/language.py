"""What may a person write between {{ and }}? A small, bounded part of jinja2, in a sandbox.

Wording on the sheet comes from other people's hands. It is therefore examined before it runs, and every
name must be known. Plain placeholders are read here (pyxl.core.plain); for anything more jinja2 is
loaded (pyxl.core.templating), which costs as much time as reading the whole ledger.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from pyxl.core import marks, plain, seams
from pyxl.core.grammar import printed
from pyxl.core.sorts import Sort
from pyxl.text import phrase

__all__ = [
    "TAG",
    "Fault",
    "Known",
    "RenderError",
    "evaluate",
    "examine",
    "examine_condition",
    "likeliest",
    "nearest",
    "printed",
    "quoted",
    "render",
    "traced",
]

_SHOWN = 30  # so much of a faulty piece is quoted
_OPENING = "{\uff5b"
_MAXIMUM_BRACES = 400  # in one text; what looks for pairs takes the square of it

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_PAIR = re.compile("[{\uff5b][{\uff5b%\uff05].*?[}\uff5d%\uff05][}\uff5d]", re.DOTALL)  # a tag, however typed
_FULL_WIDTH_BRACES = re.compile("[\uff5b\uff5d]{2}|[\uff5b\uff5d][%\uff05{}]|[%\uff05{}][\uff5b\uff5d]|{\uff05|\uff05}")
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3001\u3002\u2018\u2019\u201c\u201d]")

# Object name → the names that may follow its dot, in the catalogue's order, each with the sort of what it stands
# for; None = any (checked when it is filled).
Known = Mapping[str, Mapping[str, Sort] | None]


class Fault(NamedTuple):
    """One thing wrong with a text.

    `code` is unknown_name, unknown_filter, wrong_filter, full_width, forbidden or syntax.
    """

    code: str
    fragment: str  # what stands there
    nearest: str = ""
    filter: str = ""  # that cannot be used there


class RenderError(Exception):
    """A text that was examined and still cannot be filled; its argument is the part at fault."""


def render(source: str, values: Mapping[str, Any]) -> str:
    """The text with its placeholders filled. Raises RenderError."""
    return traced(source, values).text


def traced(source: str, values: Mapping[str, Any]) -> marks.Spanned:
    """The text with its placeholders filled, and where each has printed what. Raises RenderError."""
    if not (parts := plain.parts(source)):
        from pyxl.core import templating

        return templating.traced(source, values)
    try:
        return marks.taken_out(seams.sewn("".join(plain.filled(parts, values, _inserted))))
    except (TypeError, ValueError) as error:
        tags = [tag for tag in TAG.findall(source) if tag != source]
        for tag in tags:  # the first that cannot be filled by itself raises, and names itself
            render(tag, values)
        raise RenderError(quoted(source)) from error


def _inserted(value: Any, path: plain.Path) -> str:
    return marks.marked(str(seams.inserted(printed(value))), f"{path.name}.{path.field}")


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
    if sum(map(source.count, _OPENING)) > _MAXIMUM_BRACES:
        return [Fault("syntax", quoted(source))]
    if faults := _full_width(source):
        return faults
    if plain.is_known(source, known):
        return []
    from pyxl.core import templating

    return templating.examine(source, known)


def examine_condition(condition: str, known: Known) -> list[Fault]:
    """Everything wrong with a condition, or nothing: then it is safe to evaluate."""
    if plain.is_known_condition(condition, known):
        return []
    faults = examine("{{ " + condition + " }}", known)
    named = ("unknown_name", "unknown_filter", "wrong_filter")
    # of the rest the whole condition is quoted, as it stands in its cell
    return list(dict.fromkeys(f if f.code in named else Fault(f.code, quoted(condition)) for f in faults))


def _full_width(source: str) -> list[Fault]:
    """Braces that print as they are, and signs that a tag cannot hold outside its quoted texts."""
    found = [quoted(pair) for pair in _PAIR.findall(source) if _FULL_WIDTH.search(_STRING.sub("", pair))]
    found += [match[0] for match in _FULL_WIDTH_BRACES.finditer(_PAIR.sub(_without_strings, source))]
    return [Fault("full_width", fragment) for fragment in found]


def _without_strings(pair: re.Match[str]) -> str:
    """Nothing, for a tag that is told as a whole or as it should be; else what its quoted texts hold."""
    bare = _STRING.sub("", pair[0])
    return "" if _FULL_WIDTH.search(bare) else "".join(_STRING.findall(pair[0]))


def quoted(fragment: str) -> str:
    """So much of a piece of wording as a message has room for."""
    fragment = " ".join(fragment.split())
    return fragment if len(fragment) <= _SHOWN else fragment[:_SHOWN] + "\u2026"


def nearest(written: str, known: Known) -> str:
    """The known placeholder most like `written`; empty when none is.

    Another object is proposed only where its own name is close: a like-named figure of another is another figure.
    """
    name, _, field = written.partition(".")
    owner = name if name in known else _near(name, known, 0.5)
    fields = known.get(owner)
    if not fields:
        return owner
    near = (field if field in fields else _near(field, sorted(fields), 0.3)) if field else likeliest(fields)
    return f"{owner}.{near}" if near else ""


def likeliest(fields: Collection[str]) -> str:
    """The field most likely meant where none is named: how many there are, else the first."""
    count = phrase("catalogue", "defaults", "count")
    return count if count in fields else next(iter(fields), "")


def _near(written: str, names: Iterable[str], cutoff: float) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(written, list(names), 1, cutoff)), "")
