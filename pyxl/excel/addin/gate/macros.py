"""Is the VBA in a file the VBA of our sources, and could Excel compile it as far as its lines show?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pyxl.excel.addin.gate.container import MAIN, PROJECT, Container
from pyxl.excel.addin.gate.fault import Fault
from pyxl.excel.addin.gate.workbook import sheets
from pyxl.excel.addin.modules import modules
from pyxl.excel.addin.packing import MACRO_WORKBOOK
from pyxl.package import packed

__all__ = ["macro_faults", "read_modules"]

_LONGEST_LINE = 1023  # characters that the editor takes
_MOST_CONTINUATIONS = 24
_OPENING = re.compile(r"(?:Public |Private )?(Sub|Function|Property)\b")
_CLOSING = re.compile(r"End (Sub|Function|Property)\b")


def read_modules(container: Container) -> dict[str, str] | Fault:
    """Every module of the VBA project by name, or why it cannot be read."""
    from pyopenvba import ExcelFile

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"book{MACRO_WORKBOOK}"
        path.write_bytes(packed(container.parts))
        try:
            with ExcelFile(path) as book:
                return dict(book.vba_modules())
        except Exception as error:  # noqa: BLE001 - pyopenvba's own, and those of damaged data, are many
            return Fault("macros_unreadable", f"{PROJECT}: {error}")


def macro_faults(container: Container, found: Mapping[str, str]) -> Iterator[Fault]:
    """A project that is not ours, or that does not fit the workbook."""
    documents = {name for name, source in found.items() if "Attribute VB_PredeclaredId = True" in source}
    yield from _document_faults(container, documents)
    yield from _source_faults({name: source for name, source in found.items() if name not in documents})


def _document_faults(container: Container, documents: set[str]) -> Iterator[Fault]:
    """Excel pairs the workbook and each sheet with a module by code name, and repairs what has none."""
    trees = [
        container.trees[MAIN].find("{*}workbookPr"),
        *(sheet.tree.find("{*}sheetPr") for sheet in sheets(container)),
    ]
    named = {str(None if tree is None else tree.get("codeName")) for tree in trees}
    if named != documents or len(named) != len(trees):
        yield Fault("code_names", ", ".join(sorted(named ^ documents)))


def _source_faults(found: Mapping[str, str]) -> Iterator[Fault]:
    expected = modules()
    yield from (Fault("module_missing", name) for name in expected if name not in found)
    yield from (Fault("module_unknown", name) for name in found if name not in expected)
    for name, source in found.items():
        if not source.isascii():
            yield Fault("not_ascii", name)
        if name in expected and source != expected[name]:
            yield Fault("module_differs", name)
        yield from _line_faults(name, source.splitlines())


def _line_faults(name: str, lines: list[str]) -> Iterator[Fault]:
    """What the editor would turn red at once."""
    if "Option Explicit" not in lines:
        yield Fault("not_explicit", name)
    open_procedure = ""
    continued = 0
    for number, line in enumerate(lines, 1):
        where = f"{name} {number}"
        continued = continued + 1 if line.endswith(" _") else 0
        if len(line) > _LONGEST_LINE or continued > _MOST_CONTINUATIONS:
            yield Fault("line_too_long", where)
        if re.match(r"\s*(?:Public |Private )?Declare\b", line):
            yield Fault("declares_api", where)
        opening, closing = _OPENING.match(line), _CLOSING.match(line)
        if (opening and open_procedure) or (closing and closing[1] != open_procedure):
            yield Fault("procedure_not_closed", where)
        open_procedure = opening[1] if opening else "" if closing else open_procedure
    if open_procedure:
        yield Fault("procedure_not_closed", f"{name} {len(lines)}")
