"""What is to be told of a submission that counts, so that somebody can look into it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pyxl.core.matching import Units, alike
from pyxl.core.placing import Beaten, How, Placing, files_of
from pyxl.core.received import Received, Remark, about_clock, about_complaints
from pyxl.core.standing import Standing, Status, standing_of
from pyxl.core.versions import fallen_out
from pyxl.core.vouching import Pin

__all__ = ["MENDED", "Said"]

MENDED = ("has_errors", "content_changed")  # reasons that a later submission of the unit settles


class Said:
    """Everything that is known once all files have been placed."""

    def __init__(
        self, units: Units, placing: Placing, sound: Sequence[Received], broken: Sequence[Received],
        pins: Mapping[str, Pin], today: date,
    ) -> None:  # fmt: skip
        self._units, self._placing, self._today = units, placing, today
        self._versions: dict[str, list[Received]] = {}
        for each in sound:
            self._versions.setdefault(each.identity, []).append(each)
        self._known = set(map(alike, pins))
        self._named = Counter(name for _, name in {(each.identity, alike(each.unit)) for each in sound})
        self._refused = {each.identity: each for each in broken if each.reason in MENDED}

    def line(self, each: Received) -> Standing:
        """What becomes of a file that counts."""
        return replace(standing_of(Status.ACCEPTED, each, ""), remarks=tuple(self._remarks(each)))

    def _remarks(self, each: Received) -> Iterator[Remark]:
        """What was found in it first."""
        yield from each.remarks
        yield from self._about_names(each)
        if (later := self._refused.get(each.identity)) and later.made > each.made:
            yield Remark("later_returned", {"other": later.file})
        yield from _about_rivals(each, self._placing)
        yield from fallen_out(each, self._versions[each.identity], self._placing, self._units)
        yield from about_complaints(each)
        yield from about_clock(each, self._today)
        if not each.full:
            yield Remark("rows_unread", {})
        if alike(each.identity) not in self._known:
            yield Remark("first_key", {"now": each.key})

    def _about_names(self, each: Received) -> Iterator[Remark]:
        listed = self._units.listed(each.identity, each.unit)
        if listed and listed.name and alike(listed.name) != alike(each.unit):
            yield Remark("name_differs", {"roster": listed.name, "unit": each.unit})
        if self._named[alike(each.unit)] > 1:
            yield Remark("same_name", {"unit": each.unit})


def _about_rivals(each: Received, placing: Placing) -> Iterator[Remark]:
    """Which of its units count by another file, and which count by it although somebody else says otherwise."""
    beaten, won = placing.beaten_in.get(each.file, ()), placing.beaten_by.get(each.file, ())
    for how, code in _LOST.items():
        yield from _remark(code, [other for other in beaten if other.how in how], other="winner")
    for how, code in _WON.items():
        yield from _remark(code, [other for other in won if other.how in how], other="loser")


_LOST = {
    (How.EARLIER, How.OVERRULED): "counted_elsewhere", (How.ALTERED,): "unit_altered", (How.CLASH,): "unit_clash",
}  # fmt: skip
_WON = {(How.OVERRULED,): "overrules", (How.CLASH,): "unit_clashes"}


def _remark(code: str, found: Sequence[Beaten], *, other: str) -> Iterator[Remark]:
    if found:
        names = list(dict.fromkeys(each.loser.part.name for each in found))
        yield Remark(code, {"units": names, "other": files_of(getattr(each, other) for each in found)})
