"""Collecting that somebody ends, by a call or by Ctrl-C: what has been looked at is kept."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import threading
import time
from pathlib import Path

import pytest

from pyxl import actions
from tests.collecting.runs import MANY, collected, command, environment, words
from tests.submissions import TODAY


def test_what_was_looked_at_before_it_was_cancelled_is_kept(folder, tmp_path, own_home):
    cancelled, told, out = threading.Event(), [], tmp_path / "汇总.xlsx"

    def enough(done: int, of: int) -> None:
        if done >= 6:
            cancelled.set()

    asked = actions.Collecting(folder, out=out)
    outcome = actions.collect(asked, today=TODAY, hands=actions.Hands(progress=enough, cancelled=cancelled))
    assert (outcome.found, outcome.written, out.exists()) == (None, None, False)
    assert 6 <= outcome.looked < MANY
    collected(folder, out, actions.Hands(progress=lambda *each: told.append(each)))
    assert told[0] == (outcome.looked, MANY + 1)
    assert told[-1] == (MANY + 1, MANY + 1)
    assert [each for each, _ in told] == sorted(each for each, _ in told)


def test_it_can_be_cancelled_while_the_workbook_is_written(folder, tmp_path, own_home, monkeypatch):
    out, cancelled = tmp_path / "out" / "汇总.xlsx", threading.Event()
    out.parent.mkdir()
    before = collected(folder, out, actions.Hands())
    from pyxl.collecting.cache import Cache

    real = Cache.pieces

    def pieces(self, *asked):
        for number, each in enumerate(real(self, *asked)):
            if number == 3:
                cancelled.set()
            yield each

    monkeypatch.setattr(Cache, "pieces", pieces)
    asked = actions.Collecting(folder, out=out, unit="云溪市总支")
    outcome = actions.collect(asked, today=TODAY, hands=actions.Hands(cancelled=cancelled))
    assert (outcome.found, outcome.written) == (None, None)
    assert out.read_bytes() == before
    assert os.listdir(out.parent) == [out.name]


def test_a_file_that_hangs_does_not_hold_up_who_wants_to_stop(folder, tmp_path, own_home, monkeypatch):
    from pyxl.collecting import looking, reader

    monkeypatch.setattr(reader, "_CHILD", "import time; time.sleep(100)")
    monkeypatch.setattr(looking, "_GRACE", 0.1)
    cancelled = threading.Event()
    threading.Timer(0.5, cancelled.set).start()
    started = time.monotonic()
    outcome = actions.collect(
        actions.Collecting(folder, out=tmp_path / "1.xlsx"), today=TODAY, hands=actions.Hands(cancelled=cancelled)
    )
    assert outcome.found is None
    assert outcome.looked == 0
    assert time.monotonic() - started < 10


def on_a_terminal(folder: Path, out: Path, home: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The command with a terminal of its own, of which Ctrl-C reaches whoever is in front."""
    ours, theirs = pty.openpty()

    def take() -> None:
        import fcntl
        import signal
        import termios

        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests in the background has switched it off
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        words(folder, out), env=environment(home), stdin=theirs, stdout=theirs, stderr=theirs,
        preexec_fn=take,  # noqa: PLW1509 - no other thread of ours holds a lock
    )  # fmt: skip
    os.close(theirs)
    return process, ours


def seen(terminal: int, until: str, seconds: float = 60) -> str:
    """What the terminal shows, up to what is looked for, or to the end."""
    text, end = b"", time.monotonic() + seconds
    while until.encode() not in text and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                text += os.read(terminal, 65536)
            except OSError:  # the last one has closed it
                break
    return text.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def crowd(folder, tmp_path_factory):
    """Enough files to last some seconds: each counts once, but each has to be looked at."""
    crowd = tmp_path_factory.mktemp("很多") / "上半年"
    crowd.mkdir()
    for path in folder.iterdir():
        for number in range(50):
            os.link(path, crowd / f"{number}{path.name}")
    return crowd


def test_ctrl_c_on_a_terminal_ends_cleanly_and_the_next_run_goes_on(crowd, tmp_path):
    out = tmp_path / "out" / "汇总.xlsx"
    out.parent.mkdir()
    process, terminal = on_a_terminal(crowd, out, tmp_path)
    shown = seen(terminal, "个文件")
    assert re.search(rf"正在收集 已看 \d+/{50 * (MANY + 1)} 个文件", shown), shown
    os.write(terminal, b"\x03")
    rest = seen(terminal, "不用再看")
    assert process.wait(20) == 130
    os.close(terminal)
    looked = int(re.search(r"已停止，看过的 (\d+) 个文件下次不用再看", rest)[1])
    assert 0 < looked < 50 * (MANY + 1)
    assert "Traceback" not in shown + rest
    assert os.listdir(out.parent) == []
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(tmp_path).items():
            patch.setenv(name, value)
        told, cancelled = [], threading.Event()

        def first(done: int, of: int) -> None:
            told.append(done)
            cancelled.set()

        hands = actions.Hands(progress=first, cancelled=cancelled)
        actions.collect(actions.Collecting(crowd, out=out), today=TODAY, hands=hands)
    assert looked <= told[0] <= 50 * (MANY + 1)  # what bears the same bytes is known, too


def test_under_a_pipe_nobody_is_told_how_far_it_is(crowd, tmp_path):
    few = tmp_path / "few"
    few.mkdir()
    for path in sorted(crowd.iterdir())[:300]:
        os.link(path, few / path.name)
    run = command(few, tmp_path / "1.xlsx", home=tmp_path)
    assert run.stderr == ""
    assert "已看" not in run.stdout
    assert "\x1b" not in run.stdout
