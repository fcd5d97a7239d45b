"""Failures of the spreadsheet programs, by the names and numbers that they come with."""

from __future__ import annotations

import pytest
from xlwings import XlwingsError

from pyxl.hosts.libreoffice.gone import BookGone, HostGone, SheetGone
from pyxl.ribbon.failures import is_host_failure, is_rejected, translated


class com_error(Exception):  # noqa: N801, N818 - as pywintypes calls it
    """hresult, text, (wcode, source, description, help file, help context, scode) or None, argument."""

    def __init__(self, hresult: int, scode: int | None = None):
        super().__init__(signed(hresult), "", (0, "Microsoft Excel", "", "", 0, signed(scode)) if scode else None, None)


def signed(number: int | None) -> int | None:
    return number - (1 << 32) if number is not None and number & 0x80000000 else number


class ExcelBusyError(Exception):
    """As xlwings raises it."""


class Book:
    """One whose sheets can be counted, or not."""

    def __init__(self, error: Exception | None = None):
        self._error = error

    @property
    def sheets(self):
        if self._error:
            raise self._error
        return type("Sheets", (), {"count": 3})


def code(error: BaseException, book: Book | None = None) -> str | None:
    sentence = translated(error, "台账.xlsx", book)
    return sentence.code if sentence else None


BUSY = [com_error(0x80010001), com_error(0x8001010A), com_error(0x800AC472), com_error(0x80020009, 0x800AC472)]


@pytest.mark.parametrize("error", [*BUSY, ExcelBusyError()])
def test_a_cell_in_edit_mode_or_an_open_dialog_is_said_to_be_in_the_way(error):
    assert is_rejected(error)
    assert code(error) == "host_busy"


@pytest.mark.parametrize("number", [0x800706BA, 0x800706BE, 0x80010007, 0x80010012])
def test_excel_that_has_ended_is_said_to_have_ended(number):
    assert not is_rejected(com_error(number))
    assert code(com_error(number)) == "host_gone"
    assert code(com_error(0x80020009, number)) == "host_gone"


@pytest.mark.parametrize("number", [0x80010108, 0x800401FD])
def test_a_book_that_was_closed_is_said_to_be_closed(number):
    assert code(com_error(number)) == "book_closed"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(HostGone("x"), "host_gone"), (BookGone("x"), "book_closed"), (SheetGone("x"), "sheet_gone")],
)
def test_what_our_engine_finds_gone_has_a_sentence_each(error, sentence):
    assert code(error) == sentence


def test_another_failure_is_looked_into():
    """It may be the first sign that the book, or all of the program, has gone."""
    uno = type("com.sun.star.uno.RuntimeException", (Exception,), {})
    for error in (com_error(0x800A03EC), XlwingsError("x"), uno()):
        assert code(error, Book()) is None  # all is there: the fault is ours
        assert code(error, Book(BookGone("x"))) == "book_closed"
        assert code(error, Book(HostGone("x"))) == "host_gone"
        assert code(error, Book(com_error(0x800706BA))) == "host_gone"
        assert code(error, Book(com_error(0x80010108))) == "book_closed"
        assert code(error, Book(com_error(0x800AC472))) == "host_busy"
        assert code(error) is None


@pytest.mark.parametrize("error", [AttributeError("Year"), TypeError("x")])
def test_what_fails_for_want_of_an_object_is_looked_into_too(error):
    assert code(error, Book(BookGone("x"))) == "book_closed"
    assert code(error, Book(HostGone("x"))) == "host_gone"
    assert code(error, Book()) is None
    assert code(error) is None


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), OSError("x"), AssertionError()])
def test_a_failure_of_our_own_is_never_taken_for_one_of_the_program(error):
    assert not is_host_failure(error)
    assert code(error, Book(HostGone("x"))) is None
