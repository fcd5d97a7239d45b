"""Rebuilding the committed files asks for what only developers have."""

from __future__ import annotations

import sys

import pytest

from pyxl import actions, building
from pyxl.errors import OutputError


def test_a_tool_that_is_missing_is_named(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyopenvba"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyopenvba", None)

    def needing(_):
        import pyopenvba  # noqa: F401

    monkeypatch.setattr(building, "stale", needing)
    with pytest.raises(OutputError) as caught:
        actions.build(check_only=True)
    assert caught.value.code == "build_tool_missing"
    assert "pyopenvba" in caught.value.message


def test_a_module_of_our_own_that_is_missing_is_a_fault(monkeypatch):
    def broken(_):
        raise ModuleNotFoundError(name="pyxl.nowhere")

    monkeypatch.setattr(building, "stale", broken)
    with pytest.raises(ModuleNotFoundError):
        actions.build(check_only=True)
