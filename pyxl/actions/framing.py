"""How does somebody who wants to analyse further get at the rows of a ledger?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.actions.examining import load_catalogue

if TYPE_CHECKING:
    import pandas as pd

    from pyxl.core.ledger import Value

__all__ = ["frames"]


def frames(ledger: Path, *, catalogue_folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """Sheet → its rows as a pandas frame, of one unit's ledger or of a consolidated one, as they were read.

    Columns bear the labels of the sheet, the index is the row in it; dates are datetime64, what holds several
    values is a tuple. Nothing is judged: rows in error are there too. Raises WorkbookError and CatalogueError.
    """
    import pandas as pd

    from pyxl.catalogue.model import ColumnType
    from pyxl.excel.closed.reading import read_book
    from pyxl.excel.parse import parse
    from pyxl.excel.tabs import catalogue_for

    book = read_book(ledger)
    catalogue = catalogue_for(book, load_catalogue(catalogue_folder))
    found = parse(book, catalogue)
    made = {}
    for activity in catalogue.activities:
        entries = found.rows(activity.key)
        columns: dict[str, list[Value]] = {c.label: [entry.get(c.key) for entry in entries] for c in activity.columns}
        frame = pd.DataFrame(columns, index=pd.Index([entry.row for entry in entries], name=activity.label))
        dates = [c.label for c in activity.columns if c.type in (ColumnType.DATE, ColumnType.MONTH)]
        made[activity.label] = frame.astype(dict.fromkeys(dates, "datetime64[s]"))
    return made
