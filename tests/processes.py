"""Has a process that was killed, or let go, ended?"""

from __future__ import annotations

import time
from pathlib import Path


def ended(process: int, seconds: float = 30) -> bool:
    """Whether it ends within these seconds: a signal is on its way for a moment, on a busy machine for a long one."""
    deadline = time.monotonic() + seconds
    while _runs(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _runs(process: int) -> bool:
    """A zombie has ended: nobody has asked for its answer."""
    try:
        return "State:\tZ" not in Path("/proc", str(process), "status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
