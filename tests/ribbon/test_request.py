from __future__ import annotations

from pathlib import Path

import pytest

from pyxl.buttons import buttons
from pyxl.errors import UsageError
from pyxl.ribbon.request import Request, requested

KEYS = tuple(button.key for button in buttons())


def of(*words: str, **environment: str) -> Request:
    return requested(words, environment, KEYS)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("台账.xlsx", "台账.xlsx"),
        ("a=b.xlsx", "a=b.xlsx"),
        ("a=b=c d&e.xlsx", "a=b=c d&e.xlsx"),
        ("50%25.xlsx", "50%.xlsx"),
        ("%25PATH%25.xlsx", "%PATH%.xlsx"),
        ("100%2525.xlsx", "100%25.xlsx"),  # a name that holds %25 itself
        ("", ""),
    ],
)
def test_the_book_s_name_comes_whole(written, name):
    assert of("check", f"--wb={written}", "--from_xl=1", "--hwnd=67890") == Request("check", name, window=67890)


def test_libreoffice_tells_its_pipe_its_document_and_its_process():
    told = {"PYXL_LIBREOFFICE": "pipe,name=x", "PYXL_DOCUMENT": "7", "PYXL_OFFICE_PID": "123"}
    found = of("report", "--wb=台账.xlsx", "--from_xl=1", **told)
    assert (found.office, found.document, found.office_process) == ("pipe,name=x", "7", 123)
    assert found.window == 0


def test_a_catalogue_comes_with_the_click_or_from_the_environment():
    assert of("check", "--wb=").catalogue is None
    assert of("check", "--wb=", PYXL_CATALOGUE="/目录").catalogue == Path("/目录")
    assert of("check", "--wb=", "--catalogue=/a=b", PYXL_CATALOGUE="/目录").catalogue == Path("/a=b")


def test_two_clicks_have_the_same_mark_only_in_the_same_book():
    office = {"PYXL_LIBREOFFICE": "pipe,name=x", "PYXL_OFFICE_PID": "123"}
    marks = [
        of("check", "--wb=a", "--hwnd=1").mark,
        of("check", "--wb=b", "--hwnd=1").mark,
        of("check", "--wb=a", "--hwnd=2").mark,
        of("check", "--wb=a", PYXL_DOCUMENT="1", **office).mark,
        of("check", "--wb=a", PYXL_DOCUMENT="2", **office).mark,
    ]
    assert len(set(marks)) == 5
    assert of("report", "--wb=a", "--hwnd=1").mark == marks[0]


@pytest.mark.parametrize("words", [(), ("",), ("format",), ("--wb=x",)])
def test_a_word_that_is_no_button_is_refused(words):
    with pytest.raises(UsageError) as caught:
        of(*words)
    assert caught.value.code == "unknown_button"


@pytest.mark.parametrize("word", ["--force", "台账.xlsx", "--to=x"])
def test_an_option_that_nobody_knows_is_refused(word):
    with pytest.raises(UsageError) as caught:
        of("check", word)
    assert caught.value.code == "unknown_button_option"


def test_a_handle_that_is_no_number_is_none():
    assert of("check", "--wb=", "--hwnd=").window == 0
