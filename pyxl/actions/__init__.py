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
from pyxl.actions.rebuilding import build
from pyxl.actions.reporting import summarise, write_report
from pyxl.actions.submitting import Sealed, sealed_submission, submission_name, submit, write_submission

__all__ = [
    "Collecting",
    "Hands",
    "Sealed",
    "build",
    "bundle",
    "check",
    "collect",
    "consolidated_path",
    "demo",
    "doctor",
    "everything_beside",
    "examine",
    "explain",
    "frames",
    "install",
    "load_catalogue",
    "new",
    "preview",
    "results_path",
    "sealed_submission",
    "submission_name",
    "submit",
    "summarise",
    "total",
    "uninstall",
    "write_report",
    "write_submission",
]
