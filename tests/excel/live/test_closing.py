"""A workbook is closed while it is being read: LibreOffice and whatever else is open in it live on."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from pyxl.excel.live.halving import Area
from pyxl.excel.live.libreoffice.asking import LibreOfficeBook
from tests.offices import running_office

REACH = Area(1, 1, 2000, 200)
MOMENT = 0.3  # seconds in which an office that goes down has gone

pytestmark = pytest.mark.live


def test_whatever_is_asked_of_a_closed_book_the_office_does_not_end():
    """A cursor that outlives its workbook ends LibreOffice at the next question."""
    with running_office() as office:
        kept, book = office.app.books.add(), office.app.books.add()
        kept.sheets[0]["A1"].value = "没有保存"
        book.sheets[0]["A1:B2"].merge()
        views = [LibreOfficeBook(book).sheet(book.sheets[0]) for _ in range(6)]
        for view in views:
            view.hidden(REACH)
            view.extent(REACH)
        book.close()
        questions = [
            lambda view: view.state,
            lambda view: view.hidden(REACH),
            lambda view: view.merges(REACH),
            lambda view: view.far(Area(1, 1, 1, 1), 5),
            lambda view: list(view.formats(1, 1, 9)),
            lambda view: view.extent(Area(1, 1, 200_000, 200)),
        ]
        for view, question in zip(views, questions, strict=True):
            with suppress(Exception):  # answers and failures alike mean nothing any more
                question(view)
        time.sleep(MOMENT)
        assert office.app.impl.office.runs()
        assert kept.sheets[0]["A1"].value == "没有保存"
