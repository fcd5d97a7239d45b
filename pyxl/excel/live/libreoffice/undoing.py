"""What becomes of LibreOffice's list of what can be undone, which holds what the user has typed?

What we write is undone along with the last of that, and adds no step. To keep it out of the list would not do:
LibreOffice lifts a lock on the list as soon as the sheet in front is changed, and what is older in the list knows
its sheet by its place: without the adding of a sheet, it would be undone in another one, over what stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyxl.text import phrase

__all__ = ["begin_step", "end_stale_steps", "end_step"]

_STALE = 5  # steps that killed clicks may have left open; more are not looked for


def begin_step(model: Any) -> None:
    """From here on all belongs to the last step, or to one of its own where there is none."""
    undo = model.UndoManager
    if undo.isUndoPossible():
        undo.enterHiddenUndoContext()
    else:
        undo.enterUndoContext(phrase("ribbon", "tab", "label"))


def end_step(model: Any) -> bool:
    """From here on all is a step of its own again; whether it was not."""
    return _ended(model.UndoManager.leaveUndoContext)


def end_stale_steps(model: Any) -> None:
    """A click that was killed has left its step open, in which nothing that is typed could be undone; or a lock."""
    undo = model.UndoManager
    for _ in range(_STALE):
        for end in (undo.leaveUndoContext, undo.unlock):
            _ended(end)


def _ended(end: Callable[[], None]) -> bool:
    try:
        end()
    except Exception:  # noqa: BLE001 - there is none to end: LibreOffice does not tell in any other way
        return False
    return True
