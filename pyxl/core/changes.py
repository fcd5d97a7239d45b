"""What has become of the rows that a number rested on? The ledger as it was against the ledger as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from pyxl.core.provenance import Number, Provenance, SourceRow
from pyxl.record import record

__all__ = ["NumberChange", "RowChange", "RowState", "compared"]


class RowState(StrEnum):
    """What has become of a row."""

    SAME = "same"
    MOVED = "moved"  # it says the same on another row of the sheet
    CHANGED = "changed"
    UNCOUNTED = "uncounted"  # still there, but it counts no longer
    GONE = "gone"
    NEW = "new"  # added, or counted only now


@record
class RowChange:
    """One row then and now; either may be wanting."""

    state: RowState
    then: SourceRow | None
    now: SourceRow | None

    @property
    def row(self) -> SourceRow:
        """The row as it was told; a new one as it is."""
        found = self.then or self.now
        assert found
        return found


@record
class NumberChange:
    """One number then and now."""

    then: Number
    now: Number | None  # None: the catalogue knows no such figure any more
    rows: tuple[RowChange, ...]

    @property
    def differs(self) -> bool:
        """Whether the ledger says another value than the document."""
        return self.now is None or self.now.value != self.then.value

    @property
    def changed(self) -> bool:
        """Whether anything of it is not as it was."""
        return self.differs or any(row.state is not RowState.SAME for row in self.rows)


def compared(then: Provenance, now: Provenance) -> dict[str, NumberChange]:
    """Every number of a document against the ledger as it is now, by name."""
    return {name: _number(number, now.numbers.get(name), then, now) for name, number in then.numbers.items()}


def _number(then: Number, now: Number | None, before: Provenance, after: Provenance) -> NumberChange:
    refs = now.rows if now else ()
    if then.rows is None or refs is None:  # too many to be told: only the values can be compared
        return NumberChange(then, now, ())
    old, new = [before.rows[ref] for ref in then.rows], [after.rows[ref] for ref in refs]
    return NumberChange(then, now, tuple(_rows(old, new, after.rows)))


def _rows(old: Sequence[SourceRow], new: Sequence[SourceRow], there: Mapping[str, SourceRow]) -> Iterator[RowChange]:
    """The rows in their old order, each with what it has become; behind them those that are new."""
    left = {row.ref: row for row in new}
    counted = frozenset(left)
    same = {row.ref for row in old if row.ref in left and left[row.ref].digest == row.digest}
    pairs = {ref: left.pop(ref) for ref in same}
    twins: dict[str, list[SourceRow]] = defaultdict(list)
    for row in left.values():
        twins[f"{row.sheet} {row.digest}"].append(row)
    for row in old:
        if row.ref not in same and (found := twins[f"{row.sheet} {row.digest}"]):
            pairs[row.ref] = left.pop(found.pop(0).ref)
    for row in old:
        if row.ref in pairs:
            yield RowChange(RowState.SAME if row.ref in same else RowState.MOVED, row, pairs[row.ref])
        elif now := left.pop(row.ref, None):
            yield RowChange(RowState.CHANGED, row, now)
        elif row.ref in there and row.ref not in counted:
            yield RowChange(RowState.UNCOUNTED, row, there[row.ref])
        else:
            yield RowChange(RowState.GONE, row, None)
    for row in left.values():
        yield RowChange(RowState.NEW, None, row)
