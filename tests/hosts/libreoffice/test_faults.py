"""The office killed, the book closed, the sheet deleted while we work on them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import xlsxwriter

from pyxl.hosts import libreoffice
from pyxl.hosts.libreoffice.gone import BookGone, HostGone, SheetGone

pytestmark = pytest.mark.live
ROOT = Path(__file__).parents[3]
AT_ONCE = 5.0  # seconds: nothing waits for what will not come


def failure_of(action):
    with pytest.raises(Exception) as caught:
        action()
    return type(caught.value)


@pytest.fixture
def killed():
    """A sheet of an office that has been killed."""
    office = libreoffice.start()
    sheet = office.books.add().sheets[0]
    sheet["A1:B2"].value = [[1, 2], [3, 4]]
    os.kill(office.pid, signal.SIGKILL)
    office.impl.office.process.wait()
    yield sheet
    office.kill()


def test_an_office_killed_in_mid_write_is_told_at_once():
    office = libreoffice.start()
    sheet = office.books.add().sheets[0]
    rows = [[float(row)] * 50 for row in range(5000)]
    threading.Timer(0.3, os.kill, (office.pid, signal.SIGKILL)).start()
    begun = time.monotonic()

    def write_again_and_again():
        while time.monotonic() < begun + 30:
            sheet["A1"].value = rows

    assert failure_of(write_again_and_again) is HostGone
    assert time.monotonic() - begun < AT_ONCE
    assert isinstance(libreoffice.lost(office), HostGone)
    office.kill()


def test_everything_asked_of_an_office_that_was_killed_says_so(killed):
    begun = time.monotonic()
    for action in (
        lambda: killed["A1"].value,
        lambda: setattr(killed["A1"], "value", 5),
        lambda: killed["A1"].formula,
        lambda: setattr(killed["A1"], "color", (255, 0, 0)),
        lambda: setattr(killed["A1"].font, "bold", True),
        killed["A1"].expand,
        lambda: killed.used_range,
        lambda: killed.name,
        lambda: list(killed.tables),
        lambda: killed.book.name,
        lambda: killed.book.sheets,
        lambda: killed.book.save("x.xlsx"),
        killed.book.close,
        killed.book.app.books.add,
        lambda: setattr(killed.book.app, "status_bar", "…"),
        lambda: killed.book.names.add("名单", "=A1"),
    ):
        assert failure_of(action) is HostGone
    assert time.monotonic() - begun < AT_ONCE


def test_the_interpreter_outlives_the_office():
    """A dead object of LibreOffice that is printed ends the process; none is."""
    code = (
        "import os, signal\n"
        "from pyxl.hosts import libreoffice\n"
        "app = libreoffice.start(); sheet = app.books.add().sheets[0]; cell = sheet['A1']\n"
        "os.kill(app.pid, signal.SIGKILL); app.impl.office.process.wait()\n"
        "try: cell.value = 1\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "HostGone", "")


def test_a_book_closed_under_us_is_told_from_an_office_that_went_away(app, book):
    sheet, cell = book.sheets[0], book.sheets[0]["A1"]
    cell.value = "here"
    book.api.setModified(False)
    book.api.close(True)
    for action in (
        lambda: cell.value,
        lambda: setattr(cell, "value", 1),
        lambda: sheet.used_range,
        lambda: sheet["B2"].value,
        lambda: sheet.name,
        lambda: len(book.sheets),
        lambda: book.sheets[0],
        lambda: book.sheets["Sheet1"],
        lambda: book.name,
        book.save,
        book.close,
        lambda: book.names.add("名单", "=A1"),
        lambda: sheet["A1"].add_note("x"),
    ):
        assert failure_of(action) is BookGone
    assert isinstance(libreoffice.lost(book), BookGone)
    assert libreoffice.lost(app) is None
    assert app.books.add().sheets[0]["A1"].value is None  # the office still works


def test_a_deleted_sheet_is_not_mistaken_for_the_one_before_it(book):
    """LibreOffice lets the object of a deleted sheet stand for its neighbour: what we write would go there."""
    first = book.sheets[0]
    first["A1"].value = "mine"
    second = book.sheets.add("第二", after=first)
    cell = second["A1"]
    book.api.Sheets.removeByName("第二")
    for action in (
        lambda: setattr(cell, "value", "lost"),
        lambda: cell.value,
        lambda: second["B1"].value,
        second.clear,
        second.delete,
        lambda: second.name,
    ):
        assert failure_of(action) is SheetGone
    assert (first["A1"].value, [sheet.name for sheet in book.sheets]) == ("mine", ["Sheet1"])


def test_nor_is_a_deleted_sheet_of_a_file_without_code_names(app, tmp_path):
    """Only macros need them: most files have none."""
    path = tmp_path / "没有宏.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name in ("甲", "乙", "丙"):
            made.add_worksheet(name)
    book = app.books.open(str(path))
    first, second, third = book.sheets
    assert [sheet.api.CodeName for sheet in book.sheets] == ["", "", ""]
    second.name, third.name = "二", "三"
    again = book.sheets["二"]
    book.api.Sheets.moveByName("二", 0)
    again.name = "又"
    assert (second.name, again.name, third.name) == ("又", "又", "三")
    book.api.Sheets.removeByName("三")
    book.api.Sheets.removeByName("又")
    for sheet in (second, again, third):
        assert failure_of(lambda sheet=sheet: setattr(sheet["A1"], "value", "lost")) is SheetGone
    assert (first.name, first["A1"].value) == ("甲", None)
    book.close()


def test_a_sheet_that_is_deleted_while_all_are_counted_is_told(book, monkeypatch):
    sheets = book.sheets
    monkeypatch.setattr(type(sheets.impl), "__len__", lambda _: 2)
    assert failure_of(lambda: [sheet.name for sheet in sheets]) is SheetGone
    book.close()
    assert failure_of(lambda: [sheet.name for sheet in sheets]) is BookGone


def test_a_sheet_stays_the_same_when_it_is_renamed_and_moved(book):
    first = book.sheets[0]
    second = book.sheets.add("第二", after=first)
    book.api.Sheets.getByName("第二").setName("改名")
    book.api.Sheets.moveByName("改名", 0)
    second["A1"].value = 1
    assert (second.name, second.index, book.sheets["改名"]["A1"].value) == ("改名", 1, 1.0)
