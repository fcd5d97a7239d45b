"""How a report becomes a Word document: the only file that knows docxtpl."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError as JinjaError
from lxml import etree

from pyxl.core.document import Report
from pyxl.core.language import Known
from pyxl.errors import OutputError, TemplateError
from pyxl.text import phrase
from pyxl.word.archive import DAMAGE, Archive, read_archive, same_bytes
from pyxl.word.finish import cut_links, left_out, mark_draft, mend, place_signature
from pyxl.word.names import context, known_names
from pyxl.word.properties import set_properties
from pyxl.word.sandbox import Sandbox
from pyxl.word.template_check import Survey, check_archive

__all__ = ["render", "rendered", "verify"]


def render(report: Report, template: Path, out: Path, known: Known | None = None) -> None:
    """Fills `template` with `report` and writes the document to `out`.

    `known` are the names that a template may use besides those that the report has a value for.
    Raises TemplateError when the template cannot be filled, with all its mistakes.
    """
    out.write_bytes(rendered(report, template, known))


def verify(document: Path) -> None:
    """Reads a written document back; raises OutputError when it is not whole."""
    try:
        read_archive(document)
    except TemplateError as error:
        raise OutputError("document_unreadable", file=document.name) from error


def rendered(report: Report, template: Path, known: Known | None = None) -> bytes:
    """The filled document: the same bytes for the same report and template."""
    archive = read_archive(template)
    found = check_archive(archive, known_names(report.fields, known))
    filling = _opened(archive)
    document = filling.get_docx()
    set_properties(document, title="", author="")  # or docxtpl would fill what stands there, too
    _fill(filling, report, archive.name)
    set_properties(document, title=report.title, author=report.unit)
    _refuse_losses(document, report, found, archive.name)
    mark_draft(document, report, found.used)
    place_signature(document, report)
    mend(document)
    cut_links(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue())


def _opened(archive: Archive) -> Any:
    template = DocxTemplate(io.BytesIO(archive.package))
    try:
        template.init_docx()
    except DAMAGE:
        raise TemplateError("template_damaged", file=archive.name) from None
    return template


def _fill(filling: Any, report: Report, name: str) -> None:
    """Whatever still goes wrong here was hidden from the check: in an attribute, between paragraphs."""
    try:
        filling.render(context(report), Sandbox(), autoescape=True)
    except (JinjaError, etree.LxmlError) as error:
        lines = [line.strip() for line in getattr(error, "docx_context", ()) if line.strip()]
        listing = "\n".join(lines) or phrase("document", "listing", "hidden")
        raise TemplateError("template_broken", file=name, count=1, listing=listing) from error


def _refuse_losses(document: Any, report: Report, found: Survey, name: str) -> None:
    """A template may leave the text out altogether, but if it prints it, then every paragraph of it."""
    missing = left_out(document, report) if phrase("document", "names", "body") in found.used else {}
    if missing:
        lines = (phrase("document", "listing", "level", level=level, count=count) for level, count in missing.items())
        raise TemplateError("template_leaves_out", file=name, count=sum(missing.values()), listing="\n".join(lines))
