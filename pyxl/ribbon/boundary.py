"""What happens to a click, from its words to its exit code, whatever goes wrong on the way?

This is the only place of the buttons that catches everything. What was refused is one sentence and the
next step; what the spreadsheet program did not do is translated; anything else is our fault and recorded.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from pyxl import COLLECT_AFTER
from pyxl.errors import BUG, CLEAN, COULD_NOT_RUN, ISSUES, HostError, PyxlError
from pyxl.ribbon.click import Answer, Click
from pyxl.ribbon.speech import say, whisper
from pyxl.text import phrase, phrases

if TYPE_CHECKING:
    from xlwings import App

    from pyxl.buttons import Button
    from pyxl.ribbon.caller import Caller
    from pyxl.ribbon.request import Request

__all__ = ["main"]


class _Scene:
    """As much as is known of a click so far, for whoever has to say that it failed."""

    def __init__(self) -> None:
        self.request: Request | None = None
        self.caller: Caller | None = None
        self._sought = False

    def seek(self) -> Caller:
        """Where the click comes from; see find_caller."""
        from pyxl.ribbon.caller import find_caller

        assert self.request is not None
        self._sought = True
        self.caller = find_caller(self.request)
        return self.caller

    def listener(self) -> App | None:
        """The application that can show a box; LibreOffice is asked for it even when the click was refused at once."""
        if self.request is not None and self.request.office and not self._sought:
            with suppress(Exception):  # it has gone, or the book in it: nobody will see a box
                self.seek()
        return self.caller.app if self.caller else None


def main(argv: Sequence[str]) -> int:
    """Answer one click and return its exit code: 0 answered, 2 could not run, 3 our fault.

    Never 1, whatever the ledger holds: so ends an interpreter that cannot even find us, and whoever has
    started it then knows that nobody has said anything.
    """
    gc.set_threshold(COLLECT_AFTER)
    scene = _Scene()
    try:
        answer = _answer(argv, scene)
    except BaseException as error:  # noqa: BLE001 - a panic of a library in Rust is no Exception
        answer = _failed(error, scene)
    whisper(answer.sentence, answer.following)
    if answer.aloud:
        window = scene.request.window if scene.request else 0
        say(answer.sentence, answer.following, grave=answer.code == BUG, app=scene.listener(), window=window)
    return CLEAN if answer.code == ISSUES else answer.code


def _answer(argv: Sequence[str], scene: _Scene) -> Answer:
    from pyxl.buttons import buttons
    from pyxl.ribbon.request import requested

    known = {button.key: button for button in buttons()}
    request = scene.request = requested(argv, os.environ, tuple(known))
    button = known[request.key]
    if button.book and not request.book and not request.document:
        raise HostError("no_book")
    from pyxl.ribbon.lock import Lock

    with Lock(request.mark):
        return _carried_out(button, request, scene)


def _carried_out(button: Button, request: Request, scene: _Scene) -> Answer:
    from pyxl.ribbon import commands
    from pyxl.ribbon.state import Kept, shows_no_sheet

    command: Callable[[Click], Answer] = getattr(commands, button.key)
    caller = scene.seek()
    if caller.book is None and request.document:
        raise HostError("book_closed", book=request.book)
    if caller.book is not None and shows_no_sheet(caller.book):
        raise HostError("print_preview", book=request.book)
    if caller.app is None or caller.book is None:
        return command(Click(caller.app, None, request.catalogue, None))
    with Kept(caller.app, caller.book) as kept:
        return command(Click(caller.app, caller.book, request.catalogue, kept))


def _failed(error: BaseException, scene: _Scene) -> Answer:
    """The answer to a click that could not be carried out."""
    if isinstance(error, PyxlError):
        return Answer(error.exit_code, error.message, error.hint, aloud=True)
    if isinstance(error, MemoryError):
        return Answer(COULD_NOT_RUN, phrase("live", "answers", "memory"), aloud=True)
    from pyxl.ribbon.failures import translated

    book = scene.caller.book if scene.caller else None
    if sentence := translated(error, scene.request.book if scene.request else "", book):
        return Answer(sentence.exit_code, sentence.message, sentence.hint, aloud=True)
    return _our_fault(error, scene.request.key if scene.request else "")


def _our_fault(error: BaseException, key: str) -> Answer:
    """Records the fault; says so in one sentence, and where the record is."""
    from pyxl import failure_log

    return Answer(BUG, *failure_log.admitted(error, f"ribbon {key}", phrases("live", "answers")), aloud=True)
