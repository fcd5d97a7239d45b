"""How long does a warm click take, the office running and the ledger open, and where does the time go?

    python -m tests.bench.click [ROUNDS]

Whole processes, as LibreOffice's menu starts them, on the sample ledger. The rival is the same click
with pandas and its like left visible to xlwings, which imports whatever it finds of them. The two take
turns, so that a busy moment hits both alike; medians. The parts are told by clicks of their own, in
which a clock stands at the seams.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pyxl.actions import demo
from tests.offices import Office, running_office

__all__ = ["LIMITS", "measure", "medians"]

LIMITS = {"check": 1.5, "report": 2.0}  # seconds, on the machine that the tests run on
ROUNDS = 7
PARTS = ("start", "imports", "read", "work", "write")

PLAIN = "import sys; from pyxl.ribbon.__main__ import run; run(sys.argv[1:])"
VISIBLE = "import sys; from pyxl.ribbon import caller; caller.HEAVY = (); from pyxl.ribbon.__main__ import run; run(sys.argv[1:])"
# Where one part ends and the next begins: the interpreter is there; the book is found; its cells are
# read; they are judged (and the document is written); the sheets are written and all is put back.
CLOCKED = """
import os, sys, time
began = float(os.environ["BEGAN"])
marks = [("start", time.time())]
from pyxl.ribbon import boundary, caller
from pyxl.ribbon.click import Click
def marking(owner, name, part):
    inner = getattr(owner, name)
    def outer(*given, **named):
        try:
            return inner(*given, **named)
        finally:
            marks.append((part, time.time()))
    setattr(owner, name, outer)
marking(caller, "find_caller", "imports")
marking(Click, "read", "read")
marking(Click, "examine", "work")
from pyxl import actions
marking(actions, "write_report", "work")
code = boundary.main(sys.argv[1:])
marks.append(("write", time.time()))
import json
spent = {}
for part, moment in marks:
    spent[part] = spent.get(part, 0.0) + moment - began
    began = moment
print(json.dumps(spent), flush=True)
os._exit(code)
"""


def measure(rounds: int = ROUNDS) -> dict[str, dict[str, list[float]]]:
    """Button → "ours", "pandas visible" and each part → seconds of every run."""
    with TemporaryDirectory() as name, running_office() as office:
        folder = Path(name)
        book = office.open(demo(folder, today=date(2024, 1, 1)).ledger)
        times: dict[str, dict[str, list[float]]] = {}
        for key in LIMITS:
            times[key] = {}
            for number in range(rounds + 1):
                told = _turn(office, book, key)
                if number:  # the first is for byte code and page cache
                    for what, seconds in told.items():
                        times[key].setdefault(what, []).append(seconds)
                for report in folder.glob("*（*）.docx"):
                    report.unlink()
    return times


def medians(times: Mapping[str, Mapping[str, list[float]]]) -> dict[str, dict[str, float]]:
    """The same, each list replaced by its median."""
    return {key: {what: statistics.median(each) for what, each in told.items()} for key, told in times.items()}


def _turn(office: Office, book: object, key: str) -> dict[str, float]:
    """One click of each kind."""
    parts = json.loads(_run(office, book, key, CLOCKED)[1])
    return {
        "ours": _run(office, book, key, PLAIN)[0],
        "pandas visible": _run(office, book, key, VISIBLE)[0],
        **{part: parts.get(part, 0.0) for part in PARTS},
    }


def _run(office: Office, book: object, key: str, code: str) -> tuple[float, str]:
    """Seconds that one process takes, and what it prints; CalledProcessError when it fails."""
    command = [sys.executable, "-X", "utf8", "-c", code, key, f"--wb={book.name}", "--from_xl=1"]
    began = time.time()
    done = subprocess.run(
        command, env=office.environment(book, BEGAN=str(began)), stdin=subprocess.DEVNULL, capture_output=True,
        check=True, text=True,
    )  # fmt: skip
    return time.time() - began, done.stdout


def _print(times: Mapping[str, Mapping[str, list[float]]]) -> None:
    found = medians(times)
    rounds = len(times["check"]["ours"])
    print(f"{os.cpu_count()} CPUs, Python {sys.version.split()[0]}, {rounds} rounds, medians in milliseconds")
    print(f"{'':8}{'click':>8}{'limit':>8}{'pandas visible':>16}   " + "".join(f"{part:>9}" for part in PARTS))
    for key, told in found.items():
        whole = (told["ours"], LIMITS[key])
        row = "".join(f"{seconds * 1000:8.0f}" for seconds in whole) + f"{told['pandas visible'] * 1000:16.0f}   "
        print(f"{key:8}{row}" + "".join(f"{told[part] * 1000:9.0f}" for part in PARTS))


if __name__ == "__main__":
    with TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        _print(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
