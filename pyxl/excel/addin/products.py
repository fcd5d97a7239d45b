"""Which files with macros do we ship, and how is each built?"""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pyxl.catalogue.model import Catalogue
from pyxl.excel.addin.gate import faults
from pyxl.excel.addin.modules import modules
from pyxl.excel.addin.packing import ADDIN, MACRO_WORKBOOK, with_macros
from pyxl.excel.addin.ribbon import ribbon_xml
from pyxl.text import phrases

__all__ = ["addin_bytes", "macro_ledger_bytes"]

_CREATED = datetime(2023, 1, 1, tzinfo=UTC)  # fixed: same sources, same bytes


def addin_bytes() -> bytes:
    """The add-in: macros and ribbon in a workbook that nobody sees."""
    return _passed(with_macros(_unseen_workbook(), ADDIN, modules(), ribbon_xml()), ADDIN)


def macro_ledger_bytes(catalogue: Catalogue) -> bytes:
    """The blank ledger with the same macros and ribbon in it, where Excel may load no add-in; they start the same installed program."""
    from pyxl.excel.building.ledger import ledger_bytes

    ledger = ledger_bytes(catalogue, year=None, unit="")
    return _passed(with_macros(ledger, MACRO_WORKBOOK, modules(), ribbon_xml()), MACRO_WORKBOOK)


def _unseen_workbook() -> bytes:
    """Excel keeps an add-in in a workbook with a sheet; its properties are what the list of add-ins shows.

    pyopenvba has a blank add-in of its own, but with a person's name in it.
    """
    from xlsxwriter import Workbook

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.add_worksheet()
    book.set_properties({**phrases("ribbon", "addin"), "author": "", "created": _CREATED})
    book.close()
    return target.getvalue()


def _passed(package: bytes, kind: str) -> bytes:
    """The file, when it passes the gate: a broken one is not built."""
    if found := faults(package, kind):
        raise ValueError("a built file is broken:\n" + "\n".join(map(str, found)))
    return package
