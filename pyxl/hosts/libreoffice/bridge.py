"""How does an interpreter that is not LibreOffice's own reach its objects?

Debian keeps the module `uno` where only the system's Python looks. That folder goes to the end of the
path, so that nothing in it hides a package of ours, and only when `uno` is not to be had without it.
"""

from __future__ import annotations

import sys
from typing import Any

from pyxl.errors import HostError

__all__ = [
    "UnoException",
    "area",
    "cell_address",
    "enumerated",
    "file_path",
    "file_url",
    "properties",
    "structure",
    "uniform",
    "uno",
]

_SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"


def _uno() -> Any:
    try:
        import uno
    except ModuleNotFoundError:
        sys.path.append(_SYSTEM_PACKAGES)
        try:
            import uno
        except ImportError:
            raise HostError("uno_missing") from None
    return uno


uno = _uno()
UnoException: Any = uno.getClass("com.sun.star.uno.Exception")


def structure(name: str, **fields: object) -> Any:
    """Make a UNO struct, e.g. of "lang.Locale"."""
    made = uno.createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def enumerated(kind: str, name: str) -> Any:
    """Make a value of a UNO enumeration, e.g. TO_RIGHT of "sheet.FillDirection"."""
    return uno.Enum(f"com.sun.star.{kind}", name)


def properties(**values: object) -> tuple[Any, ...]:
    """Named arguments, as loading, storing and dispatching take them."""
    return tuple(structure("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def uniform(target: Any, name: str) -> Any:
    """A property's value; None where parts of the target differ in it, and LibreOffice gives some default."""
    mixed = target.getPropertyState(name).value == "AMBIGUOUS_VALUE"
    return None if mixed else target.getPropertyValue(name)


def area(sheet: int, row: int, column: int, rows: int, columns: int) -> Any:
    """A CellRangeAddress from a first row and column that count from 1, and a size; `sheet` counts from 0."""
    return structure(
        "table.CellRangeAddress",
        Sheet=sheet,
        StartRow=row - 1,
        StartColumn=column - 1,
        EndRow=row + rows - 2,
        EndColumn=column + columns - 2,
    )


def cell_address(sheet: int, row: int, column: int) -> Any:
    """A CellAddress from a row and a column that count from 1; `sheet` counts from 0."""
    return structure("table.CellAddress", Sheet=sheet, Row=row - 1, Column=column - 1)


def file_url(path: str) -> str:
    """The URL that stands for a file's path."""
    return str(uno.systemPathToFileUrl(path))


def file_path(url: str) -> str:
    """The path that a file's URL stands for."""
    return str(uno.fileUrlToSystemPath(url))
