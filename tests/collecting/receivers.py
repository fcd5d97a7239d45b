"""Who receives a submission: by reading its rows, or by believing its manifest; and what is remarked of it."""

from __future__ import annotations

from dataclasses import replace

from pyxl.collecting.receiver import Receiver
from pyxl.excel.consolidating.formats import entry_formats
from tests.tampering import UPWARD

__all__ = ["FAST", "SLOW", "codes"]

SLOW = Receiver(UPWARD, entry_formats())
FAST = replace(SLOW, fast=True)


def codes(received) -> list[str]:
    return [remark.code for remark in received.remarks]
