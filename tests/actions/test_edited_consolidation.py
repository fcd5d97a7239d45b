"""A consolidated workbook in which somebody has changed something: what `check` says, and at which cell."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from pyxl import actions
from tests.hierarchy import passed_on, run
from tests.submissions import TODAY, submission


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """Of a fresh copy of a consolidated workbook: what `check` says after somebody's change."""
    folder = tmp_path_factory.mktemp("改过")
    (folder / "总支").mkdir()
    for number in range(1, 5):
        submission(folder / "总支", number)
    made = passed_on(folder / "总支", "云溪市第1党总支", "ZZ-1", folder / "上级").book

    def checked(change) -> tuple[list[Any], int]:
        path = folder / "改.xlsx"
        book = openpyxl.load_workbook(made)
        change(book)
        book.save(path)
        found = actions.check(path, today=TODAY)
        return [issue for issue in found.issues if issue.severity != "hint"], run("check", path)

    return checked


def columns(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[3] if cell.value}


def first_row(sheet, unit: str) -> int:
    place = columns(sheet)["报送单位"]
    return next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, place).value == unit)


def test_unchanged_there_is_nothing_to_say(edited):
    assert edited(lambda _: None) == ([], 0)


def test_a_rule_that_a_branchs_row_breaks_is_told_there_and_by_name(edited):
    places = {}

    def change(book):
        sheet = book["主题党日"]
        row = first_row(sheet, "云溪市第3党支部")
        cell = sheet.cell(row, columns(sheet)["实到"])
        places["cell"] = f"主题党日!{cell.coordinate}"
        cell.value = 999

    issues, code = edited(change)
    assert places["cell"] in [each.where.address for each in issues if each.blocks]
    assert all(each.message.startswith("云溪市第3党支部：") for each in issues)
    assert code == 1


def test_a_row_that_was_taken_away_is_noticed_at_the_units_line(edited):
    def change(book):
        sheet = book["主题党日"]
        sheet.delete_rows(first_row(sheet, "云溪市第4党支部"))

    issues, code = edited(change)
    [found] = [each for each in issues if each.code == "unit_rows_differ"]
    line = 4 + 3  # the fourth unit
    assert found.where.address.startswith("各单位!")
    assert found.where.row == line
    assert "“云溪市第4党支部”报来" in found.message
    assert int(found.found) == found.params["here"] + 1
    assert code == 0  # a warning: it is his ledger


def test_a_units_line_that_was_taken_away_leaves_rows_that_nobody_can_judge(edited):
    unit, rows = "云溪市第2党支部", []

    def change(book):
        sheet = book["各单位"]
        place = columns(sheet)["单位名称"]
        sheet.delete_rows(next(r for r in range(4, 20) if sheet.cell(r, place).value == unit))
        for sheet in book.worksheets[4:]:
            place = columns(sheet).get("报送单位")
            rows.extend(
                f"{sheet.title}!{sheet.cell(r, place).coordinate}"
                for r in range(4, sheet.max_row + 1)
                if place and sheet.cell(r, place).value == unit
            )

    issues, code = edited(change)
    assert {each.code for each in issues} == {"unit_unlisted"}
    assert [each.where.address for each in issues] == rows
    assert len(rows) > 20
    assert code == 1


def test_a_row_of_a_unit_that_is_not_listed_is_told_at_its_unit(edited):
    places = []

    def change(book):
        sheet = book["支委会"]
        last = sheet.max_row + 1
        for column in range(1, sheet.max_column + 1):
            sheet.cell(last, column).value = sheet.cell(last - 1, column).value
        for label, value in (("报送单位", "别处的支部"), ("报送单位编码", "XX-9")):
            sheet.cell(last, columns(sheet)[label]).value = value
        places.append(f"支委会!{sheet.cell(last, columns(sheet)['报送单位']).coordinate}")

    issues, code = edited(change)
    assert [(each.code, each.where.address) for each in issues] == [("unit_unlisted", places[0])]
    assert code == 1


def test_a_unit_that_is_listed_twice_is_told_at_the_second_line(edited):
    places = []

    def change(book):
        sheet = book["各单位"]
        last = sheet.max_row + 1
        for column in range(1, sheet.max_column + 1):
            sheet.cell(last, column).value = sheet.cell(4, column).value
        places.append(f"各单位!{sheet.cell(last, columns(sheet)['单位名称']).coordinate}")

    issues, code = edited(change)
    assert [(each.code, each.where.address, each.params["first"]) for each in issues] == [("unit_twice", places[0], 4)]
    assert code == 1
