"""Paths that are sent to somebody do not name the user."""

from __future__ import annotations

import pytest

from pyxl.installing.diagnosis.redaction import redacted

WINDOWS = {
    "LOCALAPPDATA": r"C:\Profiles\党员甲\AppData\Local",
    "APPDATA": r"C:\Profiles\党员甲\AppData\Roaming",
    "TEMP": r"C:\Profiles\DANGYU~1\AppData\Local\Temp",
    "USERPROFILE": r"C:\Profiles\党员甲",
    "USERNAME": "党员甲",
    "OneDrive": "D:\\",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"C:\Profiles\党员甲\AppData\Local\pyxl\python\pythonw.exe", r"%LOCALAPPDATA%\pyxl\python\pythonw.exe"),
        (r"在：C:\Profiles\党员甲\AppData\Roaming\Microsoft，", r"在：%APPDATA%\Microsoft，"),
        (r"c:\profiles\党员甲\desktop", r"%USERPROFILE%\desktop"),
        ("C:/Profiles/党员甲/Desktop", "%USERPROFILE%/Desktop"),
        (r"C:\Profiles\DANGYU~1\AppData\Local\Temp\x", r"%TEMP%\x"),
        (r"C:\Profiles\党员甲", "%USERPROFILE%"),
        (r"C:\Profiles\党员甲乙\x", r"C:\Profiles\党员甲乙\x"),
        (r"\\server\home\党员甲\x", r"\\server\home\%USERNAME%\x"),
        (r"\\server\home\党员甲" + "\r\n下一行", r"\\server\home\%USERNAME%" + "\r\n下一行"),
        (r"D:\党支部", r"D:\党支部"),
    ],
)
def test_the_folders_of_the_user_become_variables(text, expected):
    assert redacted(text, WINDOWS) == expected


def test_elsewhere_it_is_the_home_folder():
    assert redacted("/home" + "/dangyuan/.local/x", {"HOME": "/home" + "/dangyuan"}) == "%HOME%/.local/x"


@pytest.mark.parametrize("variable", ["USER", "LOGNAME"])
def test_the_name_goes_wherever_the_system_keeps_it(variable):
    assert redacted("/data/dangyuan/x", {variable: "dangyuan"}) == f"/data/%{variable}%/x"


def test_a_home_that_is_the_root_replaces_nothing():
    assert redacted("/usr/bin", {"HOME": "/"}) == "/usr/bin"
