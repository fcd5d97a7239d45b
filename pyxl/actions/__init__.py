"""The use cases, one function each. They return outcomes (pyxl.outcomes); they print nothing."""

from __future__ import annotations

from pyxl.actions.examining import examine, load_catalogue
from pyxl.actions.judging import check, total
from pyxl.actions.making import demo, new
from pyxl.actions.rebuilding import build
from pyxl.actions.reporting import summarise, write_report

__all__ = ["build", "check", "demo", "examine", "load_catalogue", "new", "summarise", "total", "write_report"]
