"""What is known of one file that was handed in, once it has been looked at?

Plain values only, so that it can come from another process, and be kept for the next time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, NamedTuple

from pyxl.core.submission import UnitPart
from pyxl.record import record

__all__ = ["Complaint", "Received", "Remark", "about_clock", "about_complaints", "decoded", "encoded"]


class Complaint(NamedTuple):
    """An issue of a submission, as its unit is told it."""

    severity: str
    sheet: str
    cell: str
    found: str
    message: str
    hint: str
    origin: str = ""  # the row of the unit's own ledger
    unit: str = ""  # whose row it is
    column: str = ""  # label of its column


class Remark(NamedTuple):
    """Something that does not keep a submission from being counted, but is told; see text/collecting.toml."""

    code: str
    params: Mapping[str, Any]


@record
class Received:
    """收到的一份文件: what it is, or why it is nothing that can be counted."""

    file: str  # its name in the folder
    digest: str  # SHA-256 of its bytes
    reason: str = ""  # why it cannot be counted (a key of text/collecting.toml or dialogs.toml); "" when it can
    params: Mapping[str, Any] | None = None
    identity: str = ""  # of the unit that made it
    unit: str = ""
    period: str = ""  # 2023H1
    as_of: str = ""
    made: str = ""
    catalogue: str = ""
    program: str = ""
    content: str = ""  # digest of its content
    key: str = ""  # public key in hexadecimal, "" where nobody vouches for it
    units: tuple[UnitPart, ...] = ()
    remarks: tuple[Remark, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    full: bool = True  # its rows were read, not only its manifest

    @property
    def is_sound(self) -> bool:
        """Whether nothing about the file itself keeps it from being counted."""
        return not self.reason

    @property
    def hands_on(self) -> bool:
        """Whether it holds what other units have sent to the one that made it."""
        return any(unit.identity != self.identity for unit in self.units)


def about_complaints(each: Received) -> Iterator[Remark]:
    """What its unit would have been warned of."""
    found = Counter(complaint.severity for complaint in each.complaints)
    if found["warning"]:
        yield Remark("complaints", {"warnings": found["warning"], "hints": found["hint"]})


def about_clock(each: Received, today: date) -> Iterator[Remark]:
    """A clock that is wrong, theirs or ours: what was made in the future would count for ever."""
    last = max(each.made[:10], each.as_of, *(unit.made[:10] for unit in each.units))
    if today < date.max and last > (today + timedelta(days=1)).isoformat():
        yield Remark("ahead", {"day": last})


def encoded(received: Received) -> bytes:
    """The bytes that `decoded` makes the same of."""
    content = {**_plain(received), "units": [_plain(unit) for unit in received.units]}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain(made: Received | UnitPart) -> dict[str, Any]:
    """Its fields: `asdict` would copy whatever is in them, one by one."""
    return {each.name: getattr(made, each.name) for each in fields(made)}


def decoded(data: bytes) -> Received:
    """What was encoded. Raises ValueError, TypeError or KeyError for anything else."""
    content = json.loads(data.decode("utf-8", "surrogatepass"))
    units = tuple(UnitPart(**each) for each in content.pop("units"))
    remarks = tuple(Remark(*each) for each in content.pop("remarks"))
    complaints = tuple(Complaint(*each) for each in content.pop("complaints"))
    return Received(units=units, remarks=remarks, complaints=complaints, **content)
