"""How does a copy of a template show its mistakes: a Word comment at every spot?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from docx import Document

from pyxl.errors import TemplateError
from pyxl.package import packed, unpacked
from pyxl.text import phrase
from pyxl.word.archive import BROKEN, Archive
from pyxl.word.markup import element
from pyxl.word.namespaces import WML
from pyxl.word.problems import TemplateProblem
from pyxl.word.tags import Paragraph

__all__ = ["annotated", "take_annotations"]

_P, _ID, _AUTHOR = f"{WML}p", f"{WML}id", f"{WML}author"
_MARKS = tuple(f"{WML}{tag}" for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_COMMENTED = ("body", "table")  # Word allows none in a header or a note, and not every version in a text box

_STYLES = (f"{WML}pStyle", f"{WML}rStyle")


def annotated(archive: Archive, problems: Iterable[TemplateProblem], general: Iterable[str] = ()) -> bytes:
    """A copy of the template with a comment at every spot, and with `general` remarks at its beginning.

    What people have remarked in it stays; what an earlier check has is replaced. A comment stands at the
    paragraph; one on what Word can put no comment at (a header, a note) at the first, and says where it belongs.
    Raises TemplateError when the template cannot be opened.
    """
    try:
        document = Document(io.BytesIO(archive.package))
        take_annotations(document)
        places = _Places(document, str(document.part.partname).lstrip("/"))
        for remark in general:
            _comment(document, places.first, remark)
        for problem in problems:
            _comment(document, places.of(problem.paragraph), _remark(problem))
        buffer = io.BytesIO()
        document.save(buffer)
    except BROKEN:
        raise TemplateError("template_damaged", file=archive.name) from None
    return packed(unpacked(buffer.getvalue()))


def take_annotations(document: Any) -> None:
    """Takes out the comments of an earlier check; those of people stay."""
    if not any(relation.reltype.endswith("/comments") for relation in document.part.rels.values()):
        return
    comments = document.part._comments_part.element
    author = phrase("template", "annotation", "author")
    ours = {each.get(_ID) for each in comments if each.get(_AUTHOR) == author}
    for each in [each for each in comments if each.get(_ID) in ours]:
        comments.remove(each)
    for mark in [mark for mark in document.element.body.iter(*_MARKS) if mark.get(_ID) in ours]:
        run = mark.getparent()
        run.remove(mark)
        if mark.tag == _MARKS[-1] and not [child for child in run if child.tag != f"{WML}rPr"]:
            run.getparent().remove(run)


class _Places:
    """Finds the paragraphs of a template again in a document that python-docx has opened."""

    def __init__(self, document: Any, part: str) -> None:
        self.part = part
        self.body: list[Any] = list(document.element.iter(_P))
        if not self.body:
            self.body = [document.add_paragraph()._p]
        self.first = self.body[0]

    def of(self, paragraph: Paragraph | None) -> Any:
        """Where a comment on this paragraph may stand: itself, the one that a text box hangs on, or the first."""
        if paragraph is None or paragraph.part != self.part:
            return self.first
        found = self.body[paragraph.number - 1]
        return next(reversed(list(found.iterancestors(_P))), found)


def _remark(problem: TemplateProblem) -> str:
    """What is wrong, and where it is when the comment cannot stand there itself."""
    if problem.place in _COMMENTED:
        return problem.message
    words: Mapping[str, str] = {"place": problem.where, "text": problem.quoted, "message": problem.message}
    return phrase("template", "annotation", "elsewhere" if problem.text else "in_file", **words)


def _comment(document: Any, paragraph: Any, text: str) -> None:
    """A comment around all that a paragraph says."""
    signed = {key: phrase("template", "annotation", key) for key in ("author", "initials")}
    comment = document.part._comments_part.comments.add_comment(text=text, **signed)
    written = comment._comment_elm
    written.attrib.pop(f"{WML}date", None)  # the same check writes the same file, whenever it is made
    known = {style.style_id for style in document.styles}
    for style in [each for each in written.iter(*_STYLES) if each.get(f"{WML}val") not in known]:
        style.getparent().remove(style)
    number = str(comment.comment_id)
    begin = element("commentRangeStart", id=number)
    properties = paragraph.find(f"{WML}pPr")
    if properties is None:
        paragraph.insert(0, begin)
    else:
        properties.addnext(begin)
    paragraph.append(element("commentRangeEnd", id=number))
    paragraph.append(element("r", element("commentReference", id=number)))
