"""Which tag of a template cannot be filled with these values, although it is written as it should be?

A blank that is compared with a number, for one: only the ledger knows of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import TemplateError as JinjaError

from pyxl.word.archive import Archive
from pyxl.word.blocks import CLOSES, words_of
from pyxl.word.joining import joined
from pyxl.word.problems import Survey, TemplateProblem
from pyxl.word.sandbox import Sandbox
from pyxl.word.tags import Paragraph, Tag, lexed, paragraphs

__all__ = ["culprit"]

_ENDS = {begin: end for end, begin in CLOSES.items()}


def culprit(archive: Archive, values: Mapping[str, Any], sandbox: Sandbox) -> TemplateProblem | None:
    """The first tag that fails by itself, within the blocks around it; None when each of them can be filled."""
    by_part: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs(joined(archive)):
        by_part.setdefault(paragraph.part, []).append(paragraph)
    for inside in by_part.values():
        for tag, source in _sources(item for paragraph in inside for item in lexed(paragraph)):
            if _fails(source, values, sandbox):
                found = Survey()
                found.add("cannot_be_filled", tag.paragraph, tag.raw)
                return next(iter(found.problems), None)
    return None


def _sources(items: Iterator[object]) -> Iterator[tuple[Tag, str]]:
    """Each tag with a template in which nothing stands but it and what has to hold around it."""
    around: list[tuple[str, str]] = []  # how each open block begins, up to this branch, and how it ends
    for tag in items:
        if not isinstance(tag, Tag) or tag.kind == "comment":
            continue
        word, _ = words_of(tag)
        own = f"{{{{ {tag.body} }}}}" if tag.kind == "output" else f"{{% {tag.body} %}}"
        if word in CLOSES:
            around = around[:-1]
            continue
        if word in _ENDS:
            around = [*around, (own, f"{{% {_ENDS[word]} %}}")]
            own = ""
        elif word and around:
            begin, end = around[-1]
            around = [*around[:-1], (begin + own, end)]
            own = ""
        yield tag, "".join([*(begin for begin, _ in around), own, *(end for _, end in reversed(around))])


def _fails(source: str, values: Mapping[str, Any], sandbox: Sandbox) -> bool:
    try:
        sandbox.from_string(source).render(values)
    except (TypeError, ValueError):
        return True
    except (JinjaError, RecursionError, SyntaxError):  # of another kind, and told already
        return False
    return False
