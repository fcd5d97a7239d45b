"""How are many files looked at, several at a time, each only once?"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import TypeAlias

from pyxl.collecting.cache import Cache, Stamp, stamp_of
from pyxl.collecting.folder import shown_name
from pyxl.collecting.reader import Answer, Reader, Terms, looked_at
from pyxl.core.received import Received

__all__ = ["Progress", "look_at_all"]

Progress: TypeAlias = Callable[[int, int], None]  # files done, files in all

_Chunk: TypeAlias = Sequence[Path]
_Looked: TypeAlias = Iterator[tuple[_Chunk, list[Answer]]]

_CHUNK, _FAST_CHUNK = 4, 40  # files that are kept at once, and after which progress is told: a moment's work
_FAR_CHUNK = 50  # of files that other machines look at: each time a child is started there
# Chunks under way at once: enough that nobody waits, few enough that what was found does not pile up in memory.
_AHEAD, _FAR_AHEAD = 2, 32
_GLANCE = 0.1  # seconds between looks at whether it was cancelled
_GRACE = 2.0  # seconds that the files in hand get when it was


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
    began = time.time_ns()  # whoever changes a file from now on may not show it
    stamps = {path: stamp for path in files if (stamp := _stamp(path))}
    known = cache.known(stamps.items(), began, sources=terms.sources)
    wanted = [path for path in files if path not in known]
    told = progress or _untold
    told(len(known), len(files))
    for chunk, answers in _answers(wanted, terms, executor, cancelled or Event()):
        found = dict(zip(chunk, answers, strict=False))  # fewer answers than files once it was cancelled
        cache.keep((path, stamps[path], began, answer) for path, answer in found.items() if path in stamps)
        known |= {path: answer.received for path, answer in found.items()}
        told(len(known), len(files))
    return [known[path] for path in files if path in known]


def _untold(done: int, of: int) -> None:
    """Nobody wants to know."""


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path)
    except OSError:
        return None


def _answers(wanted: Sequence[Path], terms: Terms, executor: Executor | None, cancelled: Event) -> _Looked:
    if not wanted:
        return
    if executor is None:
        yield from _nearby(wanted, terms, cancelled)
        return
    chunks = _chunks(wanted, _FAR_CHUNK)
    yield from _completed(chunks, lambda c: executor.submit(looked_at, terms, _named(c)), cancelled, _FAR_AHEAD)


def _nearby(wanted: Sequence[Path], terms: Terms, cancelled: Event) -> _Looked:
    """Looked at by threads of this process, each with a child."""
    workers = min(os.cpu_count() or 1, len(wanted))
    readers = [Reader(terms) for _ in range(workers)]
    idle: SimpleQueue[Reader] = SimpleQueue()
    for reader in readers:
        idle.put(reader)
    over = Event()

    def look(chunk: _Chunk) -> list[Answer]:
        reader, answers = idle.get(), list[Answer]()
        try:
            for path, name in _named(chunk):
                if cancelled.is_set() or over.is_set():
                    break
                answers.append(reader.look_at(path, name))
            return answers
        finally:
            if over.is_set():
                reader.close()
            idle.put(reader)

    most = _FAST_CHUNK if terms.fast else _CHUNK
    chunks = _chunks(wanted, max(1, min(most, len(wanted) // workers)))
    with ThreadPoolExecutor(workers) as threads:
        try:
            yield from _completed(chunks, lambda c: threads.submit(look, c), cancelled, workers * _AHEAD)
        finally:  # also when something else has failed: whoever still looks gives up
            over.set()
            for reader in readers:
                reader.close()


def _completed(
    chunks: Iterable[_Chunk], submit: Callable[[_Chunk], Future[list[Answer]]], cancelled: Event, ahead: int
) -> _Looked:
    """Each chunk as it is done; once cancelled, none is begun any more, and what is in hand gets a moment."""
    waiting: dict[Future[list[Answer]], _Chunk] = {}
    coming = iter(chunks)
    try:
        while not cancelled.is_set():
            waiting |= {submit(chunk): chunk for chunk in islice(coming, ahead - len(waiting))}
            if not waiting:
                return
            done, _ = wait(waiting, _GLANCE, FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
        for future in waiting:
            future.cancel()
        for future in wait(waiting, _GRACE).done:
            if not future.cancelled():
                yield waiting[future], future.result()
    finally:
        for future in waiting:
            future.cancel()


def _chunks(files: Sequence[Path], size: int) -> list[_Chunk]:
    return [files[at : at + size] for at in range(0, len(files), size)]


def _named(chunk: Iterable[Path]) -> list[tuple[str, str]]:
    return [(os.fspath(path), shown_name(path.name)) for path in chunk]
