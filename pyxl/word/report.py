"""How a report becomes a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.core.document import Report
from pyxl.word.prepared import from_prepared
from pyxl.word.readback import verify

if TYPE_CHECKING:
    from pyxl.core.language import Known

__all__ = ["render", "verify"]


def render(report: Report, template: Path, out: Path, known: Known | None = None) -> tuple[str, ...]:
    """Fills `template` with `report` and writes the document to `out`: the same bytes for the same two.

    Returns the names of what a report consists of and the template does not print: title, text,
    signature, date.

    `known` are the names that a template may use besides those that the report has a value for.
    Raises TemplateError when the template cannot be filled, with all its mistakes.
    """
    document, left_out = _filled(report, template, known)
    out.write_bytes(document)
    return left_out


def _filled(report: Report, template: Path, known: Known | None) -> tuple[bytes, tuple[str, ...]]:
    """The document and what the template leaves out; our own prints everything."""
    document = from_prepared(report, template)
    if document is not None:
        return document, ()
    from pyxl.word.filling import filled

    return filled(report, template, known)
