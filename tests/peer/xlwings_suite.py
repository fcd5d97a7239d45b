"""How much of xlwings' own tests passes when LibreOffice stands in for Excel?

    python tests/peer/xlwings_suite.py            all modules that ask the active engine for something
    python tests/peer/xlwings_suite.py names font those only

Each test passes, fails, meets a NotImplementedError, or is skipped by itself. Whatever does not pass must be explained in expected.toml; what is explained there must not pass. Otherwise: exit code 1.
The tests are fetched anew each time and kept nowhere.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import fetching
from libreoffice_plugin import OUTCOMES

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
EXPECTED = HERE / "expected.toml"
SECONDS = 900  # for one module
WINDOWS = {"DISPLAY", "WAYLAND_DISPLAY"}

TROUBLES = ("not implemented", "failed", "skipped")
KINDS = ("passed", *TROUBLES)

Explained = tuple[str, str]  # one of TROUBLES, pattern of tests
Outcomes = dict[str, tuple[str, str]]  # test → one of KINDS, reason


def main(wanted: list[str]) -> int:
    """Fetch, run, print; the exit code."""
    expected = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="pyxl-peer-") as name:
        package = fetching.fetched(importlib.metadata.version("xlwings"), Path(name))
        fetching.with_pytz(package)
        modules = chosen(package, expected["left_out"], wanted)
        outcomes = {test: outcome for module in modules for test, outcome in ran(package, module).items()}
    unknown, mended = judged(
        outcomes, [(kind, each) for kind in TROUBLES for each in expected[kind] if asked(each, modules)]
    )
    report(outcomes, unknown, mended)
    return 1 if unknown or mended or not outcomes else 0


def chosen(package: Path, left_out: dict[str, str], wanted: list[str]) -> list[str]:
    """The modules to run; every module is either run or left out for a reason."""
    names = sorted(path.name for path in package.glob("tests/test_*.py"))
    if strangers := sorted(set(left_out) - set(names)):
        sys.exit(f"expected.toml leaves out what is not there: {', '.join(strangers)}")
    names = [name for name in names if name not in left_out]
    return [name for name in names if name in {f"test_{each}.py" for each in wanted}] if wanted else names


def asked(pattern: str, modules: list[str]) -> bool:
    """Whether an explanation is about a module that is run."""
    return pattern.split("::", maxsplit=1)[0] in modules


def ran(package: Path, module: str) -> Outcomes:
    """What came of each test of a module, in a process of its own: one that crashes takes no other along."""
    path = package / f"{module}.json"
    path.unlink(missing_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in WINDOWS}
    folders = os.pathsep.join(map(str, [HERE, ROOT, package / "pytz"]))
    environment |= {"PYTHONPATH": folders, "HOME": str(package), OUTCOMES: str(path)}
    command = [sys.executable, "-m", "pytest", "-p", "libreoffice_plugin", "-q", f"tests/{module}"]
    try:
        done = subprocess.run(
            command,
            cwd=package,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {module: ("failed", f"not done after {SECONDS} seconds")}
    if not path.exists():
        return {module: ("failed", f"pytest ended with {done.returncode}: {done.stdout[-500:]!r}")}
    found = {test: (outcome, reason) for test, (outcome, reason) in json.loads(path.read_text("utf-8")).items()}
    print(f"{module:48} {counted(found)}", flush=True)
    return found


def judged(outcomes: Outcomes, explained: list[Explained]) -> tuple[list[str], list[str]]:
    """Tests that do not pass without an explanation, and explanations of nothing, or of what passes."""
    fine = [test for test, (outcome, _) in outcomes.items() if outcome == "passed"]
    unknown, needed = [], set()
    for test, (outcome, _) in outcomes.items():
        reasons = [each for each in explained if each[0] == outcome and fits(each[1], test)]
        needed.update(reasons)
        if outcome != "passed" and not reasons:
            unknown.append(test)
    wrong = {each for each in explained if any(fits(each[1], test) for test in fine)}
    return unknown, [" ".join(each) for each in explained if each in wrong or each not in needed]


def fits(pattern: str, test: str) -> bool:
    """A star stands for anything; brackets are parameters of a test, and mean themselves."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), test) is not None


def counted(outcomes: Outcomes) -> str:
    kinds = [outcome for outcome, _ in outcomes.values()]
    return "".join(f"{kinds.count(kind):5} {kind}" for kind in KINDS)


def report(outcomes: Outcomes, unknown: list[str], mended: list[str]) -> None:
    print(f"{'in all':48} {counted(outcomes)}")
    for test in unknown:
        outcome, reason = outcomes[test]
        print(f"UNEXPLAINED {outcome} {test}: {reason}")
    for pattern in mended:
        print(f"EXPLAINED, BUT NOTHING IS WRONG: {pattern}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
