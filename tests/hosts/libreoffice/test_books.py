"""Books: opened, saved, found, closed."""

from __future__ import annotations

import openpyxl
import pytest
import xlwings

pytestmark = pytest.mark.live


def test_a_new_book_has_a_sheet_and_no_file(app, book):
    assert (book.sheets.count, book.fullname == book.name) == (1, True)
    assert book in list(app.books)
    assert app.books.active == book


@pytest.mark.parametrize("name", ["台账.xlsx", "a=b & c.xlsx", "100%25 50%.xlsx", "it's.xlsx"])
def test_a_saved_book_bears_the_name_of_its_file(app, book, tmp_path, name):
    book.sheets[0]["A1"].value = "文字"
    book.save(tmp_path / name)
    assert (book.name, book.fullname) == (name, str(tmp_path / name))
    assert app.books[name] == book
    assert xlwings.Book(tmp_path / name) == book  # it is open already
    assert openpyxl.load_workbook(tmp_path / name).active["A1"].value == "文字"


def test_saving_again_keeps_the_format(app, book, tmp_path):
    book.save(tmp_path / "a.xlsx")
    book.sheets[0]["A1"].value = 7
    book.save()
    book.close()
    again = app.books.open(tmp_path / "a.xlsx")
    assert again.sheets[0]["A1"].value == 7.0


def test_a_new_book_without_a_path_is_saved_into_the_current_folder(book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book.save()
    assert [path.name for path in tmp_path.iterdir()] == [book.name]
    assert book.name.endswith(".xlsx")


def test_a_book_with_a_password_opens_with_it_only(app, book, tmp_path):
    book.sheets[0]["A1"].value = "secret"
    book.save(tmp_path / "locked.xlsx", password="党费")
    book.close()
    assert app.books.open(tmp_path / "locked.xlsx", password="党费").sheets[0]["A1"].value == "secret"


def test_a_format_that_nobody_knows_is_refused(book, tmp_path):
    with pytest.raises(NotImplementedError):
        book.save(tmp_path / "a.xlsb")
    assert list(tmp_path.iterdir()) == []


def test_saving_where_nothing_can_be_saved_is_an_error_of_xlwings(book, tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(xlwings.XlwingsError, match="IOException"):
        book.save(tmp_path / "a.xlsx")


def test_a_file_that_is_no_workbook_is_an_error(app, tmp_path):
    with pytest.raises(FileNotFoundError):
        app.books.open(tmp_path / "none.xlsx")
    with pytest.raises(NotImplementedError):
        app.books.open(_saved(tmp_path / "a.xlsx"), delimiter=";")


def test_an_unsaved_change_is_read_and_the_file_is_not(app, tmp_path):
    book = app.books.open(_saved(tmp_path / "a.xlsx"))
    book.sheets[0]["A1"].value = "changed"
    assert book.sheets[0]["A1"].value == "changed"
    book.close()
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["A1"].value == "as saved"


def test_a_workbook_is_calculated_when_it_is_opened(app, tmp_path):
    """XlsxWriter and openpyxl leave no results behind."""
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=1+1"
    workbook.save(tmp_path / "a.xlsx")
    assert app.books.open(tmp_path / "a.xlsx").sheets[0]["A1"].value == 2.0


def test_the_active_book_and_what_is_selected_follow_the_user(app, book):
    other = app.books.add()
    assert app.books.active == other
    book.activate()
    assert app.books.active == book
    book.sheets[0]["B2:C3"].select()
    assert app.selection.address == "$B$2:$C$3"
    assert book.selection == app.selection


def test_without_a_book_there_is_no_active_one(app):
    assert (app.books.count, app.selection) == (0, None)
    with pytest.raises(KeyError):
        app.books.active  # noqa: B018


def test_settings_are_restored_by_a_context_manager(app, book):
    with app.properties(screen_updating=False, display_alerts=False, status_bar="校验中…"):
        assert (app.screen_updating, app.display_alerts, app.status_bar) == (False, False, "校验中…")
        app.status_bar = "写结果…"
        assert app.status_bar == "写结果…"
    assert (app.screen_updating, app.display_alerts, app.status_bar) == (True, True, False)


def test_a_book_can_wait_to_be_calculated(app, book):
    sheet = book.sheets[0]
    sheet["A1"].value = [[1, "=A1*2"]]
    app.calculation = "manual"
    sheet["A1"].value = 5
    before = sheet["B1"].value
    app.calculate()
    assert (app.calculation, before, sheet["B1"].value) == ("manual", 2.0, 10.0)
    app.calculation = "automatic"
    assert app.calculation == "automatic"
    with pytest.raises(NotImplementedError):
        app.calculation = "semiautomatic"


def test_an_alert_that_nobody_can_see_is_cancelled_at_once(app, book):
    assert app.alert("存盘吗？", title="问", buttons="yes_no") == "cancel"


def test_the_caller_of_a_script_is_a_book(book):
    book.set_mock_caller()
    try:
        assert xlwings.Book.caller() == book
    finally:
        del xlwings.Book._mock_caller


def _saved(path):
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "as saved"
    workbook.save(path)
    return path
