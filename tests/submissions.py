"""Submissions of made-up units by the dozen: each differs from the sample in its numbers, none is a copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pyxl import actions
from pyxl.actions import Sealed
from pyxl.outcomes import Examination
from tests.books import Rows, raw_book
from tests.reports import CATALOGUE, COVER, ROWS

__all__ = ["MOMENT", "TODAY", "cover_of", "examined", "rows_of", "sealed", "submission"]

TODAY = date(2024, 1, 10)
MOMENT = datetime(2023, 7, 3, 9, 15, tzinfo=UTC)
_FIRST_LEFT_OUT = ("theme_day", "committee_meeting", "group_study", "heart_to_heart_talk", "team_building")


def cover_of(number: int, **values: Any) -> dict[str, Any]:
    """The cover of unit `number`: ZB-0001, 云溪市第1党支部."""
    return {**COVER, "unit": f"云溪市第{number}党支部", "short_name": "", "code": f"ZB-{number:04}", **values}


def rows_of(number: int) -> dict[str, list[dict[str, Any]]]:
    """The sample's rows without some of them, and with other numbers: units differ in every figure that counts."""
    rows = {key: [dict(row) for row in found] for key, found in ROWS.items()}
    for place, key in enumerate(_FIRST_LEFT_OUT):
        if number >> place & 1:
            rows[key] = rows[key][1:]
    for place, row in enumerate(rows["team_building"]):
        row["evidence"] = f"第{number}号单位第{place + 1}次"
    return rows


def examined(number: int, *, rows: Mapping[str, Rows] | None = None, today: date = TODAY, **cover: Any) -> Examination:
    """The ledger of unit `number`, judged."""
    book = raw_book(CATALOGUE, cover_of(number, **cover), rows_of(number) if rows is None else rows)
    return actions.examine(book, CATALOGUE, today)


def sealed(number: int, *, moment: datetime = MOMENT, rows: Mapping[str, Rows] | None = None, **cover: Any) -> Sealed:
    """The submission of unit `number`, sealed with a key that is made when there is none."""
    found = examined(number, rows=rows, **cover)
    assert not [issue for issue in found.issues if issue.blocks], found.issues
    return actions.sealed_submission(found, moment)


def submission(
    folder: Path,
    number: int,
    *,
    moment: datetime = MOMENT,
    rows: Mapping[str, Rows] | None = None,
    name: str | None = None,
    **cover: Any,
) -> Path:
    """The same, as a file in `folder`."""
    made = sealed(number, moment=moment, rows=rows, **cover)
    path = folder / (name or actions.submission_name(made.manifest))
    path.write_bytes(made.content)
    return path
