"""A LibreOffice that runs without a window, one for each process that runs tests, and books in it.

Other folders of tests take the fixtures into a module or a conftest of theirs:
    from tests.hosts.libreoffice.office import app, book
"""

from __future__ import annotations

import functools

import pytest

from pyxl.hosts import libreoffice
from pyxl.hosts.libreoffice.bridge import properties

__all__ = ["app", "book", "followed", "running"]


@functools.cache
def _started():
    return libreoffice.start()


def running():
    """The one office of this process; the engine ends it when the process ends.

    One that has crashed fails the test that it crashed in, and not all that come after it.
    """
    if libreoffice.lost(_started()):
        _started.cache_clear()
    return _started()


@pytest.fixture
def app():
    """A running office without a book, active in xlwings."""
    office = running()
    office.activate()
    yield office
    for each in list(office.books):
        each.close()


@pytest.fixture
def book(app):
    """A new, empty book."""
    return app.books.add()


def followed(book, address):
    """The sheet and the cells that one is at after following a link, as a click with Ctrl on it would do."""
    frame = book.impl.controller.getFrame()
    dispatcher = book.app.impl.connection.service("com.sun.star.frame.DispatchHelper")
    where = properties(URL=address, Referer=book.api.getURL())
    dispatcher.executeDispatch(frame, ".uno:Open", "", 0, where)
    return book.sheets.active.name, book.selection.address
