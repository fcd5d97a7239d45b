"""Every state that a user can be in: a sentence each, and nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pyxl.errors import HostError
from pyxl.folders import state_folder
from pyxl.ribbon.lock import Lock
from tests.offices import ended, fingerprint, running_office, shown
from tests.ribbon.holding import start_holder

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds
LIMIT_READ_ONLY = 12.0  # seconds; cell by cell it would be a minute

pytestmark = pytest.mark.live


@pytest.fixture
def path(sample, tmp_path):
    folder = tmp_path / "我的 台账"
    folder.mkdir()
    return Path(shutil.copy(sample, folder / "台账.xlsx"))


@pytest.fixture
def book(opened, path):
    return opened(path)


def sentence(code: str, **words: object) -> str:
    """What a refusal says on standard error."""
    error = HostError(code, **words)
    return f"{error.message} {error.hint}"


def test_no_book_is_open(office):
    assert office.click("check", None) == (2, sentence("no_book"))
    code, said = office.click("guide", None)
    assert code == 0
    assert said.startswith("“使用说明”是台账里的第一张表。 请打开台账再点一次。")


@pytest.mark.parametrize("key", ["check", "totals", "preview", "report", "clear"])
def test_another_book_is_in_front_that_is_no_ledger(office, key):
    other = office.app.books.add()
    other.sheets[0]["A1"].raw_value = "别的内容"
    try:
        assert office.click(key, other) == (2, sentence("not_a_ledger", book=other.name))
        assert len(other.sheets) == 1
        assert other.sheets[0]["A1"].raw_value == "别的内容"
    finally:
        other.close()


def test_a_new_book_that_was_never_saved_is_checked_but_has_no_place_for_a_report(office, path):
    from com.sun.star.beans import PropertyValue

    template = (PropertyValue("AsTemplate", 0, True, 0),)
    office.app.api.loadComponentFromURL(path.as_uri(), "_blank", 0, template)
    book = list(office.app.books)[-1]
    try:
        assert "/" not in book.fullname
        assert office.click("check", book).code == 0
        assert office.click("totals", book).code == 0
        assert office.click("preview", book).code == 0
        assert office.click("report", book) == (2, sentence("book_unsaved", book=book.name))
        assert book.sheets.active.name == "总结预览"
    finally:
        book.close()


def test_a_book_open_for_reading_only_works_and_says_that_nothing_will_be_kept(office, opened, path):
    book = opened(path, read_only=True)
    assert office.click("check", book).code == 0
    assert shown(book, "校验结果", "F2:F2")[0][0].endswith("　工作簿是以只读方式打开的：结果要另存为新文件才能保留")
    assert office.click("preview", book).code == 0
    assert "只读" in shown(book, "总结预览", "A2:A2")[0][0]
    assert office.click("report", book).code == 0
    assert len(list(path.parent.glob("*.docx"))) == 1
    assert not book.impl.document.model.IsChangeReadOnlyEnabled


def test_of_a_book_open_for_reading_only_nothing_of_former_results_stays(office, opened, path):
    """It was saved with results that are longer than those of today."""
    prepared = opened(path)
    prepared.sheets["主题党日"]["B5"].raw_value = "'上午九点"
    prepared.sheets["党课"]["B5"].raw_value = "'上午九点"
    assert office.click("check", prepared).said == "错误 2 · 提醒 0 · 建议 0"
    prepared.sheets["主题党日"]["B5"].raw_value = None
    prepared.save()
    prepared.close()
    book = opened(path, read_only=True)
    assert office.click("check", book).said == "错误 1 · 提醒 0 · 建议 0"
    assert shown(book, "校验结果", "A4:C5") == [["错误", "党课", "B5"], ["", "", ""]]
    assert office.click("clear", book).code == 0
    assert shown(book, "校验结果", "A4:C5") == [["", "", ""], ["", "", ""]]


def test_a_book_open_for_reading_only_takes_its_results_at_once(office, opened, path):
    """Cell by cell a thousand lines would take a minute."""
    prepared = opened(path)
    prepared.sheets["主题党日"].range((21, 1), (220, 2)).raw_value = [["不是日期", "x"]] * 200
    prepared.save()
    prepared.close()
    book = opened(path, read_only=True)
    began = time.monotonic()
    assert office.click("check", book) == (0, "错误 1800 · 提醒 0 · 建议 0")
    assert time.monotonic() - began < LIMIT_READ_ONLY
    assert shown(book, "校验结果", "A1803:C1803") == [["错误", "主题党日", "S220"]]


def until(comes: Callable[[], bool]) -> None:
    """Wait for what the office does in its own time."""
    end = time.monotonic() + PATIENCE
    while not comes():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_pages_are_shown_as_they_will_be_printed(office, book):
    model = book.impl.document.model
    helper = book.impl.document.connection.service("com.sun.star.frame.DispatchHelper")
    book.sheets["党课"].activate()
    helper.executeDispatch(model.CurrentController.Frame, ".uno:PrintPreview", "", 0, ())
    until(lambda: book.impl.controller is None)
    before = fingerprint(book)
    for key in ("check", "totals", "preview", "report", "clear", "guide"):
        assert office.click(key, book) == (2, sentence("print_preview", book="台账.xlsx"))
    assert fingerprint(book) == before
    assert shown(book, "校验结果", "F2:F2") == [[""]]
    helper.executeDispatch(model.CurrentController.Frame, ".uno:ClosePreview", "", 0, ())
    until(lambda: book.impl.controller is not None)
    assert book.sheets.active.name == "党课"
    assert office.click("check", book).code == 0


def test_the_document_is_there_although_the_preview_may_not_be_written(office, book, path):
    book.sheets["总结预览"].api.protect("秘密")
    code, said = office.click("report", book)
    [written] = path.parent.glob("*.docx")
    refusal = HostError("own_sheet_protected", sheet="总结预览")
    assert (code, said) == (
        0, f"总结已生成：{written} “总结预览”没有更新：{refusal.message}。{refusal.hint}",
    )  # fmt: skip


def test_the_sheet_for_the_results_is_protected(office, book):
    book.sheets["校验结果"].api.protect("秘密")
    book.sheets["党课"].activate()
    assert office.click("check", book) == (2, sentence("own_sheet_protected", sheet="校验结果"))
    assert book.sheets.active.name == "党课"
    assert book.sheets["校验结果"].api.isProtected()


def test_an_entry_sheet_that_is_protected_is_read_all_the_same(office, book):
    book.sheets["主题党日"].api.protect("秘密")
    assert office.click("check", book).code == 0
    assert book.sheets["主题党日"].api.isProtected()


def test_a_sheet_of_the_user_s_own_bears_the_name_of_one_of_ours(office, book):
    book.sheets["总结预览"].delete()
    book.sheets.add("总结预览")["A1"].raw_value = "我写的草稿"
    book.sheets["党课"].activate()
    assert office.click("preview", book) == (2, sentence("own_sheet_foreign", sheet="总结预览"))
    assert book.sheets["总结预览"]["A1"].raw_value == "我写的草稿"
    assert book.sheets.active.name == "党课"


def test_formulas_that_were_not_calculated_are_mentioned(office, book):
    model = book.impl.document.model
    model.enableAutomaticCalculation(False)
    assert office.click("check", book).code == 0
    assert "手动计算" in shown(book, "校验结果", "F2:F2")[0][0]
    assert shown(book, "校验结果", "A2:A2") == [["没有发现问题，可以生成总结"]]
    assert not model.isAutomaticCalculationEnabled()


def test_the_click_before_is_still_at_work(office, book):
    holder = start_holder(mark_of(office, book))
    try:
        assert office.click("check", book) == (2, sentence("click_at_work"))
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        assert office.click("check", book).code == 0
    finally:
        holder.kill()
        holder.communicate()


def test_two_clicks_at_once_do_the_work_once_or_one_after_the_other(office, book):
    before = fingerprint(book)
    both = [office.start("check", book) for _ in range(2)]
    found = sorted(map(ended, both))
    assert found[0] == (0, "没有发现问题，可以生成总结")
    assert found[1] in [found[0], (2, sentence("click_at_work"))]
    assert fingerprint(book) == before


def mark_of(office, book) -> str:
    return f"{office.app.pid} {book.impl.document.model.RuntimeUID}"


def lock_of(office, book) -> Path:
    """The file that a click in this book locks; it is not there before the first."""
    place = state_folder() / Lock(mark_of(office, book))._name
    assert not place.exists()
    return place


def let_it_begin(lock: Path, process: subprocess.Popen[str]) -> None:
    """Until the click has come in: the first thing that it does is to lock its book."""
    until = time.monotonic() + PATIENCE
    while not lock.exists():
        assert process.poll() is None, "the click has ended without coming in"
        assert time.monotonic() < until
        time.sleep(0.01)


def test_the_application_is_closed_while_a_click_is_at_work(path):
    with running_office() as office:
        book = office.open(path)
        lock = lock_of(office, book)
        process = office.start("report", book)
        let_it_begin(lock, process)
        office.app.kill()
        code, said = ended(process)
    assert (code, said) == (2, sentence("host_gone"))
    assert list(path.parent.iterdir()) == [path]


def test_the_book_is_closed_while_a_click_is_at_work(office, opened, path):
    book = opened(path)
    lock = lock_of(office, book)
    process = office.start("report", book)
    let_it_begin(lock, process)
    book.close()
    assert ended(process) == (2, sentence("book_closed", book="台账.xlsx"))
    assert list(path.parent.iterdir()) == [path]


def test_the_book_is_closed_before_a_click_comes_in(office, path):
    book = office.open(path)
    environment = office.environment(book)
    book.close()
    words = ["-m", "pyxl.ribbon", "check", "--wb=台账.xlsx", "--from_xl=1"]
    done = subprocess.run(
        [sys.executable, *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (2, sentence("book_closed", book="台账.xlsx"))


def test_the_file_is_deleted_under_us(office, book, path):
    """What is open is still all there."""
    path.unlink()
    assert office.click("check", book).code == 0
    assert office.click("report", book).code == 0
    assert [each.suffix for each in path.parent.iterdir()] == [".docx"]


def test_the_folder_is_deleted_under_us(office, book, path):
    shutil.rmtree(path.parent)
    before = fingerprint(book)
    code, said = office.click("report", book)
    assert code == 2
    assert f"的文件夹不存在：{path.parent} " in said
    assert fingerprint(book) == before
    assert office.click("check", book).code == 0


def test_the_disk_is_full(office, book, path):
    """No file may grow beyond a kilobyte: the system refuses the rest, as a full disk does."""

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    before = fingerprint(book)
    code, said = office.click("report", book, before=full)
    assert code == 2
    assert "磁盘" in said
    assert list(path.parent.iterdir()) == [path]
    assert fingerprint(book) == before
    assert office.click("check", book, before=full).code == 0


def test_neither_our_records_nor_the_lock_have_a_folder(office, book, tmp_path):
    blocked = tmp_path / "文件"
    blocked.write_text("")
    assert office.click("check", book, XDG_STATE_HOME=str(blocked)).code == 0


def test_a_sheet_that_was_hidden_comes_back_with_its_result(office, book):
    book.sheets["校验结果"].visible = False
    assert office.click("check", book).code == 0
    assert book.sheets["校验结果"].visible
    assert book.sheets.active.name == "校验结果"


def test_a_cell_that_is_being_looked_at_stays_selected(office, book):
    book.sheets["党课"].activate()
    book.sheets["党课"]["C5"].select()
    office.click("check", book)
    book.sheets["党课"].activate()
    assert book.selection.address == "$C$5"


def test_a_hidden_sheet_of_a_book_whose_structure_is_protected_is_said_to_stay_hidden(office, book):
    """LibreOffice would bring some other sheet to the front, without a word."""
    for name in ("校验结果", "使用说明"):
        book.sheets[name].visible = False
    book.sheets["党课"].activate()
    book.impl.document.model.protect("秘密")
    for key, name in (("check", "校验结果"), ("guide", "使用说明")):
        assert office.click(key, book) == (2, sentence("sheet_hidden", sheet=name))
        assert book.sheets.active.name == "党课"
        assert not book.sheets[name].visible
    assert office.click("clear", book).code == 0
    assert book.sheets.active.name == "党课"


def test_all_is_selected_and_the_last_row_in_sight(office, book):
    controller = book.impl.controller
    book.sheets["党课"].activate()
    controller.select(book.sheets["党课"].api.getCellRangeByName("A1:XFD1048576"))
    controller.getByIndex(controller.Count - 1).FirstVisibleRow = 1_048_575
    book.impl.finish_entry()
    assert book.selection.address == "$1:$1048576"
    assert office.click("check", book).code == 0
