"""How are foreign files looked at without letting them harm us?

In a child process with a cap on its memory, and a limit of time for each file. A file that the child
dies of is refused, and the next one is asked of a new child.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from threading import Timer
from types import TracebackType
from typing import IO, NamedTuple, Self

from pyxl import children
from pyxl.collecting.frames import HEAD, unpacked_pieces
from pyxl.core.received import Received, decoded, encoded
from pyxl.record import record

__all__ = ["SECONDS", "Answer", "Reader", "Terms", "looked_at"]

_MOST = 1 << 30  # bytes of an answer: what the child may need is not much more
SECONDS = 60.0  # for one file; a submission takes a hundredth of one

_CHILD = children.code("pyxl.collecting.child")


@record
class Terms:
    """By what files are judged; plain values, so that another machine can be told."""

    catalogue: str  # folder laid over ours, "" for none
    styles: dict[str, int]
    fast: bool = False
    sources: bool = False  # of each row, what a document will tell of it
    seconds: float = SECONDS


class Answer(NamedTuple):
    """What is known of one file, the same as bytes, and its rows (see pyxl.collecting.frames.unpacked_pieces)."""

    received: Received
    told: bytes  # what `received` was decoded from: whoever keeps it need not encode it again
    pieces: bytes

    @classmethod
    def of(cls, received: Received, pieces: bytes = b"") -> Self:
        """What is not told by a child."""
        return cls(received, encoded(received), pieces)


class Reader:
    """A child process that looks at files, one after the other; leave it as a context manager."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._process is not None:
            children.ended(self._process)
            self._process = None

    def look_at(self, path: str, name: str) -> Answer:
        """One file, whatever is in it."""
        process = self._process = self._process or self._started()
        assert process.stdin
        assert process.stdout
        slow = False

        def give_up() -> None:
            nonlocal slow
            slow = True
            process.kill()

        answer: Answer | None
        timer = Timer(self._terms.seconds, give_up)
        timer.start()
        try:
            process.stdin.write(json.dumps([path, name]).encode("ascii") + b"\n")
            process.stdin.flush()
            answer = _answer(process.stdout)
        except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            answer = None
        timer.cancel()
        timer.join()  # from here on it is certain whether it went off
        if answer is None:
            return Answer.of(self._lost(name, slow=slow))
        if slow:  # in the very last moment: the answer is good, the child is gone
            self.close()
        return answer

    def _lost(self, name: str, *, slow: bool) -> Received:
        """The file that the child did not come back from."""
        process = self._process
        self.close()
        if slow:
            params = {"file": name, "seconds": round(self._terms.seconds)}
            return Received(name, "", "reading_too_slow", params)
        status = process.returncode if process else None
        return Received(name, "", "reading_failed", {"file": name, "status": status, "detail": ""})

    def _started(self) -> subprocess.Popen[bytes]:
        needs, asked = ("python_calamine", "cryptography"), subprocess.PIPE
        process = children.started(_CHILD, needs=needs, stdin=asked, stderr=subprocess.DEVNULL, apart=True)
        assert process.stdin
        with suppress(OSError):
            process.stdin.write(json.dumps(asdict(self._terms)).encode("ascii") + b"\n")
        return process


def looked_at(terms: Terms, files: Iterable[tuple[str, str]]) -> list[Answer]:
    """Several files, by a child of their own; for executors, be they on other machines."""
    with Reader(terms) as reader:
        return [reader.look_at(path, name) for path, name in files]


def _answer(stream: IO[bytes]) -> Answer:
    """One frame. Raises EOFError when the child has ended, ValueError or its like for anything else."""
    first, second = HEAD.unpack(_exactly(stream, HEAD.size))
    if first + second > _MOST:
        raise ValueError(first + second)
    told, pieces = _exactly(stream, first), _exactly(stream, second)
    for _ in unpacked_pieces(pieces) if pieces else ():  # that they are such
        pass
    return Answer(decoded(told), told, pieces)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    """So many bytes. Raises EOFError when the child has ended before."""
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
