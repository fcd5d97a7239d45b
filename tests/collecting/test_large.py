"""More rows than a sheet takes, more bytes than our reader takes, a million rows: what is said, and what it costs."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from pyxl import actions
from pyxl.core.consolidation import consolidate
from pyxl.errors import OutputError
from pyxl.excel.consolidating import own, splice
from pyxl.excel.consolidating.book import write_book
from pyxl.excel.consolidating.kept import Kept
from tests.collecting.runs import ROOT
from tests.hierarchy import UPWARD, run
from tests.submissions import TODAY, submission


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    folder = tmp_path_factory.mktemp("一份")
    submission(folder, 1)
    out = tmp_path_factory.mktemp("out") / "汇总.xlsx"
    [standing] = actions.collect(actions.Collecting(folder, out=out), today=TODAY).found.standings
    return standing.received


@pytest.mark.parametrize(("rows", "fits"), [(1_048_573, True), (1_048_574, False)])
def test_more_rows_than_a_sheet_takes_are_told_before_anything_is_written(received, rows, fits):
    many = replace(received.units[0], rows={"theme_day": rows})
    found, out = consolidate([replace(received, units=(many,))], UPWARD), io.BytesIO()
    if fits:
        write_book(out, UPWARD, Kept({}, None), found, lambda _: ())
        assert "$A$3:" in zipfile.ZipFile(out).read("xl/workbook.xml").decode()
        return
    with pytest.raises(OutputError) as caught:
        write_book(out, UPWARD, Kept({}, None), found, lambda _: ())
    assert caught.value.code == "consolidated_rows"
    assert "“主题党日”共有 1048574 行" in caught.value.message
    assert out.getvalue() == b""


def test_more_than_four_gigabytes_are_told_and_the_old_workbook_stays(tmp_path, monkeypatch):
    folder, out = tmp_path / "报", tmp_path / "汇总.xlsx"
    folder.mkdir()
    submission(folder, 1)
    assert run("collect", folder, "-o", out) == 0
    before = out.read_bytes()
    monkeypatch.setattr(splice, "_MOST", 20_000)
    with pytest.raises(OutputError) as caught:
        actions.collect(actions.Collecting(folder, out=out, unit="甲"), today=TODAY)
    assert caught.value.code == "consolidated_too_large"
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([folder.name, out.name])


@pytest.mark.parametrize("limit", ["MAX_FILE", "MAX_PART", "MAX_TOTAL"])
def test_a_workbook_that_our_own_reader_would_refuse_is_said_to_be_one(tmp_path, monkeypatch, capsys, limit):
    folder, out = tmp_path / "报", tmp_path / "汇总.xlsx"
    folder.mkdir()
    submission(folder, 1)
    assert run("collect", folder, "-o", out) == 0
    assert "太大" not in capsys.readouterr().out
    monkeypatch.setattr(own, limit, 10_000)
    assert run("collect", folder, "-o", out) == 0
    assert "汇总表太大，本程序的校验、总结和上报读不了它。" in capsys.readouterr().out
    assert out.exists()


@pytest.mark.campaign
def test_a_million_rows_are_put_together_in_less_than_a_gigabyte():
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.million"], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=900,
        check=True,
    )  # fmt: skip
    found = json.loads(run.stdout)
    print(f"\n{found}")
    assert found["rows"] >= 1_000_000
    assert found["check the file"]["most MB"] < 1024
    # the rows themselves are never in memory: what writing adds is small, most of it the sheets that compare units
    assert found["write"]["most MB"] - found["consolidate"]["most MB"] < 250
    assert found["can be read"] == "file_too_large"
