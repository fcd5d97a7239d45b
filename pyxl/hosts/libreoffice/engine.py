"""How does xlwings learn that LibreOffice is one of the spreadsheets it can drive?"""

from __future__ import annotations

import xlwings

from pyxl.hosts.libreoffice import values
from pyxl.hosts.libreoffice.apps import Apps

__all__ = ["NAME", "Engine", "register"]

NAME = "libreoffice"


class Engine:
    """What xlwings asks an engine for: its applications, and how values pass through."""

    name = NAME
    type = "desktop"
    prepare_xl_data_element = staticmethod(values.prepared)
    clean_value_data = staticmethod(values.cleaned)

    def __init__(self) -> None:
        self.apps = Apps(self)


def register() -> Engine:
    """The engine, known to xlwings and active from now on."""
    if NAME not in xlwings.engines.engines_by_name:
        xlwings.engines.add(xlwings.Engine(impl=Engine()))
    known = xlwings.engines.engines_by_name[NAME]
    known.activate()
    return known.impl  # type: ignore[no-any-return]
