"""What is wrong with a Word template: every mistake at once, each with the paragraph that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pyxl.errors import TemplateError
from pyxl.text import phrase
from pyxl.word.archive import Archive
from pyxl.word.blocks import CLOSES, Pairs, paired, words_of
from pyxl.word.expressions import Finding, Scope, examined
from pyxl.word.hidden import hidden, hidden_outside
from pyxl.word.joining import joined
from pyxl.word.names import Anything, Group
from pyxl.word.outside import survey_outside
from pyxl.word.problems import Survey
from pyxl.word.sandbox import MAXIMUM_DEPTH, MAXIMUM_LOOPS
from pyxl.word.tags import MAXIMUM_TAGS, Paragraph, Stray, Tag, container, lexed, paragraphs, unrendered
from pyxl.word.writing_of_tags import survey_braces, survey_comment, survey_doubles, survey_form, survey_surroundings

__all__ = ["check_archive", "survey"]

_MAXIMUM_NESTED = 20  # blocks within one another; Python itself has an end at 100
_MAXIMUM_ALL_TAGS = 2 * MAXIMUM_TAGS  # in all parts
_MAXIMUM_LISTED = 50  # mistakes in one message
_WORDS = ("if", "elif", "else", "endif", "for", "endfor")


@dataclass
class _Open:
    """A block that has begun and not yet ended."""

    word: str
    tag: Tag
    scope: Scope
    outer: Scope
    conditions: list[str] = field(default_factory=list)  # of an if and its elifs so far
    has_else: bool = False
    item: str = ""  # what a loop calls its items
    reads_item: bool = False


def check_archive(archive: Archive, names: Group) -> Survey:
    """Examines an opened template; raises TemplateError with every mistake when there is any."""
    found = survey(archive, names)
    if found.problems:
        codes = {problem.code for problem in found.problems}
        shown = [problem.line(number) for number, problem in enumerate(found.problems[:_MAXIMUM_LISTED], 1)]
        if more := len(found.problems) - len(shown):
            shown.append(phrase("template", "check", "more", count=more))
        listing = "\n".join(shown)
        code = codes.pop() if len(codes) == 1 else "template_mistakes"
        raise TemplateError(code, file=archive.name, count=len(found.problems), listing=listing)
    return found


def survey(archive: Archive, names: Group) -> Survey:
    """Everything wrong with a template, in the order of its parts, and every name it uses."""
    archive, found = joined(archive), Survey()
    by_part: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs(archive):
        by_part.setdefault(paragraph.part, []).append(paragraph)
    tags = 0
    for inside in by_part.values():
        tags += _survey_part(inside, names, found)
        if tags > _MAXIMUM_ALL_TAGS:
            found.add("too_many_tags", None, str(tags))
            break
    for part in by_part:
        for each in dict.fromkeys(hidden_outside(archive.tree(part))):
            found.add(each.reason, None, each.found)
    for paragraph in unrendered(archive):
        for item in lexed(paragraph):
            if isinstance(item, Tag):
                found.add("not_filled", paragraph, item.raw)
    survey_outside(archive, found)
    return found


def _survey_part(part: list[Paragraph], names: Group, found: Survey) -> int:
    """One part is filled as one text: what opens in it must close in it. Hands back how many tags there are."""
    items = [item for paragraph in part if _marked(paragraph.text) for item in lexed(paragraph)]
    if len(items) > MAXIMUM_TAGS:
        found.add("too_many_tags", None, str(len(items)))
        return 0
    loops = sum(words_of(item)[0] == "for" for item in items if isinstance(item, Tag))
    if loops > MAXIMUM_LOOPS:
        found.add("too_many_loops", None, str(loops))
    earlier, advised = len(found.problems), len(found.advice)
    for paragraph in part:
        survey_braces(paragraph, names, found)
        for each in hidden(paragraph):
            found.add(each.reason, paragraph, each.found)
    survey_doubles(items, found)
    _Walk(items, paired(items), found, Scope(names)).walk()
    for kept, start in ((found.problems, earlier), (found.advice, advised)):
        kept[start:] = sorted(kept[start:], key=lambda problem: (problem.number, problem.text.find(problem.found)))
    return len(items)


class _Walk:
    """One pass over the tags of a part, in order, with the blocks that are open at each."""

    def __init__(self, items: Sequence[Tag | Stray], pairs: Pairs, found: Survey, outer: Scope) -> None:
        self.items, self.pairs, self.found, self.outer = items, pairs, found, outer
        self.open: list[tuple[int, _Open]] = []  # place of the tag, block

    def walk(self) -> None:
        for place, item in enumerate(self.items):
            if isinstance(item, Stray):
                self.found.add("unclosed" if item.opening else "unopened", item.paragraph, item.raw)
                self._assume_closed(place, item)
            elif item.kind == "comment":
                survey_comment(item, self.found)
            elif survey_form(item, self.found):
                survey_surroundings(item, self.found)
                self._tag(place, item)
        for place in sorted(self.pairs.open):
            item = self.items[place]
            if isinstance(item, Tag):
                self.found.add("block_open", item.paragraph, item.raw)

    @property
    def scope(self) -> Scope:
        return self.open[-1][1].scope if self.open else self.outer

    def _assume_closed(self, place: int, stray: Stray) -> None:
        """A block whose tag is not closed still begins or ends there: what belongs to it is no further mistake."""
        word, rest = words_of(stray)
        if stray.tag and word in CLOSES.values():
            name = rest.split(None, 1)[:1] if word == "for" else []
            scope = self.scope.inside(name[0], Anything()) if name else self.scope
            self.open.append((place, _Open(word, stray.tag, scope, self.scope, reads_item=True)))
        elif word in CLOSES:
            self._end(place)

    def _tag(self, place: int, tag: Tag) -> None:
        if tag.kind == "output":
            self._report(examined("output", tag.body, self.scope), tag)
            return
        word, rest = words_of(tag)
        if word not in _WORDS:
            _survey_other_word(tag, word, self.found)
        elif word in CLOSES:
            self._close(place, tag, rest)
        elif word in ("elif", "else"):
            self._continue(tag, word, rest)
        else:
            self._begin(place, tag, word, rest)

    def _begin(self, place: int, tag: Tag, word: str, rest: str) -> None:
        outer, finding = self.scope, examined(word, rest, self.scope)
        self._report(finding, tag)
        item = rest.split(None, 1)[0] if word == "for" and rest.split() else ""
        block = _Open(word, tag, finding.scope, outer, [_bare(rest)], item=item, reads_item=not item)
        self.open.append((place, block))
        if len(self.open) == _MAXIMUM_NESTED + 1:
            self.found.add("blocks_nested", tag.paragraph, tag.raw)
        if word == "for" and sum(block.word == "for" for _, block in self.open) > MAXIMUM_DEPTH:
            self.found.add("loops_nested", tag.paragraph, tag.raw)

    def _close(self, place: int, tag: Tag, rest: str) -> None:
        if rest.strip():
            self.found.add("syntax", tag.paragraph, tag.raw, tag.raw.replace(rest.rstrip(), ""))
        if place in self.pairs.stray:
            self.found.add("block_close", tag.paragraph, tag.raw)
            return
        if place in self.pairs.crossing:
            self.found.add("block_crossing", tag.paragraph, tag.raw)
        self._end(place)

    def _end(self, place: int) -> None:
        """Leaves the block that ends here, and whatever began in it and has no end of its own."""
        start = self.pairs.begun_at.get(place)
        if start is None or start not in [began for began, _ in self.open]:
            return
        while self.open:
            began, block = self.open.pop()
            if began == start:
                self._survey_item(block)
                return

    def _survey_item(self, block: _Open) -> None:
        """A loop that prints nothing of what it goes through prints the same over and over."""
        if not block.reads_item and not self.pairs.open:
            self.found.add("item_unread", block.tag.paragraph, block.tag.raw, block.item)

    def _continue(self, tag: Tag, word: str, rest: str) -> None:
        block = self.open[-1][1] if self.open else None
        if block is None or (word == "elif" and block.word != "if"):
            self.found.add("block_close", tag.paragraph, tag.raw)
            return
        if block.has_else:
            self.found.add("after_else", tag.paragraph, tag.raw)
        if word == "elif":
            self._report(examined("if", rest, block.scope), tag)
            if _bare(rest) in block.conditions:
                self.found.add("branch_twice", tag.paragraph, tag.raw)
            block.conditions.append(_bare(rest))
        elif rest.strip():
            self.found.add("syntax", tag.paragraph, tag.raw)
        block.has_else = block.has_else or word == "else"
        if tag.prefix != block.tag.prefix or container(tag) is not container(block.tag):
            self.found.add("block_crossing", tag.paragraph, tag.raw)

    def _report(self, finding: Finding, tag: Tag) -> None:
        """Notes what an expression brought to light, and which loops' items it reads."""
        self.found.used |= finding.used
        for _, block in self.open:
            block.reads_item = block.reads_item or block.item in finding.used
        for reason, word, proposal in finding.problems:
            self.found.add(reason, tag.paragraph, word or tag.raw, proposal)


def _bare(condition: str) -> str:
    return "".join(condition.split())


def _marked(text: str) -> bool:
    return any(mark in text for mark in "{}\uff5b\uff5d")


def _survey_other_word(tag: Tag, word: str, found: Survey) -> None:
    known = word in _OTHER_WORDS
    proposal = "" if known else Scope.nearest(word, _WORDS)
    found.add("forbidden" if known else "unknown_statement", tag.paragraph, tag.raw, proposal)


# What jinja2 and docxtpl would do something with, were it let through.
_OTHER_WORDS = frozenset(
    {"autoescape", "block", "call", "cellbg", "colspan", "do", "extends", "filter", "from", "hm", "import", "include"}
    | {"macro", "raw", "set", "trans", "vm", "with"}
    | {"endautoescape", "endblock", "endcall", "endfilter", "endmacro", "endraw", "endset", "endtrans", "endwith"}
)
