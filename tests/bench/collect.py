"""How long does `pyxl collect` take for each file, against the naive script, and again when one file has changed?

    python -m tests.bench.collect [FILES …] [--folder DIR] [--rounds N]

Whole processes on made-up submissions, each with its own texts; those that read alternate, so that a busy
moment hits all alike; medians. The naive script reads a hundred of the files, ours all of them. Made once,
submissions stay in DIR, if one is given. After the re-run a cold run tells whether it gave the same bytes.
A click asks for the report and the slips, too (pyxl.actions.everything_beside): cold, and again when nothing has
changed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyxl.catalogue.model import ColumnType
from tests.bench.bench import ROOT
from tests.reports import CATALOGUE
from tests.submissions import MOMENT, rows_of, submission

__all__ = ["Measured", "made", "measure"]

NAIVE = Path(__file__).with_name("naive_collect.py")
NAIVE_FILES = 100
FILES = (200, 1000, 5000)
ROUNDS = 3
_GLANCE = 0.05  # seconds between looks at how much memory is in use


@dataclass(frozen=True)
class Run:
    """One process: seconds; seconds of computing, its children's too; the most memory of all at once, in megabytes."""

    seconds: float
    computing: float
    memory: float


@dataclass(frozen=True)
class Measured:
    """What was measured with so many files: naive | full | fast | rerun | click | again → runs."""

    files: int
    naive_files: int
    runs: Mapping[str, list[Run]] = field(
        default_factory=lambda: {key: [] for key in ("naive", "full", "fast", "rerun", "click", "again")}
    )
    same: list[bool] = field(default_factory=list)  # whether the re-run gave the bytes of a cold run, each time

    def seconds(self, key: str) -> float:
        """Median of whole runs."""
        return statistics.median(run.seconds for run in self.runs[key])

    def each(self, key: str) -> float:
        """Milliseconds for each file."""
        return 1000 * self.seconds(key) / (self.naive_files if key == "naive" else self.files)

    def computing(self, key: str) -> float:
        """Milliseconds of computing for each file, on however many CPUs."""
        median = statistics.median(run.computing for run in self.runs[key])
        return 1000 * median / (self.naive_files if key == "naive" else self.files)

    def memory(self, key: str) -> float:
        """Megabytes, the most of all runs."""
        return max(run.memory for run in self.runs[key])


def measure(folder: Path, files: int, rounds: int = ROUNDS) -> Measured:
    """All runs, in turn, on so many submissions of `folder`, of which there are enough."""
    measured = Measured(files, min(files, NAIVE_FILES))
    with TemporaryDirectory() as name:
        place = Path(name)
        handed_in = place / "报送"
        handed_in.mkdir()
        for path in sorted((folder / "submissions").iterdir())[:files]:
            shutil.copy2(path, handed_in)
        for number in range(rounds):
            _round(measured, place, folder, number)
    return measured


def _round(measured: Measured, place: Path, folder: Path, number: int) -> None:
    """Naive, full, re-run after a change, fast, a click; each cold run with an empty cache and no key known."""
    home, handed_in = folder / "home", place / "报送"
    out = place / "out.xlsx"
    measured.runs["naive"].append(_run([str(NAIVE), str(handed_in), str(measured.naive_files)], home, place / "unused"))
    cold = place / f"cold{number}"
    measured.runs["full"].append(_collect(handed_in, out, cold))
    _change(handed_in, home, number)
    measured.runs["rerun"].append(_collect(handed_in, out, cold))
    again = out.read_bytes()
    out.unlink()
    shutil.rmtree(cold / "cache")
    _collect(handed_in, out, cold)
    measured.same.append(out.read_bytes() == again)
    out.unlink()
    measured.runs["fast"].append(_collect(handed_in, out, place / f"fast{number}", "--fast"))
    out.unlink()
    beside = ("--report", str(place / "out.docx"), "--slips", str(place / "slips"))
    for key in ("click", "again"):
        measured.runs[key].append(_collect(handed_in, out, place / f"click{number}", *beside))
    out.unlink()
    (place / "out.docx").unlink()
    shutil.rmtree(place / "slips")


def _collect(folder: Path, out: Path, home: Path, *options: str) -> Run:
    return _run(["-m", "pyxl", "collect", str(folder), "-o", str(out), *options], home, home / "cache")


def _run(arguments: list[str], data: Path, cache: Path) -> Run:
    """One process with keys and cache of its own. CalledProcessError when it fails."""
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(data), "XDG_CACHE_HOME": str(cache),
        "XDG_STATE_HOME": str(data),
    }  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # byte code is kept, as on a user's machine
    command = [sys.executable, *arguments]
    start, before = time.perf_counter(), _computed()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process, _watched(process.pid) as memory:  # fmt: skip
        status = process.wait()
        seconds = time.perf_counter() - start
    if status:
        raise subprocess.CalledProcessError(status, command)
    return Run(seconds, _computed() - before, max(memory, default=0.0))


def _computed() -> float:
    """Seconds that all processes have computed that we have started, and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _watched(process: int) -> Iterator[list[float]]:
    """How much memory a process and its children hold, looked at again and again (Linux only)."""
    found: list[float] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(_GLANCE):
            found.append(sum(map(_resident, [process, *_children(process)])))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def _children(process: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(number) for task in tasks for number in (task / "children").read_text().split()]
    except OSError:
        return []


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def made(folder: Path, files: int) -> None:
    """Puts as many submissions there as are lacking, two at a time; their keys beside them."""
    (folder / "submissions").mkdir(parents=True, exist_ok=True)
    there = len(list((folder / "submissions").iterdir()))
    with ProcessPoolExecutor(2, initializer=_at_home, initargs=(folder / "home",)) as pool:
        list(pool.map(_make, [folder / "submissions"] * files, range(there + 1, files + 1), chunksize=25))


def _at_home(home: Path) -> None:
    os.environ["XDG_DATA_HOME"] = str(home)


def _make(folder: Path, number: int) -> None:
    submission(folder, number, rows=_rows(number), name=f"{number:06}.xlsx")


def _rows(number: int, change: str = "") -> dict[str, list[dict[str, Any]]]:
    """The sample's rows; no unit has written the same as another."""
    rows = rows_of(number)
    for key, found in rows.items():
        long = [column.key for column in CATALOGUE.activity(key).columns if column.type is ColumnType.LONGTEXT]
        for row in found:
            row.update({name: f"{row[name]}（{number}{change}）" for name in long if row.get(name)})
    return rows


def _change(folder: Path, home: Path, number: int) -> None:
    """One unit has written something else, and sealed it anew."""
    before = os.environ.get("XDG_DATA_HOME")
    _at_home(home)
    try:
        moment = MOMENT + timedelta(days=number + 1)
        submission(folder, 1, rows=_rows(1, f"改{number}"), name="000001.xlsx", moment=moment)
    finally:
        if before is None:
            del os.environ["XDG_DATA_HOME"]
        else:
            os.environ["XDG_DATA_HOME"] = before


def _print(measured: Measured) -> None:
    print(f"{measured.files} files, {len(measured.same)} rounds; naive: {measured.naive_files} files")
    print(f"{'':8}{'s':>9}{'ms/file':>9}{'CPU ms':>9}{'MB':>7}   against")
    against = {
        "naive": "",
        "full": f"naive / full: {measured.each('naive') / measured.each('full'):.1f}",
        "fast": f"full / fast: {measured.each('full') / measured.each('fast'):.1f}",
        "rerun": f"full / re-run: {measured.seconds('full') / measured.seconds('rerun'):.1f}",
        "click": f"with report and slips; click / full: {measured.seconds('click') / measured.seconds('full'):.1f}",
        "again": f"nothing changed; click / again: {measured.seconds('click') / measured.seconds('again'):.1f}",
    }
    for key, told in against.items():
        numbers = f"{measured.seconds(key):9.2f}{measured.each(key):9.2f}{measured.computing(key):9.2f}"
        numbers += f"{measured.memory(key):7.0f}"
        print(f"{key:8}{numbers}   {told}")
    print(f"the re-run gave the bytes of a cold run: {'yes' if all(measured.same) else 'NO'}\n")


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.collect")
    parser.add_argument("files", nargs="*", type=int, default=FILES)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    print(f"{os.cpu_count()} CPUs, Python {sys.version.split()[0]}")
    with TemporaryDirectory() as spare:
        folder = asked.folder or Path(spare)
        made(folder, max(asked.files))
        for files in asked.files:
            _print(measure(folder, files, asked.rounds))


if __name__ == "__main__":
    _main()
