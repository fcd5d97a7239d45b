"""How does a person end a long step with Ctrl-C, so that what has been done so far is kept?"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pyxl.errors import PyxlError

__all__ = ["stoppable"]


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Around a step that looks at the event: the first Ctrl-C sets it, the second ends the program.

    A terminal sends Ctrl-C to all that we have started, too: what fails of it is no fault of a file.
    """
    cancelled = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    # only the main thread hears signals; and who was started with Ctrl-C switched off is not to hear this one
    if threading.current_thread() is not threading.main_thread() or before in (None, signal.SIG_IGN):
        yield cancelled
        return

    def stop(number: int, frame: FrameType | None) -> None:
        cancelled.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, stop)
    try:
        yield cancelled
    except PyxlError:
        if cancelled.is_set():
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)
