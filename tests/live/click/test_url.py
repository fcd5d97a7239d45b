"""The menu's command in a LibreOffice without a window: the whole way from its URL to the sheet of results."""

from __future__ import annotations

import pytest

from pyxl.hosts.extension.menus import url
from tests.live.click.desk import Desk
from tests.live.click.errors import issues, slip
from tests.live.click.person import until

pytestmark = pytest.mark.live


@pytest.fixture
def desk(person, ledger):
    with Desk(person, "--headless", ledger) as running:
        yield running


def check(desk, book) -> None:
    """One click, to its end."""
    desk.ask("dispatch", book=book, url=url("check"))
    until(desk.person.clicks, what="for the command to start")
    until(lambda: not desk.person.clicks(), what="for the command to end")


def test_an_error_that_is_not_saved_is_found_and_gone_when_it_is_mended(desk, ledger):
    [book] = until(lambda: desk.ask("books"))
    saved = ledger.read_bytes()
    made = slip(desk, book)

    desk.ask("put", book=book, sheet=made.sheet, address=made.address, value=float(made.wrong))
    check(desk, book)
    assert (made.sheet, made.address, made.wrong) in issues(desk, book)

    desk.ask("put", book=book, sheet=made.sheet, address=made.address, value=float(made.right))
    check(desk, book)
    assert issues(desk, book) == []
    assert ledger.read_bytes() == saved
