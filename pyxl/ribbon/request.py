"""Which button was clicked, and in which application and book?

    python -X utf8 -B -m pyxl.ribbon KEY --wb=NAME --from_xl=1 --hwnd=HWND [--catalogue=DIR]

These are xlwings' own words, but not read by it: it cuts a name at its first `=`. A `%` of the name
comes as `%25`, because Windows puts variables in place of %NAMES%. LibreOffice adds three variables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pyxl.errors import UsageError
from pyxl.record import record

__all__ = ["Request", "requested"]


@record
class Request:
    """One click. `book` is the name of the active workbook, "" when none was open."""

    key: str
    book: str
    window: int = 0  # Excel's
    catalogue: Path | None = None
    office: str = ""  # how LibreOffice is reached: pipe,name=…
    document: str = ""  # its RuntimeUID of the workbook
    office_process: int = 0

    @property
    def mark(self) -> str:
        """The same for every click in the same book, and for no other."""
        if self.office:
            return f"{self.office_process} {self.document}"
        return f"{self.window} {self.book}"


def requested(words: Sequence[str], environment: Mapping[str, str], keys: Sequence[str]) -> Request:
    """The click that these words tell of. Raises UsageError when they tell of none; `keys` are the buttons."""
    key = words[0] if words else ""
    if key not in keys:
        raise UsageError("unknown_button", written=key, keys=", ".join(keys))
    given = dict(_options(words[1:]))
    folder = given.get("--catalogue") or environment.get("PYXL_CATALOGUE")
    return Request(
        key=key,
        book=given.get("--wb", "").replace("%25", "%"),
        window=_number(given.get("--hwnd", "")),
        catalogue=Path(folder) if folder else None,
        office=environment.get("PYXL_LIBREOFFICE", ""),
        document=environment.get("PYXL_DOCUMENT", ""),
        office_process=_number(environment.get("PYXL_OFFICE_PID", "")),
    )


def _options(words: Sequence[str]) -> list[tuple[str, str]]:
    """Name and value of each option: the name ends at the first `=`, the value may hold more of them."""
    parts = [word.partition("=") for word in words]
    if wrong := [name for name, mark, _ in parts if not mark or name not in _KNOWN]:
        raise UsageError("unknown_button_option", written=wrong[0])
    return [(name, value) for name, _, value in parts]


_KNOWN = ("--wb", "--from_xl", "--hwnd", "--catalogue")


def _number(written: str) -> int:
    return int(written) if written.lstrip("-").isdecimal() else 0
