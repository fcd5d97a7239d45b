"""What does the sheet 校验结果 say?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pyxl.catalogue.model import Severity
from pyxl.core.issue import Issue, summary
from pyxl.core.place import CellRef
from pyxl.excel.building.layout import FIRST_ROW, LAST_ROW
from pyxl.excel.pages.line import Line, shortened
from pyxl.text import phrase

__all__ = ["RESULT_COLUMNS", "checked", "results", "status"]

RESULT_COLUMNS = ("level", "sheet", "cell", "found", "message", "hint")  # keys of sheets.toml [results]

_MOST = LAST_ROW - FIRST_ROW + 1
_LONGEST = 300  # characters of what was typed: a row shows no more of it
_GRAVITY = {level: number for number, level in enumerate((Severity.ERROR, Severity.WARNING, Severity.HINT))}


def results(issues: Sequence[Issue]) -> tuple[Line, ...]:
    """A line for each issue, the gravest first, otherwise in the order given: that of the workbook.

    No more than the highlighting looks at; then the last line says how many others there are.
    """
    graded = sorted(issues, key=lambda found: _GRAVITY[found.severity])
    if len(graded) <= _MOST:
        return tuple(map(_line, graded))
    more, hint = (phrase("sheets", "results", key, count=len(graded) - _MOST + 1) for key in ("more", "more_hint"))
    return (*map(_line, graded[: _MOST - 1]), Line((None, None, None, None, more, hint)))


def _line(found: Issue) -> Line:
    """An issue; its address leads to its cell, of a whole row to the row's first."""
    level = phrase("sheets", "severity", found.severity)
    where, typed = found.where, shortened(found.found, _LONGEST)
    message = found.message if typed == found.found else found.message.replace(found.found, typed)
    told = (typed or None, shortened(message), shortened(found.hint))
    cells = (level, where.sheet or None, where.cell or None, *told)
    return Line(cells, CellRef(where.sheet, where.row, where.column or 1) if where.row else None)


def status(issues: Sequence[Issue] | None) -> str:
    """The line above the table: how many of each level, nothing found, or (None) not yet checked."""
    if not issues:
        return phrase("sheets", "results", "not_yet" if issues is None else "clean")
    counts = summary(tuple(issues))
    return phrase("sheets", "results", "counts", **{level.value: count for level, count in counts.items()})


def checked(moment: datetime | None = None) -> str:
    """What stands beside it: that the ledger was checked, and when where that is known."""
    if moment is None:
        return phrase("sheets", "results", "checked")
    return phrase("sheets", "results", "checked_at", moment=f"{moment:%Y-%m-%d %H:%M}")
