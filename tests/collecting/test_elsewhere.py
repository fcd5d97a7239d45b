"""Collecting by other hands: threads, processes, a cluster; always the same result."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

import pytest

from pyxl import actions
from pyxl.collecting import cluster as clusters
from pyxl.errors import UsageError
from tests.collecting.runs import MANY, ROOT, collected, command, environment, words
from tests.submissions import TODAY

# a real cluster: a scheduler and two workers, each a process; it ends when its standard input does
CLUSTER = """
import sys
if __name__ == "__main__":
    from distributed import LocalCluster
    with LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, processes=True, dashboard_address=None) as made:
        print(made.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextmanager
def local_cluster(workers: int = 2, **environ: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER, str(workers)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ}, start_new_session=True,
    )  # fmt: skip
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.communicate(timeout=60)


def test_threads_and_processes_of_the_caller_give_the_same_bytes(folder, tmp_path, own_home, monkeypatch):
    results = [collected(folder, tmp_path / "1.xlsx", actions.Hands())]
    made = (lambda: ThreadPoolExecutor(3), lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")))
    for number, make in enumerate(made, 2):
        for name in ("CACHE", "DATA"):
            monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / f"{name}{number}"))
        with make() as executor:
            results.append(collected(folder, tmp_path / f"{number}.xlsx", actions.Hands(executor=executor)))
    assert results[0] == results[1] == results[2]


def test_a_cluster_of_two_processes_gives_the_same_bytes(folder, tmp_path, expected):
    with local_cluster() as (address, _):
        run = command(folder, tmp_path / "汇总.xlsx", "--scheduler", address, home=tmp_path)
        assert (run.returncode, run.stderr) == (1, "")
        assert (tmp_path / "汇总.xlsx").read_bytes() == expected


def test_what_a_cluster_has_looked_at_is_known_here(folder, tmp_path):
    with local_cluster(1) as (address, _):
        command(folder, tmp_path / "1.xlsx", "--scheduler", address, home=tmp_path)
    told = []
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(tmp_path).items():
            patch.setenv(name, value)
        collected(folder, tmp_path / "2.xlsx", actions.Hands(progress=lambda *each: told.append(each)))
    assert told == [(MANY + 1, MANY + 1)]


def test_a_cluster_that_goes_away_is_told_and_the_next_run_finishes(folder, tmp_path, expected, monkeypatch):
    with local_cluster() as (address, process):

        def end(done: int, of: int) -> None:
            os.killpg(process.pid, signal.SIGKILL)

        for name, value in environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        asked = actions.Collecting(folder, out=tmp_path / "汇总.xlsx", scheduler=address)
        with pytest.raises(UsageError) as caught:
            actions.collect(asked, today=TODAY, hands=actions.Hands(progress=end))
        assert caught.value.code == "scheduler_lost"
        assert address in caught.value.message
        assert not (tmp_path / "汇总.xlsx").exists()
    assert command(folder, tmp_path / "汇总.xlsx", home=tmp_path).returncode == 1
    assert (tmp_path / "汇总.xlsx").read_bytes() == expected


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "tcp://", "tcp://x", "http://x:1", "tcp://a b:1", "tcp://x:1/y"])
def test_what_is_no_address_is_told(folder, tmp_path, address):
    run = command(folder, tmp_path / "汇总.xlsx", "--scheduler", address, home=tmp_path)
    assert run.returncode == 2
    assert run.stderr.startswith(f"“{address}”不是集群调度器的地址\n请写成 tcp://")
    assert not (tmp_path / "汇总.xlsx").exists()


def test_without_dask_it_is_said_what_to_install(folder, own_home, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as caught:
        actions.collect(actions.Collecting(folder, out=tmp_path / "1.xlsx", scheduler="tcp://127.0.0.1:1"), today=TODAY)
    assert caught.value.code == "scheduler_no_dask"
    assert "pip install" in caught.value.hint


def test_nobody_who_names_no_scheduler_imports_dask(folder, tmp_path):
    code = "import sys; from pyxl.cli.boundary import main; main(sys.argv[1:]); print('distributed' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code, *words(folder, tmp_path / "1.xlsx")[3:]],
        env=environment(tmp_path), capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    assert run.stdout.splitlines()[-1] == "False"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_where_nobody_listens_it_is_told(folder, own_home, monkeypatch, tmp_path):
    monkeypatch.setattr(clusters, "_SECONDS", 1)
    with pytest.raises(UsageError) as caught:
        actions.collect(actions.Collecting(folder, out=tmp_path / "1.xlsx", scheduler="tcp://127.0.0.1:9"), today=TODAY)
    assert caught.value.code == "scheduler_not_found"


def test_machines_that_would_judge_otherwise_or_see_nothing_are_refused(folder, tmp_path, monkeypatch):
    ours = clusters.surroundings(str(folder), "")
    assert ours == (ours.version, ours.catalogue, True)
    for there, code in (
        ([], "scheduler_no_workers"),
        ([ours, ours._replace(version="0.0.1")], "scheduler_differs"),
        ([ours._replace(catalogue="another")], "scheduler_differs"),
        ([ours, ours._replace(sees_folder=False)], "scheduler_blind"),
    ):
        with pytest.raises(UsageError) as caught:
            clusters._refuse(there, ours, folder)
        assert caught.value.code == code
    clusters._refuse([ours, ours], ours, folder)
    assert clusters.surroundings(str(tmp_path / "nowhere"), str(tmp_path / "neither"))[1:] == ("", False)


def test_an_overlay_that_a_machine_does_not_have_is_noticed(folder, tmp_path, own_home):
    overlay = tmp_path / "目录"
    overlay.mkdir()
    with local_cluster(1) as (address, _):
        with clusters.cluster(address, folder, overlay) as executor:
            assert executor.submit(pow, 2, 5).result(30) == 32
        with pytest.raises(UsageError) as caught, clusters.cluster(address, tmp_path / "nowhere", None):
            pytest.fail("nobody sees that folder")
    assert caught.value.code == "scheduler_blind"
