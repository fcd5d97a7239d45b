"""How a report becomes a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyxl.core.document import Report
from pyxl.word.prepared import from_prepared
from pyxl.word.readback import verify

if TYPE_CHECKING:
    from pyxl.core.language import Known

__all__ = ["Printed", "render", "verify"]


class Printed(NamedTuple):
    """How a template has served a report."""

    left_out: tuple[str, ...] = ()  # of title, text, signature and date: what it does not print
    leftovers: tuple[str, ...] = ()  # what it prints that somebody meant to fill in, a line each


def render(report: Report, template: Path, out: Path, known: Known | None = None) -> Printed:
    """Fills `template` with `report` and writes the document to `out`: the same bytes for the same two.

    `known` are the names that a template may use besides those that the report has a value for.
    Raises TemplateError when the template cannot be filled, with all its mistakes.
    """
    document, printed = _filled(report, template, known)
    out.write_bytes(document)
    return printed


def _filled(report: Report, template: Path, known: Known | None) -> tuple[bytes, Printed]:
    """The document, and how the template has served; our own prints everything, and nothing else."""
    document = from_prepared(report, template)
    if document is not None:
        return document, Printed()
    from pyxl.word.filling import filled

    found = filled(report, template, known)
    return found.document, Printed(found.left_out, found.leftovers)
