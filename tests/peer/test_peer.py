"""xlwings' own tests against our engine, and how they are judged."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SECONDS = 1800


@pytest.fixture(scope="module")
def suite():
    """The script, which is run by itself and so imports its neighbours by their bare names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HERE))
        spec = importlib.util.spec_from_file_location("xlwings_suite", HERE / "xlwings_suite.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module


def judged(suite, outcome, *explained):
    return suite.judged({"test_a.py::test_b[x.y]": (outcome, "why")}, list(explained))


@pytest.mark.parametrize("pattern", ["test_a.py::test_b[x.y]", "test_a.py::*", "test_a.py::*.y]"])
def test_what_does_not_pass_may_be_explained(suite, pattern):
    assert judged(suite, "failed", ("failed", pattern)) == ([], [])


def test_what_passes_needs_no_explanation(suite):
    assert judged(suite, "passed") == ([], [])


def test_what_does_not_pass_must_be_explained(suite):
    assert judged(suite, "failed") == (["test_a.py::test_b[x.y]"], [])


def test_an_explanation_is_for_one_outcome(suite):
    unknown, mended = judged(suite, "failed", ("not implemented", "test_a.py::*"))
    assert (unknown, mended) == (["test_a.py::test_b[x.y]"], ["not implemented test_a.py::*"])


@pytest.mark.parametrize("pattern", ["test_a.py::*", "test_a.py::test_b[x.y]"])
def test_what_passes_now_must_not_be_explained_any_more(suite, pattern):
    assert judged(suite, "passed", ("failed", pattern)) == ([], [f"failed {pattern}"])


def test_brackets_and_points_stand_for_themselves(suite):
    assert not suite.fits("test_a.py::test_b[xzy]", "test_a.py::test_b[x.y]")
    assert not suite.fits("test_a.py::test_b[x.y]", "test_a.py::test_b[xzy]")


def test_every_explanation_says_why():
    expected = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    assert set(expected) == {"left_out", "not implemented", "failed", "skipped"}
    assert [key for table in expected.values() for key, why in table.items() if not why.strip()] == []


@pytest.mark.live
@pytest.mark.campaign
def test_what_our_engine_implements_passes_xlwings_own_tests():
    """Needs the network: the tests are fetched."""
    done = subprocess.run(
        [sys.executable, str(HERE / "xlwings_suite.py")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout
