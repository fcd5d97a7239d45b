"""What is wrong with a Word template: every mistake at once, each with the paragraph that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pyxl.errors import TemplateError
from pyxl.text import phrase, phrases, table
from pyxl.word.archive import Archive, parsed, read_archive
from pyxl.word.expressions import Finding, Scope, examined
from pyxl.word.names import Anything, Group
from pyxl.word.sandbox import MAXIMUM_DEPTH, MAXIMUM_LOOPS
from pyxl.word.tags import Paragraph, Stray, Tag, container, lexed, paragraphs, row_text, unrendered

__all__ = ["Survey", "TemplateProblem", "check_archive", "check_template", "survey"]

_MAXIMUM_TAGS = 2000
_WORDS = ("if", "elif", "else", "endif", "for", "endfor")
_CLOSES = {"endif": "if", "endfor": "for"}
_SINGLE_BRACE = re.compile("(?<![{\uff5b])[{\uff5b]([^{}%#\uff5b\uff5d]{1,60})[}\uff5d](?![}\uff5d])")
_DANGEROUS_FIELD = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b")
_HARMLESS_LINKS = ("/hyperlink", "/attachedTemplate")  # the second is cut off when a document is made
_ESSENTIAL = ("title", "body", "unit", "date")
_QUOTED = 80  # characters of a paragraph


@dataclass(frozen=True)
class TemplateProblem:
    """One mistake: `reason` is a key of document.toml [problems], `text` the paragraph's own words."""

    reason: str
    place: str  # a key of document.toml [places]
    text: str
    found: str
    proposal: str = ""
    number: int = field(default=0, compare=False)  # of the paragraph, within its part

    @property
    def code(self) -> str:
        """Which error it makes: template_unknown_name, template_broken or template_forbidden."""
        code: str = table("document")["problems"][self.reason]["code"]
        return code

    @property
    def message(self) -> str:
        """What is wrong and, where that can be told, what was probably meant."""
        sentence: str = table("document")["problems"][self.reason]["text"]
        asked = self.proposal and "{proposal}" not in sentence
        told = sentence.format(found=self.found, proposal=self.proposal)
        return told + (phrase("document", "listing", "proposal", proposal=self.proposal) if asked else "")

    def line(self, number: int) -> str:
        """One line of a listing."""
        place = phrase("document", "places", self.place)
        head = phrase(
            "document",
            "listing",
            "paragraph" if self.text else "place",
            number=number,
            place=place,
            text=_cut(self.text, self.found),
        )
        return head + self.message


def _cut(text: str, found: str) -> str:
    """So much of a paragraph as shows where in it the mistake stands."""
    if len(text) <= _QUOTED:
        return text
    start = max(0, min(text.find(found) - 15, len(text) - _QUOTED))
    mark = phrase("document", "listing", "cut")
    return (mark if start else "") + text[start : start + _QUOTED] + (mark if start + _QUOTED < len(text) else "")


@dataclass
class Survey:
    """What was found in a template: its mistakes, and the names that it uses."""

    problems: list[TemplateProblem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a report consists of and this template does not print: title, text, signature or date."""
        names = phrases("document", "names")
        return tuple(names[key] for key in _ESSENTIAL if names[key] not in self.used)

    def add(self, reason: str, paragraph: Paragraph | None, found: str, proposal: str = "") -> None:
        """Notes a mistake; the twin of a text box, which Word stores twice, counts once."""
        problem = TemplateProblem(reason, "file", "", found, proposal)
        if paragraph:
            problem = TemplateProblem(
                reason, paragraph.place, paragraph.text.strip(), found, proposal, paragraph.number
            )
        if problem not in self.problems or problem.place != "box":
            self.problems.append(problem)


@dataclass(frozen=True)
class _Open:
    """A block that has begun and not yet ended."""

    word: str
    tag: Tag
    scope: Scope


def check_template(path: Path, names: Group) -> Survey:
    """Examines a template file; raises TemplateError with every mistake when there is any."""
    return check_archive(read_archive(path), names)


def check_archive(archive: Archive, names: Group) -> Survey:
    """Examines an opened template; raises TemplateError with every mistake when there is any."""
    found = survey(archive, names)
    if found.problems:
        codes = {problem.code for problem in found.problems}
        listing = "\n".join(problem.line(number) for number, problem in enumerate(found.problems, 1))
        code = codes.pop() if len(codes) == 1 else "template_mistakes"
        raise TemplateError(code, file=archive.name, count=len(found.problems), listing=listing)
    return found


def survey(archive: Archive, names: Group) -> Survey:
    """Everything wrong with a template, in the order of its parts, and every name it uses."""
    found = Survey()
    by_part: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs(archive):
        by_part.setdefault(paragraph.part, []).append(paragraph)
    for part in by_part.values():
        _survey_part(part, names, found)
    for paragraph in unrendered(archive):
        for item in lexed(paragraph):
            if isinstance(item, Tag):
                found.add("not_filled", paragraph, item.raw)
    _survey_links(archive, found)
    return found


def _survey_part(part: list[Paragraph], names: Group, found: Survey) -> None:
    """One part is filled as one text: what opens in it must close in it."""
    items = [item for paragraph in part if _marked(paragraph.text) for item in lexed(paragraph)]
    if len(items) > _MAXIMUM_TAGS:
        found.add("too_many_tags", None, str(len(items)))
        return
    loops = sum(isinstance(item, Tag) and item.body.split(None, 1)[:1] == ["for"] for item in items)
    if loops > MAXIMUM_LOOPS:
        found.add("too_many_loops", None, str(loops))
    earlier = len(found.problems)
    blocks: list[_Open] = []
    for paragraph in part:
        _survey_braces(paragraph, names, found)
    for item in items:
        if isinstance(item, Stray):
            found.add("unclosed" if item.opening else "unopened", item.paragraph, item.raw)
            _assume_closed(item, blocks, Scope(names))
        elif item.kind != "comment" and _survey_form(item, found):
            _survey_tag(item, blocks, Scope(names), found)
    for block in blocks:
        found.add("block_open", block.tag.paragraph, block.tag.raw)
    found.problems[earlier:] = sorted(found.problems[earlier:], key=lambda problem: problem.number)


def _assume_closed(stray: Stray, blocks: list[_Open], outer: Scope) -> None:
    """A block whose tag is not closed still begins or ends there: what belongs to it is no further mistake."""
    tag = stray.tag
    words = tag.body.split() if tag and tag.kind == "statement" else []
    if tag and words and words[0] in ("if", "for"):
        scope = blocks[-1].scope if blocks else outer
        blocks.append(_Open(words[0], tag, scope.inside(words[1], Anything()) if len(words) > 1 else scope))
    elif words and blocks and blocks[-1].word == _CLOSES.get(words[0]):
        blocks.pop()


def _marked(text: str) -> bool:
    return any(mark in text for mark in "{}\uff5b\uff5d")


def _survey_braces(paragraph: Paragraph, names: Group, found: Survey) -> None:
    """A single pair of braces around a known name would print as it is."""
    for match in _SINGLE_BRACE.finditer(paragraph.text):
        inside = match[1].strip()
        if inside.split(".")[0].split("\uff0e")[0] in names.members:
            found.add("single_brace", paragraph, match[0], "{{ " + inside.replace("\uff0e", ".") + " }}")


def _survey_form(tag: Tag, found: Survey) -> bool:
    """How a tag is written, whatever it says; False when there is no point in reading it."""
    if tag.full_width:
        found.add("full_width", tag.paragraph, tag.raw, tag.corrected)
    if tag.paragraph.changed:
        found.add("tracked_changes", tag.paragraph, tag.raw)
    inside = tag.raw[2:-2]
    if inside[:1] in ("-", "+") or inside[-1:] in ("-", "+"):
        found.add("dash", tag.paragraph, tag.raw)
        return False
    if tag.prefix and tag.kind == "output":
        found.add("value_prefix", tag.paragraph, tag.raw, "{{ " + tag.body.strip() + " }}")
    elif tag.prefix and ("%" in tag.body or "}" in tag.body):
        found.add("percent_inside", tag.paragraph, tag.raw)
    elif tag.prefix in ("p", "tr", "tc") and row_text(tag.paragraph, tag.prefix).strip() != tag.raw:
        found.add("not_alone", tag.paragraph, tag.raw)
    return True


def _survey_tag(tag: Tag, blocks: list[_Open], outer: Scope, found: Survey) -> None:
    scope = blocks[-1].scope if blocks else outer
    if tag.kind == "output":
        _report(examined("output", tag.body, scope), tag, found)
        return
    word, rest = [*tag.body.split(None, 1), "", ""][:2]
    if word not in _WORDS:
        _survey_other_word(tag, word, found)
    elif word in _CLOSES:
        _close(tag, word, rest, blocks, found)
    elif word in ("elif", "else"):
        _continue(tag, word, rest, blocks, found)
    else:
        inner = _report(examined(word, rest, scope), tag, found)
        blocks.append(_Open(word, tag, inner))
        if sum(block.word == "for" for block in blocks) > MAXIMUM_DEPTH and word == "for":
            found.add("loops_nested", tag.paragraph, tag.raw)


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


def _close(tag: Tag, word: str, rest: str, blocks: list[_Open], found: Survey) -> None:
    if rest.strip():
        found.add("syntax", tag.paragraph, tag.raw, tag.raw.replace(rest.rstrip(), ""))
    if not any(block.word == _CLOSES[word] for block in blocks):
        found.add("block_close", tag.paragraph, tag.raw)
        return
    while (block := blocks.pop()).word != _CLOSES[word]:
        found.add("block_open", block.tag.paragraph, block.tag.raw)
    _survey_crossing(tag, block, found)


def _continue(tag: Tag, word: str, rest: str, blocks: list[_Open], found: Survey) -> None:
    if not blocks or (word == "elif" and blocks[-1].word != "if"):
        found.add("block_close", tag.paragraph, tag.raw)
        return
    if word == "elif":
        _report(examined("if", rest, blocks[-1].scope), tag, found)
    elif rest.strip():
        found.add("syntax", tag.paragraph, tag.raw)
    _survey_crossing(tag, blocks[-1], found)


def _survey_crossing(tag: Tag, block: _Open, found: Survey) -> None:
    """Whatever a condition leaves out must be whole paragraphs, rows or text, or the file breaks."""
    if tag.prefix != block.tag.prefix or container(tag) is not container(block.tag):
        found.add("block_crossing", tag.paragraph, tag.raw)


def _report(finding: Finding, tag: Tag, found: Survey) -> Scope:
    """Notes what an expression brought to light; gives the scope inside the block that it opens."""
    found.used |= finding.used
    for reason, word, proposal in finding.problems:
        found.add(reason, tag.paragraph, word or tag.raw, proposal)
    return finding.scope


def _survey_links(archive: Archive, found: Survey) -> None:
    """Nothing in a template may fetch anything when the finished document is opened."""
    for part, content in archive.parts.items():
        if part.endswith(".rels"):
            for relation in parsed(content).iter("{*}Relationship"):
                kind = relation.get("Type", "")
                if relation.get("TargetMode") == "External" and not kind.endswith(_HARMLESS_LINKS):
                    found.add("outside", None, relation.get("Target", ""))
    for paragraph in paragraphs(archive):
        for field_code in _field_codes(paragraph.element):
            if _DANGEROUS_FIELD.search(field_code):
                found.add("outside", paragraph, field_code.strip())


def _field_codes(element: etree._Element) -> Iterator[str]:
    """The codes of Word's own fields in a paragraph, however they are split."""
    simple = [node.get(f"{{{element.nsmap['w']}}}instr", "") for node in element.iter("{*}fldSimple")]
    yield from simple
    yield "".join(node.text or "" for node in element.iter("{*}instrText"))
