"""What does the child process do that looks at one foreign file after another?

It is told by lines on its standard input: first by what to judge, then path and name of each file. For
each it answers with a frame: two lengths (4 bytes each, big-endian), what was received as JSON, and its
pieces. A file that kills it is the one that it had not answered yet. It ends when nobody asks any more,
and when a file takes longer than the one who asked would wait: he may have been killed meanwhile.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pyxl.catalogue.loader import load_catalogue
from pyxl.children import limit
from pyxl.collecting.frames import HEAD, packed_pieces
from pyxl.collecting.receiver import Receiver
from pyxl.collecting.receiving import Pieces, receive
from pyxl.core.received import Received, encoded
from pyxl.core.travelling import travelling
from pyxl.excel.closed.child import MEMORY

__all__ = ["main"]

_FILES_BETWEEN = 50  # looks for cycles
_LONGER = 10  # seconds after which it is certain that nobody waits for the answer


def main() -> None:
    """Answer until nothing more is asked."""
    limit(MEMORY)
    lines = iter(sys.stdin.buffer)
    told = json.loads(next(lines))
    receiver, seconds = _receiver(told), int(told["seconds"]) + _LONGER
    gc.freeze()
    gc.disable()  # nothing that we make is cyclic, or hardly anything
    for number, line in enumerate(lines, 1):
        path, name = json.loads(line)
        _alarm(seconds)
        _answer(sys.stdout.buffer, *receive(path, name, receiver))
        _alarm(0)
        if number % _FILES_BETWEEN == 0:
            gc.collect()


def _alarm(seconds: int) -> None:
    """Where the system can: end this process after so many seconds, whatever it is doing then; 0 for never."""
    if sys.platform != "win32":
        signal.alarm(seconds)


def _receiver(told: Mapping[str, Any]) -> Receiver:
    folder = told["catalogue"]
    catalogue = travelling(load_catalogue(*([Path(folder)] if folder else [])))
    return Receiver(catalogue, told["styles"], fast=told["fast"], sources=told["sources"])


def _answer(out: BinaryIO, received: Received, pieces: Pieces) -> None:
    first, second = encoded(received), packed_pieces(pieces)
    out.write(HEAD.pack(len(first), len(second)) + first + second)
    out.flush()
