"""What does an upper level's ledger know besides its rows: who is missing, what came to be in an earlier period?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pyxl.core.period import Period
from pyxl.record import record

__all__ = ["Background", "Earlier", "EarlierUnit"]


class EarlierUnit(NamedTuple):
    """What one unit came to in an earlier period."""

    identity: str
    name: str
    counts: Mapping[str, int]  # activity key → how often
    ref: str = ""  # the row it stands on: 上期各单位!4


@record
class Earlier:
    """上期: what the units came to in an earlier period."""

    period: Period
    units: tuple[EarlierUnit, ...]


@record
class Background:
    """What cannot be told from the rows of a ledger of many units."""

    missing: tuple[str, ...] = ()  # names of units that were expected and have not handed in
    returned: tuple[tuple[str, str], ...] = ()  # identity and name of units of which a file goes back
    earlier: Earlier | None = None
