"""The stand-ins for Windows give what Windows' documentation gives."""

from __future__ import annotations

import pytest

from tests.excel.addin.windows import expanded, words


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ('a.exe "abc" d e', ["a.exe", "abc", "d", "e"]),
        (r"a.exe a\\b d\"e f g", ["a.exe", r"a\\b", 'd"e', "f", "g"]),
        (r"a.exe a\\\"b c d", ["a.exe", r"a\"b", "c", "d"]),
        (r'a.exe a\\\\"b c" d e', ["a.exe", r"a\\b c", "d", "e"]),
        (r'"C:\a b\c.exe" "--wb=甲 乙" x', [r"C:\a b\c.exe", "--wb=甲 乙", "x"]),
        ('a.exe "" "b', ["a.exe", "", "b"]),
        ("a.exe   b\tc ", ["a.exe", "b", "c"]),
    ],
)
def test_a_command_line_is_split_as_microsoft_writes(command, expected):
    assert words(command) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"%HOME%\a", r"C:\甲\a"),
        ("%home%", r"C:\甲"),
        ("100%", "100%"),
        ("%NOPE%HOME%", r"%NOPEC:\甲"),
        ("%25HOME%25", "%25HOME%25"),
        ("%HOME%%HOME%", r"C:\甲C:\甲"),
        ("%TWICE%", "%HOME%"),
    ],
)
def test_variables_are_put_in_once(text, expected):
    assert expanded(text, {"HOME": "C:\\甲", "TWICE": "%HOME%"}) == expected
