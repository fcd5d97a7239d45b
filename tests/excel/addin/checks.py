"""The checks that a file with macros goes through, each with what it finds; none alone finds everything."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from openxml_audit import OpenXmlValidator
from pyopenvba import ExcelFile, check_file

from pyxl.excel.addin.gate import faults
from tests.excel.addin.headless import wrong_clicks

__all__ = ["CHECKS", "audit", "modules_by_olevba", "modules_by_pyopenvba"]


def gate(path: Path) -> list[str]:
    """Codes of our own check, which the build runs."""
    return [fault.code for fault in faults(path.read_bytes(), path.suffix)]


def audit(path: Path) -> list[str]:
    """Findings against Microsoft's schemas."""
    return [str(error.description) for error in OpenXmlValidator().validate(str(path)).errors]


def integrity(path: Path) -> list[str]:
    """Findings about the zip file, its types and its relations."""
    return [issue.message for issue in check_file(path).errors]


CHECKS = {"gate": gate, "audit": audit, "integrity": integrity, "headless": wrong_clicks}


def modules_by_pyopenvba(path: Path) -> dict[str, str]:
    with ExcelFile(path) as book:
        return {name: source.replace("\r\n", "\n") for name, source in book.vba_modules().items()}


def modules_by_olevba(path: Path) -> dict[str, str]:
    """Another reader of the same bytes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it uses names that pyparsing no longer likes
        from oletools.olevba import VBA_Parser
    parser = VBA_Parser(str(path))
    try:
        found = {stream: source for _, stream, _, source in parser.extract_macros()}
    finally:
        parser.close()
    named = {re.search(r'VB_Name = "(\w+)"', source)[1]: source for source in found.values()}
    return {name: source.replace("\r\n", "\n") for name, source in named.items()}
