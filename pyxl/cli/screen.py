"""How is something shown: a table and colours on a terminal, plain lines under a pipe?"""

from __future__ import annotations

import errno
import os
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pyxl.cli.lines import broken, fitted
from pyxl.text import phrase

if TYPE_CHECKING:
    from rich.status import Status

__all__ = [
    "OutputLost",
    "Row",
    "cleaned",
    "complain",
    "emit",
    "flush",
    "json_text",
    "on_terminal",
    "say",
    "show_table",
    "working",
]

Row = tuple[str, ...]

_PATIENCE = 1.0  # seconds before a step shows that it is under way
_TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_STYLES = {"error": "bold red", "warning": "yellow", "hint": "cyan"}


class OutputLost(Exception):  # noqa: N818 - what happened, not whose mistake it is
    """Standard output takes no more: `full` says whether for want of space."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def _outgoing() -> Iterator[None]:
    """Around whatever writes to standard output; a reader who left early is a BrokenPipeError still."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost(error) from error


def flush() -> None:
    """Makes sure that what was said is out. Raises OutputLost."""
    with _outgoing():
        sys.stdout.flush()


def on_terminal() -> bool:
    """Whether a person is looking at standard output."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def say(line: str = "") -> None:
    """One line of results, on standard output."""
    emit(cleaned(line))


def emit(text: str) -> None:
    """Text for a program to read, on standard output, exactly as it is."""
    with _outgoing():
        sys.stdout.write(f"{text}\n")


def json_text(value: object) -> str:
    """A value for a program to read; what could move a terminal's cursor stands there by its number."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(f"\\u{ord(sign):04x}" if _unsafe(sign) and sign != "\n" else sign for sign in text)


def complain(*lines: str) -> None:
    """Lines about what could not be done, on standard error; empty ones are left out."""
    flush()
    with suppress(OSError):  # nobody is left to be told
        for line in lines:
            if line:
                sys.stderr.write(f"{cleaned(line, keep_lines=True)}\n")
        sys.stderr.flush()


def cleaned(text: str, *, keep_lines: bool = False) -> str:
    """The text without what could move a terminal's cursor or turn its writing round: cells may hold anything."""
    if any("\udc80" <= sign <= "\udcff" for sign in text):  # bytes of a file name that the locale could not read
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(" " if _unsafe(sign) and not (keep_lines and sign == "\n") else sign for sign in text)


def _unsafe(sign: str) -> bool:
    """Control characters, line separators, and the marks that reverse the direction of writing."""
    return unicodedata.category(sign) in {"Cc", "Zl", "Zp"} or sign in _TURNS


def show_table(heads: Row, rows: Sequence[Row], line: Callable[[Row], str], styles: Sequence[str] = ()) -> None:
    """Rows under heads: a table on a terminal, one `line` each under a pipe.

    `styles` names the gravity of each row (error, warning, hint), for its first column's colour.
    """
    if not on_terminal():
        for row in rows:
            say(line(row))
        return
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(soft_wrap=False)
    lines = [[cleaned(cell) for cell in row] for row in rows]
    naturals = [max(map(cell_len, column)) for column in zip(heads, *lines, strict=True)]
    widths = fitted(naturals, console.width - 3 * len(heads) - 1)  # padding and rules
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for head in heads:
        table.add_column(head, no_wrap=True)
    for number, texts in enumerate(lines):
        style = _STYLES.get(styles[number], "") if number < len(styles) else ""
        first, *others = ("\n".join(broken(cell, width, cell_len)) for cell, width in zip(texts, widths, strict=True))
        table.add_row(Text(first, style), *(Text(cell) for cell in others))
    with _outgoing():
        console.print(table)


@contextmanager
def working(verb: str) -> Iterator[Callable[[str], None]]:
    """Around a step: when it lasts over a second, a terminal shows that it is under way.

    What it gives is to be called with how far the step is; under a pipe nobody is told.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _untold
        return
    spinner = _Spinner(phrase("cli", "progress", verb))
    spinner.start()
    try:
        yield spinner.add
    finally:
        spinner.stop()


def _untold(how_far: str) -> None:
    """Nobody is looking."""


class _Spinner:
    """A sign of life that appears late and leaves nothing behind."""

    def __init__(self, text: str) -> None:
        self._text = self._shown = text
        self._lock = threading.Lock()
        self._done = False
        self._status: Status | None = None
        self._timer = threading.Timer(_PATIENCE, self._appear)
        self._timer.daemon = True

    def start(self) -> None:
        self._timer.start()

    def add(self, how_far: str) -> None:
        with self._lock:
            self._shown = f"{self._text} {how_far}"
            if self._status is not None:
                self._status.update(self._shown)

    def stop(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._done = True
            if self._status is not None:
                self._status.stop()

    def _appear(self) -> None:
        from rich.console import Console

        with self._lock:
            if not self._done:
                self._status = Console(stderr=True).status(self._shown)
                self._status.start()
