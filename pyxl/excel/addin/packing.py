"""How do macros and a ribbon get into a workbook that XlsxWriter has made?

pyopenvba, which writes the VBA project, is a development dependency: it is imported only here and by
the gate, when the build runs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pyxl.package import CONTENT_TYPES, packed, unpacked
from pyxl.xmltext import replaced_once

__all__ = ["ADDIN", "MACRO_WORKBOOK", "MAIN_TYPES", "PLAIN_WORKBOOK", "RIBBON_PART", "RIBBON_RELATION", "with_macros"]

PLAIN_WORKBOOK, MACRO_WORKBOOK, ADDIN = ".xlsx", ".xlsm", ".xlam"
MAIN_TYPES = {
    PLAIN_WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    MACRO_WORKBOOK: "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ADDIN: "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
RIBBON_PART = "customUI/customUI14.xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_RELATIONS = "_rels/.rels"


def with_macros(workbook: bytes, kind: str, modules: Mapping[str, str], ribbon: str) -> bytes:
    """The workbook's own parts, a VBA project of these modules and this ribbon, as an .xlsm or .xlam."""
    parts = _of_kind(unpacked(workbook), PLAIN_WORKBOOK, MACRO_WORKBOOK)
    parts = unpacked(_with_project(packed(parts), modules))
    parts = _with_ribbon(_of_kind(parts, MACRO_WORKBOOK, kind), ribbon)
    return packed({name: parts[name] for name in sorted(parts)}, 9)


def _of_kind(parts: Mapping[str, bytes], old: str, new: str) -> dict[str, bytes]:
    """Says of the workbook that it is of another kind; Excel opens no file whose ending disagrees."""
    return {**parts, CONTENT_TYPES: replaced_once(parts[CONTENT_TYPES], MAIN_TYPES[old], MAIN_TYPES[new])}


def _with_project(workbook: bytes, modules: Mapping[str, str]) -> bytes:
    """The .xlsm with a new VBA project: a document module for each sheet, as Excel wants it, and ours."""
    from pyopenvba import ExcelFile

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"book{MACRO_WORKBOOK}"
        path.write_bytes(workbook)
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for name, source in modules.items():
                project.add_module(name, source)
            book.save(path)
        return path.read_bytes()


def _with_ribbon(parts: Mapping[str, bytes], ribbon: str) -> dict[str, bytes]:
    """XlsxWriter says in its content types that .xml is XML, so the part and its relation are all it takes."""
    relation = f'<Relationship Id="rIdRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/>'
    end = "</Relationships>"
    relations = replaced_once(parts[_RELATIONS], end, relation + end)
    return {**parts, RIBBON_PART: ribbon.encode("utf-8"), _RELATIONS: relations}
