"""The files with macros, built once for all tests, and variants of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from pyxl.catalogue.loader import load_catalogue
from pyxl.excel.addin.modules import modules
from pyxl.excel.addin.packing import ADDIN, MACRO_WORKBOOK, with_macros
from pyxl.excel.addin.products import addin_bytes, macro_ledger_bytes
from pyxl.excel.addin.ribbon import ribbon_xml
from pyxl.excel.building.ledger import ledger_bytes
from pyxl.package import packed, unpacked

__all__ = ["ADDIN", "KINDS", "MACRO_WORKBOOK", "addin", "built", "edited", "ledger", "macro_ledger", "with_modules"]

KINDS = (ADDIN, MACRO_WORKBOOK)


@cache
def addin() -> bytes:
    return addin_bytes()


@cache
def macro_ledger() -> bytes:
    return macro_ledger_bytes(load_catalogue())


@cache
def ledger() -> bytes:
    return ledger_bytes(load_catalogue(), year=None, unit="")


def built(kind: str) -> bytes:
    return addin() if kind == ADDIN else macro_ledger()


def edited(package: bytes, edit: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package with its parts changed in place by `edit`."""
    parts = unpacked(package)
    edit(parts)
    return packed(parts)


def with_modules(changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The macro ledger with other VBA in it, past every check of the build."""
    sources = modules()
    for name, change in changes.items():
        changed = change(sources[name])
        assert changed != sources[name], f"{name} is not changed"
        sources[name] = changed
    return with_macros(ledger(), MACRO_WORKBOOK, sources, ribbon_xml())
