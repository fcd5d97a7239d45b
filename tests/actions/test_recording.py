"""pyxl record: one form for each entry that counts, of any activity there is, and what was left out is named."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from pyxl import actions
from pyxl.actions import Appendices, Recording, record_forms
from pyxl.assets import record_template_path
from pyxl.catalogue.model import Kind
from pyxl.errors import OutputError, TemplateError, UsageError
from pyxl.excel.building.ledger import build_ledger
from tests.hierarchy import run
from tests.photos.pictures import exif, image
from tests.reports import CATALOGUE, COVER, ROWS
from tests.submissions import submission
from tests.volunteering import service, with_volunteering

TODAY = date(2024, 1, 10)
KINDS = [each.label for each in CATALOGUE.activities if each.kind is Kind.ACTIVITY]


def a_ledger(folder: Path, **rows: object) -> Path:
    path = folder / "台账.xlsx"
    build_ledger(CATALOGUE, path, year=2023, unit=str(COVER["unit"]), cover=COVER, rows={**ROWS, **rows})
    return path


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return a_ledger(tmp_path_factory.mktemp("台账"))


def titles(path: Path) -> list[str]:
    found = Document(io.BytesIO(path.read_bytes())).paragraphs
    return [paragraph.text for paragraph in found if paragraph.style.name == "记录标题"]


def days(path: Path) -> list[str]:
    return [table.rows[0].cells[1].text for table in Document(io.BytesIO(path.read_bytes())).tables]


@pytest.mark.parametrize("activity", KINDS)
def test_every_activity_of_the_catalogue_has_its_forms(ledger, tmp_path, activity):
    out = tmp_path / "记录.docx"
    outcome = record_forms(Recording(ledger, activity, out), today=TODAY)
    counted = [row for row in ROWS[CATALOGUE.by_label[activity].key] if row.get("state") not in ("草稿", "作废")]
    assert outcome.count == len(counted) == len(titles(out)) > 0
    assert set(titles(out)) == {f"{activity}记录"}
    assert days(out) == [f"{day.year}年{day.month}月{day.day}日" for day in sorted(row["date"] for row in counted)]
    assert [error.description for error in OpenXmlValidator().validate(str(out)).errors] == []


def test_an_activity_of_an_overlay_has_them_without_code(tmp_path):
    folder = tmp_path / "目录"
    folder.mkdir()
    with_volunteering(folder)
    catalogue, path = actions.load_catalogue(folder), tmp_path / "台账.xlsx"
    rows = {**ROWS, "volunteering": [service(date(2023, 3, 4)), service(date(2023, 2, 18))]}
    build_ledger(catalogue, path, year=2023, unit=str(COVER["unit"]), cover=COVER, rows=rows)
    outcome = record_forms(Recording(path, "志愿服务", catalogue_folder=folder), today=TODAY)
    assert outcome.written.name == "云溪市档案馆第一党支部2023年志愿服务记录.docx"
    assert titles(outcome.written) == ["志愿服务记录"] * 2
    text = "\n".join(cell.text for t in Document(str(outcome.written)).tables for r in t.rows for cell in r.cells)
    assert "服务时长\n2.5" in text


@pytest.mark.parametrize(
    ("asked", "count", "name"),
    [
        ({}, 7, "2023年支委会记录"),
        ({"period": "第一季度"}, 3, "2023年第一季度支委会记录"),
        ({"period": "2023H1"}, 7, "2023年上半年支委会记录"),
        ({"first": date(2023, 4, 1)}, 4, "2023年4月1日至2023年12月31日支委会记录"),
        ({"first": date(2023, 2, 23), "last": date(2023, 4, 13)}, 3, "2023年2月23日至2023年4月13日支委会记录"),
    ],
)
def test_the_time_may_be_a_period_or_days_the_last_among_them(ledger, tmp_path, asked, count, name):
    outcome = record_forms(Recording(ledger, "支委会", **asked), today=TODAY)
    assert (outcome.count, outcome.written.name) == (count, f"云溪市档案馆第一党支部{name}.docx")
    outcome.written.unlink()


def test_drafts_void_rows_and_rows_in_error_have_no_form_and_are_named(tmp_path):
    rows = [{**row} for row in ROWS["theme_day"][:4]]
    rows[0]["state"], rows[1]["state"], rows[2]["place"] = "草稿", "作废", None
    outcome = record_forms(Recording(a_ledger(tmp_path, theme_day=rows), "主题党日"), today=TODAY)
    assert outcome.count == 1
    assert outcome.left_out == (("主题党日!4", "状态为草稿"), ("主题党日!5", "状态为作废"))
    assert outcome.erroneous == ("主题党日!6",)
    assert days(outcome.written) == [f"2023年{rows[3]['date'].month}月{rows[3]['date'].day}日"]


def test_an_activity_may_be_called_by_another_name_and_an_unknown_one_is_told_with_those_that_are(ledger, tmp_path):
    assert record_forms(Recording(ledger, "专题组织生活会", tmp_path / "甲.docx"), today=TODAY).activity == "组织生活会"
    with pytest.raises(UsageError) as caught:
        record_forms(Recording(ledger, "大会"), today=TODAY)
    assert caught.value.code == "activity_unknown"
    assert "党员大会、支委会" in caught.value.hint
    with pytest.raises(UsageError) as caught:
        record_forms(Recording(ledger, "党员名册"), today=TODAY)
    assert caught.value.code == "activity_unknown"


def test_a_time_without_an_entry_makes_no_document(ledger):
    before = set(ledger.parent.iterdir())
    with pytest.raises(UsageError) as caught:
        record_forms(Recording(ledger, "组织生活会", period="第一季度"), today=TODAY)
    assert caught.value.code == "record_nothing"
    assert caught.value.message == "2023年第一季度没有计入的“组织生活会”记录，没有生成活动记录"
    assert set(ledger.parent.iterdir()) == before


def test_nothing_is_overwritten_by_chance(ledger, tmp_path):
    first, second = (record_forms(Recording(ledger, "党课"), today=TODAY).written for _ in range(2))
    assert second.name == first.name.replace(".docx", "（2）.docx")
    assert first.read_bytes() == second.read_bytes()
    out = tmp_path / "记录.docx"
    again = [record_forms(Recording(ledger, "党课", out), today=TODAY) for _ in range(2)]
    assert [(each.written, each.kept) for each in again] == [(out, None), (out, None)], "ours, and untouched"
    out.write_bytes(b"yours")
    kept = record_forms(Recording(ledger, "党课", out), today=TODAY)
    assert (kept.written.name, kept.kept, out.read_bytes()) == ("记录（2）.docx", out, b"yours")
    own = tmp_path / "模板.docx"
    own.write_bytes(record_template_path().read_bytes())
    with pytest.raises(OutputError) as caught:
        record_forms(Recording(ledger, "党课", template=own, out=own), today=TODAY)
    assert caught.value.code == "output_is_input"
    assert own.read_bytes() == record_template_path().read_bytes()
    with pytest.raises(UsageError):
        record_forms(Recording(ledger, "党课", out=tmp_path / "记录.pdf"), today=TODAY)


def test_a_template_that_is_wrong_is_refused_before_anything_is_written(ledger, tmp_path):
    own = tmp_path / "模板.docx"
    document = Document()
    document.add_paragraph("{{ 记录.标题 }}")
    document.save(str(own))
    with pytest.raises(TemplateError):
        record_forms(Recording(ledger, "党课", tmp_path / "出.docx", template=own), today=TODAY)
    assert not (tmp_path / "出.docx").exists()


@pytest.fixture
def pictured(tmp_path):
    (tmp_path / "照片").mkdir()
    (tmp_path / "照片" / "a.jpg").write_bytes(image((2000, 1500), exif=exif(6)))
    rows = [{**row} for row in ROWS["theme_day"][:2]]
    rows[0]["evidence"], rows[1]["evidence"] = "a.jpg、没有.jpg", "..\\外.jpg"
    lectures = [{**ROWS["party_lecture"][0], "evidence": "a.jpg"}]
    return a_ledger(tmp_path, theme_day=rows, party_lecture=lectures)


def test_photographs_of_the_activity_stand_behind_its_forms(pictured):
    outcome = record_forms(Recording(pictured, "主题党日", photos=Path()), today=TODAY)
    assert [(each.where, each.name) for each in outcome.photos] == [
        ("主题党日!V4", "没有.jpg"),
        ("主题党日!V5", "..\\外.jpg"),
    ]
    found = [paragraph.text for paragraph in Document(str(outcome.written)).paragraphs if paragraph.text]
    assert found[found.index("活动照片") :][1:3] == ["图1　2023年1月20日　主题党日　凝心聚力开新局（之一）", "图片缺失"]


def test_those_of_all_that_counts_stand_behind_the_summary(pictured, tmp_path):
    asked = Appendices(details=True, photos=Path())
    first, second = (actions.summarise(pictured, appendices=asked, today=TODAY) for _ in range(2))
    assert first.written.read_bytes() == second.written.read_bytes()
    assert [each.reason for each in first.photos] == [
        "台账旁边和“照片”文件夹里都没有这个文件", "只能写文件名，或者台账文件夹里的位置，不能指到别处",
    ]  # fmt: skip
    document = Document(str(first.written))
    assert len(document.inline_shapes) == 2
    assert all(shape.width < shape.height for shape in document.inline_shapes), "turned as the camera was"
    captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "照片说明"]
    assert [caption.split("　")[0] for caption in captions] == ["图1", "图2", "图3", "图4"]
    assert captions[3] == "图4　2023年3月21日　党课　牢记初心使命，勇于担当作为"
    assert [error.description for error in OpenXmlValidator().validate(str(first.written)).errors] == []


def test_a_folder_of_photographs_that_is_not_there_is_told(pictured, tmp_path):
    with pytest.raises(UsageError) as caught:
        actions.summarise(pictured, appendices=Appendices(photos=tmp_path / "没有"), today=TODAY)
    assert caught.value.code == "photos_no_folder"


def test_details_are_of_one_unit(tmp_path):
    folder, book = tmp_path / "上报件", tmp_path / "汇总.xlsx"
    folder.mkdir()
    submission(folder, 1)
    assert run("collect", folder, "-o", book, "--unit", "机关党委") == 0
    with pytest.raises(UsageError) as caught:
        actions.summarise(book, appendices=Appendices(details=True), today=TODAY)
    assert caught.value.code == "details_of_many"
    assert actions.summarise(book, appendices=Appendices(sources=True), today=TODAY).written
