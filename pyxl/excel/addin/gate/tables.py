"""Are the tables of a workbook named once, and do they say of their headers what the cells say?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pyxl.core.place import column_letters, column_number
from pyxl.excel.addin.gate.container import MAIN, Container, relations
from pyxl.excel.addin.gate.fault import Fault
from pyxl.excel.addin.gate.workbook import Sheet, shared_texts, sheets

__all__ = ["table_faults"]

_REFERENCE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)\d+")


def table_faults(container: Container) -> Iterator[Fault]:
    """Excel repairs each of these on opening, and takes the table away."""
    found = list(_tables(container))
    names = Counter(tree.get("displayName", "").lower() for _, tree in found)
    ids = Counter(tree.get("id") for _, tree in found)
    yield from (Fault("duplicate_table_name", name) for name, times in names.items() if times > 1)
    yield from (Fault("duplicate_table_id", number) for number, times in ids.items() if times > 1)
    taken = {node.get("name").lower() for node in container.trees[MAIN].iter("{*}definedName")}
    yield from (Fault("table_named_as_a_name", name) for name in names if name in taken)
    texts = shared_texts(container)
    for sheet, tree in found:
        yield from _column_faults(tree)
        yield from _header_faults(sheet, tree, texts)


def _tables(container: Container) -> Iterator[tuple[Sheet, Any]]:
    for sheet in sheets(container):
        for relation in relations(container, sheet.part):
            if relation.kind.endswith("/table"):
                yield sheet, container.trees[relation.target]


def _column_faults(tree: Any) -> Iterator[Fault]:
    """The columns of a table: as many as it says, and no two of one name, in whatever case."""
    table = tree.get("displayName")
    columns = tree.find("{*}tableColumns")
    names = Counter(node.get("name").lower() for node in columns)
    yield from (Fault("table_column_twice", f"{table}: {name}") for name, times in names.items() if times > 1)
    if columns.get("count") != str(len(columns)):
        yield Fault("table_column_count", table)


def _header_faults(sheet: Sheet, tree: Any, texts: list[str]) -> Iterator[Fault]:
    """Each column's name is the text of the cell above it, to the letter."""
    name = tree.get("displayName")
    place = _REFERENCE.fullmatch(tree.get("ref", ""))
    if place is None:
        yield Fault("table_without_place", name)
        return
    first, row, last = column_number(place[1]), place[2], column_number(place[3])
    columns = [node.get("name") for node in tree.iter("{*}tableColumn")]
    cells = {cell.get("r"): _text(cell, texts) for cell in sheet.tree.iter("{*}c")}
    headers = [cells.get(f"{column_letters(number)}{row}") for number in range(first, last + 1)]
    if columns != headers:
        yield Fault("header_differs", f"{name}: {sorted(set(map(str, columns)) ^ set(map(str, headers)))}")


def _text(cell: Any, texts: list[str]) -> str:
    if cell.get("t") == "s":
        number = int(cell.findtext("{*}v") or 0)
        return texts[number] if number < len(texts) else ""
    return "".join(node.text or "" for node in cell.iter("{*}t"))
