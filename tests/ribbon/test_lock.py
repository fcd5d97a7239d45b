from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from pyxl.errors import HostError
from pyxl.ribbon.lock import Lock
from tests.ribbon.holding import start_holder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def holder():
    """A process that holds a lock until it is killed."""
    started = []

    def start(mark: str) -> subprocess.Popen[str]:
        started.append(start_holder(mark))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_second_click_in_the_same_book_is_told_to_wait(holder):
    holder("1 台账.xlsx")
    with pytest.raises(HostError) as caught, Lock("1 台账.xlsx"):
        pass
    assert caught.value.code == "click_at_work"


def test_a_click_in_another_book_is_not(holder):
    holder("1 台账.xlsx")
    with Lock("1 另一本.xlsx"):
        pass


def test_a_click_that_was_killed_keeps_nobody_waiting(holder):
    process = holder("1 台账.xlsx")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with Lock("1 台账.xlsx"):
        pass


def test_the_next_click_comes_in_when_the_first_has_ended():
    for _ in range(3):
        with Lock("1 台账.xlsx"):
            pass


def test_without_a_folder_to_keep_it_in_the_lock_stands_elsewhere_or_not_at_all(monkeypatch, tmp_path):
    blocked = tmp_path / "文件"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Lock("x"), pytest.raises(HostError), Lock("x"):
        pass
    monkeypatch.setattr("tempfile.tempdir", str(blocked))
    with Lock("x"), Lock("x"):
        pass
