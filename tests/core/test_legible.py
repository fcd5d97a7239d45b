"""What strangers have written can be read, and changes nothing around it."""

from __future__ import annotations

import pytest

from pyxl.core.legible import legible

TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("sign", [*TURNS, "\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ud800", "\uffff"])
def test_what_hides_or_turns_is_shown_as_what_it_is_not(sign):
    assert legible(f"甲{sign}支部") == "甲\ufffd支部"


@pytest.mark.parametrize("text", ["", "云溪市第1党支部", "a\tb\nc", "👨\u200d👩", "ｱ　Ａ", "é"])
def test_everything_else_stays(text):
    assert legible(text) == text
