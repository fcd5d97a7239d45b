"""What is a cell of a submission called in the ledger that it came from?

A submission has other rows and columns than its unit's ledger: rows that do not count and columns that are
private stay below. Each row says where it came from; a column is called by its name.
"""

from __future__ import annotations

import re

from pyxl.catalogue.model import Catalogue
from pyxl.core.issue import Issue
from pyxl.core.ledger import Ledger
from pyxl.core.received import Complaint
from pyxl.core.travelling import ORIGIN, REGISTER, UNIT
from pyxl.text import phrase

__all__ = ["Origins"]

_CELL = re.compile(r" ?(?<![A-Za-z0-9!])([A-Z]{1,3})([0-9]{1,7})(?![A-Za-z0-9]) ?")  # and the spaces around


class Origins:
    """The rows and columns of a travelling ledger, by where they came from."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue) -> None:
        self._rows = {(row.sheet, row.row): row for row in ledger.all_rows()}
        self._columns: dict[tuple[str, int], str] = {}
        for key, rows in ledger.entries.items():
            for column, place in rows[0].places.items() if rows else ():
                self._columns[rows[0].sheet, place] = catalogue.activity(key).column(column).label
        labels = {field.key: field.label for field in catalogue.cover}
        self._cover = {place: labels[key] for key, place in ledger.cover_places.items()}
        names = sorted({sheet for sheet, _ in self._rows}, key=len, reverse=True)
        self._named = re.compile(rf"({'|'.join(map(re.escape, names)) or '(?!)'})!([0-9]{{1,7}})(?![A-Za-z0-9])")
        opening, closing = (phrase("words", "grammar", key) for key in ("open_quote", "close_quote"))
        self._quoted = re.compile(f"({opening}[^{closing}]*{closing})")

    def complaint(self, issue: Issue) -> Complaint:
        """The issue as its unit is told it: places are those of its own ledger."""
        where = issue.where
        row = self._rows.get((where.sheet, where.row or 0))
        label = self._cover.get(where) or self._columns.get((where.sheet, where.column or 0), "")
        return Complaint(
            issue.severity,
            where.sheet,
            where.cell,
            issue.found,
            self._own(issue.message, where.sheet),
            self._own(issue.hint, where.sheet),
            row.text(ORIGIN) if row else "",
            row.text(UNIT) if row else "",
            label,
        )

    def _own(self, text: str, sheet: str) -> str:
        """The text with its addresses put into words; what is quoted from a cell stays as it is."""
        parts = self._quoted.split(text)
        parts[::2] = [
            self._named.sub(self._row, _CELL.sub(lambda found: self._cell(found, sheet), part)) for part in parts[::2]
        ]
        return "".join(parts)

    def _cell(self, found: re.Match[str], sheet: str) -> str:
        """第9行“实到”; of the cover and of the sheet of units, which stands for it, the field alone."""
        column, number = _number(found[1]), int(found[2])
        field = next((label for place, label in self._cover.items() if place == (sheet, number, column)), "")
        row, label = self._rows.get((sheet, number)), self._columns.get((sheet, column), "")
        if field or (label and row and row.activity == REGISTER):
            return phrase("words", "trace", "own_field", label=field or label)
        origin = row.text(ORIGIN).rpartition("!")[2] if row else ""
        return phrase("words", "trace", "own_cell", row=origin, label=label) if origin and label else found[0]

    def _row(self, found: re.Match[str]) -> str:
        row = self._rows.get((found[1], int(found[2])))
        return (row.text(ORIGIN) if row else "") or found[0]


def _number(letters: str) -> int:
    """AB → 28."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
