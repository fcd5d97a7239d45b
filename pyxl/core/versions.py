"""Which of the submissions that one unit has made is its last word?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyxl.core.matching import Units, alike
from pyxl.core.placing import Placing
from pyxl.core.received import Received, Remark
from pyxl.core.standing import Standing, Status, standing_of
from pyxl.core.travelling import VIA

__all__ = ["fallen_out", "latest"]


def latest(files: Iterable[Received]) -> tuple[list[Received], list[Standing]]:
    """Of each unit the submission made last, and what becomes of the others; of equal ones the first by name.

    A unit's own ledger and what it has collected from others are two things: neither replaces the other.
    """
    files = list(files)
    chosen: dict[tuple[str, bool], Received] = {}
    for each in files:
        before = chosen.get(_kind(each))
        if before is None or (before.made, before.content) != (each.made, each.content):
            chosen[_kind(each)] = each
    others = [_other(each, chosen[_kind(each)]) for each in files if chosen[_kind(each)] is not each]
    return list(chosen.values()), others


def _kind(each: Received) -> tuple[str, bool]:
    return each.identity, any(part.facts.get(VIA) for part in each.units)


def _other(each: Received, last: Received) -> Standing:
    """An earlier version goes nowhere; what may be another unit's, or as late as the last, has to be asked about."""
    if each.content == last.content:
        return standing_of(Status.REPLACED, each, "same", other=last.file)
    if alike(each.unit) != alike(last.unit):
        return standing_of(Status.REPLACED, each, "code_shared", other=last.file, name=last.unit)
    if each.made == last.made:
        return standing_of(Status.REJECTED, each, "tied", other=last.file)
    return standing_of(Status.REPLACED, each, "older", other=last.file)


def fallen_out(last: Received, files: Iterable[Received], placing: Placing, units: Units) -> Iterator[Remark]:
    """Units that stand in an earlier version of this file and now nowhere."""
    for each in files:
        if each is last or _kind(each) != _kind(last) or each.made >= last.made:
            continue
        gone = [part.name for part in each.units if units.identity(part.identity, part.name) not in placing.chosen]
        if gone:
            yield Remark("fallen_out", {"units": gone, "other": each.file})
