"""Does what stands between {{ and }}, or behind if and for, mean anything, and if not, what was meant?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, partial
from inspect import signature

from jinja2 import TemplateSyntaxError, nodes

from pyxl.core.filters import filters, purpose
from pyxl.core.language import likeliest
from pyxl.core.misuse import misused, sorts_of
from pyxl.core.sorts import Sort
from pyxl.text import phrase, phrases
from pyxl.word.names import Anything, Group, Listing, Plain, Shape
from pyxl.word.sandbox import Sandbox, offences

__all__ = ["Finding", "Scope", "examined"]

_LOOP = Group({name: Plain() for name in ("index", "index0", "first", "last", "length")})
_STRING = re.compile(r"""("[^"]*"|'[^']*')""")
# Full-width punctuation, digits and letters to what jinja reads; a Chinese full stop is taken for a dot.
_NARROW = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3002": ".", "\u00b7": "."}
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_SOURCES = {"output": "{{{{ {0} }}}}", "if": "{{% if {0} %}}{{% endif %}}", "for": "{{% for {0} %}}{{% endfor %}}"}


@dataclass(frozen=True)
class Scope:
    """The names that can be used at one place: everybody's, and those of the loops around it."""

    names: Group
    loops: Mapping[str, Shape] = field(default_factory=dict)

    def get(self, name: str) -> Shape | None:
        """What a name stands for; None when it is unknown."""
        return self.loops.get(name) or self.names.members.get(name)

    def inside(self, name: str, item: Shape) -> Scope:
        """The scope within a loop that calls its items `name`."""
        return Scope(self.names, {**self.loops, "loop": _LOOP, name: item})

    def proposal(self, written: str) -> str:
        """The known name most like the one written; empty when none is like it."""
        first, _, rest = written.partition(".")
        shape = self.get(first)
        if isinstance(shape, Group) and rest:
            near = self.nearest(rest, shape.members)
            return f"{first}.{near}" if near else ""
        if shape is not None:
            return first
        return self.nearest(written, [*self._paths(self.names.members), *self._paths(self.loops)])

    @staticmethod
    def _paths(members: Mapping[str, Shape]) -> list[str]:
        paths = []
        for name, shape in members.items():
            paths += [f"{name}.{part}" for part in shape.members] if isinstance(shape, Group) else [name]
        return paths

    @staticmethod
    def nearest(written: str, known: Iterable[str]) -> str:
        """The known word most like the one written; empty when none is."""
        near = get_close_matches(written, list(known), 1, 0.5)
        return near[0] if near else ""


@dataclass
class Finding:
    """What one tag brought to light."""

    scope: Scope  # within the block that it opens
    used: set[str] = field(default_factory=set)  # names of everybody's that it reads
    problems: list[tuple[str, str, str]] = field(default_factory=list)  # reason, what stands there, proposal


@cache
def _sandbox() -> Sandbox:
    return Sandbox()


def examined(kind: str, body: str, scope: Scope) -> Finding:
    """Reads the expression of one tag; `kind` is output, if or for."""
    finding = Finding(scope)
    plain = _narrow(body)
    if plain != body:
        finding.problems.append(("full_width", body.strip(), plain.strip()))
    try:
        tree = _sandbox().parse(_SOURCES[kind].format(plain))
        _examine_syntax(tree, finding)
    except (TemplateSyntaxError, RecursionError, ValueError):  # ValueError: a number of many thousand digits
        finding.problems.append(("syntax", "", ""))
        return finding
    _examine_arguments(tree, finding)
    _examine_filters(tree, finding)
    top = tree.body[0]
    if isinstance(top, nodes.For):
        _examine_loop(top, finding)
    elif isinstance(top, nodes.Output):
        _examine_output(top, finding)
    _examine_names(tree, finding)
    return finding


def _narrow(body: str) -> str:
    """The expression with full-width characters made narrow, but not within quotation marks."""
    parts = _STRING.split(_INVISIBLE.sub("", body))
    return "".join(part if number % 2 else part.translate(_NARROW) for number, part in enumerate(parts))


def _examine_syntax(tree: nodes.Template, finding: Finding) -> None:
    for offence in offences(tree):
        proposal = Scope.nearest(offence.found, filters()) if offence.reason == "unknown_filter" else ""
        word = offence.found if offence.reason == "unknown_filter" else ""
        problem = (offence.reason, word, proposal)
        if problem not in finding.problems:
            finding.problems.append(problem)


def _examine_arguments(tree: nodes.Template, finding: Finding) -> None:
    """What a filter is told in brackets, where that is not what it has to be told."""
    for node in tree.find_all(nodes.Filter):
        function = filters().get(node.name)
        if function is None:
            continue
        try:
            signature(function).bind(None, *node.args, **{str(keyword.key): keyword.value for keyword in node.kwargs})
        except TypeError:
            examples = {name: phrase("template", "examples", key) for key, name in phrases("words", "filters").items()}
            finding.problems.append(("filter_arguments", node.name, examples[node.name]))


def _examine_filters(tree: nodes.Template, finding: Finding) -> None:
    """Filters on what they make no sense of, each with what it is for."""
    for each in misused(tree, partial(_sort, scope=finding.scope)):
        finding.problems.append(("wrong_filter", each.written, purpose(each.filter)))


def _sort(node: nodes.Name | nodes.Getattr, scope: Scope) -> Sort | None:
    shape = _resolved(node, scope)
    return shape.sort if isinstance(shape, Plain | Listing) else None


def _examine_loop(loop: nodes.For, finding: Finding) -> None:
    """The item of a loop has the shape of what is in the list."""
    shape = _resolved(loop.iter, finding.scope)
    item: Shape = shape.item if isinstance(shape, Listing) else Anything()
    if isinstance(shape, Plain | Group):
        finding.problems.append(("not_a_list", _path(loop.iter), ""))
    if isinstance(loop.target, nodes.Name):
        finding.scope = finding.scope.inside(loop.target.name, item)


def _examine_output(output: nodes.Output, finding: Finding) -> None:
    """A group does not print, nor does a list of groups."""
    for node in output.nodes:
        while isinstance(node, nodes.Filter) and node.node is not None:
            node = node.node  # noqa: PLW2901 - no filter makes a text of what is none
        shape = _resolved(node, finding.scope)
        if isinstance(shape, Listing) and isinstance(shape.item, Group):
            finding.problems.append(("needs_loop", _path(node), _loop(_path(node), shape, shape.item)))
        elif isinstance(shape, Group):
            part = likeliest(shape.members)
            finding.problems.append(("needs_part", _path(node), f"{_path(node)}.{part}" if part else ""))


def _examine_names(tree: nodes.Template, finding: Finding) -> None:
    inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
    for node in tree.find_all((nodes.Name, nodes.Getattr)):
        if id(node) in inner or (isinstance(node, nodes.Name) and node.ctx != "load"):
            continue
        path = _path(node)
        finding.used.add(path.partition(".")[0])
        if path and _resolved(node, finding.scope) is None:
            finding.problems.append(_unknown(path, finding.scope))
    for comparison in tree.find_all(nodes.Compare):
        _examine_comparison(comparison, finding)


def _unknown(path: str, scope: Scope) -> tuple[str, str, str]:
    """A name that is not known, or a part of a list that belongs to its items."""
    first, _, rest = path.partition(".")
    shape = scope.get(first)
    if rest and isinstance(shape, Listing) and isinstance(shape.item, Group):
        return "needs_loop", path, _loop(first, shape, shape.item, Scope.nearest(rest, shape.item.members))
    return "unknown_name", path, scope.proposal(path)


def _loop(name: str, listing: Listing, item: Group, part: str = "") -> str:
    """The loop that prints a list of groups, by one part of each: the first, if none is named."""
    part = part or next(iter(item.members), "")
    return phrase("document", "listing", "loop", item=listing.called, list=name, part=part)


def _examine_comparison(comparison: nodes.Compare, finding: Finding) -> None:
    """A level compared with a word that is no level: the paragraph would silently be left out."""
    sides = [comparison.expr, *(operand.expr for operand in comparison.ops)]
    shapes = [shape for side in sides if isinstance(shape := _resolved(side, finding.scope), Plain) and shape.choices]
    for side in sides:
        if isinstance(side, nodes.Const) and shapes and str(side.value) not in shapes[0].choices:
            word = str(side.value)
            finding.problems.append(("unknown_value", word, Scope.nearest(word, sorted(shapes[0].choices))))
    lookup = partial(_sort, scope=finding.scope)
    pairs = zip(sides, comparison.ops, strict=False)
    if not all(
        _can_be_compared(each.op, sorts_of(before, lookup), sorts_of(each.expr, lookup)) for before, each in pairs
    ):
        finding.problems.append(("uncomparable", "", ""))


_CLASSES = {
    **dict.fromkeys((Sort.COUNT, Sort.NUMBER, Sort.DECIMAL, Sort.RATE, Sort.YESNO), "number"),
    **dict.fromkeys((Sort.TEXTS, Sort.NUMBERS, Sort.MONTHS), "list"),
    Sort.TEXT: "text",
    Sort.DAY: "day",
}


def _can_be_compared(operator: str, left: frozenset[Sort | None], right: frozenset[Sort | None]) -> bool:
    """Whether Python knows which of two is greater, or what is in what; whatever is unknown may be anything."""
    pairs = [(_CLASSES[a], _CLASSES[b]) for a in left for b in right if a and b]
    if operator in ("gt", "gteq", "lt", "lteq"):
        return all(a == b for a, b in pairs)
    if operator in ("in", "notin"):
        return all(b == "list" or (a, b) == ("text", "text") for a, b in pairs)
    return True


def _path(node: nodes.Node) -> str:
    """主题党日.次数, as written; empty for anything that is no plain chain of names."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        inner = _path(node.node)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def _resolved(node: nodes.Node, scope: Scope) -> Shape | None:
    """What a chain of names stands for; None when it is unknown, or no chain of names."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        outer = _resolved(node.node, scope)
        if isinstance(outer, Anything):
            return outer
        return outer.members.get(node.attr) if isinstance(outer, Group) else None
    return None
