"""What a template may say, and how a value gets into it: the jinja2 environment of every document.

Three walls, one behind the other: a white list of syntax, checked on exactly the text that is
compiled; jinja2's sandbox; and a limit on what comes out. Values are data: they are escaped one by
one, and nothing in them is read as markup or as a placeholder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, Template, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from pyxl.core.behind import naming
from pyxl.core.filters import filters
from pyxl.word.bookmarks import enclosed
from pyxl.word.values import text_of

__all__ = ["MAXIMUM_DEPTH", "MAXIMUM_LOOPS", "MAXIMUM_OUTPUT", "Offence", "Sandbox", "offences", "printed"]

MAXIMUM_OUTPUT = 20_000_000  # characters of one part; a year's report has a hundredth of that
MAXIMUM_LOOPS = 100  # in one part of a template
MAXIMUM_DEPTH = 2  # loops inside one another
_MAXIMUM_CHAIN = 3  # filters behind one another: one that repeats a word for every character multiplies
_MAXIMUM_ARGUMENT = 20  # of a filter: a number's size, a text's length
_NOTED = "noted"  # our own filter; what a template says itself has been held against the white list
_TESTS = ("defined", "undefined", "none")

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.List,
    nodes.Tuple,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Keyword,
    nodes.Test,
)

# Braces are written as references, or docxtpl would turn {_{ into a brace pair.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "{": "&#123;", "}": "&#125;"}
)


class Offence(NamedTuple):
    """A piece of syntax that templates may not use: its kind, what stands there, and its line."""

    reason: str  # a key of document.toml [problems]
    found: str
    line: int


def offences(tree: nodes.Template) -> list[Offence]:
    """Everything in a parsed template that is not on the white list."""
    found = list(_offences(tree, 0))
    loops = sum(1 for _ in tree.find_all(nodes.For))
    return [*found, Offence("too_many_loops", str(loops), 1)] if loops > MAXIMUM_LOOPS else found


def _offences(node: nodes.Node, depth: int) -> Iterator[Offence]:
    if not isinstance(node, _ALLOWED):
        yield Offence("forbidden", type(node).__name__, node.lineno)
        return
    if isinstance(node, nodes.For):
        depth += 1
        yield from _loop_offences(node, depth)
    elif isinstance(node, nodes.Filter):
        yield from _filter_offences(node)
    elif isinstance(node, nodes.Test) and (node.name not in _TESTS or node.args or node.kwargs):
        yield Offence("forbidden", node.name, node.lineno)
    elif isinstance(node, nodes.Name | nodes.Getattr):
        name = node.name if isinstance(node, nodes.Name) else node.attr
        if name.startswith("_"):
            yield Offence("forbidden", name, node.lineno)
    for child in node.iter_child_nodes():
        yield from _offences(child, depth)


def _loop_offences(loop: nodes.For, depth: int) -> Iterator[Offence]:
    """A loop runs over something named, with one name for its items, at most twice nested."""
    if depth > MAXIMUM_DEPTH:
        yield Offence("loops_nested", "for", loop.lineno)
    if not isinstance(loop.target, nodes.Name) or loop.recursive:
        yield Offence("forbidden", "for", loop.lineno)
    if not isinstance(loop.iter, nodes.Name | nodes.Getattr):
        yield Offence("loop_over_what", type(loop.iter).__name__, loop.lineno)


def _filter_offences(node: nodes.Filter) -> Iterator[Offence]:
    if node.name not in filters():
        yield Offence("unknown_filter", node.name, node.lineno)
    if sum(1 for _ in node.find_all(nodes.Filter)) >= _MAXIMUM_CHAIN:
        yield Offence("forbidden", "|", node.lineno)
    arguments = [*node.args, *(keyword.value for keyword in node.kwargs)]
    if node.node is None or node.dyn_args is not None or node.dyn_kwargs is not None:
        yield Offence("forbidden", node.name, node.lineno)
    for argument in arguments:
        value = argument.value if isinstance(argument, nodes.Const) else None
        if isinstance(value, int | float) and abs(value) <= _MAXIMUM_ARGUMENT:
            continue
        if not isinstance(value, str) or len(value) > _MAXIMUM_ARGUMENT:
            yield Offence("forbidden", node.name, node.lineno)


def printed(value: object) -> Markup:
    """A value as it stands in the document's XML: exactly its own characters.

    Raises ValueError for characters that no XML can hold; whoever makes the text removes them.
    """
    if isinstance(value, Undefined):
        str(value)  # raises, with the name
    if isinstance(value, Markup):
        return value
    return Markup(text_of(value).translate(_ESCAPES))  # noqa: S704 - this is where text is escaped


class _Bounded(Template):
    """A template whose output has an end, and is whole XML where it is XML at all."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        size, chunks = 0, []
        for chunk in self.generate(*args, **kwargs):
            size += len(chunk)
            if size > MAXIMUM_OUTPUT:
                raise SecurityError("too_large")
            chunks.append(chunk)
        text = "".join(chunks)
        if text.lstrip().startswith("<"):
            etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
        return text


class Sandbox(ImmutableSandboxedEnvironment):
    """The only environment that templates are compiled in."""

    template_class = _Bounded

    def __init__(self, figures: Mapping[str, int] | None = None) -> None:
        """With `figures`, what each of them prints is put between the marks of its number."""
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=printed)
        self.globals.clear()
        self._figures = figures or {}
        self.filters = {**filters(), _NOTED: self._marked} if figures else dict(filters())
        self.tests = {name: self.tests[name] for name in _TESTS}

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        """Compiles a template after its syntax has been held against the white list.

        Raises SecurityError for anything that is not on it.
        """
        tree = self.parse(source) if isinstance(source, str) else source
        for offence in offences(tree):
            raise SecurityError(f"{offence.reason}: {offence.found}")
        return super().compile(naming(tree, _NOTED) if self._figures else tree, *args, **kwargs)

    def _marked(self, value: object, name: str) -> Markup:
        """A value as it is printed, between the marks of the figure that it comes from."""
        text = printed(value)
        figure = self._figures.get(name)
        return text if figure is None else Markup(enclosed(text, figure))  # noqa: S704 - escaped before
