"""How is wording read that holds more than plain placeholders? By jinja2, in a sandbox, after a look at its syntax.

Only the kinds of syntax below may occur (no calls, no arithmetic, no assignments, loops at most two
deep), so that rendering is bounded by the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pyxl.core import marks, seams
from pyxl.core.behind import naming
from pyxl.core.filters import filters
from pyxl.core.language import TAG, Fault, Known, RenderError, likeliest, nearest, printed, quoted
from pyxl.core.misuse import misused
from pyxl.core.sorts import Sort

__all__ = ["environment", "evaluate", "examine", "traced"]

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Getattr, nodes.Filter,
    nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.List, nodes.Tuple,
    nodes.Test,
)  # fmt: skip
_TESTS = frozenset({"defined", "none", "sameas", "eq", "ne", "gt", "lt", "ge", "le", "in"})
_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_DEEPEST_LOOP = 2
_DEEPEST = 30  # of anything inside anything; Python itself gives up somewhere beyond
_NOTED = "noted"  # our own filter, which nobody can write: what is written has been examined
_LONGEST = 200_000  # characters that one piece of wording may become


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The sandbox: unknown names raise, our filters only, values as people write them."""
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True, finalize=_printed)
    sandbox.filters.clear()
    sandbox.filters.update({**filters(), _NOTED: _Noted})
    sandbox.globals.clear()
    return sandbox


def _printed(value: Any) -> Any:
    """What goes into the text for a value, its seams marked; an unknown name raises, and says which."""
    if isinstance(value, _Noted):
        return marks.marked(str(_printed(value.value)), value.name)
    if isinstance(value, Undefined):
        str(value)
    return seams.inserted(printed(value))


class _Noted(NamedTuple):
    """A value on its way into the text, and the placeholder that it comes from."""

    value: Any
    name: str


def traced(source: str, values: Mapping[str, Any]) -> marks.Spanned:
    """The text with its placeholders filled, and where each has printed what. Raises RenderError."""
    try:
        return marks.taken_out(seams.sewn(_filled(source, values)))
    except (TemplateError, TypeError, ValueError, RecursionError) as error:
        tags = [tag for tag in TAG.findall(source) if not _can_be_filled(tag, values)]
        raise RenderError(quoted(tags[0] if tags else source)) from error


def _filled(source: str, values: Mapping[str, Any]) -> str:
    length, chunks = 0, []
    for chunk in _compiled(source).generate(values):
        length += len(marks.taken_out(chunk).text)
        if length > _LONGEST:
            raise SecurityError("too long")
        chunks.append(chunk)
    return "".join(chunks)


@lru_cache(maxsize=512)
def _compiled(source: str) -> Template:
    sandbox = environment()
    code = sandbox.compile(naming(sandbox.parse(source), _NOTED))
    return Template.from_code(sandbox, code, sandbox.make_globals(None))


def _can_be_filled(tag: str, values: Mapping[str, Any]) -> bool:
    try:
        _filled(_alone(tag), values)
    except (TemplateError, TypeError, ValueError, RecursionError):
        return False
    return True


def evaluate(condition: str, values: Mapping[str, Any]) -> bool:
    """Whether a condition holds. Raises RenderError."""
    try:
        return bool(environment().compile_expression(condition, undefined_to_none=False)(values))
    except (TemplateError, TypeError, ValueError, RecursionError) as error:
        raise RenderError(quoted(condition)) from error


def examine(source: str, known: Known) -> list[Fault]:
    """Everything wrong with the syntax and the names of a template's text."""
    try:
        tree = environment().parse(source)
    except (TemplateSyntaxError, RecursionError, ValueError):  # ValueError: a number of thousands of digits
        return [Fault("syntax", _at_fault(source))]
    if _too_deep(tree):
        return [Fault("forbidden", _at_fault(source))]
    return [*_forbidden(tree, source), *_unknown(tree, known), *_wrong_filters(tree, known)]


def _forbidden(tree: nodes.Template, source: str) -> list[Fault]:
    faults = []
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Filter) and node.name not in filters():
            faults.append(Fault("unknown_filter", node.name, _near(node.name, filters())))
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
    tags = TAG.findall(source)
    for tag in tags:
        try:
            tree = environment().parse(_alone(tag))
        except (TemplateSyntaxError, RecursionError, ValueError):  # ValueError: a number of thousands of digits
            return quoted(tag)
        if _too_deep(tree) or not all(map(_is_allowed, tree.find_all(nodes.Node))):
            return quoted(tag)
    rest = TAG.sub("", source)
    opened = re.search(r"\{\{.*|\{%.*|\}\}|%\}", rest, re.DOTALL)
    return quoted(opened[0] if opened else tags[-1] if tags else source)


def _alone(tag: str) -> str:
    """A tag made complete: a block closed again, the end or the middle of a block left out."""
    word = tag[2:-2].strip("-+ \n").partition(" ")[0] if tag.startswith("{%") else ""
    if word in ("if", "for"):
        return f"{tag}{{% end{word} %}}"
    if word == "elif":
        return tag.replace("elif", "if", 1) + "{% endif %}"
    return "" if word in ("else", "endif", "endfor") else tag


def _unknown(tree: nodes.Template, known: Known) -> Iterator[Fault]:
    """Names that are not known, fields that their object does not have, objects without a field."""
    own = {name.name for loop in tree.find_all(nodes.For) for name in _targets(loop)}
    owners = {id(node.node): node for node in tree.find_all(nodes.Getattr)}
    for name in tree.find_all(nodes.Name):
        path = owners.get(id(name))
        if path and path.attr.startswith("_"):  # told as forbidden
            continue
        if name.name in own or name.name == "loop":
            if path and not (name.name == "loop" and path.attr in _LOOP):
                yield Fault("unknown_name", f"{name.name}.{path.attr}")
        elif name.name not in known:
            yield _unknown_name(f"{name.name}.{path.attr}" if path else name.name, known)
        elif (fields := known[name.name]) is None:
            continue
        elif path is None:
            yield Fault("unknown_name", name.name, f"{name.name}.{likeliest(fields)}" if fields else "")
        elif path.attr not in fields:
            yield _unknown_name(f"{name.name}.{path.attr}", known)


def _wrong_filters(tree: nodes.Template, known: Known) -> Iterator[Fault]:
    """Filters on what they make no sense of: what they would print is not for anybody's eyes."""

    def lookup(node: nodes.Name | nodes.Getattr) -> Sort | None:
        if isinstance(node, nodes.Name) or not isinstance(node.node, nodes.Name):
            return None
        return (known.get(node.node.name) or {}).get(node.attr)

    for each in misused(tree, lookup):
        yield Fault("wrong_filter", each.written, filter=each.filter)


def _unknown_name(written: str, known: Known) -> Fault:
    return Fault("unknown_name", written, nearest(written, known))


def _targets(loop: nodes.For) -> list[nodes.Name]:
    return [loop.target] if isinstance(loop.target, nodes.Name) else list(loop.target.find_all(nodes.Name))


def _near(written: str, names: Iterable[str]) -> str:
    near = get_close_matches(written, list(names), 1, 0.5)
    return near[0] if near else ""
