"""How the click's Excel is found: xlwings' module for Windows is a stand-in, because it loads nowhere else."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest

from pyxl.errors import HostError
from pyxl.ribbon import caller
from pyxl.ribbon.caller import HEAVY, Caller, find_caller, hide_heavy_modules
from pyxl.ribbon.request import Request
from tests.ribbon.test_failures import com_error

BUSY, GONE = com_error(0x80010001), com_error(0x800706BA)


class Books:
    """Open books by name, as xlwings gives them: what COM refuses is a KeyError that carries the refusal along."""

    def __init__(self, names, refusals):
        self._names, self._refusals = names, refusals

    def __call__(self, name):
        if self._refusals or name not in self._names:
            failure = KeyError(name)
            failure.__context__ = self._refusals.pop(0) if self._refusals else com_error(0x8002000B)
            raise failure
        return SimpleNamespace(name=name)


@pytest.fixture(autouse=True)
def _nothing_stays_hidden():
    """What is hidden from xlwings would be hidden from all tests that follow."""
    before = {name: sys.modules[name] for name in HEAVY if name in sys.modules}
    yield
    for name in HEAVY:
        sys.modules.pop(name, None)
    sys.modules.update(before)


@pytest.fixture
def excel(monkeypatch):
    """An Excel with the books `names`; what stands in `refusals` and `failures` happens first."""
    made = SimpleNamespace(names=["a=b.xlsx"], refusals=[], failures=[], windows=[])

    class App:
        pid = 1

        def __init__(self, xl):
            made.windows.append(xl)
            if made.failures:
                raise made.failures.pop(0)
            self.books = Books(made.names, made.refusals)

    module = ModuleType("xlwings._xlwindows")
    module.App, module.N_COM_ATTEMPTS = App, 0
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", module)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(caller, "_PATIENCE", 0.3)
    monkeypatch.setattr(caller, "_PAUSE", 0.01)
    made.module = module
    return made


def request_of(book="a=b.xlsx", window=4711) -> Request:
    return Request("check", book, window=window)


def test_the_book_is_found_by_the_window_and_its_whole_name(excel):
    found = find_caller(request_of())
    assert found.book.impl.name == "a=b.xlsx"
    assert excel.windows == [4711]


def test_xlwings_does_not_ask_a_busy_excel_without_end(excel):
    find_caller(request_of())
    assert 0 < excel.module.N_COM_ATTEMPTS < 1000


def test_an_excel_that_is_busy_for_a_moment_is_waited_for(excel):
    excel.refusals += [BUSY] * 3
    assert find_caller(request_of()).book.impl.name == "a=b.xlsx"


@pytest.mark.parametrize(
    ("refusals", "failures", "code"),
    [
        ([BUSY] * 1000, [], "host_busy"),
        ([], [OSError("no such window")], "host_gone"),
        ([], [type("error", (Exception,), {})("FindWindowEx")], "host_gone"),  # pywintypes.error
    ],
)
def test_an_excel_that_does_not_answer_has_a_sentence(excel, refusals, failures, code):
    excel.refusals += refusals
    excel.failures += failures
    with pytest.raises(HostError) as caught:
        find_caller(request_of())
    assert caught.value.code == code


def test_a_book_that_is_not_open_is_said_to_be_closed(excel):
    with pytest.raises(HostError) as caught:
        find_caller(request_of("另一本.xlsx"))
    assert (caught.value.code, caught.value.params) == ("book_closed", {"book": "另一本.xlsx"})


def test_any_other_failure_is_passed_on(excel):
    excel.failures.append(GONE)
    with pytest.raises(com_error):
        find_caller(request_of())


def test_without_a_book_only_the_application_is_found(excel):
    assert find_caller(request_of("")).book is None


def test_where_neither_program_is_named_there_is_none(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert find_caller(request_of(window=0)) == Caller(None, None)
    monkeypatch.setattr(sys, "platform", "linux")
    assert find_caller(request_of()) == Caller(None, None)


def test_modules_that_are_loaded_already_stay(monkeypatch):
    for name in HEAVY:
        monkeypatch.delitem(sys.modules, name, raising=False)
    loaded = ModuleType("pandas")
    monkeypatch.setitem(sys.modules, "pandas", loaded)
    hide_heavy_modules()
    assert sys.modules["pandas"] is loaded
    with pytest.raises(ImportError):
        __import__("polars")
