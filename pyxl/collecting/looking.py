"""How are many files looked at, several at a time, each only once?"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import TypeAlias

from pyxl.collecting.cache import Cache, Stamp, stamp_of
from pyxl.collecting.reader import Answer, Reader, Terms, looked_at
from pyxl.core.received import Received

__all__ = ["Progress", "look_at_all"]

Progress: TypeAlias = Callable[[int, int], None]  # files done, files in all

_CHUNK = 16  # files that are kept at once, and after which progress is told
_FAR_CHUNK = 50  # of files that other machines look at: each time a child is started there


def look_at_all(
    files: Sequence[Path],
    cache: Cache,
    terms: Terms,
    executor: Executor | None = None,
    progress: Progress | None = None,
    cancelled: Event | None = None,
) -> list[Received]:
    """What is known of each file, in their order. What has been found is kept, also when `cancelled` ends it.

    `executor`: who looks (any of concurrent.futures' kind); by default threads, each with a child process.
    """
    stamps = {path: stamp for path in files if (stamp := _stamp(path))}
    known = cache.known(stamps.items())
    wanted = [path for path in files if path not in known]
    told = progress or _untold
    told(len(known), len(files))
    for chunk, answers in _answers(wanted, terms, executor, cancelled or Event()):
        now = time.time_ns()
        cache.keep(
            (path, stamps[path], now, answer.received, answer.pieces)
            for path, answer in zip(chunk, answers, strict=True)
            if path in stamps
        )
        known |= {path: answer.received for path, answer in zip(chunk, answers, strict=True)}
        told(len(known), len(files))
    return [known[path] for path in files if path in known]


def _untold(done: int, of: int) -> None:
    """Nobody wants to know."""


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path)
    except OSError:
        return None


def _answers(
    wanted: Sequence[Path], terms: Terms, executor: Executor | None, cancelled: Event
) -> Iterator[tuple[Sequence[Path], list[Answer]]]:
    if not wanted:
        return
    if executor is not None:
        yield from _completed(
            _chunks(wanted, _FAR_CHUNK), lambda c: executor.submit(looked_at, terms, _named(c)), cancelled
        )
        return
    workers = min(os.cpu_count() or 1, len(wanted))
    size = max(1, min(_CHUNK, len(wanted) // workers))
    idle: SimpleQueue[Reader] = SimpleQueue()
    readers = [Reader(terms) for _ in range(workers)]
    for reader in readers:
        idle.put(reader)

    def look(chunk: Sequence[Path]) -> list[Answer]:
        reader = idle.get()
        try:
            return [reader.look_at(path, name) for path, name in _named(chunk)]
        finally:
            idle.put(reader)

    with ThreadPoolExecutor(workers) as threads:
        try:
            yield from _completed(_chunks(wanted, size), lambda c: threads.submit(look, c), cancelled)
        finally:
            for reader in readers:
                reader.close()


def _completed(
    chunks: Iterable[Sequence[Path]], submit: Callable[[Sequence[Path]], Future[list[Answer]]], cancelled: Event
) -> Iterator[tuple[Sequence[Path], list[Answer]]]:
    """Each chunk as it is done; once cancelled, none is begun any more."""
    waiting = {submit(chunk): chunk for chunk in chunks}
    try:
        for future in as_completed(waiting):
            if cancelled.is_set():
                return
            yield waiting[future], future.result()
    finally:
        for future in waiting:
            future.cancel()


def _chunks(files: Sequence[Path], size: int) -> list[Sequence[Path]]:
    return [files[at : at + size] for at in range(0, len(files), size)]


def _named(chunk: Iterable[Path]) -> list[tuple[str, str]]:
    return [(os.fspath(path), path.name.encode("utf-8", "replace").decode()) for path in chunk]
