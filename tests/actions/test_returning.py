"""Slips: what a branch can act on, under safe names, in their folder, and never in place of somebody's file."""

from __future__ import annotations

import html
import os
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from pyxl import actions
from pyxl.actions import Collecting
from pyxl.actions.returning import write_slips
from pyxl.core.slips import Slip, SlipLine
from pyxl.errors import UsageError
from pyxl.stamp import is_untouched
from tests.submissions import TODAY, rows_of, submission

LINE = SlipLine("must", "主题党日", "9", "实到", "“实到”没有填写。", "请填写第9行“实到”。")
SLIP = Slip("returned", "甲支部", "B1", "2023年上半年", "甲.xlsx", "有 1 处错误", "请改台账。", (LINE,))


pytestmark = pytest.mark.usefixtures("own_home")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def both(stem: str) -> list[str]:
    return [f"{stem}.docx", f"{stem}.xlsx"]


def cells(path: Path) -> list[list[str]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def letter(path: Path) -> str:
    document = docx.Document(str(path))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for found in document.tables for row in found.rows for cell in row.cells]
    return "\n".join(words)


# ------------------------------------------------------------------------------ what stands on them


def test_both_say_what_is_wrong_where_in_the_own_ledger_and_how_to_mend_it(tmp_path):
    book, text = write_slips([SLIP], tmp_path / "退", "总支")
    rows = cells(book)
    assert rows[0][0] == "退回单"
    facts = {row[0]: row[2] for row in rows[2:8]}
    assert facts == {
        "单位": "甲支部", "报告期": "2023年上半年", "文件": "甲.xlsx", "情况": "有 1 处错误", "怎么办": "请改台账。",
        "请于何时前报来": "",
    }  # fmt: skip
    head = next(number for number, row in enumerate(rows) if row[0] == "序号")
    assert rows[head] == ["序号", "要求", "表", "行", "列", "哪里不对", "怎么改", "改好了打√"]
    assert rows[head + 1] == ["1", "必须改", "主题党日", "9", "实到", "“实到”没有填写。", "请填写第9行“实到”。", ""]
    words = letter(text)
    for part in ("退回单", "甲支部：", "文件：甲.xlsx", "有 1 处错误", "请改台账。", "请填写第9行“实到”。", "总支"):
        assert part in words
    assert "请于　　　　年　　月　　日前报来。" in words


def test_microsofts_schemas_find_nothing(tmp_path):
    for path in write_slips([SLIP, replace(SLIP, kind="urged", file="", lines=(), more=0)], tmp_path, "总支"):
        assert [error.description for error in OpenXmlValidator().validate(str(path)).errors] == [], path.name


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x")', "+1", "@x", "-1", "<b>&amp;]]>", "{{ 标题 }}", "a\x01b\x0bc"]
)
def test_whatever_is_told_stays_text(tmp_path, text):
    line = replace(LINE, sheet=text, row=text, column=text, problem=text, remedy=text)
    book, words = write_slips(
        [replace(SLIP, unit=text, file=text, reason=text, remedy=text, lines=(line,))], tmp_path, text
    )
    sheet = openpyxl.load_workbook(book).worksheets[0]
    assert {cell.data_type for row in sheet for cell in row if cell.value is not None} <= {"s", "n"}
    assert [cell.value for row in sheet for cell in row if cell.data_type == "n" and cell.value is not None] == [1]
    assert text.replace("\x01", "\ufffd").replace("\x0b", "\ufffd") in letter(words)


def test_what_has_no_place_in_a_ledger_needs_no_table(tmp_path):
    book, text = write_slips([Slip("urged", "乙支部", "B2", "2023年上半年", "", "还没有报", "请报。")], tmp_path, "")
    assert not [row for row in cells(book) if row[0] == "序号"]
    assert docx.Document(str(text)).tables == []
    assert "你单位的2023年上半年上报件还没有收到，请抓紧上报。" in letter(text)


def test_a_file_of_nobody_is_named_by_its_file(tmp_path):
    paths = write_slips([Slip("returned", "", "", "", "乱 码.xlsx", "不是工作簿", "请重报。")], tmp_path, "")
    assert [path.name for path in paths] == ["乱 码_退回单.xlsx", "乱 码_退回单.docx"]
    assert "报来“乱 码.xlsx”的单位：" in letter(paths[1])


def test_what_found_no_room_is_told(tmp_path):
    book, text = write_slips([replace(SLIP, more=50)], tmp_path, "")
    assert "另有 50 处没有列出" in cells(book)[-1][0]
    assert "另有 50 处没有列出" in letter(text)


# ------------------------------------------------------------------------------ names and folder


@pytest.mark.parametrize("unit", ["..\\x", "../x", "/etc/x", "CON", "A/B", "=cmd", "a\nb", "~$甲", ".", "甲" * 200])
def test_whatever_a_unit_is_called_its_slips_stay_in_the_folder(tmp_path, unit):
    folder = tmp_path / "退"
    paths = write_slips([replace(SLIP, unit=unit)], folder, "总支")
    assert {path.parent for path in paths} == {folder}
    assert names(tmp_path) == ["退"]
    assert sorted(path.name for path in paths) == names(folder)


def test_names_that_some_file_systems_take_for_one_are_told_apart(tmp_path):
    units = ["Ab", "aB", "ＡＢ", "ab", "Cafe\u0301", "Café", "甲", "甲"]
    paths = write_slips([replace(SLIP, unit=unit) for unit in units], tmp_path, "")
    assert len(paths) == 16
    assert len({path.name.casefold() for path in paths}) == 16
    assert "甲_2023年上半年_退回单（2）.xlsx" in names(tmp_path)


def test_a_second_run_replaces_its_own_and_takes_away_what_is_settled(tmp_path):
    first = write_slips([SLIP, replace(SLIP, unit="乙支部")], tmp_path, "总支")
    second = write_slips([replace(SLIP, reason="别的")], tmp_path, "总支")
    assert [path.name for path in second] == [path.name for path in first[:2]]
    assert names(tmp_path) == both("甲支部_2023年上半年_退回单")
    assert "别的" in letter(second[1])


def test_a_slip_that_says_what_it_said_before_is_not_written_again(tmp_path, monkeypatch):
    other = replace(SLIP, unit="乙支部")
    first = write_slips([SLIP, other], tmp_path, "总支")
    files = {path.name: (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for path in first}
    flushed = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (flushed.append(descriptor), fsync(descriptor))[1])
    assert write_slips([SLIP, other], tmp_path, "总支") == first
    assert flushed == []
    assert {path.name: (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for path in first} == files
    assert write_slips([SLIP, replace(other, reason="别的")], tmp_path, "总支") == first
    assert [path.stat().st_ino == files[path.name][0] for path in first] == [True, True, False, False]
    assert names(tmp_path) == sorted(files)


def test_a_link_is_no_slip_that_stays_whatever_it_leads_to(tmp_path):
    folder = tmp_path / "退"
    (book, text) = write_slips([SLIP], folder, "总支")
    moved = [path.rename(tmp_path / path.name) for path in (book, text)]
    for path, there in zip((book, text), moved, strict=True):
        path.symlink_to(there)
    again = write_slips([SLIP], folder, "总支")
    assert [path.name for path in again] == [f"{book.stem}（2）{path.suffix}" for path in (book, text)]
    assert not any(path.is_symlink() for path in again)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in moved]


def test_what_a_killed_run_has_left_goes_even_where_nothing_is_written(tmp_path):
    write_slips([SLIP], tmp_path, "总支")
    old, young = tmp_path / ".pyxl-0123456789ab.part", tmp_path / ".pyxl-0123456789ac.part"
    for path, age in ((old, 90_000), (young, 80_000)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    write_slips([SLIP], tmp_path, "总支")
    assert (old.exists(), young.exists()) == (False, True)


def test_what_somebody_has_filled_in_stays_and_the_new_one_lies_beside(tmp_path):
    book, text = write_slips([SLIP], tmp_path, "总支")
    document = docx.Document(str(text))
    document.paragraphs[0].text = "请于7月10日前报来"
    document.save(str(text))
    content = text.read_bytes()
    again = write_slips([SLIP], tmp_path, "总支")
    assert text.read_bytes() == content
    assert [path.name for path in again] == [
        "甲支部_2023年上半年_退回单（2）.xlsx", "甲支部_2023年上半年_退回单（2）.docx",
    ]  # fmt: skip
    assert not book.exists()


def test_files_of_others_are_neither_replaced_nor_removed_nor_written_through(tmp_path):
    folder, outside = tmp_path / "退", tmp_path / "外.xlsx"
    folder.mkdir()
    outside.write_bytes(b"mine")
    os.symlink(outside, folder / "甲支部_2023年上半年_退回单.xlsx")
    (folder / "乙支部_2023年上半年_退回单.DOCX").write_bytes(b"theirs")
    (folder / "旧.docx").write_bytes(b"theirs")
    paths = write_slips([SLIP, replace(SLIP, unit="乙支部")], folder, "总支")
    assert [path.stem for path in paths] == [
        *["甲支部_2023年上半年_退回单（2）"] * 2, *["乙支部_2023年上半年_退回单（2）"] * 2,
    ]  # fmt: skip
    assert outside.read_bytes() == b"mine"
    assert (folder / "旧.docx").read_bytes() == (folder / "乙支部_2023年上半年_退回单.DOCX").read_bytes() == b"theirs"


def test_the_same_slip_gives_the_same_bytes_and_says_what_it_is(tmp_path):
    first = write_slips([SLIP], tmp_path / "a", "总支")
    second = write_slips([SLIP], tmp_path / "b", "总支")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert all(is_untouched(path, "slip") for path in first)
    assert all(zipfile.ZipFile(path).testzip() is None for path in first)


def test_slips_of_other_submissions_stay_and_are_not_written_over(tmp_path):
    first = write_slips([SLIP, replace(SLIP, unit="乙支部")], tmp_path, "总支", of="a")
    before = {path: path.read_bytes() for path in first}
    second = write_slips([replace(SLIP, reason="别的")], tmp_path, "总支", of="b")
    assert [path.stem for path in second] == ["甲支部_2023年上半年_退回单（2）"] * 2
    assert {path: path.read_bytes() for path in first} == before
    assert write_slips([], tmp_path, "总支", of="b") == ()
    assert names(tmp_path) == sorted(path.name for path in first)


def test_without_slips_no_folder_is_made(tmp_path):
    assert write_slips([], tmp_path / "退", "总支") == ()
    assert names(tmp_path) == []


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u2029"])
def test_what_turns_the_writing_round_is_shown_as_what_it_is_not(tmp_path, sign):
    text = f"甲{sign}支部"
    line = replace(LINE, sheet=text, column=text, problem=text, remedy=text)
    slip = replace(SLIP, unit=text, file=text, reason=text, remedy=text, lines=(line,))
    book, words = write_slips([slip], tmp_path, "总支")
    for path in (book, words):
        assert sign not in path.name
        with zipfile.ZipFile(path) as package:
            parts = [html.unescape(package.read(name).decode()) for name in package.namelist()]
        assert not [part for part in parts if sign in part]
        assert any("甲\ufffd支部" in part for part in parts)


# ------------------------------------------------------------------------------ from a folder


def collected(tmp_path, **asked):
    return actions.collect(
        Collecting(tmp_path / "in", out=tmp_path / "汇总.xlsx", slips=tmp_path / "退", unit="总支", **asked),
        today=TODAY,
    )


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    rows = rows_of(4)
    whole = {**rows, "theme_day": [*rows_of(0)["theme_day"]]}
    submission(folder, 1)
    submission(folder, 2, rows=whole)
    (folder / "乱.xlsx").write_bytes(b"PK\x03\x04")
    book = openpyxl.Workbook()
    book.active.append(["单位编码", "单位名称"])
    for number in (1, 2, 3):
        book.active.append([f"ZB-{number:04}", f"云溪市第{number}党支部"])
    book.save(folder / "名册.xlsx")
    return folder


def test_each_unit_that_has_to_do_something_gets_both_and_nobody_else(tmp_path, folder):
    outcome = collected(tmp_path)
    stems = {path.stem for path in outcome.slips}
    assert stems == {
        "云溪市第1党支部_2023年上半年_补正单", "云溪市第3党支部_2023年上半年_催报单", "乱_2023年上半年_退回单",
    }  # fmt: skip
    assert names(tmp_path / "退") == sorted(path.name for path in outcome.slips)
    words = letter(tmp_path / "退" / "云溪市第1党支部_2023年上半年_补正单.docx")
    assert "主题党日缺1月" in words
    assert "总支" in words


def test_errors_are_told_by_the_rows_of_the_own_ledger(tmp_path, folder):
    """The receiver's rules may be stricter: here a theme day on another day is an error."""
    own = tmp_path / "目录"
    own.mkdir()
    stricter = 'key = "theme_day"\n[[checks]]\nid = "on_the_fixed_day"\nseverity = "error"\n'
    (own / "theme_day.toml").write_text(stricter, encoding="utf-8")
    rows = rows_of(4)
    rows["theme_day"] = [{**row, "state": "草稿"} if n == 0 else row for n, row in enumerate(rows_of(0)["theme_day"])]
    rows["theme_day"][3] = {**rows["theme_day"][3], "fixed_day": False}
    submission(folder, 2, rows=rows)
    outcome = collected(tmp_path, catalogue_folder=own)
    (path,) = (path for path in outcome.slips if path.name == "云溪市第2党支部_2023年上半年_退回单.xlsx")
    table_rows = [row for row in cells(path) if row[1] == "必须改"]
    assert [row[2:5] for row in table_rows] == [["主题党日", "7", "是否固定日"]]
    assert "第7行“是否固定日”" in table_rows[0][6]
    assert "请按下表改台账，保存后重新点“上报”。" in [row[2] for row in cells(path)]


def test_slips_are_written_also_when_nothing_can_be_counted(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "乱.xlsx").write_bytes(b"PK\x03\x04")
    outcome = collected(tmp_path)
    assert outcome.written is None
    assert names(tmp_path / "退") == both("乱_退回单")


def test_slips_of_another_folder_and_of_another_period_stay(tmp_path, folder):
    collected(tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "退").iterdir()}
    other = tmp_path / "别处"
    other.mkdir()
    submission(other, 8, rows=rows_of(4))
    for asked in (Collecting(other, period="2023H1"), Collecting(folder, period="2023Q1", roster=folder / "名册.xlsx")):
        actions.collect(replace(asked, out=tmp_path / "另.xlsx", slips=tmp_path / "退", unit="总支"), today=TODAY)
        now = {path.name: path.read_bytes() for path in (tmp_path / "退").iterdir()}
        assert {name: now.get(name) for name in before} == before
    collected(tmp_path)
    assert set(before) <= set(names(tmp_path / "退"))


def test_without_rows_what_is_to_be_mended_in_them_is_left_as_it_was(tmp_path, folder):
    """Who has mended everything or sent another thing meanwhile is no exception where nobody has looked."""
    collected(tmp_path)
    mend = [tmp_path / "退" / name for name in both("云溪市第1党支部_2023年上半年_补正单")]
    before = [path.read_bytes() for path in mend]
    (folder / "乱.xlsx").unlink()
    fast = collected(tmp_path, fast=True)
    assert [path.read_bytes() for path in mend] == before
    assert names(tmp_path / "退") == sorted([*(p.name for p in mend), *both("云溪市第3党支部_2023年上半年_催报单")])
    assert {path.stem for path in fast.slips} == {"云溪市第3党支部_2023年上半年_催报单"}


def test_without_rows_no_slip_on_them_is_begun(tmp_path, folder):
    fast = collected(tmp_path, fast=True)
    assert {path.stem for path in fast.slips} == {"云溪市第3党支部_2023年上半年_催报单", "乱_2023年上半年_退回单"}
    assert names(tmp_path / "退") == sorted(path.name for path in fast.slips)


def test_a_file_that_goes_back_takes_the_place_of_what_was_to_be_mended(tmp_path, folder):
    collected(tmp_path)
    [path] = folder.glob("云溪市第1党支部*")
    submission(folder, 1, name=path.name, period="第一季度")
    collected(tmp_path, fast=True, period="2023H1")
    assert set(both("云溪市第1党支部_2023年上半年_退回单")) <= set(names(tmp_path / "退"))
    assert not set(both("云溪市第1党支部_2023年上半年_补正单")) & set(names(tmp_path / "退"))


def test_the_folder_of_submissions_is_no_place_for_slips(tmp_path, folder):
    before = names(folder)
    with pytest.raises(UsageError) as caught:
        actions.collect(Collecting(folder, out=tmp_path / "汇总.xlsx", slips=folder), today=TODAY)
    assert caught.value.code == "slips_among_files"
    assert names(folder) == before
    assert not (tmp_path / "汇总.xlsx").exists()
