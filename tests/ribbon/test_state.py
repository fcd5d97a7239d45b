"""A sheet that is to be seen, where Excel says how much of it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pyxl.errors import HostError
from pyxl.ribbon.state import Kept


class Tab:
    """A sheet as xlwings hands it over from Excel: -1 visible, 0 hidden, 2 hidden from the list of hidden ones."""

    name = "校验结果"

    def __init__(self, state: int, *, fixed: bool = False) -> None:
        self._state, self._fixed = state, fixed
        self.activated = 0

    @property
    def visible(self) -> int:
        return self._state

    @visible.setter
    def visible(self, value: Any) -> None:
        if self._fixed:
            raise RuntimeError("the structure is protected")
        self._state = -int(value)

    def activate(self) -> None:
        assert self._state == -1, "Excel refuses"
        self.activated += 1


class Application(SimpleNamespace):
    enable_events, display_alerts, status_bar, screen_updating = True, True, False, True


def book(front: Tab) -> Any:
    app = SimpleNamespace(engine=SimpleNamespace(name="excel"))
    return SimpleNamespace(sheets=SimpleNamespace(active=front), app=app)


@pytest.mark.parametrize("state", [-1, 0, 2])
def test_a_sheet_comes_to_the_front_however_hidden_it_was(state):
    front, results = Tab(-1), Tab(state)
    with Kept(Application(), book(front)) as kept:
        kept.show(results)
        assert results.activated == 0
    assert (results.visible, results.activated, front.activated) == (-1, 1, 0)


@pytest.mark.parametrize("state", [0, 2])
def test_a_sheet_that_may_not_come_back_is_said_to_be_hidden_and_what_was_in_front_stays(state):
    front, results = Tab(-1), Tab(state, fixed=True)
    with pytest.raises(HostError) as caught, Kept(Application(), book(front)) as kept:
        kept.show(results)
    assert (caught.value.code, caught.value.params) == ("sheet_hidden", {"sheet": "校验结果"})
    assert (results.activated, front.activated) == (0, 1)


def test_the_application_comes_out_as_it_went_in():
    app = Application(enable_events=False, display_alerts=False, status_bar="别处的话", screen_updating=True)
    with pytest.raises(AttributeError), Kept(app, book(Tab(-1))) as kept:
        kept.begin_writing()  # of a book that is none, after it has changed the application
    told = (app.enable_events, app.display_alerts, app.status_bar, app.screen_updating)
    assert told == (False, False, "别处的话", True)
