"""How long do `pyxl check` and `pyxl report` take, cold, against the naive script?

    python -m tests.bench.bench [ROUNDS]

Whole processes on the sample ledger, taken in turn so that a busy moment hits all alike; medians.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import docx

__all__ = ["measure", "ratios"]

ROOT = Path(__file__).parents[2]
NAIVE = Path(__file__).with_name("naive.py")
SEED = Path(__file__).parents[1] / "seed" / "half-year-summary.txt"
# What the blanks of the seed become, in their order.
PLACES = (
    "{{ 单位 }}",
    "6",
    "{{ 集中学习.次数 }}",
    "{{ 党员大会.次数 }}",
    "{{ 支委会.次数 }}",
    "{{ 党课.次数 }}",
    "{{ 党课.主题[0] }}",
    "{{ 党课.主题[1] }}",
    "{{ 党课.次数 }}",
    "{{ 主题党日.次数 }}",
)
ROUNDS = 7


def measure(rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of every run: naive, check, report."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        commands = _commands(folder, _sample(folder))
        for command in commands.values():  # once outside the count: byte code and page cache
            _run(command, folder)
        times: dict[str, list[float]] = {key: [] for key in commands}
        for _ in range(rounds):
            for key, command in commands.items():
                times[key].append(_run(command, folder))
    return times


def ratios(times: Mapping[str, list[float]]) -> dict[str, float]:
    """How many times the naive script takes as long as each of ours, by medians."""
    naive = statistics.median(times["naive"])
    return {key: naive / statistics.median(times[key]) for key in ("check", "report")}


def _commands(folder: Path, ledger: Path) -> dict[str, list[str]]:
    template = _naive_template(folder)
    ours = [sys.executable, "-m", "pyxl"]
    return {
        "naive": [sys.executable, str(NAIVE), str(ledger), str(template), str(folder / "naive.docx")],
        "check": [*ours, "check", str(ledger)],
        "report": [*ours, "report", str(ledger), "-o", str(folder / "report.docx")],
    }


def _sample(folder: Path) -> Path:
    _run([sys.executable, "-m", "pyxl", "demo", str(folder)], folder)
    return next(folder.glob("*.xlsx"))


def _naive_template(folder: Path) -> Path:
    """The document that is filled by hand today, its blanks made placeholders: as long as ours."""
    places = iter(PLACES)
    document = docx.Document()
    for line in SEED.read_text(encoding="utf-8").splitlines():
        document.add_paragraph(re.sub(r"\*", lambda _: next(places, "{{ 单位 }}"), line))
    path = folder / "naive-template.docx"
    document.save(str(path))
    return path


def _run(command: list[str], folder: Path) -> float:
    """Seconds that one process takes; CalledProcessError when it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # byte code is kept, as on a user's machine
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


def _print(times: Mapping[str, list[float]]) -> None:
    rounds = len(times["naive"])
    print(f"{os.cpu_count()} CPUs, Python {sys.version.split()[0]}, {rounds} rounds, milliseconds")
    print(f"{'':8}{'median':>8}{'least':>8}{'most':>8}")
    for key, seconds in times.items():
        numbers = (statistics.median(seconds), min(seconds), max(seconds))
        print(f"{key:8}" + "".join(f"{number * 1000:8.0f}" for number in numbers))
    for key, ratio in ratios(times).items():
        print(f"naive / {key}: {ratio:.1f}")


if __name__ == "__main__":
    _print(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
