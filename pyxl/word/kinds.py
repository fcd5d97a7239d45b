"""Is a template one of reports, or of the forms that are filed?"""

from __future__ import annotations

from pyxl.text import phrase
from pyxl.word.archive import Archive
from pyxl.word.forms import form_names
from pyxl.word.names import known_names
from pyxl.word.template_check import survey

__all__ = ["is_of_forms", "is_of_reports"]


def is_of_forms(archive: Archive) -> bool:
    """Whether it asks for forms: no report has such."""
    return phrase("document", "record_names", "forms") in survey(archive, form_names()).used


def is_of_reports(archive: Archive) -> bool:
    """Whether it prints the text of a report: no form has such."""
    return phrase("document", "names", "body") in survey(archive, known_names({})).used
