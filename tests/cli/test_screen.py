from __future__ import annotations

import io
import json
import sys
import time
import unicodedata

import pytest

from pyxl.cli import screen


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Stands in for standard output; not a fixture, because pytest's own capture comes after those."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    return stream


def test_what_stands_in_a_cell_cannot_move_the_cursor_or_turn_the_text():
    assert screen.cleaned("甲\x1b[2J乙\n丙\u202e丁\u200f戊\u061c己") == "甲 [2J乙 丙 丁 戊 己"


def test_rare_characters_pass():
    assert screen.cleaned("䶮𠮷\ue000") == "䶮𠮷\ue000"


def test_under_a_pipe_a_table_is_plain_lines(capsys):
    screen.show_table(("甲", "乙"), [("1", "2")], "-".join)
    assert capsys.readouterr().out == "1-2\n"


def test_on_a_terminal_a_table_has_heads_and_colour(monkeypatch):
    terminal = a_terminal(monkeypatch)
    screen.show_table(("级别", "位置"), [("错误", "[red]主题党日!H7")], "".join, ["error"])
    assert "级别" in terminal.getvalue()
    assert "[red]主题党日!H7" in terminal.getvalue()  # what stands in a cell is no markup
    assert "\x1b[1;31m" in terminal.getvalue()


def test_a_terminal_that_cannot_do_anything_gets_plain_lines(monkeypatch):
    terminal = a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    screen.show_table(("甲", "乙"), [("1", "2")], "-".join)
    assert terminal.getvalue() == "1-2\n"


def test_a_short_step_shows_nothing(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with screen.working("check"):
        pass
    assert stream.getvalue() == ""


def test_a_long_step_shows_that_it_is_under_way_and_clears_up(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(screen, "_PATIENCE", 0.01)
    monkeypatch.setenv("TERM", "xterm")
    with screen.working("check"):
        deadline = time.monotonic() + 20
        while "正在校验" not in stream.getvalue() and time.monotonic() < deadline:
            time.sleep(0.02)
    assert "正在校验" in stream.getvalue()
    assert stream.getvalue().rstrip("\r").endswith("\x1b[2K")  # the line is cleared at the end


def test_a_step_under_a_pipe_stays_silent(monkeypatch, capsys):
    monkeypatch.setattr(screen, "_PATIENCE", 0.0)
    with screen.working("check"):
        time.sleep(0.05)
    assert capsys.readouterr().err == ""


def test_what_a_program_reads_cannot_move_a_cursor_and_says_the_same():
    value = {"字": "a\x9b2J\x1b[31m\u202eb\u2028\n第二行", "𠮷": ["😀", 1, None]}
    text = screen.json_text(value)
    assert json.loads(text) == value
    assert not [sign for sign in text if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cf"} and sign != "\n"]
    assert "𠮷" in text
