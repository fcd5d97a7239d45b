# ruff: noqa: PTH116, PTH119, PTH123
"""Is this file a workbook that may be read at all, and where in it does everything stand?

Looks at the raw bytes before any spreadsheet parser does. Everything that could abort, hang, or
mislead a parser is refused here, with the reason.
"""

from __future__ import annotations

import os  # not pathlib, whose import is a tenth of the child's start
import re
from collections.abc import Mapping
from stat import S_ISDIR, S_ISREG
from types import MappingProxyType
from typing import NamedTuple

from pyxl.core.place import column_number
from pyxl.excel.closed.container import Container
from pyxl.excel.closed.refusal import Refusal
from pyxl.excel.closed.xmlpart import attribute, forbid_dtd, parse

__all__ = ["MAX_FILE", "Package", "SheetPart", "inspect", "load"]

MAX_FILE = 100 * 1024 * 1024  # bytes on disk; photographs in a workbook can be large
_LOCKS = ("~$", ".~lock.")
_STRICT = b"http://purl.oclc.org/ooxml/"
_XML = (".xml", ".rels", ".vml")
_REFERENCE = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!\[\]]+))!\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::[$A-Z\d]+)?$")
_NOTES = (  # a part whose presence is worth a word → key of words.toml [notes]
    ("xl/vbaproject.bin", "has_macros"),
    ("xl/externallinks/", "external_links"),
    ("xl/connections.xml", "connections"),
    ("xl/embeddings/", "embedded_objects"),
)


class SheetPart(NamedTuple):
    """One worksheet: its name, the part it stands in, and visible, hidden or veryHidden."""

    name: str
    part: str
    state: str


class Package(NamedTuple):
    """What is known of a sound workbook before any cell is read."""

    sheets: tuple[SheetPart, ...]  # in the order of the tabs
    names: Mapping[str, tuple[str, int, int]]  # defined name → sheet, row, column (of its first cell), 1-based
    date1904: bool
    notes: tuple[str, ...]  # keys of words.toml [notes]
    workbook: str  # name of the part that lists the sheets
    strings: str | None  # name of the part with the shared strings
    styles: str | None  # name of the part with the number formats
    contents: Mapping[str, bytes]  # the inflated parts that cells are read from


def load(path: str) -> bytes:
    """The file's bytes, opened for reading only; Refusal when it is none, empty, or too large."""
    if os.path.basename(path).startswith(_LOCKS):
        raise Refusal("lock_file")
    try:
        status = os.stat(path)
        if S_ISDIR(status.st_mode):
            raise Refusal("is_folder")
        if not S_ISREG(status.st_mode):
            raise Refusal("not_a_file")
        if status.st_size > MAX_FILE:
            raise Refusal("file_too_large", megabytes=status.st_size // (1024 * 1024))
        with open(path, "rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        raise Refusal("file_missing") from None
    except PermissionError:
        raise Refusal("file_locked") from None
    except OSError as error:
        raise Refusal("file_unreadable", reason=error.strerror or str(error)) from None
    if not data:
        raise Refusal("file_empty")
    return data


def inspect(data: bytes, path: str, container: Container | None = None) -> Package:
    """What stands where in the workbook whose bytes are `data`; of `path` only the ending counts.

    `container`: of the same bytes, by who has looked at them already.

    Raises Refusal: see the codes of text/dialogs.toml under «reading a workbook».
    """
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from pyxl.excel.closed.kinds import foreign_file  # not before there is need of it

        raise foreign_file(data, path)
    container = container or Container(data)
    workbook = _workbook_part(container)
    texts = _checked_parts(container)
    if _STRICT in texts[workbook]:
        raise Refusal("strict_format")
    links = _relationships(texts, workbook)
    sheets, names, date1904 = _read_workbook(texts, workbook, links)
    kinds = {kind: target for kind, target in links.values() if kind in ("sharedStrings", "styles")}
    needed = {*(sheet.part for sheet in sheets), *kinds.values()}
    for part in needed - texts.keys():
        raise Refusal("part_missing", part=part)
    return Package(
        sheets=sheets,
        names=MappingProxyType(names),
        date1904=date1904,
        notes=_notes(container.names),
        workbook=workbook,
        strings=kinds.get("sharedStrings"),
        styles=kinds.get("styles"),
        contents=MappingProxyType({part: texts[part] for part in needed}),
    )


def _workbook_part(container: Container) -> str:
    """The part that lists the sheets, as the package itself names it."""
    root = container.find("_rels/.rels")
    if root is None:
        raise _foreign(container, "_rels/.rels")
    content = container.read(root)
    forbid_dtd(content, root)
    links = _relationships({root: content}, "")
    target = next((target for kind, target in links.values() if kind == "officeDocument"), "xl/workbook.xml")
    part = container.find(target)
    if part is None or not part.lower().endswith(".xml") or part.lower().startswith(("word/", "ppt/")):
        raise _foreign(container, target)
    if not container.find("[Content_Types].xml"):
        raise Refusal("part_missing", part="[Content_Types].xml")
    return part


def _foreign(container: Container, missing: str) -> Refusal:
    from pyxl.excel.closed.kinds import foreign_container  # not before there is need of it

    return foreign_container(container, missing)


def _checked_parts(container: Container) -> dict[str, bytes]:
    """Every XML part inflated and free of declarations; every other part inflated and let go.

    Pictures are not read, but a broken checksum in one means that the file was damaged on its way.
    """
    texts: dict[str, bytes] = {}
    for name in container.names:
        content = container.read(name)
        if name.lower().endswith(_XML):
            forbid_dtd(content, name)
            texts[name] = content
    return texts


def _relationships(texts: Mapping[str, bytes], source: str) -> dict[str, tuple[str, str]]:
    """Id → last word of the type, and the part it leads to (as written, where there is such a part)."""
    folder, _, name = source.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    written = {part.lower(): part for part in texts}
    part = written.get(rels.lower())
    if part is None:
        raise Refusal("part_missing", part=rels)
    links: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = _resolved(folder, attributes.get("Target", ""))
            kind = attributes.get("Type", "").rpartition("/")[2]
            links[attributes.get("Id", "")] = (kind, written.get(target.lower(), target))

    parse(texts[part], part, start)
    return links


def _resolved(folder: str, target: str) -> str:
    """The part that a relationship of a part in `folder` leads to."""
    target = target.replace("\\", "/")
    steps = [] if target.startswith("/") else [step for step in folder.split("/") if step]
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _read_workbook(
    texts: Mapping[str, bytes], workbook: str, links: Mapping[str, tuple[str, str]]
) -> tuple[tuple[SheetPart, ...], dict[str, tuple[str, int, int]], bool]:
    """Worksheets in tab order, defined names that point at cells, and whether days count from 1904."""
    sheets: list[SheetPart] = []
    defined: list[tuple[bool, str, list[str]]] = []
    epochs: list[bool] = []
    text: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal text
        if element == "sheet":
            kind, part = links.get(attribute(attributes, "id") or "", ("", ""))
            if kind == "worksheet":
                sheets.append(SheetPart(attributes.get("name", ""), part, _state(attributes.get("state"))))
        elif element == "definedName":
            text = []
            defined.append(("localSheetId" in attributes, attributes.get("name", ""), text))
        elif element == "workbookPr":
            epochs.append(attributes.get("date1904") in ("1", "true"))

    def end(_: str) -> None:
        nonlocal text
        text = []  # what stands between the elements goes nowhere

    def characters(piece: str) -> None:
        text.append(piece)

    parse(texts[workbook], workbook, start, end, characters)
    if not sheets:
        raise Refusal("no_sheets")
    return tuple(sheets), _cells_named(defined, {sheet.name for sheet in sheets}), any(epochs)


def _state(written: str | None) -> str:
    return written if written in ("hidden", "veryHidden") else "visible"


def _cells_named(defined: list[tuple[bool, str, list[str]]], sheets: set[str]) -> dict[str, tuple[str, int, int]]:
    """Names that lead to a cell of this workbook; a name for the whole book beats one for a sheet."""
    found: dict[str, tuple[str, int, int]] = {}
    for _, name, pieces in sorted(defined, key=lambda entry: entry[0]):
        match = None if name.startswith("_xlnm.") else _REFERENCE.match("".join(pieces).strip())
        if match is None:
            continue
        sheet = (match[1] or match[2]).replace("''", "'")
        sheet = sheet if sheet in sheets else sheet.lstrip("$")
        if sheet in sheets:
            found.setdefault(name, (sheet, int(match[4]), column_number(match[3])))
    return found


def _notes(parts: tuple[str, ...]) -> tuple[str, ...]:
    lowered = [part.lower() for part in parts]
    return tuple(key for prefix, key in _NOTES if any(part.startswith(prefix) for part in lowered))
