"""Submissions that contradict each other, or what is kept of them: real files, each end told, nothing lost in silence."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from pyxl import actions
from pyxl.cli.collected import collect_page
from pyxl.sealing.keys import keys_folder
from tests.submissions import TODAY, rows_of, sealed, submission
from tests.tampering import resealed

LATER = datetime(2023, 7, 5, 9, 15, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("own_home")


def collect(folder: Path, **asked):
    hands = asked.pop("hands", None)
    return actions.collect(actions.Collecting(folder, **asked), today=TODAY, hands=hands)


def ends(outcome) -> dict[str, tuple[str, str]]:
    return {each.file: (each.status.value, each.reason) for each in outcome.found.standings if each.file}


def remarks(outcome, file: str) -> set[str]:
    return {each.code for line in outcome.found.standings if line.file == file for each in line.remarks}


def theme_days(outcome) -> int:
    return outcome.found.totals.get("主题党日", "次数").value


def handed_on(place: Path, code: str, units: dict[int, dict[str, str]], up: Path) -> Path:
    """What an upper unit has collected from these units and sends up."""
    below = place / code
    below.mkdir()
    for number, cover in units.items():
        submission(below, number, **cover)
    collected = collect(below, unit=f"{code}党总支", code=code, out=place / f"{code}.xlsx")
    up.mkdir(exist_ok=True)
    return actions.submit(collected.written, out=up, today=TODAY, moment=LATER).written


@pytest.mark.parametrize(
    "covers",
    [
        [{"code": "001", "unit": "甲支部"}, {"code": "001", "unit": "乙支部"}],
        [{"code": "", "unit": "第一党支部"}, {"code": "", "unit": "第一党支部"}],
    ],
)
def test_units_that_two_upper_units_number_or_name_alike_are_not_made_one_in_silence(tmp_path, capsys, covers):
    up = tmp_path / "上级"
    first = handed_on(tmp_path, "ZZ1", {1: covers[0], 5: {}}, up)
    second = handed_on(tmp_path, "ZZ2", {2: covers[1], 6: {}}, up)
    outcome = collect(up)
    assert set(ends(outcome).values()) == {("accepted", "")}
    assert {frozenset(remarks(outcome, each.name) & {"unit_clash", "unit_clashes"}) for each in (first, second)} == {
        frozenset({"unit_clash"}), frozenset({"unit_clashes"}),
    }  # fmt: skip
    assert collect_page(outcome, as_json=False) == 1
    assert "看来是不同的单位" in capsys.readouterr().out


def test_a_unit_that_hands_in_both_ways_counts_once_and_nothing_is_said_against_it(tmp_path):
    up = tmp_path / "上级"
    through = handed_on(tmp_path, "ZZ1", {1: {}, 2: {}}, up)
    own = submission(up, 1)
    outcome = collect(up)
    assert ends(outcome) == {through.name: ("accepted", ""), own.name: ("accepted", "")}
    assert "counted_elsewhere" in remarks(outcome, through.name)
    assert not outcome.found.has_conflicts


def test_what_was_changed_on_its_way_up_is_told(tmp_path):
    up = tmp_path / "上级"
    through = handed_on(tmp_path, "ZZ1", {1: {"unit": "云溪市第1党支部"}, 2: {}}, up)
    own = submission(up, 1, rows=rows_of(7))  # made at the same moment, and not what came through the other's hands
    outcome = collect(up)
    assert "unit_altered" in remarks(outcome, through.name)
    assert ends(outcome)[own.name] == ("accepted", "")
    assert outcome.found.has_conflicts


def test_a_unit_that_has_filled_in_its_code_goes_on_with_its_key(tmp_path):
    folder = tmp_path / "报来的"
    folder.mkdir()
    before = submission(folder, 1, code="", name="无码.xlsx")
    assert ends(collect(folder)) == {before.name: ("accepted", "")}
    after = submission(folder, 1, moment=LATER, name="有码.xlsx")
    assert ends(collect(folder)) == {before.name: ("replaced", "older"), after.name: ("accepted", "")}
    lower = submission(folder, 1, code="zb-0001", moment=LATER + timedelta(days=1), name="小写.xlsx")
    assert ends(collect(folder))[lower.name] == ("accepted", "")
    assert len(list(keys_folder().glob("*.pem"))) == 2  # under the name, and the same under the code
    assert len({path.read_bytes() for path in keys_folder().glob("*.pem")}) == 1


def test_rows_that_somebody_else_has_let_go_are_looked_at_again(tmp_path, own_home):
    """While one collects, another one may find a file changed, and what was kept of it is let go."""
    folder = tmp_path / "报来的"
    folder.mkdir()
    submission(folder, 1)
    whole = collect(folder, out=tmp_path / "一.xlsx").written.read_bytes()
    gone = []

    def interfere(done: int, of: int) -> None:
        if done == of:
            [cache] = (own_home / "cache").rglob("*.sqlite")
            with sqlite3.connect(cache) as base:
                gone.append(base.execute("DELETE FROM pieces WHERE sheet = 'theme_day'").rowcount)

    again = collect(folder, out=tmp_path / "二.xlsx", hands=actions.Hands(progress=interfere))
    assert gone[0] == 1  # its rows were let go, and then looked at anew
    assert again.written.read_bytes() == whole


def test_a_file_that_changes_while_somebody_else_collects_is_written_as_it_was_looked_at(tmp_path):
    folder = tmp_path / "报来的"
    folder.mkdir()
    path = submission(folder, 1)
    whole = collect(folder, out=tmp_path / "一.xlsx").written.read_bytes()
    changed = sealed(1, moment=LATER, rows=rows_of(9)).content

    def interfere(done: int, of: int) -> None:
        if done == of and path.read_bytes() != changed:
            path.write_bytes(changed)
            collect(folder, out=tmp_path / "别人的.xlsx")

    once = collect(folder, out=tmp_path / "二.xlsx", hands=actions.Hands(progress=interfere))
    assert once.written.read_bytes() == whole


def test_what_was_typed_into_the_wording_outlives_a_glance_at_the_totals(tmp_path):
    folder, out = tmp_path / "报来的", tmp_path / "汇总.xlsx"
    folder.mkdir()
    submission(folder, 1)
    collect(folder, out=out, unit="云溪市委")
    book = openpyxl.load_workbook(out)
    sheet = book["总结文字"]
    place = next(cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.value and "{{" in str(cell.value))
    place.value = "这是我们自己写的一句。"
    name = place.coordinate
    book.save(out)
    collect(folder, out=out, fast=True)
    assert openpyxl.load_workbook(out)["总结文字"][name].value == "这是我们自己写的一句。"
    collect(folder, out=out)
    assert openpyxl.load_workbook(out)["总结文字"][name].value == "这是我们自己写的一句。"


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m["units"][0]["shares"].update({"theme_day.count": 10**400}),
        lambda m: m["units"][0]["shares"].update({"theme_day.count": 10**13}),
        lambda m: m["units"][0]["rows"].update({"theme_day": 2**70}),
        lambda m: m["rows"].update({"theme_day": 1_200_000}),
        lambda m: m["units"][0]["facts"].update({"year": 10**400}),
        lambda m: m["units"][0]["shares"].update({"committee_meeting.months_without": [True, [0, 13], []]}),
        lambda m: m["units"][0]["facts"].update({"made": "2099-01-01T00:00:00Z"}),
    ],
)
@pytest.mark.parametrize("fast", [True, False])
def test_a_manifest_beyond_all_bounds_stops_nobody_else(tmp_path, change, fast):
    folder = tmp_path / "报来的"
    folder.mkdir()
    (folder / "坏.xlsx").write_bytes(resealed(sealed(1).content, change))
    good = submission(folder, 2)
    outcome = collect(folder, fast=fast)
    assert ends(outcome) == {"坏.xlsx": ("rejected", "seal_damaged"), good.name: ("accepted", "")}


def test_rows_that_are_only_claimed_keep_nobody_from_a_glance_at_the_totals(tmp_path):
    folder = tmp_path / "报来的"
    folder.mkdir()
    for number in (1, 2):
        content = resealed(sealed(number).content, lambda m: m["units"][0]["rows"].update({"theme_day": 1_000_000}))
        (folder / f"{number}.xlsx").write_bytes(content)
    assert collect(folder, fast=True).written.is_file()
