"""The use cases, one function each. They return outcomes (pyxl.outcomes); they print nothing."""

from __future__ import annotations

from pyxl.actions.beside import everything_beside
from pyxl.actions.bundling import bundle
from pyxl.actions.collecting import Collecting, Hands, collect, consolidated_path
from pyxl.actions.examining import examine, load_catalogue
from pyxl.actions.explaining import explain
from pyxl.actions.framing import frames
from pyxl.actions.installing import doctor, install, uninstall
from pyxl.actions.judging import check, preview, results_path, total
from pyxl.actions.making import demo, new
from pyxl.actions.printing import find_printer, with_pdf
from pyxl.actions.rebuilding import build
from pyxl.actions.recording import Recording, record_forms
from pyxl.actions.reporting import Appendices, summarise, write_report
from pyxl.actions.submitting import Sealed, sealed_submission, submission_name, submit, write_submission
from pyxl.actions.templates import check_template, list_templates, template_fields

__all__ = [
    "Appendices",
    "Collecting",
    "Hands",
    "Recording",
    "Sealed",
    "build",
    "bundle",
    "check",
    "check_template",
    "collect",
    "consolidated_path",
    "demo",
    "doctor",
    "everything_beside",
    "examine",
    "explain",
    "find_printer",
    "frames",
    "install",
    "list_templates",
    "load_catalogue",
    "new",
    "preview",
    "record_forms",
    "results_path",
    "sealed_submission",
    "submission_name",
    "submit",
    "summarise",
    "template_fields",
    "total",
    "uninstall",
    "with_pdf",
    "write_report",
    "write_submission",
]
