"""Which filters of a template are used on what they make no sense of? Read from its syntax, before it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from jinja2 import nodes

from pyxl.core.filters import suits
from pyxl.core.sorts import Sort, item_sort

__all__ = ["Lookup", "Misuse", "misused", "sorts_of"]

# What a name, or a name and its field, stands for; None where nobody knows before it is filled.
Lookup: TypeAlias = Callable[[nodes.Name | nodes.Getattr], Sort | None]
_Sorts: TypeAlias = frozenset[Sort | None]
_Own: TypeAlias = Mapping[str, _Sorts]  # names of loops → what each of their items may be

_UNKNOWN: _Sorts = frozenset({None})
_WHOLE = frozenset({Sort.COUNT, Sort.NUMBER})
_JUDGING = (nodes.Compare, nodes.Not, nodes.Test)


class Misuse(NamedTuple):
    """A filter, and how its use is written, as far as that is a name."""

    filter: str
    written: str


def misused(tree: nodes.Node, lookup: Lookup) -> list[Misuse]:
    """Every filter that a value is handed to which it is not made for; each once."""
    return list(dict.fromkeys(_misused(tree, lookup, {})))


def _misused(node: nodes.Node, lookup: Lookup, own: _Own) -> Iterator[Misuse]:
    if isinstance(node, nodes.For):
        items = frozenset(map(item_sort, _sorts(node.iter, lookup, own)))
        targets = [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name)
        own = {**own, "loop": _UNKNOWN, **dict.fromkeys((each.name for each in targets), items)}
    if isinstance(node, nodes.Filter) and node.node and not _suits(node.name, _sorts(node.node, lookup, own)):
        yield Misuse(node.name, " | ".join(filter(None, (_written(node.node), node.name))))
    for child in node.iter_child_nodes():
        yield from _misused(child, lookup, own)


def _suits(name: str, sorts: _Sorts) -> bool:
    return all(suits(name, sort) for sort in sorts)


def sorts_of(node: nodes.Node, lookup: Lookup) -> _Sorts:
    """Everything that an expression may come to."""
    return _sorts(node, lookup, {})


def _sorts(node: nodes.Node, lookup: Lookup, own: _Own) -> _Sorts:
    if isinstance(node, nodes.Name):
        return own[node.name] if node.name in own else frozenset({lookup(node)})
    if isinstance(node, nodes.Getattr):
        of_loop = isinstance(node.node, nodes.Name) and node.node.name in own
        return _UNKNOWN if of_loop else frozenset({lookup(node)})
    if isinstance(node, nodes.Or | nodes.And):
        return _sorts(node.left, lookup, own) | _sorts(node.right, lookup, own)
    if isinstance(node, nodes.CondExpr):
        return frozenset().union(*(_sorts(each, lookup, own) for each in (node.expr1, node.expr2) if each))
    if isinstance(node, nodes.List | nodes.Tuple):
        found = frozenset[Sort | None]().union(*(_sorts(each, lookup, own) for each in node.items))
        return frozenset({Sort.NUMBERS if found and found <= _WHOLE else Sort.TEXTS})
    if isinstance(node, nodes.Filter):
        return frozenset({Sort.TEXT})  # whatever went in
    if isinstance(node, _JUDGING):
        return frozenset({Sort.YESNO})
    return frozenset({_constant(node)})


def _constant(node: nodes.Node) -> Sort | None:
    """What is written out; a fraction may be a share."""
    if not isinstance(node, nodes.Const):
        return None
    return {bool: Sort.YESNO, int: Sort.NUMBER, float: Sort.DECIMAL, str: Sort.TEXT}.get(type(node.value))


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return ""
