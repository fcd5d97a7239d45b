"""How a report becomes a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.core.document import Report
from pyxl.word.package import verify
from pyxl.word.prepared import from_prepared

if TYPE_CHECKING:
    from pyxl.core.language import Known

__all__ = ["render", "rendered", "verify"]


def render(report: Report, template: Path, out: Path, known: Known | None = None) -> None:
    """Fills `template` with `report` and writes the document to `out`.

    `known` are the names that a template may use besides those that the report has a value for.
    Raises TemplateError when the template cannot be filled, with all its mistakes.
    """
    out.write_bytes(rendered(report, template, known))


def rendered(report: Report, template: Path, known: Known | None = None) -> bytes:
    """The filled document: the same bytes for the same report and template."""
    document = from_prepared(report, template)
    if document is None:
        from pyxl.word.filling import filled

        document = filled(report, template, known)
    return document
