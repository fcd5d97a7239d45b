"""Which placeholder is what a template prints made of? Read from its syntax, before it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from jinja2 import nodes

__all__ = ["naming"]

_JUDGING = (nodes.Compare, nodes.Not, nodes.Test)  # they print whether, and not what


def naming(tree: nodes.Template, filter_name: str) -> nodes.Template:
    """The tree with everything that it prints handed to a filter, together with the placeholder in it.

    `{{ 甲.次数 }}` becomes `{{ 甲.次数 | filter("甲.次数") }}`; an item of a loop comes from what the loop
    runs over. What is made of none, or of several at once, stays as it is.
    """
    _Naming(filter_name, tree).visit(tree, {})
    return tree


@dataclass
class _Naming:
    filter: str
    tree: nodes.Template

    def visit(self, node: nodes.Node, own: Mapping[str, tuple[str, ...]]) -> None:
        """Goes through the tree; `own` are the names of loops around, and what they run over."""
        if isinstance(node, nodes.Output):
            node.nodes = [self._handed(each, own) for each in node.nodes]
            return
        if isinstance(node, nodes.For):
            over = tuple(dict.fromkeys(_behind(node.iter, own)))
            targets = [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name)
            own = {**own, "loop": (), **dict.fromkeys((each.name for each in targets), over)}
        for child in node.iter_child_nodes():
            self.visit(child, own)

    def _handed(self, printed: nodes.Expr, own: Mapping[str, tuple[str, ...]]) -> nodes.Expr:
        if isinstance(printed, nodes.CondExpr):
            printed.expr1 = self._handed(printed.expr1, own)
            printed.expr2 = self._handed(printed.expr2, own) if printed.expr2 is not None else None
            return printed
        if isinstance(printed, nodes.Or | nodes.And):  # one of the two is printed: which, is said by the first
            either = (printed.left, printed.right) if isinstance(printed, nodes.Or) else (printed.right, printed.left)
            first, second = (self._handed(deepcopy(each), own) for each in either)
            return self._placed(nodes.CondExpr(printed.left, first, second), printed)
        names = list(dict.fromkeys(_behind(printed, own)))
        if len(names) != 1:
            return printed
        return self._placed(nodes.Filter(printed, self.filter, [nodes.Const(names[0])], [], None, None), printed)

    def _placed(self, made: nodes.Expr, printed: nodes.Expr) -> nodes.Expr:
        made.set_lineno(printed.lineno).set_environment(self.tree.environment)  # type: ignore[arg-type]
        return made


def _behind(node: nodes.Node | None, own: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The placeholders whose values an expression hands on."""
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        if node.node.name not in own:
            yield f"{node.node.name}.{node.attr}"
    elif isinstance(node, nodes.Name):
        yield from own.get(node.name, ())
    elif isinstance(node, nodes.Filter):
        yield from _behind(node.node, own)
    elif node is not None and not isinstance(node, _JUDGING):
        for child in node.iter_child_nodes():
            yield from _behind(child, own)
