"""What may a person write between {{ and }}? A small, bounded part of jinja2, in a sandbox.

Wording on the sheet comes from other people's hands. It is therefore examined before it runs: only
the kinds of syntax below may occur (no calls, no arithmetic, no assignments, loops at most two deep),
so that rendering is bounded by the data, and every name must be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pyxl.core import grammar, plain
from pyxl.core.filters import filters
from pyxl.text import phrase

__all__ = ["Fault", "Known", "RenderError", "evaluate", "examine", "examine_condition", "nearest", "paths", "render"]

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Getattr, nodes.Filter,
    nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.List, nodes.Tuple,
    nodes.Test,
)  # fmt: skip
_TESTS = frozenset({"defined", "none", "sameas", "eq", "ne", "gt", "lt", "ge", "le", "in"})
_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_DEEPEST_LOOP = 2
_DEEPEST = 30  # of anything inside anything; Python itself gives up somewhere beyond
_LONGEST = 200_000  # characters that one piece of wording may become
_SHOWN = 30  # so much of a faulty piece is quoted

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_FULL_WIDTH_BRACES = re.compile("[\uff5b\uff5d]{2}|[\uff5b\uff5d][%\uff05{}]|[%\uff05{}][\uff5b\uff5d]|{\uff05|\uff05}")
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3001\u3002\u2018\u2019\u201c\u201d]")

# Object name → the names that may follow its dot; None = any (checked when it is filled).
Known = Mapping[str, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a text: `code` is unknown_name, full_width, forbidden or syntax."""

    code: str
    fragment: str  # what stands there
    nearest: str = ""


class RenderError(Exception):
    """A text that was examined and still cannot be filled; its argument is the part at fault."""


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    """The sandbox: unknown names raise, our filters only, values as people write them."""
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True, finalize=_printed)
    sandbox.filters.clear()
    sandbox.filters.update(filters())
    sandbox.globals.clear()
    return sandbox


def _printed(value: Any) -> Any:
    """What stands in the text for a value; a placeholder without a filter prints no Python."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return phrase("words", "yesno", "yes" if value else "no")
    if isinstance(value, date):
        return grammar.day_text(value)
    if isinstance(value, list | tuple):
        return grammar.listed(_printed(item) for item in value)
    if isinstance(value, Undefined):
        str(value)  # raises, with the name
    return value


def render(source: str, values: Mapping[str, Any]) -> str:
    """The text with its placeholders filled. Raises RenderError."""
    try:
        return _filled(source, values)
    except (TemplateError, TypeError, ValueError, RecursionError) as error:
        tags = [tag for tag in _TAG.findall(source) if not _can_be_filled(tag, values)]
        raise RenderError(_quoted(tags[0] if tags else source)) from error


def _filled(source: str, values: Mapping[str, Any]) -> str:
    if parts := plain.parts(source):
        return "".join(plain.filled(parts, values, _printed))
    length, chunks = 0, []
    for chunk in _compiled(source).generate(values):
        length += len(chunk)
        if length > _LONGEST:
            raise SecurityError("too long")
        chunks.append(chunk)
    return "".join(chunks)


@lru_cache(maxsize=512)
def _compiled(source: str) -> Template:
    return _environment().from_string(source)


def _can_be_filled(tag: str, values: Mapping[str, Any]) -> bool:
    try:
        _filled(_alone(tag), values)
    except (TemplateError, TypeError, ValueError, RecursionError):
        return False
    return True


def evaluate(condition: str, values: Mapping[str, Any]) -> bool:
    """Whether a condition holds. Raises RenderError."""
    try:
        if terms := plain.condition(condition):
            return plain.holds(terms, values)
        return bool(_environment().compile_expression(condition, undefined_to_none=False)(values))
    except (TemplateError, TypeError, ValueError, RecursionError) as error:
        raise RenderError(_quoted(condition)) from error


def examine(source: str, known: Known) -> list[Fault]:
    """Everything wrong with a template's text, or nothing: then it is safe to render."""
    if faults := _full_width(source):
        return faults
    if plain.is_known(source, known):
        return []
    try:
        tree = _environment().parse(source)
    except (TemplateSyntaxError, RecursionError):
        return [Fault("syntax", _at_fault(source))]
    if _too_deep(tree):
        return [Fault("forbidden", _at_fault(source))]
    return [*_forbidden(tree, source), *_unknown(tree, known)]


def examine_condition(condition: str, known: Known) -> list[Fault]:
    """Everything wrong with a condition, or nothing: then it is safe to evaluate."""
    return [] if plain.is_known_condition(condition, known) else examine("{{ " + condition + " }}", known)


def _full_width(source: str) -> list[Fault]:
    """Braces that print as they are, and signs that a tag cannot hold outside its quoted texts."""
    found = [match[0] for match in _FULL_WIDTH_BRACES.finditer(source)]
    found += [_quoted(tag) for tag in _TAG.findall(source) if _FULL_WIDTH.search(_STRING.sub("", tag))]
    return [Fault("full_width", fragment) for fragment in found]


def _forbidden(tree: nodes.Template, source: str) -> list[Fault]:
    faults = []
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Filter) and node.name not in filters():
            faults.append(Fault("unknown_name", node.name, _near(node.name, filters())))
        elif not _is_allowed(node):
            faults.append(Fault("forbidden", _at_fault(source)))
    if _loop_depth(tree) > _DEEPEST_LOOP:
        faults.append(Fault("forbidden", _at_fault(source)))
    return list(dict.fromkeys(faults))


def _is_allowed(node: nodes.Node) -> bool:
    """Whether a piece of syntax may occur; `"甲" if 乙` without an else would fail only on some ledgers."""
    if isinstance(node, nodes.Test):
        return node.name in _TESTS
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name) and not node.attr.startswith("_")
    if isinstance(node, nodes.CondExpr):
        return node.expr2 is not None
    return isinstance(node, _ALLOWED)


def _too_deep(tree: nodes.Node) -> bool:
    level, depth = [tree], 0
    while level and depth <= _DEEPEST:
        level = [child for node in level for child in node.iter_child_nodes()]
        depth += 1
    return bool(level)


def _loop_depth(node: nodes.Node) -> int:
    deepest = max((_loop_depth(child) for child in node.iter_child_nodes()), default=0)
    return deepest + isinstance(node, nodes.For)


def _at_fault(source: str) -> str:
    """The first tag that cannot stand for itself; else what was opened and not closed, else the last tag."""
    tags = _TAG.findall(source)
    for tag in tags:
        try:
            tree = _environment().parse(_alone(tag))
        except (TemplateSyntaxError, RecursionError):
            return _quoted(tag)
        if _too_deep(tree) or not all(map(_is_allowed, tree.find_all(nodes.Node))):
            return _quoted(tag)
    rest = _TAG.sub("", source)
    opened = re.search(r"\{\{.*|\{%.*|\}\}|%\}", rest, re.DOTALL)
    return _quoted(opened[0] if opened else tags[-1] if tags else source)


def _alone(tag: str) -> str:
    """A tag made complete: a block closed again, the end or the middle of a block left out."""
    word = tag[2:-2].strip("-+ \n").partition(" ")[0] if tag.startswith("{%") else ""
    if word in ("if", "for"):
        return f"{tag}{{% end{word} %}}"
    if word == "elif":
        return tag.replace("elif", "if", 1) + "{% endif %}"
    return "" if word in ("else", "endif", "endfor") else tag


def _quoted(fragment: str) -> str:
    fragment = " ".join(fragment.split())
    return fragment if len(fragment) <= _SHOWN else fragment[:_SHOWN] + "\u2026"


def _unknown(tree: nodes.Template, known: Known) -> Iterator[Fault]:
    """Names that are not known, fields that their object does not have, objects without a field."""
    own = {name.name for loop in tree.find_all(nodes.For) for name in _targets(loop)}
    owners = {id(node.node): node for node in tree.find_all(nodes.Getattr)}
    for name in tree.find_all(nodes.Name):
        path = owners.get(id(name))
        if name.name in own or name.name == "loop":
            if path and not (name.name == "loop" and path.attr in _LOOP):
                yield Fault("unknown_name", f"{name.name}.{path.attr}")
        elif name.name not in known:
            yield _unknown_name(f"{name.name}.{path.attr}" if path else name.name, known)
        elif (fields := known[name.name]) is None:
            continue
        elif path is None:
            yield Fault("unknown_name", name.name, f"{name.name}.{_first(fields)}" if fields else "")
        elif path.attr not in fields:
            yield _unknown_name(f"{name.name}.{path.attr}", known)


def _unknown_name(written: str, known: Known) -> Fault:
    return Fault("unknown_name", written, nearest(written, known))


def _first(fields: frozenset[str]) -> str:
    """The field most likely meant: how many there are."""
    count = phrase("catalogue", "defaults", "count")
    return count if count in fields else min(fields)


def _targets(loop: nodes.For) -> list[nodes.Name]:
    return [loop.target] if isinstance(loop.target, nodes.Name) else list(loop.target.find_all(nodes.Name))


def nearest(written: str, known: Known) -> str:
    """The known placeholder most like `written`; empty when none is."""
    name, _, field = written.partition(".")
    fields = known.get(name)
    if fields:
        near = get_close_matches(field, sorted(fields), 1, 0.3)
        return f"{name}.{near[0]}" if near else ""
    return _near(written, paths(known))


def _near(written: str, names: Iterable[str]) -> str:
    near = get_close_matches(written, list(names), 1, 0.5)
    return near[0] if near else ""


def paths(known: Known) -> list[str]:
    """Every known placeholder, written out: object.field, or the object where it has no fields."""
    return [path for name, fields in known.items() for path in ([f"{name}.{f}" for f in sorted(fields)] if fields else [name])]
