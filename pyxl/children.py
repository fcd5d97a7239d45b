"""How does a process that we start begin, what may it take, and how does it end with all that it started?

Children of our own interpreter do what a foreign file may kill, block or fill. Such a child imports this module
for its own limits, and the user waits for its start: nothing is imported before it is needed.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping, Sequence

__all__ = ["answered", "code", "ended", "limit", "roots", "started"]


def code(module: str, words: int = 0) -> str:
    """What a child of our own interpreter runs: `main` of this module, with so many words."""
    given = ", ".join(f"sys.argv[{place}]" for place in range(1, words + 1))
    return f"import sys; sys.path += sys.argv[{words + 1}:]; from {module} import main; main({given})"


def started(
    code: str, *words: str, needs: Sequence[str], stdin: int, stderr: int, apart: bool = False
) -> subprocess.Popen[bytes]:
    """A child of our own interpreter that runs this code, with pyxl and the libraries that it needs.

    -I keeps the caller's folder and environment out of the child, and with them any module of the same name as ours;
    -S spares it site-packages' start-up files. What it does need is named to it. `apart`: Ctrl-C in a terminal is
    meant for us. Raises ValueError for a NUL in a word.
    """
    import subprocess

    return subprocess.Popen(  # noqa: S603 - our own interpreter and code; words are arguments
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", code, *words, *roots(*needs)],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        start_new_session=apart,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # on Windows: no black window
    )


def roots(*libraries: str) -> list[str]:
    """The folders that pyxl and these libraries are imported from, installed or in a checkout."""
    from importlib.util import find_spec
    from pathlib import Path

    found = [__file__, *(spec.origin for name in libraries if (spec := find_spec(name)) and spec.origin)]
    return list(dict.fromkeys(str(Path(place).resolve().parents[1]) for place in found))


def ended(process: subprocess.Popen[bytes]) -> None:
    """The child is gone, whatever it was doing, and its pipes are closed."""
    if process.poll() is None:
        process.kill()  # first of all: another thread may be reading what it says, and holds the pipe until then
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def limit(memory: int, seconds: int | None = None) -> None:
    """Called in a child: so many bytes of address space, and so many seconds of the processor, and no more.

    A file that asks for more fails here and does not take the machine down. Windows has no such limit for a process
    that sets it itself; there the caps on what is read and the time limit of the parent must do.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold what is in the file
    for kind, wanted in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        if wanted is not None:
            _, most = resource.getrlimit(kind)
            cap = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
            with suppress(ValueError, OSError):  # macOS knows the limit of memory by name only
                resource.setrlimit(kind, (cap, most))


def answered(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> tuple[int, str]:
    """How a program that is not ours ended, and all that it said.

    Raises TimeoutError when it takes longer; it is then ended with everything that it has started, since what is
    called soffice is a script that starts the program.
    """
    import subprocess

    with subprocess.Popen(  # noqa: S603 - a program that was found, our own words
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end_with_its_own(process)
            raise TimeoutError from None
    return process.returncode, said.decode("utf-8", "replace").strip()


def _end_with_its_own(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    import signal

    with suppress(ProcessLookupError):  # it has ended meanwhile
        os.killpg(process.pid, signal.SIGKILL)
