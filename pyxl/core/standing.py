"""Where does a file that was handed in end, and where a unit that was expected?"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from pyxl.core.received import Received, Remark
from pyxl.record import record

__all__ = ["Expected", "Standing", "Status", "standing_of"]


class Status(StrEnum):
    """Where a file, or an expected unit, ends."""

    ACCEPTED = "accepted"  # its rows count
    REPLACED = "replaced"  # the same unit has sent a later one, or the same once more
    REJECTED = "rejected"  # it cannot be counted, and goes back
    OUTSIDE = "outside"  # of a unit that is not on the roster
    MISSING = "missing"  # expected, and not there
    IGNORED = "ignored"  # nothing that anybody would hand in for this period


class Expected(NamedTuple):
    """One unit of the roster."""

    code: str
    name: str

    @property
    def identity(self) -> str:
        """What tells it from others."""
        return self.code or self.name


@record
class Standing:
    """One line of what became of everything: a file, or a unit without one."""

    status: Status
    identity: str
    unit: str
    reason: str = ""  # a key of text/collecting.toml or dialogs.toml
    params: Mapping[str, Any] | None = None
    received: Received | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def file(self) -> str:
        """The file's name, "" for a unit without one."""
        return self.received.file if self.received else ""

    @property
    def has_conflict(self) -> bool:
        """Whether a figure may be wrong because of it, so that somebody has to ask the units."""
        return self.reason in _CONFLICTS or any(remark.code in _CONFLICTS for remark in self.remarks)


_CONFLICTS = frozenset(  # of the reasons and remarks in text/collecting.toml
    {"code_shared", "overruled", "altered", "unit_clash", "unit_clashes", "unit_altered", "overrules", "fallen_out"}
)


def standing_of(status: Status, each: Received, reason: str, /, **params: Any) -> Standing:
    """The line of a file."""
    return Standing(status, each.identity, each.unit, reason, params, each, each.remarks)
