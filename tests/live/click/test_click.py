"""One real click: an ordinary user types an error, opens the menu and chooses 校验, with mouse and keyboard."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pyxl.buttons import buttons, groups
from pyxl.text import dialog
from tests.live.click.desk import Desk
from tests.live.click.errors import FIGURES, RESULTS, TEXT, Slip, issues, slip
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


def opened(desk: Desk, screen: Screen, item: str = ITEM) -> list[int]:
    """Open the menu; where the command is."""
    screen.click(desk.place(MENU, "MENU"))
    return until(lambda: desk.place(item, "MENU_ITEM"), what="for the menu to open")


def type_in(desk: Desk, screen: Screen, book: str, cell: Slip, text: str) -> None:
    desk.ask("select", book=book, sheet=cell.sheet, address=cell.address)
    screen.hand("type", text)
    screen.hand("key", "Return")
    until(lambda: desk.ask("texts", book=book, sheet=cell.sheet, address=cell.address) == [[text]], what="for the cell")


def rows(desk: Desk, screen: Screen, book: str, cell: Slip) -> list[bytes]:
    """The pixels of the sheet's entries, with the cursor above them."""
    desk.ask("select", book=book, sheet=cell.sheet, address="A1")
    return seen(desk, screen)


def seen(desk: Desk, screen: Screen) -> list[bytes]:
    """The pixels of the entries of the sheet in front."""
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
    screen.rest()
    screen.save(ARTEFACTS / "results.png")
    until(lambda: lit_up(before, rows(desk, screen, book, cell)), what="for the cell to light up")
    opened(desk, screen)
    screen.hand("key", "Down")  # to the first entry
    record_property("artefact", str(screen.save(ARTEFACTS / "menu.png")))
    screen.hand("key", "Escape")
    assert ledger.read_bytes() == saved, "nothing was saved"
    assert desk.ask("texts", book=book, sheet=cell.sheet, address=cell.address) == [[cell.wrong]]


def formulas(desk: Desk, book: str) -> dict[tuple[int, int], str]:
    """What 半年汇总 counts with, cell by cell."""
    shown = desk.ask("formulas", book=book, sheet=FIGURES, address="A1:Z99")
    found = {(row, column): text for row, line in enumerate(shown) for column, text in enumerate(line)}
    return {place: text for place, text in found.items() if text.startswith("=")}


def test_what_is_still_being_typed_goes_into_its_cell_and_is_checked(desk, screen, person, book):
    """In LibreOffice an open entry would go into the sheet that comes to the front, over what stands there."""
    cell, before = slip(desk, book), formulas(desk, book)
    for item, front in ((ITEM, RESULTS), ("汇总", FIGURES)):
        type_in(desk, screen, book, cell, cell.right)
        desk.ask("select", book=book, sheet=cell.sheet, address=cell.address)
        screen.hand("type", cell.wrong)
        screen.click(opened(desk, screen, item))
        until(lambda front=front: desk.ask("active_sheet", book=book) == front, what="for the results")
        until(lambda: not person.clicks(), what="for the command to end")
        assert desk.ask("texts", book=book, sheet=cell.sheet, address=cell.address) == [[cell.wrong]]
        assert (cell.sheet, cell.address, cell.wrong) in issues(desk, book)
    after = formulas(desk, book)
    assert {place: after.get(place) for place in before} == before


def test_a_formula_that_is_still_being_typed_waits_for_its_enter(desk, screen, person, book):
    cell = slip(desk, book, TEXT)
    desk.ask("select", book=book, sheet=cell.sheet, address=cell.address)
    screen.hand("type", "=40+2")
    screen.click(opened(desk, screen))
    until(lambda: desk.ask("active_sheet", book=book) == RESULTS, what="for the results")
    until(lambda: not person.clicks(), what="for the command to end")
    shown = desk.ask("texts", book=book, sheet=RESULTS)
    screen.hand("key", "Return")
    until(lambda: desk.ask("texts", book=book, sheet=cell.sheet, address=cell.address) == [["42"]], what="for the cell")
    assert desk.ask("texts", book=book, sheet=RESULTS) == shown


def test_what_libreoffice_refuses_to_take_in_stops_nothing(desk, screen, person, book):
    cell = slip(desk, book)
    desk.ask("select", book=book, sheet=cell.sheet, address=cell.address)
    screen.hand("type", "99 or so")
    screen.click(opened(desk, screen))
    until(lambda: desk.ask("dialog"), what="for the refusal")
    desk.ask("press", name="OK")
    until(lambda: desk.ask("active_sheet", book=book) == RESULTS, what="for the results")
    until(lambda: not person.clicks(), what="for the command to end")
    assert desk.ask("texts", book=book, sheet=cell.sheet, address=cell.address) == [[cell.right]]
    assert desk.ask("dialog") == []


def test_a_second_click_meanwhile_is_told_to_wait(desk, screen, person, book):
    for _ in range(2):
        desk.ask("dispatch", book=book, url="org.pyxl.ribbon:check")
    said = until(lambda: desk.ask("dialog"), what="for the sentence")
    assert any(dialog("click_at_work").message in words for words in said), said
    desk.ask("press", name="OK")
    until(lambda: desk.ask("active_sheet", book=book) == RESULTS, what="for the results")
    until(lambda: not person.clicks(), what="for both commands to end")
    assert desk.ask("dialog") == []


def test_a_cell_is_dark_again_once_its_marks_are_cleared(desk, screen, person, book):
    cell = slip(desk, book)
    before = rows(desk, screen, book, cell)
    type_in(desk, screen, book, cell, cell.wrong)
    screen.click(opened(desk, screen))
    until(lambda: issues(desk, book), what="for the issue")
    until(lambda: not person.clicks(), what="for the command to end")
    until(lambda: lit_up(before, rows(desk, screen, book, cell)), what="for the cell to light up")
    typed = rows(desk, screen, book, cell)
    screen.click(opened(desk, screen, "清除标记"))
    until(lambda: not person.clicks(), what="for the command to end")
    until(lambda: lit_up(typed, seen(desk, screen)), 10, what="for the cell to be dark again")


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
