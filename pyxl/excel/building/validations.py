"""What may be typed into a cell, and what is said when something else is?

A drop-down stops only what the reader could not use either; elsewhere it asks, or only suggests.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from pyxl.catalogue.model import Catalogue, Column, ColumnType
from pyxl.excel.building.formulas import name
from pyxl.text import phrase, phrases

__all__ = ["note", "validation"]

# Numbers typed for dates (2023, 1985.03, 20230305) lie outside these days, seen as days.
_EARLIEST, _LATEST = date(1920, 1, 1), date(2099, 12, 31)

_LONGEST_MESSAGE = 255


def validation(column: Column, catalogue: Catalogue, named: Mapping[tuple[str, ...], str]) -> dict[str, Any] | None:
    """The XlsxWriter data validation for a column's cells; None where people write freely.

    `named`: lists too long to be written out → the defined name that holds them.
    """
    match column.type:
        case ColumnType.DATE | ColumnType.MONTH:
            rule = _stop(column.type, validate="date", criteria="between", minimum=_EARLIEST, maximum=_LATEST)
        case ColumnType.TIME:
            rule = _stop("time", validate="time", criteria="between", minimum=time(0, 0), maximum=time(23, 59, 59))
        case ColumnType.INTEGER | ColumnType.DECIMAL:
            rule = _amount(column)
        case ColumnType.YESNO:
            rule = _closed(tuple(phrases("words", "yesno").values()), named)
        case ColumnType.CHOICE if column.open:
            rule = _list(column.choices, named) | _alert("warning", phrase("sheets", "alerts", "open"))
        case ColumnType.CHOICE:
            rule = _closed(column.choices, named)
        case ColumnType.PERSON | ColumnType.PEOPLE:
            return _members(column, catalogue)
        case _ if column.choices:  # several in one cell: suggested, never questioned
            rule = _list(column.choices, named) | {"show_error": False}
        case _:
            return None
    return rule


def _alert(kind: str, message: str) -> dict[str, Any]:
    title = phrase("sheets", "alerts", "title")
    return {"error_type": kind, "error_title": title, "error_message": message[:_LONGEST_MESSAGE]}


def _stop(message: str, **rule: Any) -> dict[str, Any]:
    return rule | _alert("stop", phrase("sheets", "alerts", message))


def _amount(column: Column) -> dict[str, Any]:
    """A number that is 0 or more, up to the column's maximum."""
    kind = str(column.type)
    rule = {"validate": kind, "criteria": ">=", "value": 0}
    if column.maximum is None:
        return rule | _alert("stop", phrase("sheets", "alerts", kind))
    limit = f"{column.maximum:g}"
    most = int(column.maximum) if column.type is ColumnType.INTEGER else column.maximum
    rule = {"validate": kind, "criteria": "between", "minimum": 0, "maximum": most}
    return rule | _alert("stop", phrase("sheets", "alerts", f"{kind}_max", maximum=limit))


def _list(choices: tuple[str, ...], named: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    return {"validate": "list", "source": f"={named[choices]}" if choices in named else list(choices)}


def _closed(choices: tuple[str, ...], named: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    listing = phrase("words", "grammar", "separator").join(choices)
    message = phrase("sheets", "alerts", "closed", choices=listing)
    if len(message) > _LONGEST_MESSAGE:
        message = phrase("sheets", "alerts", "closed_long")
    return _list(choices, named) | _alert("stop", message)


def _members(column: Column, catalogue: Catalogue) -> dict[str, Any] | None:
    """The roster's names as suggestions; several names in one cell raise no question at all."""
    roster = catalogue.by_key.get("roster")
    if roster is None or not roster.has("name"):
        return None
    rule = {"validate": "list", "source": f"={name('members')}"}
    if column.type is ColumnType.PEOPLE:
        return rule | {"show_error": False}
    return rule | _alert("information", phrase("sheets", "alerts", "person", roster=roster.label))


def note(column: Column, catalogue: Catalogue) -> str:
    """The hint on a column's header: what, an example, the rule, what there is to choose from."""
    parts = [column.hint]
    if column.required:
        parts.insert(0, phrase("sheets", "notes", "required"))
    if column.choices:
        listing = phrase("words", "grammar", "separator").join(column.choices)
        parts.append(phrase("sheets", "notes", "choices", choices=listing))
    if column.open:
        parts.append(phrase("sheets", "notes", "open"))
    kind = {ColumnType.CHOICES: "several", ColumnType.ITEMS: "several"}.get(column.type, str(column.type))
    if kind in phrases("sheets", "notes") and not _says_so(column):
        roster = catalogue.by_key.get("roster")
        parts.append(phrase("sheets", "notes", kind, roster=roster.label if roster else ""))
    return "\n".join(part for part in parts if part)


def _says_so(column: Column) -> bool:
    """Whether the catalogue's own hint already tells how to write it; ours comes only without one."""
    return bool(column.hint) and column.type not in (ColumnType.CHOICES, ColumnType.ITEMS, ColumnType.PEOPLE)
