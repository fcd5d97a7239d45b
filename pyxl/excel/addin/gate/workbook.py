"""Does what a workbook refers to exist: sheets, code names, names, formats and shared texts?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pyxl.excel.addin.gate.container import MAIN, Container, relations
from pyxl.excel.addin.gate.fault import Fault
from pyxl.record import record

__all__ = ["Sheet", "shared_texts", "sheets", "workbook_faults"]

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET_OF_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^\s!'(),$:+\-*/&=<>\"]+))!")
_TEXT_IN_FORMULA = re.compile(r'"(?:[^"]|"")*"')


@record
class Sheet:
    """A sheet by the name on its tab, and the part that holds it."""

    label: str
    part: str
    tree: Any


def sheets(container: Container) -> tuple[Sheet, ...]:
    """The sheets that have a part, in the order of their tabs."""
    targets = {relation.id: relation.target for relation in relations(container, MAIN)}
    listed = [(node.get("name"), targets.get(node.get(_ID), "")) for node in container.trees[MAIN].iter("{*}sheet")]
    return tuple(Sheet(label, part, container.trees[part]) for label, part in listed if part in container.trees)


def shared_texts(container: Container) -> list[str]:
    """The texts that cells name by number."""
    tree = container.trees.get("xl/sharedStrings.xml")
    items = () if tree is None else tree.iterfind("{*}si")
    return ["".join(node.text or "" for node in item.iter("{*}t")) for item in items]


def workbook_faults(container: Container) -> tuple[Fault, ...]:
    """Everything that Excel would repair, or refuse, on opening."""
    return (*_sheet_faults(container), *_name_faults(container), *_cell_faults(container))


def _sheet_faults(container: Container) -> Iterator[Fault]:
    listed = [node.get("name") for node in container.trees[MAIN].iter("{*}sheet")]
    present = [sheet.label for sheet in sheets(container)]
    yield from (Fault("sheet_without_part", label) for label in listed if label not in present)
    labels = Counter(label.lower() for label in listed)
    yield from (Fault("duplicate_sheet", label) for label, times in labels.items() if times > 1)


def _name_faults(container: Container) -> Iterator[Fault]:
    """A name that leads to a sheet that is not there, or twice the same name in one scope."""
    labels = {sheet.label for sheet in sheets(container)}
    scopes: Counter[tuple[str, str]] = Counter()
    for node in container.trees[MAIN].iter("{*}definedName"):
        scopes[node.get("name").lower(), node.get("localSheetId", "")] += 1
        formula = _TEXT_IN_FORMULA.sub("", node.text or "")
        for quoted, bare in _SHEET_OF_REFERENCE.findall(formula):
            label = quoted.replace("''", "'") or bare
            if label not in labels:
                yield Fault("dangling_name", f"{node.get('name')}: {label}")
        if "#REF!" in formula:
            yield Fault("dangling_name", f"{node.get('name')}: #REF!")
    yield from (Fault("duplicate_name", name) for (name, _), times in scopes.items() if times > 1)


def _cell_faults(container: Container) -> Iterator[Fault]:
    """Formats and texts are named by number: none may be beyond the end of its list."""
    styles = container.trees["xl/styles.xml"]
    formats = len(styles.find("{*}cellXfs"))
    differential = styles.find("{*}dxfs")
    conditional = 0 if differential is None else len(differential)
    texts = len(shared_texts(container))
    for sheet in sheets(container):
        for cell in sheet.tree.iter("{*}c"):
            where = f"{sheet.label}!{cell.get('r')}"
            if int(cell.get("s", "0")) >= formats:
                yield Fault("style_out_of_range", where)
            if cell.get("t") == "s" and int(cell.findtext("{*}v") or 0) >= texts:
                yield Fault("text_out_of_range", where)
        for rule in sheet.tree.iter("{*}cfRule"):
            if int(rule.get("dxfId", "-1")) >= conditional:
                yield Fault("conditional_format_out_of_range", sheet.label)
