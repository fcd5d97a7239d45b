"""How docxtpl fills a template with a report: the only file that knows docxtpl."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from docx.opc.parts.coreprops import CorePropertiesPart
from docxtpl import DocxTemplate
from jinja2 import TemplateError as JinjaError
from lxml import etree

from pyxl.core.document import Report
from pyxl.core.forms import Forms
from pyxl.core.language import Known
from pyxl.errors import TemplateError
from pyxl.package import packed, unpacked
from pyxl.text import phrase, phrases
from pyxl.word.annotating import take_annotations
from pyxl.word.archive import BROKEN, Archive, read_archive
from pyxl.word.culprit import culprit
from pyxl.word.finish import (
    cut_links,
    keep_last_rows,
    left_out,
    mark_draft,
    mend,
    place_signature,
    signature_room,
    style_ids,
)
from pyxl.word.forms import form_context, form_names
from pyxl.word.joining import joined
from pyxl.word.kinds import is_of_forms, is_of_reports
from pyxl.word.leftovers import leftovers
from pyxl.word.markup import element
from pyxl.word.names import Group, known_names
from pyxl.word.namespaces import WML
from pyxl.word.pictures import drawn
from pyxl.word.problems import Survey
from pyxl.word.properties import set_properties
from pyxl.word.sandbox import Sandbox
from pyxl.word.sourcing import figures_of, sourced
from pyxl.word.template_check import check_archive
from pyxl.word.values import IllegalCharacterError, context

__all__ = ["Filled", "Patched", "filled", "filled_forms", "patched", "unprinted"]

_Kind: TypeAlias = Callable[[Archive], bool]

_SHOWN = 80  # characters of a paragraph that is quoted
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


class Filled(NamedTuple):
    """A finished document."""

    document: bytes
    left_out: tuple[str, ...]  # of title, text, signature and date: what the template does not print
    leftovers: tuple[str, ...] = ()  # what it prints that somebody meant to fill in, a line each


def filled(report: Report, template: Path, known: Known | None = None) -> Filled:
    """The filled document: the same bytes for the same report and template.

    Raises TemplateError when the template cannot be filled, with all its mistakes.
    """
    archive = read_archive(template)
    document, found = _printed(report, archive, known)
    set_properties(document, title=report.title, author=report.unit)
    _refuse_losses(document, report, found, archive.name)
    mark_draft(document, report, found.used)
    place_signature(document, report)
    mend(document)
    keep_last_rows(document)
    cut_links(document)
    take_annotations(document)
    buffer = io.BytesIO()
    document.save(buffer)
    parts = sourced(unpacked(buffer.getvalue()), report)
    left = leftovers(Archive(archive.name, b"", parts), report)
    return Filled(packed(parts), (*found.missing, *_unasked(report, found)), left)


def unprinted(report: Report, archive: Archive, known: Known | None = None) -> tuple[str, ...]:
    """The levels of text of which a template does not print every paragraph; raises TemplateError as `filled` does."""
    document, _ = _printed(report, archive, known)
    return tuple(left_out(document, report))


def _printed(report: Report, archive: Archive, known: Known | None) -> tuple[Any, Survey]:
    """The document with every placeholder filled, and what was found in the template."""
    found = _checked(archive, known_names(report.fields, known), (is_of_reports, is_of_forms), "template_of_forms")
    filling = _opened(archive)
    document = filling.get_docx()
    set_properties(document, title="", author="")  # or docxtpl would fill what stands there, too
    values = context(report, drawn(document, report.photos))
    _fill(filling, values, archive, Sandbox(figures_of(report)))
    return document, found


def filled_forms(forms: Forms, template: Path) -> Filled:
    """The filled document of forms; as `filled`. Raises TemplateError also when the template prints no form at all."""
    archive = read_archive(template)
    names = phrases("document", "record_names")
    found = _checked(archive, form_names(), (is_of_forms, is_of_reports), "template_no_forms")
    if names["forms"] not in found.used:
        raise TemplateError("template_no_forms", file=archive.name)
    filling = _opened(archive)
    document = filling.get_docx()
    set_properties(document, title="", author="")
    _fill(filling, form_context(forms, drawn(document, forms.photos)), archive, Sandbox())
    set_properties(document, title=forms.title, author=forms.unit)
    mend(document)
    cut_links(document)
    buffer = io.BytesIO()
    document.save(buffer)
    unasked = (names["photos"],) if forms.photos and names["photos"] not in found.used else ()
    return Filled(packed(unpacked(buffer.getvalue())), unasked)


def _checked(archive: Archive, names: Group, kinds: tuple[_Kind, _Kind], otherwise: str) -> Survey:
    """What a template uses. Raises TemplateError with its mistakes, or with `otherwise` where it is the other kind."""
    try:
        return check_archive(archive, names)
    except TemplateError:
        own, other = kinds
        if not own(archive) and other(archive):
            raise TemplateError(otherwise, file=archive.name) from None
        raise


def _unasked(report: Report, found: Survey) -> tuple[str, ...]:
    """The appendices of the report that the template has no place for."""
    names = phrases("document", "names")
    return tuple(names[key] for key in ("details", "photos") if getattr(report, key) and names[key] not in found.used)


@dataclass(frozen=True)
class Patched:
    """A template as docxtpl would hand it to jinja2."""

    parts: dict[str, str]  # whatever may hold instructions, by name
    signature: dict[str, tuple[int, int]]  # see finish.signature_room
    styles: dict[str, str]  # our key of a style → its id


def patched(archive: Archive, *, title: str, author: str) -> Patched:
    """Every part that docxtpl fills, with its repairs done, and with these two as core properties."""
    filling = _opened(archive)
    document = filling.get_docx()
    set_properties(document, title=title, author=author)
    core = next(part for part in document.part.package.iter_parts() if isinstance(part, CorePropertiesPart))
    main = filling.xml_to_string(document.part.element)
    body = filling.patch_xml(filling.get_xml())
    whole = main[: main.index("<w:body>")] + "<w:body>" + body[body.index(">") + 1 :] + "</w:document>"
    parts = {core.partname: filling.xml_to_string(core.element), document.part.partname: whole}
    for kind in (filling.HEADER_URI, filling.FOOTER_URI):
        for _, part in filling.get_headers_footers(kind):
            parts[part.partname] = filling.patch_xml(filling.get_part_xml(part))
    named = {str(name).lstrip("/"): _DECLARATION + text for name, text in parts.items()}
    return Patched(named, signature_room(document), style_ids(document))


def _opened(archive: Archive) -> Any:
    template = DocxTemplate(io.BytesIO(joined(archive).package))
    try:
        template.init_docx()
    except BROKEN:
        raise TemplateError("template_damaged", file=archive.name) from None
    _give_grids(template.get_docx().element)
    return template


def _give_grids(root: Any) -> None:
    """Word opens a table whose columns are not declared; docxtpl does not."""
    for table in root.iter(f"{WML}tbl"):
        if table.find(f"{WML}tblGrid") is None:
            table.insert(int(table.find(f"{WML}tblPr") is not None), element("tblGrid"))


def _fill(filling: Any, values: dict[str, Any], archive: Archive, sandbox: Sandbox) -> None:
    """Whatever still goes wrong here was hidden from the check, in an attribute for one, or comes from the values."""
    try:
        filling.render(values, sandbox, autoescape=True)
    except IllegalCharacterError:
        raise
    except (TypeError, ValueError) as error:  # etree.LxmlError is none of them
        found = culprit(archive, values, sandbox)
        listing = found.line(1) if found else phrase("document", "listing", "hidden")
        raise TemplateError("template_broken", file=archive.name, count=1, listing=listing) from error
    except (JinjaError, etree.LxmlError, RecursionError, SyntaxError) as error:
        lines = [line.strip()[:_SHOWN] for line in getattr(error, "docx_context", ()) if line.strip()]
        listing = "\n".join(lines) or phrase("document", "listing", "hidden")
        raise TemplateError("template_broken", file=archive.name, count=1, listing=listing) from error


def _refuse_losses(document: Any, report: Report, found: Survey, name: str) -> None:
    """A template may leave the text out altogether, but if it prints it, then every paragraph of it."""
    missing = left_out(document, report) if phrase("document", "names", "body") in found.used else {}
    if missing:
        lines = (phrase("document", "listing", "level", level=level, count=count) for level, count in missing.items())
        raise TemplateError("template_leaves_out", file=name, count=sum(missing.values()), listing="\n".join(lines))
