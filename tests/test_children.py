"""A child sees what it is given and nothing else, takes what it may and no more, and ends when it should."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pyxl import children
from tests.processes import ended

ROOT = Path(__file__).parent.parent


def asked(code: str, *words: str, **how) -> tuple[int, str]:
    process = children.started(code, *words, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, **how)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said.decode()


def test_words_come_first_and_then_where_to_import_from():
    code = children.code("pyxl.nothing", words=2)
    assert code == "import sys; sys.path += sys.argv[3:]; from pyxl.nothing import main; main(sys.argv[1], sys.argv[2])"
    status, said = asked("import sys; print(sys.argv[1:])", "甲 乙", needs=())
    assert (status, said) == (0, f"{['甲 乙', str(ROOT)]}\n")


def test_only_the_libraries_that_are_named_can_be_imported():
    code = "import sys; sys.path += sys.argv[1:]; import pyxl, PIL"
    assert asked(code, needs=("PIL", "no_such_library"))[0] == 0
    status, said = asked(code, needs=())
    assert status == 1
    assert said.splitlines()[-1] == "ModuleNotFoundError: No module named 'PIL'"


def test_what_a_child_may_take_has_an_end():
    start = "import sys; sys.path += sys.argv[1:]; from pyxl.children import limit; "
    status, said = asked(f"{start} limit(1 << 30); bytearray(2 << 30)", needs=())
    assert (status, said.splitlines()[-1]) == (1, "MemoryError")
    status, _ = asked(f"{start} limit(1 << 30, 1)\nwhile True: pass", needs=())
    assert status < 0  # by a signal


def test_a_child_that_has_ended_has_no_open_pipes():
    process = children.started("input()", needs=(), stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    children.ended(process)
    assert [pipe.closed for pipe in (process.stdin, process.stdout, process.stderr)] == [True] * 3
    assert process.returncode == -9
    children.ended(process)  # once more does no harm


def test_what_another_program_says_and_how_it_ends_is_told():
    command = [sys.executable, "-c", "import sys; print('甲'); sys.stderr.write('乙'); sys.exit(3)"]
    assert children.answered(command, {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}, 60) == (
        3,
        "甲\n乙",
    )


def test_a_program_that_never_ends_is_ended_with_all_that_it_started(tmp_path):
    script = f"sleep 300 & echo $! > '{tmp_path}/pid'; wait"
    with pytest.raises(TimeoutError):
        children.answered(["/bin/sh", "-c", script], os.environ, 1)
    assert ended(int((tmp_path / "pid").read_text()))
