"""What does the child process do that reads one workbook?

It reads the file's bytes once, refuses what pyxl.excel.closed.preflight refuses, reads each sheet, and
writes one JSON object to its standard output: {"refused": [code, params]} or {"sheets": …}. It
imports nothing that it does not need, because the user waits for its start.
"""

from __future__ import annotations

import gc
import json
import sys
from functools import cached_property
from typing import Any

from pyxl.children import limit
from pyxl.excel.closed.calamine import Calamine, DoubtError
from pyxl.excel.closed.container import Container
from pyxl.excel.closed.facts import is_plain_book, is_plain_sheet
from pyxl.excel.closed.plainsheet import PlainReader
from pyxl.excel.closed.preflight import Package, inspect, load
from pyxl.excel.closed.refusal import Refusal
from pyxl.excel.closed.sheetxml import SheetContent, read_sheet
from pyxl.excel.closed.strings import Styles, read_strings, read_styles

__all__ = ["MEMORY", "main", "read", "read_bytes"]

MEMORY = 2 * 1024**3  # bytes of address space; twice what the largest file that we accept needs


def main(path: str) -> None:
    """Read the workbook at `path` and write the answer to standard output."""
    limit(MEMORY)
    gc.disable()  # nothing we make is cyclic, and we end as soon as it is written
    try:
        answer = read(path)
    except Refusal as refusal:
        answer = {"refused": [refusal.code, refusal.params]}
    except MemoryError:
        answer = {"refused": ["needs_memory", {}]}
    text = json.dumps(answer, ensure_ascii=False, check_circular=False, allow_nan=False)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    gc.freeze()  # spares the interpreter its last look for cycles, which the user would wait for


def read(path: str) -> dict[str, Any]:
    """The workbook as one JSON object. Raises Refusal when it must not or cannot be read."""
    return read_bytes(load(path), path)


def read_bytes(data: bytes, path: str, container: Container | None = None) -> dict[str, Any]:
    """As `read`, of a file whose bytes are at hand, and perhaps its parts; of `path` only the ending counts."""
    package = inspect(data, path, container)
    reader = _BookReader(data, package)
    sheets = []
    for sheet in package.sheets:
        content = reader.sheet(sheet.name, sheet.part)
        sheets.append({"name": sheet.name, "state": sheet.state, **content._asdict()})
    return {"sheets": sheets, "names": dict(package.names), "notes": package.notes}


class _BookReader:
    """Reads the sheets of one workbook, each by the reader that it needs."""

    def __init__(self, data: bytes, package: Package) -> None:
        self._data, self._package = data, package
        self._plain = is_plain_book(package)
        styles = package.styles
        self._styles = read_styles(package.contents[styles], styles) if styles else Styles()

    @cached_property
    def _strings(self) -> list[str]:
        part = self._package.strings
        return read_strings(self._package.contents[part], part) if part else []

    @cached_property
    def _calamine(self) -> Calamine:
        return Calamine(self._data)

    @cached_property
    def _plain_reader(self) -> PlainReader:
        return PlainReader(self._strings, self._styles.kinds)

    def sheet(self, name: str, part: str) -> SheetContent:
        """One sheet: taken at a glance when it is plain; from calamine when nothing speaks against it."""
        data = self._package.contents[part]
        if not self._package.date1904:
            found = self._plain_reader.sheet(data)
            if found is not None:
                return found
        if self._plain and is_plain_sheet(data, self._styles.misread):
            try:
                return self._calamine.sheet(name)
            except DoubtError:
                pass
            except (KeyboardInterrupt, MemoryError):
                raise
            except BaseException:  # noqa: BLE001 - a panic in calamine is no Exception; we may read what it choked on
                self._plain = False
        return read_sheet(data, part, self._strings, self._styles.kinds, date1904=self._package.date1904)
