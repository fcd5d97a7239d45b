"""May this process alone go on? A lock on a file, which the system itself lifts when a process ends in whatever way."""

from __future__ import annotations

import os

__all__ = ["hold"]


def hold(descriptor: int) -> bool:
    """Locks an open file against everybody else until it is closed; False when somebody holds it."""
    if os.name == "nt":  # pragma: no cover - the other branch is the one that runs here
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
