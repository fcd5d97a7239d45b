"""What a user is told when a click cannot be carried out, and what the office does meanwhile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyxl.hosts.extension.menus import url
from pyxl.text import dialog, phrase
from tests.hosts.extension.calls import children, pipe_file
from tests.hosts.extension.conftest import installed
from tests.live.click import standin
from tests.live.click.desk import Desk
from tests.live.click.person import somebody, until
from tests.live.click.screen import Screen

pytestmark = pytest.mark.live


@pytest.fixture
def window(person, interpreter):
    """An office with a window: without one, LibreOffice shows no boxes."""
    with Screen(person) as screen, Desk(person, variables=screen.variables) as running:
        yield running


@pytest.fixture
def click(window):
    """Clicks on a command, in a new book; the book."""

    def clicked(key: str) -> str:
        book = window.ask("open", path=None)
        window.ask("dispatch", book=book, url=url(key))
        return book

    return clicked


@pytest.fixture(autouse=True)
def _nothing_recorded_before(person):
    for path in person.state.glob("*"):
        path.unlink()


def recorded(person) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(person.state.glob("*")))


def dismissed(desk: Desk) -> list[str]:
    """The words of the box that has come up, which is closed."""
    words = until(lambda: desk.ask("dialog"), what="for a box")
    desk.ask("press", name="OK")
    until(lambda: not desk.ask("dialog"))
    return words


def sentence(code: str, person, **params: object) -> str:
    [log] = person.state.glob("*")
    told = dialog(code, log=log, **params)
    return f"{told.message}\n\n{told.hint}"


@pytest.fixture
def gone(interpreter):
    """The interpreter, while it is not there."""
    away = interpreter.with_name("elsewhere")
    interpreter.rename(away)
    yield interpreter
    away.rename(interpreter)


def test_an_interpreter_that_is_gone_is_told(window, click, person, gone):
    click("check")
    words = dismissed(window)
    assert phrase("ribbon", "tab", "label") in words
    assert sentence("extension_no_interpreter", person, interpreter=gone) in words
    assert "FileNotFoundError" in recorded(person)


def test_a_program_that_cannot_start_is_told_and_its_last_words_are_kept(window, click, person):
    click(standin.FAILS_AT_ONCE)
    words = dismissed(window)
    assert sentence("extension_not_started", person) in words
    assert "ended with 1" in recorded(person)
    assert "ImportError: collect" in recorded(person)


def test_a_program_that_dies_is_told(window, click, person):
    click(standin.DIES)
    words = dismissed(window)
    assert sentence("extension_not_started", person) in words
    assert "ended with -6" in recorded(person)


def test_a_program_that_has_come_back_says_itself_what_is_wrong(window, click, person, seen):
    click(standin.FAILS_LATER)
    [call] = seen(1)
    until(lambda: not children(call))
    assert window.ask("dialog") == []
    assert recorded(person) == ""


def test_without_a_window_nothing_waits_for_an_answer(person, gone):
    with Desk(person, "--headless") as desk:
        book = desk.ask("open", path=None)
        desk.ask("dispatch", book=book, url=url("check"))
        until(lambda: recorded(person))
        assert desk.ask("books") == [book]
        assert desk.quit() == 0


def test_the_office_can_be_closed_while_a_command_runs(person, interpreter, seen):
    with Desk(person, "--headless") as desk:
        book = desk.ask("open", path=None)
        desk.ask("dispatch", book=book, url=url(standin.WAITS))
        [call] = seen(1)
        file = pipe_file(call["environment"])
        assert desk.quit() == 0
    assert not file.exists()
    child = Path("/proc", str(call["process"]))
    assert child.exists(), "the command is not killed: it may be writing a document"
    (person.home / "seen" / "go").touch()
    until(lambda: not child.exists())
    assert recorded(person) == ""


def test_a_locale_without_chinese_does_not_garble_the_name():
    """Without it LibreOffice opens no file of such a name; a book that has none yet may still be called so."""
    with somebody("plain") as plain:
        python, folder = installed(plain), plain.folder("seen")
        with Desk(plain, "--headless", variables={"LC_ALL": "C"}) as desk:
            book = desk.ask("open", path=None)
            desk.ask("rename", book=book, title="无标题 1")
            desk.ask("dispatch", book=book, url=url("check"))
            [path] = until(lambda: [*folder.glob("*.json")])
        command = json.loads(path.read_bytes())["command"]
    assert command[0] == str(python)
    assert command[-2] == "--wb=无标题 1"
