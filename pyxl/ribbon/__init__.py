"""The buttons: each reads the open ledger, has it examined, and puts what was found where it can be seen.

The same functions serve Excel and LibreOffice; what a click brings along is told in request.py.
"""

from __future__ import annotations

from pyxl.ribbon.boundary import main
from pyxl.ribbon.commands import check, clear, collect, doctor, guide, preview, report, submit, template, totals

__all__ = ["check", "clear", "collect", "doctor", "guide", "main", "preview", "report", "submit", "template", "totals"]
