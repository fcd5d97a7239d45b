"""Up the hierarchy: 60 branches, 5 general branches, one committee; what arrives is what was recorded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import docx
import openpyxl
import pytest

from pyxl import actions
from pyxl.catalogue.model import ColumnType
from pyxl.core.consolidation import consolidate
from pyxl.core.ledger import Ledger
from pyxl.core.received import Received
from pyxl.core.submission import manifest_of
from pyxl.core.travelling import CODE, ORIGIN, REGISTER, UNIT, VIA, travelling
from pyxl.excel.building.ledger import build_ledger
from pyxl.excel.closed.reading import read_book
from pyxl.excel.parse import parse
from pyxl.excel.submitting.part import MANIFEST_PART, sealed_part
from pyxl.package import unpacked
from tests.books import raw_book
from tests.hierarchy import UPWARD, Level, by_hand, figures_of, ledger_of, passed_on, plain, run
from tests.reports import CATALOGUE
from tests.submissions import MOMENT, TODAY, cover_of, examined, rows_of, submission
from tests.volunteering import service, with_volunteering

BRANCHES, GENERAL = 60, 5
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ledgers() -> dict[str, Any]:
    """Every branch's own ledger, judged."""
    return {f"ZB-{number:04}": examined(number) for number in range(1, BRANCHES + 1)}


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """60 submissions, twelve to a general branch; three of them by the command, from real ledgers."""
    root = tmp_path_factory.mktemp("全市")
    for number in range(1, BRANCHES + 1):
        folder = root / f"总支{(number - 1) * GENERAL // BRANCHES + 1}"
        folder.mkdir(exist_ok=True)
        if number % 25 == 0 or number == 1:
            ledger = root / "台账" / f"{number}.xlsx"
            ledger.parent.mkdir(exist_ok=True)
            build_ledger(CATALOGUE, ledger, year=None, unit="", cover=cover_of(number), rows=rows_of(number))
            assert run("submit", ledger, "-o", folder) == 0
        else:
            submission(folder, number)
    return root


@pytest.fixture(scope="module")
def general(tree) -> tuple[Level, ...]:
    return tuple(
        passed_on(tree / f"总支{number}", f"云溪市第{number}党总支", f"ZZ-{number}", tree / "全市")
        for number in range(1, GENERAL + 1)
    )


@pytest.fixture(scope="module")
def committee(tree, general) -> Level:
    return passed_on(tree / "全市", "云溪市委", "DW-1", tree / "省里")


# ---------------------------------------------------------------------- the laws


def test_the_committees_figures_are_those_of_all_branches_rows(committee, ledgers, capsys):
    figures = figures_of(committee.book, capsys)
    checked = 0
    for activity in CATALOGUE.activities:
        for spec in activity.totals:
            assert figures[activity.label, spec.label] == by_hand(activity, spec, ledgers), (activity.key, spec.key)
            checked += 1
    assert checked == sum(len(activity.totals) for activity in CATALOGUE.activities)
    assert checked > 50
    # and they are worth comparing
    assert figures["主题党日", "次数"] == sum(6 - (number & 1) for number in range(1, BRANCHES + 1))
    assert figures["谈心谈话", "谈话对象数"] > BRANCHES
    assert 0 < figures["集中学习", "出勤率"] < 1


def test_collecting_and_totalling_say_the_same(tree, committee, capsys):
    figures = figures_of(committee.book, capsys)
    run("collect", tree / "全市", "-o", committee.book, "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["counts"]["accepted"] == GENERAL
    assert len(found["units"]) == BRANCHES
    assert {(each["activity"], each["name"]): plain(each["value"]) for each in found["figures"]} == figures


def test_the_matrix_of_units_adds_up_to_the_figures(committee, capsys):
    figures = figures_of(committee.book, capsys)
    sheet = openpyxl.load_workbook(committee.book)["各单位情况"]
    heads = [cell.value for cell in sheet[3]]
    lines = {row[1].value: row for row in sheet.iter_rows(min_row=4) if row[1].value}
    total = next(row for row in sheet.iter_rows(min_row=4) if row[2].value == "合计")
    assert sorted(lines) == [f"ZB-{number:04}" for number in range(1, BRANCHES + 1)]
    for label in ("主题党日", "支委会", "集中学习"):
        place = heads.index(label)
        assert total[place].value == figures[label, "次数"] == sum(row[place].value for row in lines.values())


def test_every_row_leads_back_to_the_branch_and_its_ledger(committee, ledgers):
    for key, rows in committee.ledger.entries.items():
        if key == REGISTER:
            continue
        seen = set()
        for row in rows:
            ledger = ledgers[row.text(CODE)].ledger
            own = {each.ref: each for each in ledger.rows(key)}[row.text(ORIGIN)]
            assert row.text(UNIT) == ledger.unit
            for column in CATALOGUE.activity(key).columns:
                if not column.private and column.type not in (ColumnType.PERSON, ColumnType.PEOPLE):
                    assert row.get(column.key) == own.get(column.key), (row.ref, column.key)
            seen.add((row.text(CODE), row.text(ORIGIN)))
        assert len(seen) == len(rows)


def test_each_level_says_by_whom_a_unit_came(committee):
    lines = committee.ledger.rows(REGISTER)
    assert len(lines) == BRANCHES
    assert {line.text("code"): line.text(VIA) for line in lines} == {
        f"ZB-{number:04}": f"云溪市第{(number - 1) * GENERAL // BRANCHES + 1}党总支"
        for number in range(1, BRANCHES + 1)
    }
    sent = ledger_of(committee.submission)
    assert sent.rows(REGISTER)[0].text(VIA) == "云溪市委→云溪市第1党总支"
    assert sent.unit == "云溪市委"


def test_what_the_committee_has_made_goes_through_every_command_and_one_level_up(tree, committee, capsys):
    for words in (["totals"], ["preview"], ["check"]):
        assert run(*words, committee.book) == 0
    document = tree / "汇总.docx"
    assert run("report", committee.book, "-o", document) == 0
    text = "\n".join(paragraph.text for paragraph in docx.Document(document).paragraphs)
    assert f"召开支委会{figures_of(committee.book, capsys)['支委会', '次数']}次" in text
    above = passed_on(tree / "省里", "云溪省委", "SW", tree / "中央")
    assert [row.text("code") for row in above.ledger.rows(REGISTER)] == sorted(
        row.text("code") for row in committee.ledger.rows(REGISTER)
    )
    assert figures_of(above.book, capsys) == figures_of(committee.book, capsys)


def same_but_for_the_way(one: Ledger, other: Ledger) -> None:
    """Rows, units and order; by whom they came may differ."""
    assert one.entries.keys() == other.entries.keys()
    for key in one.entries:
        rows = [[{**row.values, VIA: None} for row in ledger.rows(key)] for ledger in (one, other)]
        assert rows[0] == rows[1], key


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> tuple[Path, Path]:
    """Three branches collected at once; and two of them first, then with the third."""
    root = tmp_path_factory.mktemp("三个")
    (root / "一次").mkdir()
    (root / "先").mkdir()
    (root / "再").mkdir()
    for number in (7, 9, 30):
        submission(root / "一次", number)
    for number in (7, 30):
        submission(root / "先", number)
    submission(root / "再", 9)
    passed_on(root / "先", "云溪市第1党总支", "ZZ-1", root / "再")
    for name in ("一次", "再"):
        assert run("collect", root / name, "-o", root / f"{name}.xlsx", "--unit", "云溪市委", "--code", "DW-1") == 0
    return root / "一次.xlsx", root / "再.xlsx"


def test_collecting_at_once_and_by_steps_comes_to_the_same(three, capsys):
    at_once, by_steps = map(ledger_of, three)
    same_but_for_the_way(at_once, by_steps)
    assert [row.text("code") for row in by_steps.rows(REGISTER)] == ["ZB-0007", "ZB-0009", "ZB-0030"]
    assert [row.text(VIA) for row in by_steps.rows(REGISTER)] == ["云溪市第1党总支", "", "云溪市第1党总支"]
    assert figures_of(three[0], capsys) == figures_of(three[1], capsys)
    matrix = [
        [[cell.value for cell in row] for row in openpyxl.load_workbook(book)["各单位情况"].iter_rows(min_row=3)]
        for book in three
    ]
    assert matrix[0] == matrix[1]
    assert len(matrix[0]) >= 4


def received_in(folder: Path) -> list[Received]:
    outcome = actions.collect(actions.Collecting(folder, out=folder.with_suffix(".order.xlsx")), today=TODAY)
    return [each.received for each in outcome.found.standings if each.received]


def test_the_order_in_which_files_are_looked_at_does_not_matter(tree, general):
    received = received_in(tree / "总支1")
    assert len(received) == BRANCHES // GENERAL
    first = consolidate(received, UPWARD)
    for seed in range(20):
        shuffled = Random(seed).sample(received, len(received))
        assert consolidate(shuffled, UPWARD) == first


def test_what_files_are_called_does_not_matter(tree, general, tmp_path):
    folder = tmp_path / "乱"
    folder.mkdir()
    for number, path in enumerate(sorted((tree / "总支2").iterdir(), reverse=True)):
        shutil.copy(path, folder / f"{number:02}.xlsx")
    assert run("collect", folder, "-o", tmp_path / "乱.xlsx") == 0
    same_but_for_the_way(ledger_of(tmp_path / "乱.xlsx"), general[1].ledger)


def test_the_same_inputs_give_the_same_bytes_wherever_and_whenever(tree, general, tmp_path):
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, date, datetime; from pyxl import actions\n"
        "folder, out = map(Path, sys.argv[1:])\n"
        "asked = actions.Collecting(folder, out=out / '汇总.xlsx', unit='云溪市总支', code='ZZ')\n"
        "actions.collect(asked, today=date(2024, 1, 10))\n"
        "actions.submit(out / '汇总.xlsx', out=out, today=date(2024, 1, 10), moment=datetime(2024, 1, 9, 1, tzinfo=UTC))"
    )
    places = [
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX", "LANG": "zh_CN.GB18030", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4294967295"},
    ]
    made = []
    for number, place in enumerate(places):
        out = tmp_path / str(number)
        out.mkdir()
        # without site (-S): in a locale of plain ASCII, Python 3.11.2 reads no .pth file that names a Chinese folder
        found = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        environ = {**os.environ, **place, "PYTHONPATH": found, "XDG_CACHE_HOME": str(out / "cache")}
        subprocess.run([sys.executable, "-S", "-c", code, tree / "总支1", out], env=environ, check=True, timeout=120)
        made.append({path.name: path.read_bytes() for path in out.iterdir() if path.is_file()})
    assert len(made[0]) == 3
    for each in made[1:]:
        assert each.keys() == made[0].keys()
        assert [name for name in each if each[name] != made[0][name]] == []


def test_collecting_again_gives_the_same_bytes(tree, general, tmp_path):
    for name in ("一", "二"):  # the keys of the first run are known to the second
        assert run("collect", tree / "总支3", "-o", tmp_path / f"{name}.xlsx", "--unit", "甲") == 0
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_the_manifest_of_an_upper_unit_says_what_the_next_one_finds(committee):
    manifest = manifest_of(sealed_part(unpacked(committee.submission.read_bytes())[MANIFEST_PART]).manifest)
    assert (manifest.unit, manifest.code, len(manifest.units)) == ("云溪市委", "DW-1", BRANCHES)
    assert sum(unit.shares["theme_day.count"] for unit in manifest.units) == manifest.rows["theme_day"]
    assert manifest.rows[REGISTER] == BRANCHES


# ---------------------------------------------------------------------- units that differ


def test_units_that_sent_their_rows_at_different_times_come_to_the_same_at_once_and_by_steps(tmp_path, capsys):
    early = date(2023, 4, 12)
    rows = {key: [row for row in found if row.get("date", early) <= early] for key, found in rows_of(2).items()}
    only_in_may = {**rows_of(3), "theme_day": [r for r in rows_of(3)["theme_day"] if r["date"].month == 5]}
    folder = tmp_path / "报"
    folder.mkdir()
    submission(folder, 2, rows={**rows, "theme_day": []}, as_of=early)
    submission(folder, 3, rows=only_in_may)
    assert run("collect", folder, "-o", tmp_path / "汇总.xlsx", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    figures = {(each["activity"], each["name"]): plain(each["value"]) for each in found["figures"]}
    assert figures["主题党日", "缺会月份"] == (1, 2, 3, 4, 6)
    assert figures_of(tmp_path / "汇总.xlsx", capsys) == figures


def test_people_of_one_alias_in_two_units_are_two_people(tmp_path, capsys):
    folder = tmp_path / "报"
    folder.mkdir()
    each = {}
    for number in (1, 2):
        submission(folder, number)
        each[number] = examined(number).totals.get("谈心谈话", "谈话对象数").value
    assert run("collect", folder, "-o", tmp_path / "汇总.xlsx") == 0
    assert figures_of(tmp_path / "汇总.xlsx", capsys)["谈心谈话", "谈话对象数"] == each[1] + each[2] > 2


# ---------------------------------------------------------------------- a catalogue of one's own


@pytest.fixture(scope="module")
def overlay(tmp_path_factory) -> Path:
    return with_volunteering(tmp_path_factory.mktemp("本单位 目录"))


def with_service(folder: Path, number: int, overlay: Path) -> Path:
    catalogue = actions.load_catalogue(overlay)
    days = [date(2023, month, 14) for month in range(1, 4 + number)]
    rows = {**rows_of(number), "volunteering": [service(day, hours=1.5) for day in days]}
    found = actions.examine(raw_book(catalogue, cover_of(number), rows), catalogue, TODAY)
    sealed = actions.sealed_submission(found, MOMENT)
    path = folder / actions.submission_name(sealed.manifest)
    path.write_bytes(sealed.content)
    return path


def test_who_does_not_have_that_file_is_told_so_and_not_that_somebody_has_cheated(overlay, tmp_path, capsys):
    (tmp_path / "总支").mkdir()
    with_service(tmp_path / "总支", 1, overlay)
    submission(tmp_path / "总支", 2)
    assert run("collect", tmp_path / "总支", "-o", tmp_path / "汇总.xlsx", "--json") == 1
    [back] = [each for each in json.loads(capsys.readouterr().out)["standings"] if each["status"] == "rejected"]
    assert (back["reason"], back["identity"]) == ("other_catalogue", "ZB-0001")
    assert back["message"] == "用的活动目录和这里不一样，有 1 张表这里没有"


def test_one_file_laid_over_the_catalogue_goes_all_the_way_up(overlay, tmp_path, capsys):
    (tmp_path / "总支").mkdir()
    for number in (1, 2):
        path = with_service(tmp_path / "总支", number, overlay)
    assert "志愿服务" in openpyxl.load_workbook(path).sheetnames
    own = ["--catalogue", overlay]
    for folder, unit, code, up in (("总支", "第1党总支", "ZZ-1", "党委"), ("党委", "市委", "DW", "省委")):
        book = tmp_path / f"{folder}.xlsx"
        assert run("collect", tmp_path / folder, "-o", book, "--unit", unit, "--code", code, *own) == 0
        assert run("submit", book, "-o", tmp_path / up, *own) == 0
    capsys.readouterr()
    assert run("totals", tmp_path / "党委.xlsx", "--json", *own) == 0
    figures = {(f["activity"], f["name"]): f["value"] for f in json.loads(capsys.readouterr().out)["figures"]}
    assert figures["志愿服务", "次数"] == 4 + 5
    assert figures["志愿服务", "服务时长"] == 13.5
    sheet = openpyxl.load_workbook(tmp_path / "党委.xlsx")["各单位情况"]
    place = [cell.value for cell in sheet[3]].index("志愿服务")
    assert [sheet.cell(row, place + 1).value for row in (4, 5, 6)] == [4, 5, 9]
    rows = parse(read_book(tmp_path / "党委.xlsx"), travelling(actions.load_catalogue(overlay))).rows("volunteering")
    assert [row.text(UNIT) for row in rows] == ["云溪市第1党支部"] * 4 + ["云溪市第2党支部"] * 5
