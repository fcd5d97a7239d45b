"""LibreOffice's exceptions end in the engine."""

from __future__ import annotations

import contextlib

import pytest
import xlwings

from pyxl.hosts.libreoffice.bridge import structure, uno
from pyxl.hosts.libreoffice.gone import HostGone
from pyxl.hosts.libreoffice.guard import Guarded


class Office:
    """An office that is there, or not."""

    def __init__(self, gone=None):
        self.gone = gone

    def lost(self):
        return self.gone


class Cell(Guarded):
    """Fails in whatever way it is told to."""

    def __init__(self, failure, gone=None):
        self.failure = failure
        self.link = Office(gone)

    @property
    def value(self):
        raise self.failure

    @value.setter
    def value(self, _):
        raise self.failure

    def clear(self):
        raise self.failure


def uno_failure(name="com.sun.star.uno.RuntimeException"):
    return uno.getClass(name)("the message", None)


def failure_of(action):
    with pytest.raises(Exception) as caught:
        action()
    return caught.value


ACTIONS = [lambda cell: cell.value, lambda cell: setattr(cell, "value", 1), lambda cell: cell.clear()]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_uno_exception_becomes_one_of_xlwings(action):
    failure = failure_of(lambda: action(Cell(uno_failure())))
    assert type(failure) is xlwings.XlwingsError
    assert str(failure) == "RuntimeException: the message"


@pytest.mark.parametrize("action", ACTIONS)
def test_the_uno_exception_is_not_carried_along(action):
    failure = failure_of(lambda: action(Cell(uno_failure())))
    assert (failure.__cause__, failure.__context__) == (None, None)


def test_it_passes_through_a_context_manager():
    """Which gives it a traceback; a UNO exception takes none, and its own message would be lost."""

    @contextlib.contextmanager
    def around():
        yield

    def inside():
        with around():
            Cell(uno_failure()).clear()

    assert str(failure_of(inside)) == "RuntimeException: the message"


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("failure", [uno_failure(), AttributeError("None has no cells"), KeyError("Sheet1")])
def test_whatever_an_office_that_is_gone_answers_says_so(action, failure):
    gone = HostGone("closed")
    assert failure_of(lambda: action(Cell(failure, gone))) is gone


@pytest.mark.parametrize("failure", [KeyError("Sheet1"), ValueError("jagged"), NotImplementedError("charts")])
def test_other_exceptions_stay_what_they_are(failure):
    assert failure_of(lambda: Cell(failure).clear()) is failure


def test_structures_are_made_with_their_fields():
    cell = structure("table.CellAddress", Sheet=1, Column=2, Row=3)
    assert (cell.Sheet, cell.Column, cell.Row) == (1, 2, 3)
