"""上报: a sealed workbook without macros, formulas and names, and the summary beside it; or neither."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from pyxl import actions
from pyxl.core.submission import content_digest, fingerprint, manifest_of, rows_of
from pyxl.core.travelling import ORIGIN, REGISTER, UNIT, travelling
from pyxl.errors import OutputError, UsageError
from pyxl.excel.building.ledger import build_ledger
from pyxl.excel.closed.reading import read_book
from pyxl.excel.parse import parse
from pyxl.excel.submitting.part import MANIFEST_PART, digests, sealed_part
from pyxl.package import unpacked
from pyxl.sealing.keys import public_bytes, unit_key
from pyxl.sealing.seals import holds
from tests.reports import CATALOGUE, COVER, ROWS, written

TODAY = date(2024, 1, 10)
MOMENT = datetime(2023, 7, 3, 9, 15, tzinfo=UTC)
UPWARD = travelling(CATALOGUE)
UNIT_NAME, CODE = COVER["unit"], COVER["code"]
NAME = f"{UNIT_NAME}_2023上半年_上报.xlsx"


def ledger_of(folder: Path, rows=ROWS, **cover) -> Path:
    path = folder / "台账 a=b.xlsx"
    build_ledger(CATALOGUE, path, year=None, unit="", cover={**COVER, **cover}, rows=rows)
    return path


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return ledger_of(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module")
def outcome(ledger, tmp_path_factory):
    return actions.submit(ledger, out=tmp_path_factory.mktemp("out"), today=TODAY, moment=MOMENT)


@pytest.fixture(scope="module")
def parts(outcome):
    return unpacked(outcome.written.read_bytes())


def test_two_files_are_written_under_their_names(outcome):
    assert outcome.written.name == NAME
    assert sorted(path.name for path in outcome.written.parent.iterdir()) == sorted([NAME, outcome.report.name])
    text = "\n".join(paragraph.text for paragraph in docx.Document(outcome.report).paragraphs)
    assert UNIT_NAME in text


def test_it_is_a_plain_workbook_without_macros_formulas_links_and_names(parts):
    assert [
        name for name in parts if re.search(r"vba|externalLink|media|embedding|comments|drawing", name, re.IGNORECASE)
    ] == []
    for name, content in parts.items():
        text = content.decode("utf-8")
        assert not re.search(r"<f[ >/]", text), name
        assert "TargetMode" not in text, name
        for row in ROWS["roster"]:
            assert row["name"] not in text, name
    assert [row.get("phone") for row in ROWS["roster"] if row.get("phone")] == [] or all(
        row["phone"] not in parts["xl/sharedStrings.xml"].decode() for row in ROWS["roster"] if row.get("phone")
    )


def test_microsofts_schemas_find_nothing(outcome):
    assert [error.description for error in OpenXmlValidator().validate(str(outcome.written)).errors] == []


def test_the_seal_holds_and_the_manifest_says_what_is_in_the_file(outcome, parts):
    sealed = sealed_part(parts[MANIFEST_PART])
    assert sealed.key == public_bytes(unit_key(CODE))
    assert holds(sealed.key, sealed.signature, sealed.manifest)
    manifest = manifest_of(sealed.manifest)
    assert (manifest.code, manifest.unit, manifest.period, manifest.as_of) == (CODE, UNIT_NAME, "2023H1", "2023-06-30")
    assert manifest.made == "2023-07-03T09:15:00Z"
    assert manifest.parts == digests(outcome.written.read_bytes())
    [unit] = manifest.units
    assert (unit.identity, unit.made, unit.gaps) == (CODE, manifest.made, [])
    assert {name: unit.shares[f"{activity}.count"] for name, activity in (("a", "theme_day"), ("b", "group_study"))} == {
        "a": written().totals.get("主题党日", "次数").value, "b": written().totals.get("集中学习", "次数").value,
    }  # fmt: skip
    ledger = parse(read_book(outcome.written), UPWARD)
    assert content_digest(ledger.cover, rows_of(ledger), UPWARD) == manifest.content
    assert {key: len(rows) for key, rows in ledger.entries.items() if rows} == {
        key: count for key, count in manifest.rows.items() if count
    }


def test_each_row_leads_back_to_the_ledger(outcome, ledger):
    own = {row.ref: row for row in parse(read_book(ledger), CATALOGUE).all_rows()}
    ledger = parse(read_book(outcome.written), UPWARD)
    assert [line.text("unit") for line in ledger.rows(REGISTER)] == [UNIT_NAME]
    for row in (row for key, rows in ledger.entries.items() if key != REGISTER for row in rows):
        assert row.text(UNIT) == UNIT_NAME
        origin = own[row.text(ORIGIN)]
        assert row.day("date") == origin.day("date")
        assert row.number("present") == origin.number("present")


def test_the_front_shows_what_the_seal_vouches_for(outcome, parts):
    sheet = openpyxl.load_workbook(outcome.written).worksheets[0]
    assert sheet.title == "上报封面"
    said = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=4, max_col=2) if row[0].value}
    manifest = manifest_of(sealed_part(parts[MANIFEST_PART]).manifest)
    assert said["报送单位"] == UNIT_NAME
    assert said["报告期"] == "2023年上半年"
    assert said["内容校验码"] == manifest.content
    assert said["签名公钥指纹"] == fingerprint(public_bytes(unit_key(CODE)))
    assert said["主题党日（行）"] == str(manifest.rows["theme_day"]) == "6"
    figures = {(r[0].value, r[1].value): r[2].value for r in sheet.iter_rows(min_row=4, min_col=4, max_col=6)}
    assert figures["主题党日", "次数"] == "6次"
    assert figures["集中学习", "出勤率"].endswith("%")


def test_the_same_ledger_and_moment_give_the_same_bytes(outcome, ledger, tmp_path):
    again = actions.submit(ledger, out=tmp_path, today=TODAY, moment=MOMENT)
    assert again.written.read_bytes() == outcome.written.read_bytes()


def test_a_later_moment_is_told_by_the_manifest_alone(outcome, ledger, tmp_path, parts):
    later = actions.submit(ledger, out=tmp_path, today=TODAY, moment=datetime(2023, 7, 4, 1, tzinfo=UTC))
    manifest = manifest_of(sealed_part(unpacked(later.written.read_bytes())[MANIFEST_PART]).manifest)
    assert manifest.made == "2023-07-04T01:00:00Z"
    assert manifest.content == manifest_of(sealed_part(parts[MANIFEST_PART]).manifest).content


def test_nothing_is_overwritten_and_the_ledger_stays_as_it_is(ledger, tmp_path):
    before = ledger.read_bytes()
    for _ in range(2):
        actions.submit(ledger, out=tmp_path, today=TODAY, moment=MOMENT)
    assert len(list(tmp_path.glob("*_上报*.xlsx"))) == len(list(tmp_path.glob("*.docx"))) == 2
    assert ledger.read_bytes() == before


def test_without_a_folder_both_lie_beside_the_ledger(tmp_path):
    path = ledger_of(tmp_path)
    found = actions.submit(path, today=TODAY, moment=MOMENT)
    assert found.written.parent == found.report.parent == tmp_path


def test_while_errors_stand_nothing_is_written(tmp_path):
    rows = [{**row, "present": 40} if number == 2 else row for number, row in enumerate(ROWS["theme_day"])]
    path = ledger_of(tmp_path, {**ROWS, "theme_day": rows})
    found = actions.submit(path, out=tmp_path / "out", today=TODAY, moment=MOMENT)
    assert (found.written, found.report) == (None, None)
    assert found.check.blocked
    assert not list(tmp_path.rglob("*.docx"))
    assert not list(tmp_path.rglob("*_上报*"))


@pytest.mark.parametrize("unit", ["..\\x", "../x", "CON", "A/B", "=cmd|' /C calc'!A0", "+1", "@x", "a\tb", "<b>&amp;"])
def test_whatever_a_unit_is_called_it_stays_text_and_in_the_folder(tmp_path, unit):
    path = ledger_of(tmp_path, unit=unit)
    folder = tmp_path / "out"
    found = actions.submit(path, out=folder, today=TODAY, moment=MOMENT)
    assert found.written.parent == found.report.parent == folder
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["out", "台账 a=b.xlsx"])
    for sheet in openpyxl.load_workbook(found.written):
        assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


def test_a_text_like_a_formula_goes_up_as_text(tmp_path):
    rows = [{**row, "evidence": '=HYPERLINK("http://x","y")'} for row in ROWS["theme_day"]]
    path = ledger_of(tmp_path, {**ROWS, "theme_day": rows})
    found = actions.submit(path, out=tmp_path / "out", today=TODAY, moment=MOMENT)
    texts = [row.text("evidence") for row in parse(read_book(found.written), UPWARD).rows("theme_day")]
    assert texts == ['=HYPERLINK("http://x","y")'] * 6


def test_remarks_stay_below(tmp_path):
    remark = "某人因病请假"
    rows = {key: [{**row, "remarks": remark} for row in found] for key, found in ROWS.items() if key != "roster"}
    found = actions.submit(ledger_of(tmp_path, {**ROWS, **rows}), out=tmp_path / "out", today=TODAY, moment=MOMENT)
    for name, content in unpacked(found.written.read_bytes()).items():
        assert remark not in content.decode(), name
        assert "备注" not in content.decode(), name


def test_a_name_in_a_text_is_told_and_keeps_nothing_back(tmp_path, outcome):
    name, other = (row["name"] for row in ROWS["roster"][:2])
    rows = [
        {**row, "content": f"{name}领学，{other[0]} {other[1:]}发言，大家认真讨论，形成一致意见。"}
        for row in ROWS["theme_day"][:1]
    ]
    path = ledger_of(tmp_path, {**ROWS, "theme_day": [*rows, *ROWS["theme_day"][1:]]})
    found = actions.submit(path, out=tmp_path / "out", today=TODAY, moment=MOMENT)
    assert found.written.is_file()
    [mention] = found.mentions
    cell = openpyxl.load_workbook(path)[mention.where.sheet][mention.where.cell]
    assert name in cell.value
    assert mention.names == (name, other)
    assert outcome.mentions == ()


def test_another_period_can_be_sent(tmp_path, ledger):
    found = actions.submit(ledger, out=tmp_path, period="2023Q1", today=TODAY, moment=MOMENT)
    assert found.written.name == f"{UNIT_NAME}_2023第一季度_上报.xlsx"
    sent = parse(read_book(found.written), UPWARD)
    assert sent.period.code == "2023Q1"
    assert {row.day("date").month for row in sent.rows("theme_day")} == {1, 2, 3}


def test_what_was_handed_in_already_is_not_sealed_again_but_can_be_checked(outcome, tmp_path):
    assert not [issue for issue in actions.check(outcome.written, today=TODAY).issues if issue.blocks]
    with pytest.raises(UsageError) as caught:
        actions.submit(outcome.written, out=tmp_path / "out", today=TODAY, moment=MOMENT)
    assert caught.value.message == f"“{NAME}”是上报件，不是台账"
    assert caught.value.hint == (
        "下级报来的，请放进上报件的文件夹里收集，再把汇总表往上报；自己的，请在台账里点“上报”。"
    )
    assert list(tmp_path.iterdir()) == []
    found = actions.examine(read_book(outcome.written), CATALOGUE, TODAY)  # as a click reads it
    with pytest.raises(UsageError):
        actions.write_submission(found, outcome.written, tmp_path, MOMENT)
    assert list(tmp_path.iterdir()) == []


def test_what_reads_back_differently_is_never_handed_out(ledger, tmp_path, monkeypatch):
    from pyxl.excel.submitting import book

    real = book.write_value
    monkeypatch.setattr(
        book, "write_value", lambda s, r, c, v, f: real(s, r, c, v + 1 if isinstance(v, int) and r == 4 else v, f)
    )
    with pytest.raises(OutputError) as caught:
        actions.submit(ledger, out=tmp_path, today=TODAY, moment=MOMENT)
    assert caught.value.code == "submission_differs"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_nothing_is_told(ledger, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(OutputError):
        actions.submit(ledger, out=tmp_path / "out", today=TODAY, moment=MOMENT)


@pytest.mark.live
def test_a_spreadsheet_that_saves_it_again_changes_the_parts_but_not_the_content(outcome, tmp_path):
    profile = tmp_path / "profile"
    command = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to",
               "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path, outcome.written]  # fmt: skip
    subprocess.run(command, check=True, timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    saved = tmp_path / NAME
    manifest = manifest_of(sealed_part(unpacked(outcome.written.read_bytes())[MANIFEST_PART]).manifest)
    assert digests(saved.read_bytes()) != manifest.parts
    ledger = parse(read_book(saved), UPWARD)
    assert content_digest(ledger.cover, rows_of(ledger), UPWARD) == manifest.content
