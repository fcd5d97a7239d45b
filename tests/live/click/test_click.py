"""One real click: an ordinary user types an error, opens the menu and chooses 校验, with mouse and keyboard."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pyxl.buttons import buttons, groups
from tests.live.click.desk import Desk
from tests.live.click.errors import RESULTS, Slip, issues, slip
from tests.live.click.person import until
from tests.live.click.screen import Screen

pytestmark = pytest.mark.live

ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "click"
MENU, ITEM = "党支部工作", "校验"
SIDEBAR, CELL = 100, 1000  # pixels: wide, large


@pytest.fixture
def screen(person):
    with Screen(person) as shown:
        yield shown


@pytest.fixture
def desk(person, screen, ledger):
    with Desk(person, ledger, variables=screen.variables) as running:
        yield running
        screen.save(ARTEFACTS / "last.png")


@pytest.fixture
def book(desk, screen, ledger):
    """The ledger in a window as large as the screen, ready for the keyboard."""
    [found] = until(lambda: desk.ask("books"), what="for the ledger")
    until(lambda: desk.place(MENU, "MENU"), what="for the menu")
    desk.ask("resize", book=found, width=screen.width, height=screen.height)
    screen.focus(ledger.name.partition(" ")[0])
    return found


def opened(desk: Desk, screen: Screen) -> list[int]:
    """Open the menu; where the command is."""
    screen.click(desk.place(MENU, "MENU"))
    return until(lambda: desk.place(ITEM, "MENU_ITEM"), what="for the menu to open")


def type_in(desk: Desk, screen: Screen, book: str, cell: Slip, text: str) -> None:
    desk.ask("select", book=book, sheet=cell.sheet, address=cell.address)
    screen.hand("type", text)
    screen.hand("key", "Return")
    until(lambda: desk.ask("texts", book=book, sheet=cell.sheet, address=cell.address) == [[text]], what="for the cell")


def rows(desk: Desk, screen: Screen, book: str, cell: Slip) -> list[bytes]:
    """The pixels of the sheet's entries, with the cursor above them."""
    desk.ask("select", book=book, sheet=cell.sheet, address="A1")
    x, y, _, height = desk.ask("rows_place")
    pixels = screen.picture().part(x, y, screen.width - x - SIDEBAR, height)
    return [pixels[at : at + 3] for at in range(0, len(pixels), 3)]


def lit_up(before: list[bytes], after: list[bytes]) -> bool:
    """Whether a piece as large as a cell has got another colour."""
    changed = Counter(new for old, new in zip(before, after, strict=True) if old != new)
    return bool(changed) and changed.most_common(1)[0][1] > CELL


def test_a_click_on_the_menu_finds_an_error_that_was_just_typed(desk, screen, person, ledger, book, record_property):
    saved, cell = ledger.read_bytes(), slip(desk, book)
    type_in(desk, screen, book, cell, cell.wrong)
    assert desk.ask("is_modified", book=book)
    before = rows(desk, screen, book, cell)

    screen.click(opened(desk, screen))

    until(lambda: issues(desk, book), what="for the issue")
    until(lambda: not person.clicks(), what="for the command to end")
    assert (cell.sheet, cell.address, cell.wrong) in issues(desk, book)
    assert desk.ask("active_sheet", book=book) == RESULTS
    screen.save(ARTEFACTS / "results.png")
    until(lambda: lit_up(before, rows(desk, screen, book, cell)), what="for the cell to light up")
    opened(desk, screen)
    screen.hand("key", "Down")  # to the first entry
    record_property("artefact", str(screen.save(ARTEFACTS / "menu.png")))
    screen.hand("key", "Escape")
    assert ledger.read_bytes() == saved, "nothing was saved"
    assert desk.ask("texts", book=book, sheet=cell.sheet, address=cell.address) == [[cell.wrong]]


def test_the_open_menu_shows_the_table_of_commands(desk, screen, book):
    opened(desk, screen)
    labels = [[button.label for button in group.buttons] for group in groups()]
    assert desk.ask("entries", menu=MENU) == labels[0] + [word for group in labels[1:] for word in ("", *group)]
    screen.hand("key", "Escape")


def test_the_toolbar_stands_in_the_window(desk, book):
    _, y, _, height = desk.place(MENU, "TOOL_BAR")
    shown = desk.ask("places", role="PUSH_BUTTON")
    assert all(y <= shown[button.label][1] < y + height for button in buttons())


def test_a_letter_has_neither_our_menu_nor_our_toolbar(person, screen):
    with Desk(person, variables=screen.variables) as desk:
        desk.ask("open", kind="swriter")
        until(lambda: desk.place("Styles", "MENU"), what="for the menus")
        assert desk.place(MENU, "MENU") is None
        assert desk.place(MENU, "TOOL_BAR") is None
