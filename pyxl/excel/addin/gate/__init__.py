"""Is a file that we are about to ship what Excel, and our own table of commands, expect?

What this finds, no schema knows: openxml-audit, pyopenvba.check_file and the headless run of every
callback (all of them in the tests) find other faults, and none of them finds all.
"""

from __future__ import annotations

from pyxl.excel.addin.gate.container import Container, container_faults, opened
from pyxl.excel.addin.gate.fault import Fault
from pyxl.excel.addin.gate.macros import macro_faults, read_modules
from pyxl.excel.addin.gate.ribbon import ribbon_faults
from pyxl.excel.addin.gate.tables import table_faults
from pyxl.excel.addin.gate.workbook import workbook_faults
from pyxl.excel.addin.packing import PLAIN_WORKBOOK

__all__ = ["Fault", "faults"]


def faults(package: bytes, kind: str) -> tuple[Fault, ...]:
    """Everything wrong with a file of this kind (.xlsx, .xlsm or .xlam)."""
    container = opened(package)
    if isinstance(container, Fault):
        return (container,)
    if found := container_faults(container, kind):
        return found  # whatever stands inside cannot be trusted
    return (*workbook_faults(container), *table_faults(container), *_added(container, kind))


def _added(container: Container, kind: str) -> tuple[Fault, ...]:
    """What macros and ribbon add to a workbook."""
    if kind == PLAIN_WORKBOOK:
        return ()
    modules = read_modules(container)
    if isinstance(modules, Fault):
        return (modules,)
    return (*macro_faults(container, modules), *ribbon_faults(container, modules))
