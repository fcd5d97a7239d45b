"""One TOML file laid over the catalogue is a new activity type everywhere: no Python is touched."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from pyxl import actions
from pyxl.core.fields import available
from pyxl.excel.building.ledger import build_ledger
from pyxl.sample import sample
from tests.volunteering import service, with_volunteering

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_volunteering(tmp_path_factory.mktemp("本单位 目录"))


@pytest.fixture(scope="module")
def ledger(overlay: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("台账") / "有志愿服务.xlsx"
    cover, rows = sample()
    days = [date(2023, 1, 14), date(2023, 2, 18), date(2023, 3, 4)]
    services = [service(day) for day in days] + [service(date(2023, 4, 8), field="送餐")]
    catalogue = actions.load_catalogue(overlay)
    build_ledger(
        catalogue, path, year=2023, unit=str(cover["unit"]), cover=cover, rows=rows | {"volunteering": services}
    )
    return path


def test_the_workbook_has_its_sheet_table_and_drop_down(ledger: Path) -> None:
    book = load_workbook(ledger)
    sheet = book["志愿服务"]
    assert list(sheet.tables) == ["志愿服务"]
    headers = [cell.value for cell in sheet[3] if cell.value]
    assert {"日期", "主题", "服务类别", "服务时长", "状态"} <= set(headers)
    assert any("社区" in str(rule.formula1) for rule in sheet.data_validations.dataValidation)
    summary = [cell.value for row in book["半年汇总"].iter_rows() for cell in row]
    assert any("志愿服务" in str(value) for value in summary)


def test_its_issues_name_its_cells(ledger: Path, overlay: Path) -> None:
    found = actions.check(ledger, catalogue_folder=overlay, today=TODAY)
    headers = [cell.value for cell in load_workbook(ledger)["志愿服务"][3]]
    letter = chr(ord("A") + headers.index("服务类别"))
    issues = {(issue.code, issue.severity.value, issue.where.address) for issue in found.issues}
    assert issues == {
        ("not_a_choice", "error", f"志愿服务!{letter}7"),
        ("month_without_meeting", "warning", "志愿服务"),
    }
    months = [issue.message for issue in found.issues if issue.code == "month_without_meeting"]
    assert len(months) == 2, "May and June; April's row is in error but was held"
    assert found.error == 1


def test_its_figures_rest_on_its_rows(ledger: Path, overlay: Path) -> None:
    totals = actions.total(ledger, catalogue_folder=overlay, today=TODAY)
    figures = {(figure.activity, figure.name): figure for figure in totals.figures}
    assert figures["志愿服务", "次数"].value == 3
    assert figures["志愿服务", "服务时长"].value == 7.5
    assert figures["志愿服务", "服务时长"].rows == ("志愿服务!4", "志愿服务!5", "志愿服务!6")


def test_its_sentence_and_placeholders_reach_the_document(ledger: Path, overlay: Path, tmp_path: Path) -> None:
    names = [name for name, _ in available(actions.load_catalogue(overlay))]
    assert {"志愿服务.次数", "志愿服务.服务时长"} <= set(names)
    out = tmp_path / "总结.docx"
    outcome = actions.summarise(
        ledger, out=out, draft=True, appendices=actions.Appendices(sources=True), catalogue_folder=overlay, today=TODAY
    )
    assert outcome.written == out
    document = docx.Document(str(out))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "开展志愿服务3次，累计7.5小时。" in text
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("志愿服务" in cell and "服务时长" in cell for cell in cells)


def test_without_the_overlay_the_sheet_is_named_and_nothing_else_suffers(ledger: Path) -> None:
    found = actions.check(ledger, today=TODAY)
    errors = [issue for issue in found.issues if issue.severity.value == "error"]
    assert {issue.where.sheet for issue in errors} == {"总结文字"}
    assert all("志愿服务" in issue.found for issue in errors)
    assert errors


def test_the_example_in_the_readme_is_a_whole_activity_type(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    assert len(blocks) == 1
    (tmp_path / "volunteering.toml").write_text(blocks[0], encoding="utf-8")
    activity = actions.load_catalogue(tmp_path).activity("volunteering")
    assert (activity.label, [clause.key for clause in activity.clauses]) == ("志愿服务", ["志愿服务1"])
    assert {"date", "due", "present", "hours", "state"} <= {column.key for column in activity.columns}
