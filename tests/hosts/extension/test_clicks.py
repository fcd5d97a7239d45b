"""What a click starts: the extension in a real LibreOffice, and a stand-in for the program behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from pyxl.hosts.extension.menus import url
from tests.hosts.extension.calls import children, held, pipe_file
from tests.live.click import standin
from tests.live.click.desk import Desk
from tests.live.click.person import PYTHON, until

pytestmark = pytest.mark.live

NAMES = [
    "a=b.xlsx",
    "a b & c.xlsx",
    "100%.xlsx",
    "%25 %PATH% %%.xlsx",
    "党支部活动台账（2023）.xlsx",
    "-'\"$(id)`id`;.xlsx",
]

MANY = 8  # clicks


@pytest.fixture(scope="module")
def trap(person):
    """A folder in which anything would be found that another Python took from LibreOffice's environment."""
    folder = person.folder("trap")
    (folder / "pyxl").mkdir()
    (folder / "pyxl" / "__init__.py").write_text("raise SystemExit(7)")
    return folder


@pytest.fixture(scope="module")
def desk(person, interpreter, trap):
    variables = {"PYTHONPATH": str(trap), "LD_LIBRARY_PATH": str(trap), "PYTHONOPTIMIZE": "2", "PYXL_CATALOGUE": "丁"}
    with Desk(person, "--headless", variables=variables) as running:
        yield running


@pytest.fixture
def new(desk):
    """Opens a workbook, a new one unless a path is given; it is closed after the test."""
    opened = []

    def open_it(path: Path | None = None) -> str:
        opened.append(desk.ask("open", path=str(path) if path else None))
        return opened[-1]

    yield open_it
    for book in opened:
        desk.ask("close", book=book)


# ---------------------------------------------------------------------------------- what is started


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_holds_the_key_and_the_name_of_the_book(desk, person, interpreter, new, seen, name):
    path = person.home / name
    xlsxwriter.Workbook(path).close()
    person.owns(path)
    desk.ask("dispatch", book=new(path), url=url("check"))
    [call] = seen(1)
    words = ["-X", "utf8", "-B", "-m", "pyxl.ribbon", "check"]
    assert call["command"] == [str(interpreter), *words, f"--wb={name.replace('%', '%25')}", "--from_xl=1"]


def test_a_book_without_a_file_goes_by_its_title(desk, new, seen):
    desk.ask("dispatch", book=new(), url=url("check"))
    [call] = seen(1)
    assert call["command"][-2].startswith("--wb=Untitled ")


def test_nothing_of_libreoffices_own_python_is_handed_on(desk, interpreter, trap, new, seen):
    desk.ask("dispatch", book=new(), url=url("check"))
    [call] = seen(1)
    mine = {name for name in call["environment"] if name.startswith("PYTHON")}
    assert mine == {"PYTHONSAFEPATH"}
    assert not {"LD_LIBRARY_PATH", "URE_BOOTSTRAP", "UNO_PATH"} & call["environment"].keys()
    assert call["folder"] == str(interpreter.parent)
    assert not {str(trap), call["folder"], ""} & {*call["path"]}


def test_what_the_user_has_set_is_handed_on(desk, person, new, seen):
    desk.ask("dispatch", book=new(), url=url("check"))
    [call] = seen(1)
    assert call["environment"]["PYXL_CATALOGUE"] == "丁"
    assert call["environment"]["HOME"] == str(person.home)


def test_the_child_stands_on_its_own(desk, new, seen):
    desk.ask("dispatch", book=new(), url=url("check"))
    [call] = seen(1)
    assert call["session"]
    assert call["input"] == ""


def test_every_command_of_the_table_is_enabled(desk, new):
    book = new()
    keys = ["check", "totals", "preview", "report", "submit", "collect", "clear", "template", "doctor", "guide"]
    assert [desk.ask("states", book=book, url=url(key)) for key in keys] == [[True]] * len(keys)


@pytest.mark.parametrize("word", ["", "Check", "check ", "check;id", "check?x=1", "../check", "check%20", "unknown"])
def test_a_link_with_any_other_word_starts_nothing(desk, person, new, seen, word):
    book = new()
    desk.ask("dispatch", book=book, url="org.pyxl.ribbon:" + word)
    desk.ask("dispatch", book=book, url=url("guide"))
    assert [call["command"][6] for call in seen(1)] == ["guide"]


# ---------------------------------------------------------------------------------- the pipe


def test_each_click_says_which_of_two_open_books_is_meant(desk, new, seen):
    first, second = new(), new()
    assert first != second
    for number, book in enumerate((second, first, second), 1):
        desk.ask("dispatch", book=book, url=url("check"))
        calls = seen(number)
    assert [call["environment"]["PYXL_DOCUMENT"] for call in calls] == [second, first, second]
    assert all({first, second} <= {*call["documents"]} for call in calls)


def test_every_click_comes_back_by_the_same_pipe_which_is_not_the_tests_own(desk, new, seen):
    book = new()
    desk.ask("dispatch", book=book, url=url("check"))
    seen(1)
    desk.ask("dispatch", book=book, url=url("check"))
    [first, second] = [call["environment"] for call in seen(2)]
    assert first["PYXL_LIBREOFFICE"] == second["PYXL_LIBREOFFICE"]
    assert first["PYXL_LIBREOFFICE"].startswith(f"pipe,name=pyxl_{first['PYXL_OFFICE_PID']}_")
    assert len(first["PYXL_LIBREOFFICE"].rpartition("_")[2]) == 32
    assert desk.pipe not in first["PYXL_LIBREOFFICE"]
    assert Path("/proc", first["PYXL_OFFICE_PID"], "comm").read_text() == "soffice.bin\n"


def test_nobody_else_can_open_the_pipe(desk, person, new, seen):
    desk.ask("dispatch", book=new(), url=url("check"))
    status = pipe_file(seen(1)[0]["environment"]).stat()
    assert (status.st_mode & 0o777, status.st_uid) == (0o600, person.account.pw_uid)


def test_the_pipe_leads_nowhere_while_no_command_runs(desk, person, new, seen):
    desk.ask("dispatch", book=new(), url=url("check"))
    [call] = seen(1)
    until(lambda: not children(call))
    address = call["environment"]["PYXL_LIBREOFFICE"]
    said = person.run([PYTHON, "-c", KNOCK, address])
    assert said.strip() == "refused"
    assert desk.ask("books")


KNOCK = """
import sys, uno
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
try:
    found = resolver.resolve("uno:" + sys.argv[1] + ";urp;StarOffice.ComponentContext")
except Exception as error:
    found = None
print("refused" if found is None else "let in")
"""


def test_nothing_is_left_over_after_a_click(desk, person, new, seen):
    book = new()

    def click(number: int) -> dict:
        desk.ask("dispatch", book=book, url=url("check"))
        call = seen(number)[-1]
        until(lambda: not children(call))
        return call

    for number in range(1, 4):  # LibreOffice itself opens this and that at first
        call = click(number)
    files, threads = held(call)
    for number in range(4, 4 + MANY):
        click(number)

    def is_let_go() -> bool:
        now = held(call)
        return now[0] < files + MANY and now[1] < threads + MANY

    until(is_let_go, what=f"{files} files and {threads} threads became {held(call)}")
    assert [path.read_text(encoding="utf-8") for path in person.state.glob("*")] == [], "nothing has failed"


# ---------------------------------------------------------------------------------- the window stays free


def test_a_command_that_takes_its_time_does_not_hold_up_the_window(desk, person, new, seen):
    book = new()
    desk.ask("dispatch", book=book, url=url(standin.WAITS))
    [call] = seen(1)
    desk.ask("put", book=book, sheet="Sheet1", address="B2", value="写")
    assert desk.ask("texts", book=book, sheet="Sheet1", address="B2") == [["写"]]
    desk.ask("dispatch", book=book, url=url("check"))
    assert len(seen(2)) == 2, "a second command runs beside the first"
    assert children(call), "the first is still there"
    (person.home / "seen" / "go").touch()
    until(lambda: not children(call))
    (person.home / "seen" / "go").unlink()
