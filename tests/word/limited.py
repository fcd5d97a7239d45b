"""Each attack by itself in a child of its own, with a limit on memory and time, and what it did besides.

    python -m tests.word.limited GROUP FOLDER   → a line of JSON for each case

A process of its own, because only one with a single thread can be copied for every case.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["MEGABYTES", "SECONDS", "Case", "Result", "results_of"]

ROOT = Path(__file__).parents[2]
SECONDS = 5
MEGABYTES = 500
FORBIDDEN = (
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "subprocess.",
    "pty.",
    "socket.",
    "urllib.",
    "ctypes.",
    "ftplib.",
)
RUNNING = ("exec", "compile")  # jinja2 compiles templates: counted, not forbidden

Case = tuple[str, Callable[[], Any]]


class Result(NamedTuple):
    """How one case ended: what it gave, or what was raised; what it took; and what it should not have done."""

    name: str
    given: Any
    raised: str
    seconds: float
    megabytes: float
    did: list[str]


def results_of(group: str, folder: Path) -> list[Result]:
    """Every case of a group (a function of tests.word.attacked), run in children."""
    command = [sys.executable, "-m", "tests.word.limited", group, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return [Result(**json.loads(line)) for line in done.stdout.splitlines()]


def _main(group: str, folder: str) -> None:
    cases: Iterator[Case] = getattr(import_module("tests.word.attacked"), group)(Path(folder))
    for name, run in cases:
        sys.stdout.write(json.dumps(_limited(name, run)._asdict()) + "\n")
        sys.stdout.flush()


def _limited(name: str, run: Callable[[], Any]) -> Result:
    """The case in a copy of this process; one that is killed says so."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as answer:
            answer.write(json.dumps(_told(run)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime  # of the processor: others may want it at the same time
    given = json.loads(told) if told else {"given": None, "raised": f"killed: {status}", "did": []}
    return Result(name=name, seconds=seconds, megabytes=usage.ru_maxrss / 1024, **given)


def _told(run: Callable[[], Any]) -> dict[str, Any]:
    limit = MEGABYTES * 1024**2
    resource.setrlimit(resource.RLIMIT_AS, (3 * limit, 3 * limit))  # addresses; what is used is measured
    resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS))
    signal.alarm(4 * SECONDS)
    did: list[str] = []

    def watch(event: str, _: Any) -> None:
        if event.startswith(FORBIDDEN):
            did.append(event)

    sys.addaudithook(watch)
    try:
        return {"given": run(), "raised": "", "did": did}
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test is told
        code = getattr(error, "code", "")
        told = f"{type(error).__name__} {code} {error}" if code else "".join(traceback.format_exception(error))
        return {"given": None, "raised": told, "did": did}


if __name__ == "__main__":
    _main(*sys.argv[1:])
