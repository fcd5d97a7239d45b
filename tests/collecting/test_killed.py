"""Collecting that is killed, or runs out of room: the old workbook or the complete new one, never a part."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from pyxl import actions
from pyxl.errors import OutputError
from tests.collecting.runs import collected, command, environment, words
from tests.submissions import submission


def marked(mark: str) -> list[int]:
    """The processes that were started with this word in their environment, and still run."""
    found = []
    for place in Path("/proc").iterdir():
        try:
            if place.name.isdigit() and mark.encode() in (place / "environ").read_bytes():
                found.append(int(place.name))
        except OSError:  # ended meanwhile, or somebody else's
            continue
    return found


def kill_at_random(folder: Path, home: Path, expected: bytes, times: int, seed: int) -> dict[str, int]:
    """Kills as many runs at random moments; what bears the name is always whole. How they ended."""
    out, random, ended = home / "out" / "汇总.xlsx", Random(seed), {"old": 0, "new": 0, "finished": 0, "half-made": 0}
    out.parent.mkdir()
    old, lasts = earlier(folder, home), []
    for _ in ("cold", "warm"):
        started = time.monotonic()
        assert command(folder, out, home=home).returncode == 1
        lasts.append(time.monotonic() - started)
    for number in range(times):
        out.write_bytes(old)
        if number % 2 == 0:  # every other run knows all files
            shutil.rmtree(home / "cache")
        mark = f"PYXL_TEST_RUN={os.getpid()}-{seed}-{number}"
        process = subprocess.Popen(
            words(folder, out), env=environment(home, **dict([mark.split("=")])), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if number % 3:
            wait_for(process, random.uniform(0, 1.2 * lasts[number % 2]))
        else:  # the moment that counts
            while process.poll() is None and not list(out.parent.glob("*.part")):
                time.sleep(0.001)
            wait_for(process, random.uniform(0, 0.1))
        ended["finished"] += process.poll() is not None
        process.kill()
        process.wait()
        ended["half-made"] += bool(list(out.parent.glob("*.part")))
        there = out.read_bytes()
        assert there in (old, expected), number
        ended["old" if there == old else "new"] += 1
        deadline = time.monotonic() + 20
        while marked(mark) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert marked(mark) == [], "a child outlives whoever asked it"
        assert command(folder, out, home=home).returncode == 1
        assert out.read_bytes() == expected, number
        for path in out.parent.glob("*.part"):
            path.unlink()
    return ended


def wait_for(process: subprocess.Popen[bytes], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def earlier(folder: Path, home: Path) -> bytes:
    """The workbook of a day when one unit had not handed in yet; its keys are known all the same."""
    place = home / "earlier"
    if not place.exists():
        place.mkdir()
        for path in sorted(folder.iterdir())[:-2]:
            os.link(path, place / path.name)
    run = command(place, home / "earlier.xlsx", home=home)
    assert run.returncode in (0, 1)
    return (home / "earlier.xlsx").read_bytes()


def test_whenever_it_is_killed_the_workbook_is_the_old_one_or_the_new_one(folder, tmp_path, expected):
    ended = kill_at_random(folder, tmp_path, expected, 6, 1)
    assert ended["finished"] < 6


@pytest.mark.campaign
def test_killed_fifty_times_it_is_the_old_one_or_the_new_one(folder, tmp_path, expected):
    ended = kill_at_random(folder, tmp_path, expected, 50, 2)
    print(f"\nof 50: {ended}")
    assert ended["old"] > 10
    assert ended["half-made"] > 0  # at least once it was killed in the middle of writing
    assert ended["finished"] < 25


def test_a_half_made_file_of_a_killed_run_is_nobodys_submission(folder, tmp_path):
    place = tmp_path / "上报"
    place.mkdir()
    submission(place, 1)
    (place / ".pyxl-0123456789ab.part").write_bytes(next(folder.glob("*.xlsx")).read_bytes()[:5000])
    (place / ".pyxl-0123456789ac.part").write_bytes(submission(tmp_path, 2).read_bytes())
    run = command(place, tmp_path / "汇总.xlsx", home=tmp_path)
    assert run.returncode == 0
    assert "计入 1 个单位" in run.stdout
    assert ".part" not in run.stdout


def limited(size: int):
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_without_room_for_the_workbook_the_old_one_stays(folder, tmp_path):
    out = tmp_path / "out" / "汇总.xlsx"
    out.parent.mkdir()
    assert command(folder, out, home=tmp_path).returncode == 1
    before = out.read_bytes()
    run = command(folder, out, "--unit", "云溪市总支", home=tmp_path, preexec_fn=limited(200_000))
    assert run.returncode == 2
    assert run.stderr.splitlines()[0] == "磁盘空间不够，“汇总.xlsx”没有写成；原来的文件没有变"
    assert out.read_bytes() == before
    assert os.listdir(out.parent) == [out.name]


def test_without_room_for_what_was_looked_at_it_is_told_and_the_old_one_stays(folder, tmp_path):
    out = tmp_path / "out" / "汇总.xlsx"
    out.parent.mkdir()
    assert command(folder, out, home=tmp_path).returncode == 1
    before = out.read_bytes()
    shutil.rmtree(tmp_path / "cache")
    run = command(folder, out, home=tmp_path, preexec_fn=limited(60_000))
    assert run.returncode == 2
    assert run.stderr.startswith("没有地方存放看过的文件")
    assert out.read_bytes() == before
    assert command(folder, out, home=tmp_path).returncode == 1
    assert out.read_bytes() == before


def test_a_target_that_may_not_be_written_is_told(folder, tmp_path, own_home, monkeypatch):
    out = tmp_path / "汇总.xlsx"
    before = collected(folder, out, actions.Hands())
    monkeypatch.setattr("os.access", lambda path, mode: (path, mode) != (out, os.W_OK))
    with pytest.raises(OutputError) as caught:
        collected(folder, out, actions.Hands())
    assert caught.value.code == "output_no_permission"
    assert out.read_bytes() == before


@pytest.mark.parametrize("damage", [b"no database at all" * 500, b""])
def test_a_damaged_cache_is_made_anew(folder, tmp_path, expected, damage):
    out = tmp_path / "汇总.xlsx"
    (tmp_path / "cache" / "pyxl").mkdir(parents=True)
    (tmp_path / "cache" / "pyxl" / "collect.sqlite").write_bytes(damage)
    assert command(folder, out, home=tmp_path).returncode == 1
    assert out.read_bytes() == expected
