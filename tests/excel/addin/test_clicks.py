from __future__ import annotations

import pytest
from xlsxwriter import Workbook

from pyxl.buttons import buttons
from pyxl.ribbon.request import requested
from pyxl.text import phrase
from tests.excel.addin.built import KINDS, built
from tests.excel.addin.headless import HANDLE, HOME, PROGRAM, Windows, callbacks, click, command
from tests.excel.addin.windows import words

BUTTONS = {button.key: button for button in buttons()}
WANTING = [key for key, button in BUTTONS.items() if button.book]
CONTENT = [key for key, button in BUTTONS.items() if not button.book]
NAMES = (
    "a=b.xlsx",
    "甲 乙.xlsx",
    "a&b.xlsx",
    "100%.xlsx",
    "党支部活动台账.xlsx",
    "%LOCALAPPDATA%.xlsx",
    "50%25 (^!').xlsx",
)


@pytest.fixture(scope="module", params=KINDS)
def host(request, tmp_path_factory):
    """A file with the ribbon, as it stands on the disk."""
    path = tmp_path_factory.mktemp("host") / f"host{request.param}"
    path.write_bytes(built(request.param))
    return path


@pytest.fixture(scope="module", params=NAMES)
def book(request, tmp_path_factory):
    """A workbook of that name that knows nothing of us."""
    path = tmp_path_factory.mktemp("book") / request.param
    with Workbook(path) as blank:
        blank.add_worksheet()
    return path


def macro(host, key):
    return callbacks(host.read_bytes())[key]


def said(key):
    return [(phrase("ribbon", "launcher", "title"), phrase("ribbon", "launcher", key))]


def test_every_button_of_the_table_calls_a_macro(host):
    assert list(callbacks(host.read_bytes())) == list(BUTTONS)


def test_each_button_runs_the_program_with_the_name_of_the_book(host, book):
    for key in BUTTONS:
        windows = Windows()
        assert click(host, macro(host, key), windows, book=book) == []
        assert windows.commands == [(command(key, book.name.replace("%", "%25")), 1, True)], key


def test_the_program_understands_what_it_is_sent(host, book):
    for key in BUTTONS:
        windows = Windows()
        click(host, macro(host, key), windows, book=book)
        sent = words(windows.commands[0][0])
        click_told = requested(sent[sent.index("pyxl.ribbon") + 1 :], {}, list(BUTTONS))
        assert (click_told.key, click_told.book, click_told.window) == (key, book.name, HANDLE)


def test_the_program_gets_the_name_in_one_piece(host, book):
    windows = Windows()
    click(host, macro(host, "check"), windows, book=book)
    program, *options, name, source, handle = words(windows.commands[0][0])
    assert program == PROGRAM
    assert options == ["-X", "utf8", "-B", "-m", "pyxl.ribbon", "check"]
    assert name == "--wb=" + book.name.replace("%", "%25")
    assert name.replace("%25", "%") == "--wb=" + book.name
    assert (source, handle) == ("--from_xl=1", f"--hwnd={HANDLE}")


@pytest.mark.parametrize("key", WANTING)
def test_without_a_book_a_button_that_needs_one_asks_for_it(host, key):
    windows = Windows()
    assert click(host, macro(host, key), windows, book=None) == said("no_book")
    assert windows.commands == []


@pytest.mark.parametrize("key", CONTENT)
def test_without_a_book_the_others_run_with_an_empty_name(host, key):
    windows = Windows()
    assert click(host, macro(host, key), windows, book=None) == []
    assert windows.commands == [(command(key, ""), 1, True)]
    assert words(windows.commands[0][0])[7] == "--wb="


@pytest.mark.parametrize("key", WANTING)
def test_a_book_in_protected_view_has_to_be_unlocked_first(host, key):
    windows = Windows()
    assert click(host, macro(host, key), windows, book=None, looking_only=True) == said("protected_view")
    assert windows.commands == []


@pytest.mark.parametrize("key", CONTENT)
def test_in_protected_view_the_others_run_and_no_other_book_is_taken_for_it(host, key):
    windows = Windows()
    assert click(host, macro(host, key), windows, book=host, looking_only=True) == []
    assert windows.commands == [(command(key, ""), 1, True)]


@pytest.mark.parametrize("key", BUTTONS)
def test_a_missing_program_is_told_and_not_run(host, key):
    windows = Windows(files=frozenset())
    assert click(host, macro(host, key), windows, book=host) == said("not_installed")
    assert windows.commands == []


@pytest.mark.parametrize("key", BUTTONS)
def test_a_program_that_may_not_be_started_is_told(host, key):
    windows = Windows(outcome=None)
    assert click(host, macro(host, key), windows, book=host) == said("could_not_run")
    assert len(windows.commands) == 1


@pytest.mark.parametrize("outcome", [1, 4, 9, 255, -1073741819])
def test_a_program_that_came_to_no_end_of_its_own_is_told(host, outcome):
    assert click(host, macro(host, "check"), Windows(outcome=outcome), book=host) == said("could_not_run")


@pytest.mark.parametrize("outcome", [0, 2, 3])
def test_what_the_program_has_told_itself_is_not_told_again(host, outcome):
    assert click(host, macro(host, "check"), Windows(outcome=outcome), book=host) == []


def test_a_user_name_with_a_percent_sign_is_not_taken_for_a_variable(host):
    home = HOME.replace("甲", "%TEMP%")
    program = PROGRAM.replace(HOME, home)
    windows = Windows(variables={"LOCALAPPDATA": home, "TEMP": "C:\\Temp"}, files=frozenset({program}))
    assert click(host, macro(host, "check"), windows, book=host) == []
    assert windows.commands == [(command("check", host.name).replace(HOME, home), 1, True)]


def test_nothing_in_a_workbook_chooses_what_runs(host, tmp_path):
    """A sheet named as xlwings names its settings is not looked at."""
    book = tmp_path / "mailed.xlsx"
    with Workbook(book) as mailed:
        sheet = mailed.add_worksheet("xlwings.conf")
        sheet.write_row(0, 0, ["Interpreter_Win", r"\\elsewhere\share\python.exe"])
    windows = Windows()
    click(host, macro(host, "check"), windows, book=book)
    assert windows.commands == [(command("check", "mailed.xlsx"), 1, True)]
