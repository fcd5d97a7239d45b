"""Does a template, or a document made with one, hold what somebody meant to fill in and did not?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from pyxl.core import grammar
from pyxl.core.document import DetailLine, Report, SourceLine, UnitLine
from pyxl.text import phrase
from pyxl.word.archive import Archive
from pyxl.word.problems import Survey
from pyxl.word.tags import Paragraph, Tag, lexed, paragraphs

__all__ = ["leftovers", "survey_leftovers"]

_REASON = "leftover"
_OF_TEXT = frozenset({"blank", "brackets", "stops", "doubled"})  # keys of words.toml [residue]
_OF_DOCUMENT = _OF_TEXT | {"zero"}
_MAXIMUM_LISTED = 20
_PRINTED = "\ufffc"  # stands for what an instruction will print


def survey_leftovers(archive: Archive, found: Survey) -> None:
    """Notes, as advice, what stands in a template's own text and would be printed as it is."""
    for paragraph in paragraphs(archive):
        for fragment in _left(_own_text(paragraph), _OF_TEXT):
            found.add(_REASON, paragraph, fragment)


def leftovers(archive: Archive, report: Report) -> tuple[str, ...]:
    """A line for each leftover in a finished document, with the paragraph that it stands in.

    What the report itself has brought is left out: it has been looked at, with the cells that it comes from.
    """
    found, known = Survey(), _known(report)
    for paragraph in paragraphs(archive):
        if _bare(paragraph.text) not in known:
            for fragment in _left(paragraph.text, _OF_DOCUMENT):
                found.add(_REASON, paragraph, fragment)
    lines = [each.line(number) for number, each in enumerate(found.advice[:_MAXIMUM_LISTED], 1)]
    if more := len(found.advice) - len(lines):
        lines.append(phrase("template", "check", "more_left", count=more))
    return tuple(lines)


def _left(text: str, kinds: frozenset[str]) -> Iterator[str]:
    """Each fragment once; a line to write on by hand is none."""
    left = dict.fromkeys(fragment for kind, fragment in grammar.residue(text) if kind in kinds)
    return (fragment for fragment in left if fragment.strip("_"))


def _own_text(paragraph: Paragraph) -> str:
    """The text of a paragraph, with one character in place of each instruction."""
    text, end = "", 0
    for item in lexed(paragraph):
        if isinstance(item, Tag):
            text += paragraph.text[end : item.start] + _PRINTED
            end = item.start + len(item.raw)
    return text + paragraph.text[end:]


def _known(report: Report) -> set[str]:
    """The texts of a report, as they stand in paragraphs of their own."""
    lines: list[SourceLine | DetailLine | UnitLine] = [*report.sources, *report.details, *report.units]
    lines += [report.whole] if report.whole else []
    texts = [getattr(line, field.name) for line in lines for field in fields(line)]
    texts += [report.title, report.unit, report.date_text, *report.draft_notes]
    texts += [block.text for block in report.blocks] + [photo.caption for photo in report.photos]
    return {_bare(str(text)) for text in texts}


def _bare(text: str) -> str:
    return "".join(text.split())
