"""A click as Excel's VBA makes it, without Excel: the launcher's own text, run by Windows' script engine."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["HANDLE", "RECORDER", "clicking_script"]

HANDLE = 66050

# In place of the program that a button starts, to see what arrives there.
RECORDER = """import sys
with open(r"C:\\arrived.txt", "a", encoding="utf-8") as file:
    file.write(ascii(sys.argv[1:]) + "\\n")
"""

_SCRIPT = """Option Explicit
Class Excel
    Public Hwnd
End Class
Dim Application, shell, number
Set Application = New Excel
Application.Hwnd = {handle}
{launcher}
Set shell = CreateObject("WScript.Shell")
For number = 0 To WScript.Arguments.Count - 1
    WScript.Echo shell.Run(PyxlCommandLine("{key}", WScript.Arguments(number)), 1, True)
Next
"""


def clicking_script(launcher: Path, key: str) -> str:
    """VBScript that clicks the button `key` for each name of a book that it is given, and echoes the exit codes.

    VBScript is VBA without types: of the launcher's module the constant and the functions that make the
    command line are taken as they stand, but for `As String`.
    """
    source = launcher.read_text(encoding="ascii")
    constant = re.findall(r"^Private Const PYXL_PROGRAM .*$", source, re.MULTILINE)
    parts = [
        re.findall(rf"^(?:Public|Private) Function {name}\(.*?^End Function$", source, re.MULTILINE | re.DOTALL)
        for name in ("PyxlCommandLine", "PyxlQuoted")
    ]
    assert [len(found) for found in (constant, *parts)] == [1, 1, 1]
    lines = "\n".join([constant[0], *(part[0] for part in parts)])
    untyped = re.sub(r" As \w+", "", lines)
    return _SCRIPT.format(handle=HANDLE, launcher=untyped, key=key).replace("\n", "\r\n")
